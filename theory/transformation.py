"""Affine maps of labels and points, under which nothing essential changes (statement X)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from .dataset import Dataset
from .numbers import ExactRepr, Vector, canonicalise
from .vectors import add, dot, scale


@dataclass(frozen=True, slots=True, repr=False)
class Transformation(ExactRepr):
    """y -> matrix y + slope x + offset, then x -> stretch x + shift, applied to a dataset (X). matrix: its rows."""

    data: Dataset
    matrix: tuple[Vector, ...]
    slope: Vector
    offset: Vector
    stretch: fmpq
    shift: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "matrix", "slope", "offset", "stretch", "shift")


def transformed(t: Transformation) -> Dataset:
    """The image of the dataset, its points in increasing order.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> change = Transformation(data, ((2,),), (0,), (1,), fmpq(-1), fmpq(0))
    >>> transformed(change)
    Dataset(points=(-3, -2, -1, 0), labels=((7,), (3,), (1,), (1,)))
    """
    labels = []
    for x, y in zip(t.data.points, t.data.labels, strict=True):
        linear = tuple([dot(row, y) for row in t.matrix])
        labels.append(add(linear, add(scale(x, t.slope), t.offset)))
    return Dataset.from_fractions([t.stretch * x + t.shift for x in t.data.points], labels)


def moved(data: Dataset, direction: Sequence[Vector], t: fmpq) -> Dataset:
    """The labels Y + t E at the same points, for N vectors E.

    >>> moved(Dataset.from_fractions([0, 1], [0, 1]), [(fmpq(1),), (fmpq(2),)], fmpq(1, 2)).labels
    ((1/2,), (2,))
    """
    return Dataset(data.points, tuple([add(y, scale(t, e)) for y, e in zip(data.labels, direction, strict=True)]))


def is_isometry(t: Transformation) -> bool:
    """Whether the matrix is orthogonal and the points keep their distances.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> is_isometry(Transformation(data, ((-1,),), (0,), (1,), fmpq(-1), fmpq(0)))
    True
    """
    square = len(t.matrix) == t.data.tasks
    unit = all(dot(u, v) == fmpq(i == j) for i, u in enumerate(t.matrix) for j, v in enumerate(t.matrix))
    return square and unit and abs(t.stretch) == 1


def is_injective(t: Transformation) -> bool:
    """Whether the matrix has full column rank.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> is_injective(Transformation(data, ((0,),), (0,), (1,), fmpq(1), fmpq(0)))
    False
    """
    return int(fmpq_mat([list(row) for row in t.matrix]).rank()) == t.data.tasks
