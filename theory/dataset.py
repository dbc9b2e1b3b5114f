"""The dataset: distinct points on the line with labels in Q^T."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flint import fmpq

from .arrays import DatasetError, Reading, exact_arrays
from .numbers import ExactRepr, RationalLike, Vector, rational, vector, vectors

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Dataset", "DatasetError"]


@dataclass(frozen=True, slots=True, repr=False)
class Dataset(ExactRepr):
    """N >= 2 strictly increasing points and N labels in Q^T, T >= 1, all exact rationals.

    The constructor accepts what `numbers.rational` accepts and insists on the order; the `from_` class methods sort.
    reading: how the numbers came to be exact (see `arrays.Reading`); it is no part of the value.
    """

    points: tuple[fmpq, ...]
    labels: tuple[Vector, ...]
    reading: Reading = field(default="exact", compare=False, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", vector(self.points))
        object.__setattr__(self, "labels", vectors(self.labels))
        _validate(self.points, self.labels)

    @classmethod
    def from_fractions(
        cls, x: Sequence[RationalLike], y: Sequence[RationalLike] | Sequence[Iterable[RationalLike]]
    ) -> "Dataset":
        """From exact numbers in any order: x of length N, y of length N (T = 1) or N rows of T numbers."""
        points, labels = [rational(value) for value in x], [_label(row) for row in y]
        if len(points) != len(labels):
            raise DatasetError(f"{len(points)} points but {len(labels)} labels: one label per point is needed")
        return cls._sorted(points, labels, "exact")

    @classmethod
    def from_text(cls, x: Sequence[str], y: Sequence[str] | Sequence[Sequence[str]]) -> "Dataset":
        """From numerals in any order, each read exactly: "0.1" is 1/10, "-7/3" is -7/3 (see `numeral`)."""
        data = cls.from_fractions(x, y)
        return replace(data, reading="decimal")

    @classmethod
    def from_arrays(cls, x: "ArrayLike", y: "ArrayLike", *, shortest: bool = False) -> "Dataset":
        """From arrays or sequences x of shape (N,) or (N, 1) and y of shape (N,) or (N, T), in any order.

        A binary float is read as the dyadic rational that it is: 0.1 means 3602879701896397/2^55, not 1/10, unless it
        is to be the shortest decimal that it prints as. Masked values and values that are not finite are refused.
        """
        return cls._sorted(*exact_arrays(x, y, shortest=shortest))

    @classmethod
    def _sorted(cls, points: list[fmpq], labels: list[Vector], reading: Reading) -> "Dataset":
        order = sorted(range(len(points)), key=points.__getitem__)
        return cls(tuple([points[i] for i in order]), tuple([labels[i] for i in order]), reading=reading)

    @property
    def size(self) -> int:
        """N, the number of points."""
        return len(self.points)

    @property
    def tasks(self) -> int:
        """T, the number of coordinates of a label."""
        return len(self.labels[0])

    @property
    def gaps(self) -> tuple[fmpq, ...]:
        """h_i = x_{i+1} - x_i, N - 1 positive rationals."""
        return tuple([right - left for left, right in zip(self.points, self.points[1:], strict=False)])


def _label(row: RationalLike | Iterable[RationalLike]) -> Vector:
    if isinstance(row, str) or not isinstance(row, Iterable):
        return (rational(row),)
    return vector(row)


def _validate(points: tuple[fmpq, ...], labels: tuple[Vector, ...]) -> None:
    if len(points) < 2:
        raise DatasetError(f"at least 2 points are needed, not {len(points)}")
    if len(points) != len(labels):
        raise DatasetError(f"{len(points)} points but {len(labels)} labels: one label per point is needed")
    tasks = len(labels[0])
    if tasks < 1:
        raise DatasetError("every label needs at least one coordinate")
    for index, label in enumerate(labels):
        if len(label) != tasks:
            raise DatasetError(f"label {index} has {len(label)} coordinates, label 0 has {tasks}")
    for index, (left, right) in enumerate(itertools.pairwise(points)):
        if left == right:
            raise DatasetError(f"the point {left} occurs more than once")
        if left > right:
            raise DatasetError(f"points must increase: point {index + 1} is {right}, after {left}")
