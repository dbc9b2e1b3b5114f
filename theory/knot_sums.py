"""Exact sums of the data against hat functions of any knots, in constant time each, from running sums of integers.

Phi are the hat functions of some of the data points; G = Phi^T W Phi is tridiagonal, and its entry for two knots that
are neighbouring data points is 0.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from flint import fmpq, fmpz

from .dataset import Dataset


class KnotSums:
    """Running sums of a problem in scaled units: points, labels and weights are integers over common denominators.

    x: points less the first; first: the first labels, which are taken off all labels. Scaled points are x_unit times
    the original ones, and so on. squares: the sum of w y^2 for each task.
    """

    __slots__ = ("_w", "_wx", "_wxx", "_wxy", "_wy", "first", "squares", "w_unit", "x", "x_unit", "y_unit")

    def __init__(self, data: Dataset, weights: Sequence[fmpq]) -> None:
        tasks = data.tasks
        self.x_unit, x = _integers(data.points)
        self.y_unit, flat = _integers([entry for label in data.labels for entry in label])
        self.w_unit, w = _integers(weights)
        self.x = [value - x[0] for value in x]
        self.first = flat[:tasks]
        wx = [a * b for a, b in zip(w, self.x, strict=True)]
        self._w, self._wx = _running(w), _running(wx)
        self._wxx = _running([a * b for a, b in zip(wx, self.x, strict=True)])
        columns = [[value - self.first[t] for value in flat[t::tasks]] for t in range(tasks)]
        self.squares = [sum([a * b * b for a, b in zip(w, column, strict=True)]) for column in columns]
        self._wy = [_running([a * b for a, b in zip(w, column, strict=True)]) for column in columns]
        self._wxy = [_running([a * b for a, b in zip(wx, column, strict=True)]) for column in columns]

    def penalty(self, penalty: fmpq) -> fmpq:
        """lambda in scaled units."""
        return penalty * self.x_unit * self.y_unit * self.w_unit

    def weights(self, start: int, end: int, origin: int) -> tuple[int, int, int]:
        """Sums of w, w a, w a^2 over the points start..end - 1, with a = x - origin."""
        w, wx, wxx = (sums[end] - sums[start] for sums in (self._w, self._wx, self._wxx))
        return w, wx - origin * w, wxx - 2 * origin * wx + origin * origin * w

    def labels(self, start: int, end: int, origin: int, task: int) -> tuple[int, int]:
        """Sums of w y, w a y over the points start..end - 1, for one task."""
        wy, wxy = (sums[task][end] - sums[task][start] for sums in (self._wy, self._wxy))
        return wy, wxy - origin * wy

    def gram(self, knots: Sequence[int]) -> tuple[list[fmpq], list[fmpq]]:
        """Diagonal and off-diagonal of G for knots 0, ..., N - 1 (data indices)."""
        diagonal = [fmpq(self.weights(point, point + 1, 0)[0]) for point in knots]
        off = [fmpq(0)] * (len(knots) - 1)
        for k, (a, b) in enumerate(pairwise(knots)):
            if b > a + 1:
                h = self.x[b] - self.x[a]
                w, wa, waa = self.weights(a + 1, b, self.x[a])
                square = h * h
                diagonal[k] += fmpq(square * w - 2 * h * wa + waa, square)
                diagonal[k + 1] += fmpq(waa, square)
                off[k] = fmpq(h * wa - waa, square)
        return diagonal, off

    def moments(self, knots: Sequence[int], task: int) -> list[fmpq]:
        """Phi^T W y for one task."""
        right = [fmpq(self.labels(point, point + 1, 0, task)[0]) for point in knots]
        for k, (a, b) in enumerate(pairwise(knots)):
            if b > a + 1:
                h = self.x[b] - self.x[a]
                wy, way = self.labels(a + 1, b, self.x[a], task)
                right[k] += fmpq(h * wy - way, h)
                right[k + 1] += fmpq(way, h)
        return right


def _integers(values: Sequence[fmpq]) -> tuple[fmpq, list[int]]:
    common = fmpz(1)
    for denominator in {int(value.q) for value in values}:
        common = common.lcm(fmpz(denominator))
    return fmpq(common), [int(value.p * (common // value.q)) for value in values]


def _running(values: Sequence[int]) -> list[int]:
    return list(accumulate(values, initial=0))
