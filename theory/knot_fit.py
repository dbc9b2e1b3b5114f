"""Candidates for the regularised problem with given knots: their labels, the dual that they determine, local bounds.

Without a knot the candidate is the least-squares line, and the length of its dual says from which lambda on it is the
solution (H, BA, BB).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flint import fmpq

from . import stencil
from .numbers import ZERO, ExactRepr, Vector, canonicalise
from .regularised import Regularised
from .vectors import scale, squared_length, subtract, zero


@dataclass(frozen=True, slots=True, repr=False)
class KnotFit(ExactRepr):
    """A candidate: a spline with knots among the data points, by its values there, and the dual at the inner knots.

    knots: data indices, increasing, 0 and N - 1 included; values: K + 2 vectors; dual: K vectors of length <= lambda.
    """

    knots: tuple[int, ...]
    values: tuple[Vector, ...]
    dual: tuple[Vector, ...]

    def __post_init__(self) -> None:
        canonicalise(self, "values", "dual")


def spline_labels(points: Sequence[Any], knots: Sequence[int], values: Sequence[Sequence[Any]]) -> list[Vector]:
    """The spline with these knots at all N points; any numbers that + - * / take.

    >>> spline_labels([fmpq(x) for x in range(4)], [0, 2, 3], [(fmpq(0),), (fmpq(4),), (fmpq(5),)])
    [(0,), (2,), (4,), (5,)]
    """
    result = []
    for (a, b), (left, right) in zip(pairwise(knots), pairwise(values), strict=True):
        slope = [stencil.slope(points[a], points[b], p, q) for p, q in zip(left, right, strict=True)]
        for i in range(a, b):
            away = points[i] - points[a]
            result.append(tuple([p + away * s for p, s in zip(left, slope, strict=True)]))
    return [*result, tuple(values[-1])]


def segment_dual(
    points: Sequence[Any], pulls: Sequence[Sequence[Any]], knots: Sequence[int], ends: Sequence[Sequence[Any]]
) -> list[Vector]:
    """The v with given values `ends` at the knots and D^T v = pulls strictly between them (statement BA).

    pulls: W (Y - Z) at all N points; those at knots are not used. Two running sums and a linear correction for each
    segment; any numbers that + - * / take.

    The row of D^T v at the point 1 is v_0 - 2 v_1 + v_2.

    >>> nothing, pull = (fmpq(0),), (fmpq(1),)
    >>> segment_dual([fmpq(0), fmpq(1), fmpq(2)], [nothing, pull, nothing], [0, 2], [nothing, nothing])
    [(0,), (-1/2,), (0,)]
    """
    tasks = range(len(ends[0]))
    result: list[Vector] = []
    for (a, b), (first, last) in zip(pairwise(knots), pairwise(ends), strict=True):
        value, slope, rows = list(first), [x - x for x in first], [list(first)]
        for i in range(a, b):
            step = points[i + 1] - points[i]
            slope = [slope[t] + pulls[i][t] for t in tasks] if i > a else slope
            value = [value[t] + step * slope[t] for t in tasks]
            rows.append(value)
        missing = [(last[t] - value[t]) / (points[b] - points[a]) for t in tasks]
        for i in range(a, b):
            away = points[i] - points[a]
            result.append(tuple([rows[i - a][t] + away * missing[t] for t in tasks]))
    return [*result, tuple(ends[-1])]


def dual_of(problem: Regularised, fit: KnotFit) -> tuple[list[Vector], list[Vector]]:
    """(Z, v) of a candidate at all points; v may be longer than lambda between knots.

    >>> from .regularised import gap
    >>> problem = Regularised(Dataset.from_fractions([0, 1, 2], [0, 1, 0]), fmpq(1, 6))
    >>> z, v = dual_of(problem, KnotFit((0, 1, 2), (("1/6",), ("2/3",), ("1/6",)), (("-1/6",),)))
    >>> v, gap(problem, z, v).is_zero
    ([(0,), (-1/6,), (0,)], True)
    """
    z = spline_labels(problem.data.points, fit.knots, fit.values)
    pulls = [scale(w, subtract(y, row)) for w, y, row in zip(problem.weights, problem.data.labels, z, strict=True)]
    nothing = zero(problem.data.tasks)
    return z, segment_dual(problem.data.points, pulls, fit.knots, [nothing, *fit.dual, nothing])


def least_squares_line(problem: Regularised) -> list[Vector]:
    """The weighted least-squares line at all N points: the solution for lambda >= lambda_max.

    >>> least_squares_line(Regularised(Dataset.from_fractions([0, 1, 2], [0, 2, 1]), fmpq(1)))
    [(1/2,), (1,), (3/2,)]
    """
    x, w = problem.data.points, problem.weights
    total = sum(w, ZERO)
    centre = sum([a * b for a, b in zip(w, x, strict=True)], ZERO) / total
    away = [a - centre for a in x]
    spread = sum([a * b * b for a, b in zip(w, away, strict=True)], ZERO)
    columns = []
    for column in zip(*problem.data.labels, strict=True):
        mean = sum([a * b for a, b in zip(w, column, strict=True)], ZERO) / total
        slope = sum([a * b * c for a, b, c in zip(w, away, column, strict=True)], ZERO) / spread
        columns.append([mean + slope * b for b in away])
    return list(zip(*columns, strict=True))


def lambda_max_squared(problem: Regularised) -> fmpq:
    """lambda_max^2: from lambda_max on, and not before, the solution is the least-squares line. It is rational.

    >>> data = Dataset.from_fractions(range(5), [(0, 0), (-2, -2), (-3, -3), (-2, 0), (2, 0)])
    >>> lambda_max_squared(Regularised(data, fmpq(1)))
    13
    """
    if problem.data.size < 3:
        return ZERO
    z = least_squares_line(problem)
    pulls = [scale(w, subtract(y, row)) for w, y, row in zip(problem.weights, problem.data.labels, z, strict=True)]
    ends = [zero(problem.data.tasks)] * 2
    v = segment_dual(problem.data.points, pulls, (0, problem.data.size - 1), ends)
    return max([squared_length(row) for row in v])


def local_dual_square(
    points: Sequence[fmpq], weights: Sequence[fmpq], segment: tuple[int, int, int], lengths: tuple[Any, Any]
) -> Any:
    """The factor of 2 g in the square of the local bound of |v_j - v*_j| (statement BB).

    g >= P(Z) - P* for a spline Z; segment: (a, j, b), a and b neighbouring knots of Z around the point j;
    lengths: lambda / |d| at a and at b, 0 at an outer end. v is that of `segment_dual`, lambda d / |d| at a and b.

    Between the ends 0 and 2 v_1 is -1/2 times the pull at the point 1.

    >>> local_dual_square([fmpq(0), fmpq(1), fmpq(2)], [fmpq(1)] * 3, (0, 1, 2), (fmpq(0), fmpq(0)))
    1/4
    """
    a, j, b = segment
    rising = (points[j] - points[a]) / (points[b] - points[a])
    falling = 1 - rising
    before = sum([weights[i] * (points[i] - points[a]) ** 2 for i in range(a + 1, j + 1)], ZERO)
    after = sum([weights[i] * (points[b] - points[i]) ** 2 for i in range(j + 1, b)], ZERO)
    green = falling**2 * before + rising**2 * after
    return green + falling**2 * lengths[0] + rising**2 * lengths[1]
