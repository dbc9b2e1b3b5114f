"""Labelled points: N distinct points of Q^d with labels in Q^T, the data of a network with many inputs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .arrays import exact_rows
from .dataset import Dataset, DatasetError
from .numbers import ExactRepr, RationalLike, Vector, vector


@dataclass(frozen=True, slots=True, repr=False)
class LabelledPoints(ExactRepr):
    """N >= 1 distinct points of Q^d, d >= 1, and N labels in Q^T, T >= 1, in the order given.

    The constructor accepts what `numbers.rational` accepts; DatasetError if a shape is wrong or a point occurs twice.

    >>> LabelledPoints(((0, 0), (1, "1/2")), ((1,), (2,))).inputs
    2
    """

    points: tuple[Vector, ...]
    labels: tuple[Vector, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple([vector(point) for point in self.points]))
        object.__setattr__(self, "labels", tuple([vector(label) for label in self.labels]))
        _validate(self.points, self.labels)

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[RationalLike]], inputs: int) -> "LabelledPoints":
        """From rows of d inputs followed by T labels."""
        table = [vector(row) for row in rows]
        return cls(tuple([row[:inputs] for row in table]), tuple([row[inputs:] for row in table]))

    @classmethod
    def from_arrays(cls, x: Any, y: Any) -> "LabelledPoints":
        """From arrays or sequences x of shape (N, d), or (N,) for d = 1, and y of shape (N,) or (N, T).

        Binary floats are the dyadic rationals that they are. DatasetError for what is no number, by its place.

        >>> LabelledPoints.from_arrays([[0, 0], [0.5, 1]], [1, 2])
        LabelledPoints(points=((0, 0), ('1/2', 1)), labels=((1,), (2,)))
        """
        return cls(tuple(exact_rows("x", x)), tuple(exact_rows("y", y)))

    @classmethod
    def from_dataset(cls, data: Dataset) -> "LabelledPoints":
        """The same data with points of Q^1."""
        return cls(tuple([(x,) for x in data.points]), data.labels)

    @property
    def size(self) -> int:
        """N, the number of points."""
        return len(self.points)

    @property
    def inputs(self) -> int:
        """d, the number of coordinates of a point."""
        return len(self.points[0])

    @property
    def tasks(self) -> int:
        """T, the number of coordinates of a label."""
        return len(self.labels[0])

    def column(self, task: int) -> Vector:
        """The labels of one task, counted from 0."""
        return tuple([label[task] for label in self.labels])

    def with_tasks(self, tasks: Sequence[int]) -> "LabelledPoints":
        """The same points with only these tasks, in this order."""
        return LabelledPoints(self.points, tuple([tuple([label[t] for t in tasks]) for label in self.labels]))


def _validate(points: tuple[Vector, ...], labels: tuple[Vector, ...]) -> None:
    if not points:
        raise DatasetError("at least 1 point is needed")
    if len(points) != len(labels):
        raise DatasetError(f"{len(points)} points but {len(labels)} labels: one label per point is needed")
    for what, rows in (("point", points), ("label", labels)):
        if not rows[0]:
            raise DatasetError(f"every {what} needs at least one coordinate")
        for index, row in enumerate(rows):
            if len(row) != len(rows[0]):
                raise DatasetError(f"{what} {index} has {len(row)} coordinates, {what} 0 has {len(rows[0])}")
    seen: dict[Vector, int] = {}
    for index, point in enumerate(points):
        if point in seen:
            raise DatasetError(f"points {seen[point]} and {index} are the same")
        seen[point] = index
