"""One task: the regularised fit for a given support is rational, and so is every test of it (statement BE).

For knots and signs the knot values solve the tridiagonal G z = Phi^T W y - lambda D_k^T s. G splits wherever two knots
are neighbouring data points, so the numbers grow with the longest chain of coupled knots, not with N.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq

from .knot_fit import KnotFit
from .knot_sums import KnotSums
from .numbers import is_zero, sign


@dataclass(frozen=True, slots=True)
class Signed:
    """A support: inner knots (data indices, increasing) with the signs of their kinks."""

    knots: tuple[int, ...]
    signs: tuple[int, ...]


class OneTaskSystem:
    """One task over splines with any knots, exactly; in scaled units (see `KnotSums`), labels less the first."""

    __slots__ = ("penalty", "size", "sums", "task", "x")

    def __init__(self, sums: KnotSums, penalty: fmpq, task: int = 0) -> None:
        self.sums, self.task = sums, task
        self.size, self.x = len(sums.x), sums.x
        self.penalty = sums.penalty(penalty)

    def knot_values(self, support: Signed) -> list[fmpq]:
        """z at the knots, ends included: the only solution of G z = Phi^T W y - lambda D_k^T s."""
        knots, signs = (0, *support.knots, self.size - 1), (0, *support.signs, 0)
        diagonal, off = self.sums.gram(knots)
        right = self.sums.moments(knots, self.task)
        for k, (a, b) in enumerate(pairwise(knots)):
            if signs[k + 1] != signs[k]:
                pull = self.penalty * fmpq(signs[k + 1] - signs[k], self.x[b] - self.x[a])
                right[k] -= pull
                right[k + 1] += pull
        return _solve_chains(diagonal, off, right)

    def kinks(self, support: Signed, z: Sequence[fmpq]) -> list[fmpq]:
        """The kinks at the inner knots, in scaled units."""
        knots = (0, *support.knots, self.size - 1)
        slopes = [
            (right - left) / (self.x[b] - self.x[a])
            for (a, b), (left, right) in zip(pairwise(knots), pairwise(z), strict=True)
        ]
        return [after - before for before, after in pairwise(slopes)]

    def segment(self, support: Signed, z: Sequence[fmpq], k: int) -> "Segment":
        """The stretch between knot k and the next, ends counted as knots."""
        knots, signs = (0, *support.knots, self.size - 1), (0, *support.signs, 0)
        a, b = knots[k], knots[k + 1]
        slope = (z[k + 1] - z[k]) / (self.x[b] - self.x[a])
        start, end = self.penalty * signs[k], self.penalty * signs[k + 1]
        first = (end - start - self._bend(a, b, z[k], slope)) / (self.x[b] - self.x[a])
        return Segment(self, a, z[k], slope, start, first)

    def _bend(self, a: int, j: int, z: fmpq, slope: fmpq) -> fmpq:
        """The sum over a < i < j of (x_j - x_i) w_i (y_i - z_i), with z_i = z + slope (x_i - x_a)."""
        w, wa, waa = self.sums.weights(a + 1, j, self.x[a])
        wy, way = self.sums.labels(a + 1, j, self.x[a], self.task)
        h = self.x[j] - self.x[a]
        return fmpq(h * wy - way) - z * (h * w - wa) - slope * (h * wa - waa)

    def original(self, z: Sequence[fmpq]) -> list[fmpq]:
        """Values in the units of the data."""
        return [(value + self.sums.first[self.task]) / self.sums.y_unit for value in z]

    def fit(self, support: Signed, z: Sequence[fmpq], penalty: fmpq) -> KnotFit:
        """The candidate of one-task data in original units; penalty: lambda there."""
        knots = (0, *support.knots, self.size - 1)
        values = tuple([(value,) for value in self.original(z)])
        return KnotFit(knots, values, tuple([(penalty * s,) for s in support.signs]))


@dataclass(frozen=True, slots=True)
class Segment:
    """v between two knots, in scaled units: v_j = start + first (x_j - x_a) + the sum of (x_j - x_i) r_i."""

    system: OneTaskSystem
    a: int
    z: fmpq
    slope: fmpq
    start: fmpq
    first: fmpq

    def dual(self, j: int) -> fmpq:
        """v_j at a point of the segment."""
        bend = self.system._bend(self.a, j, self.z, self.slope)
        return self.start + self.first * (self.system.x[j] - self.system.x[self.a]) + bend


def _solve_chains(diagonal: list[fmpq], off: list[fmpq], right: list[fmpq]) -> list[fmpq]:
    """The tridiagonal system by elimination without pivoting: its matrix is positive definite."""
    size = len(diagonal)
    pivot, value = diagonal[:], right[:]
    for k in range(1, size):
        if off[k - 1]:
            factor = off[k - 1] / pivot[k - 1]
            pivot[k] -= factor * off[k - 1]
            value[k] -= factor * value[k - 1]
    for k in range(size - 1, -1, -1):
        if k + 1 < size and off[k]:
            value[k] -= off[k] * value[k + 1]
        value[k] /= pivot[k]
    return value


def support_of(kinks: Sequence[fmpq], knots: Sequence[int]) -> Signed:
    """The knots with nonzero kinks and their signs.

    >>> support_of([fmpq(2), fmpq(0), fmpq(-1)], [1, 3, 4])
    Signed(knots=(1, 4), signs=(1, -1))
    """
    kept = [(k, sign(d)) for k, d in zip(knots, kinks, strict=True) if not is_zero(d)]
    return Signed(tuple([k for k, _ in kept]), tuple([s for _, s in kept]))
