"""The dataset: distinct points on the line with labels in Q^T."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flint import fmpq

from .numbers import ExactRepr, RationalLike, Vector, rational, vector

if TYPE_CHECKING:
    import numpy


class DatasetError(ValueError):
    """The values given do not form a dataset; the message says which requirement fails and where."""


@dataclass(frozen=True, slots=True, repr=False)
class Dataset(ExactRepr):
    """N >= 2 strictly increasing points and N labels in Q^T, T >= 1, all exact rationals.

    The constructor accepts what `numbers.rational` accepts and insists on the order; the `from_` class methods sort.
    """

    points: tuple[fmpq, ...]
    labels: tuple[Vector, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", vector(self.points))
        object.__setattr__(self, "labels", tuple([vector(label) for label in self.labels]))
        _validate(self.points, self.labels)

    @classmethod
    def from_fractions(
        cls, x: Sequence[RationalLike], y: Sequence[RationalLike] | Sequence[Iterable[RationalLike]]
    ) -> "Dataset":
        """From exact numbers in any order: x of length N, y of length N (T = 1) or N rows of T numbers."""
        points = [rational(value) for value in x]
        labels = [_label(row) for row in y]
        if len(points) != len(labels):
            raise DatasetError(f"{len(points)} points but {len(labels)} labels: one label per point is needed")
        order = sorted(range(len(points)), key=points.__getitem__)
        return cls(tuple([points[i] for i in order]), tuple([labels[i] for i in order]))

    @classmethod
    def from_text(cls, x: Sequence[str], y: Sequence[str] | Sequence[Sequence[str]]) -> "Dataset":
        """From numerals in any order, each read exactly: "0.1" is 1/10, "-7/3" is -7/3 (see `numeral`)."""
        return cls.from_fractions(x, y)

    @classmethod
    def from_arrays(cls, x: "numpy.typing.ArrayLike", y: "numpy.typing.ArrayLike") -> "Dataset":
        """From arrays x of shape (N,) and y of shape (N,) or (N, T), in any order.

        A binary float is read as the dyadic rational that it is: 0.1 means 3602879701896397/2^55, not 1/10.
        """
        import numpy

        points, labels = numpy.asarray(x), numpy.asarray(y)
        if points.ndim != 1 or labels.ndim not in (1, 2):
            raise DatasetError(f"x must have shape (N,) and y (N,) or (N, T), not {points.shape} and {labels.shape}")
        rows = labels.reshape(len(labels), -1) if labels.ndim == 1 else labels
        return cls.from_fractions(_dyadics(points), [_dyadics(row) for row in rows])

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


def _dyadics(values: Any) -> list[fmpq]:
    """The exact values of a one-dimensional numpy array of numbers."""
    if values.dtype.kind in "iu":
        return [fmpq(value) for value in values.tolist()]
    if values.dtype.kind != "f" or values.dtype.itemsize > 8:
        raise DatasetError(f"arrays must hold floats of at most 64 bits or integers, not {values.dtype}")
    try:
        return [fmpq(*value.as_integer_ratio()) for value in values.tolist()]
    except (OverflowError, ValueError):
        raise DatasetError("arrays must hold finite numbers, not nan or inf") from None


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
