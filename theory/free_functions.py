"""The functions that cost nothing, and the functionals on the data that do not see them.

Two conventions. Free: a neuron is (u.x + b)_+ and costs |v||u|, and affine functions are free. Penalised: the bias is
penalised too, a neuron costs |v| |(u, b)|, and nothing is free.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flint import fmpq, fmpq_mat

from .labelled_points import LabelledPoints
from .numbers import Vector
from .vectors import integral


class Convention(StrEnum):
    """What a network pays for."""

    FREE = "free"
    PENALISED = "penalised"


def matrix(rows: Sequence[Sequence[fmpq]]) -> fmpq_mat:
    """The rational matrix with these rows, at least one and of equal length.

    >>> matrix([[fmpq(1), fmpq(1, 2)]]).tolist()
    [[1, 1/2]]
    """
    return fmpq_mat(len(rows), len(rows[0]), [entry for row in rows for entry in row])


def free_rows(points: tuple[Vector, ...], convention: Convention) -> list[list[fmpq]]:
    """The values at the points of functions that span F: one row per function (1, x_1, ..., x_d), or none.

    >>> free_rows(((fmpq(3),), (fmpq(5),)), Convention.FREE)
    [[1, 1], [3, 5]]
    """
    if convention is Convention.PENALISED:
        return []
    return [[fmpq(1)] * len(points), *[list(column) for column in zip(*points, strict=True)]]


@dataclass(frozen=True, slots=True)
class Annihilator:
    """A basis of the functionals c on the data with sum_i c_i f(x_i) = 0 for every f in F, in echelon form.

    basis: N x n, n = N - rank of F on the data; its rows at `free` form the identity, so that a functional is given by
    its entries there. n may be 0: `basis` is then None.
    """

    size: int
    free: tuple[int, ...]
    basis: fmpq_mat | None

    @property
    def dimension(self) -> int:
        """n, the number of independent functionals."""
        return len(self.free)

    def apply(self, values: fmpq_mat) -> fmpq_mat:
        """P' values, n x T, of values at the points, N x T."""
        assert self.basis is not None
        return self.basis.transpose() * values

    def functional(self, entries: fmpq_mat) -> fmpq_mat:
        """P entries, N x T: the functionals (one per column) with these entries at the points `free`."""
        assert self.basis is not None
        return self.basis * entries


def annihilator(points: tuple[Vector, ...], convention: Convention = Convention.FREE) -> Annihilator:
    """The annihilator of F on the points, exact.

    >>> annihilator(((0,), (1,), (2,)) and tuple((fmpq(x),) for x in (0, 1, 2))).basis.tolist()
    [[1], [-2], [1]]
    """
    size, rows = len(points), free_rows(points, convention)
    if not rows:
        return Annihilator(size, tuple(range(size)), identity(size))
    reduced, rank = matrix(rows).rref()
    pivots = [next(j for j in range(size) if reduced[i, j]) for i in range(rank)]
    free = tuple([j for j in range(size) if j not in set(pivots)])
    if not free:
        return Annihilator(size, (), None)
    basis = fmpq_mat(size, len(free))
    for column, j in enumerate(free):
        basis[j, column] = fmpq(1)
        for i, pivot in enumerate(pivots):
            basis[pivot, column] = -reduced[i, j]
    return Annihilator(size, free, basis)


def identity(size: int) -> fmpq_mat:
    """The identity matrix.

    >>> identity(2).tolist()
    [[1, 0], [0, 1]]
    """
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])


def reduced_labels(data: LabelledPoints, convention: Convention = Convention.FREE) -> fmpq_mat | None:
    """Yt = P' Y, n x T: the labels modulo F; None if n = 0, where F interpolates everything.

    >>> reduced_labels(LabelledPoints(((0,), (1,), (2,)), ((0,), (0,), (1,)))).tolist()
    [[1]]
    """
    found = annihilator(data.points, convention)
    return None if found.basis is None else found.apply(matrix(data.labels))


def independent_rows(values: fmpq_mat) -> tuple[int, ...]:
    """The indices of a maximal set of independent rows, the first possible ones.

    >>> independent_rows(fmpq_mat(3, 2, [1, 1, 2, 2, 0, 1]))
    (0, 2)
    """
    # The pivot columns of the transpose are such rows; integers keep the elimination free of fractions.
    scaled = [[fmpq(entry) for entry in integral(tuple(row))[0]] if row else [] for row in values.tolist()]
    reduced, rank = matrix(scaled).transpose().rref()
    return tuple([next(j for j in range(reduced.ncols()) if reduced[i, j]) for i in range(rank)])
