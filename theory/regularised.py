"""The regularised problem on exact data, and what proves that labels are near its solution (H, BA to BC).

P(Z) = 1/2 sum_i w_i |y_i - z_i|^2 + lambda sum_j |(DZ)_j| over Z in R^{N x T}, D the (N - 2) x N matrix of kinks,
w_i > 0 (1 by default). Its dual variable v has one vector for each point, 0 at the two ends, |v_j| <= lambda; then
Zd(v) = Y - W^-1 D^T v, and every pair (Z, v) bounds how far Z is from the only minimiser Z*.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from flint import arb, ctx, fmpq

from . import stencil
from .dataset import Dataset
from .enclosure import Enclosure
from .numbers import ZERO, ExactRepr, Vector, canonicalise, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .vectors import dot, is_zero_vector, scale, squared_length, subtract, zero

Labels = Sequence[Vector]


@dataclass(frozen=True, slots=True, repr=False)
class Regularised(ExactRepr):
    """The problem: data, lambda > 0 and one positive weight for each point (empty: all 1)."""

    data: Dataset
    penalty: fmpq
    weights: tuple[fmpq, ...] = field(default=())

    def __post_init__(self) -> None:
        canonicalise(self, "penalty", "weights")
        if not self.weights:
            object.__setattr__(self, "weights", (fmpq(1),) * self.data.size)
        if len(self.weights) != self.data.size:
            raise ValueError(f"{self.data.size} points but {len(self.weights)} weights: one weight per point is needed")
        if sign(self.penalty) <= 0:
            raise ValueError(f"lambda must be positive, not {self.penalty}")
        if not all([sign(weight) > 0 for weight in self.weights]):
            raise ValueError("every weight must be positive")

    def loss(self, z: Labels) -> fmpq:
        """1/2 sum_i w_i |y_i - z_i|^2."""
        return self.squared_norm([subtract(a, b) for a, b in zip(self.data.labels, z, strict=True)]) / 2

    def objective(self, z: Labels) -> RootSum:
        """P(Z), exact; merging its roots takes longer than linear time on long data."""
        cost = RootSum([squared_length(d) for d in kinks(Dataset(self.data.points, tuple(z)))])
        return cost.scaled(self.penalty) + RootSum.of_rational(self.loss(z))

    def squared_norm(self, z: Labels) -> fmpq:
        """|Z|_W^2 = sum_i w_i |z_i|^2."""
        return sum([w * squared_length(row) for w, row in zip(self.weights, z, strict=True)], ZERO)


def transposed(points: Sequence[fmpq], v: Labels) -> list[Vector]:
    """D^T v for v at all N points, 0 at both ends.

    >>> transposed([fmpq(0), fmpq(1), fmpq(2)], [(fmpq(0),), (fmpq(1),), (fmpq(0),)])
    [(1,), (-2,), (1,)]
    """
    slopes = [
        tuple([stencil.slope(left, right, a, b) for a, b in zip(before, after, strict=True)])
        for (left, right), (before, after) in zip(pairwise(points), pairwise(v), strict=True)
    ]
    rows = [tuple(map(stencil.kink, before, after)) for before, after in pairwise(slopes)]
    return [slopes[0], *rows, scale(fmpq(-1), slopes[-1])]


def dual_labels(problem: Regularised, v: Labels) -> list[Vector]:
    """Zd(v) = Y - W^-1 D^T v.

    >>> problem = Regularised(Dataset.from_fractions([0, 1, 2], [0, 1, 0]), fmpq(1, 6))
    >>> dual_labels(problem, [(fmpq(0),), (fmpq(-1, 6),), (fmpq(0),)])
    [(1/6,), (2/3,), (1/6,)]
    """
    pulls = transposed(problem.data.points, v)
    return [
        subtract(y, scale(1 / w, pull)) for y, w, pull in zip(problem.data.labels, problem.weights, pulls, strict=True)
    ]


@dataclass(frozen=True, slots=True, repr=False)
class Gap(ExactRepr):
    """P(Z) - Dual(v) as a sum of nonnegative terms (statement BA).

    residual: |Z - Zd|_W^2. excesses: for each nonzero kink the pair (lambda^2 |d|^2, <v, d>), of value
    lambda |d| - <v, d> >= 0.
    """

    residual: fmpq
    excesses: tuple[tuple[fmpq, fmpq], ...]

    def __post_init__(self) -> None:
        canonicalise(self, "residual", "excesses")

    @property
    def is_zero(self) -> bool:
        """Whether Z is the minimiser and v a solution of the dual, exactly."""
        tight = [sign(p) >= 0 and is_zero(p * p - square) for square, p in self.excesses]
        return is_zero(self.residual) and all(tight)

    def exact(self) -> RootSum:
        """The value as a sum of roots."""
        total = RootSum([square for square, _ in self.excesses])
        rational = self.residual / 2 - sum([p for _, p in self.excesses], ZERO)
        return total + RootSum.of_rational(rational)

    def enclosure(self, bits: int = 96) -> Enclosure:
        """Bounds of relative width about 2^-bits: no two terms of different sign are added."""
        with ctx.workprec(bits + 32):
            total = arb(self.residual) / 2
            for square, p in self.excesses:
                rest = square - p * p
                total += arb(rest) / (arb(square).sqrt() + arb(p)) if sign(p) > 0 else arb(square).sqrt() - arb(p)
            return Enclosure.from_ball(total)


def gap(problem: Regularised, z: Labels, v: Labels) -> Gap:
    """The gap of labels z and a dual v at all points; ValueError unless v is feasible.

    >>> data = Dataset.from_fractions([0, 1, 2], [0, 1, 0])
    >>> gap(Regularised(data, fmpq(1, 6)), [(fmpq(1, 6),), (fmpq(2, 3),), (fmpq(1, 6),)], [(0,), (fmpq(-1, 6),), (0,)])
    Gap(residual=0, excesses=(('1/36', '1/6'),))
    """
    if not (is_zero_vector(v[0]) and is_zero_vector(v[-1])):
        raise ValueError("the dual is not 0 at the two ends")
    square = problem.penalty * problem.penalty
    if any([squared_length(row) > square for row in v]):
        raise ValueError("the dual is longer than lambda somewhere")
    difference = [subtract(a, b) for a, b in zip(z, dual_labels(problem, v), strict=True)]
    excesses = [
        (square * squared_length(d), dot(row, d))
        for d, row in zip(kinks(Dataset(problem.data.points, tuple(z))), v[1:-1], strict=True)
        if not is_zero_vector(d)
    ]
    return Gap(problem.squared_norm(difference), tuple(excesses))


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


def kink_row_square(points: Sequence[fmpq], weights: Sequence[fmpq], j: int) -> fmpq:
    """|D_j|^2 in the dual norm of |.|_W: |d_j(Z) - d_j(Z')| <= |D_j| |Z - Z'|_W.

    >>> kink_row_square([fmpq(0), fmpq(1), fmpq(2)], [fmpq(1)] * 3, 1)
    6
    """
    before, after = 1 / (points[j] - points[j - 1]), 1 / (points[j + 1] - points[j])
    return before**2 / weights[j - 1] + (before + after) ** 2 / weights[j] + after**2 / weights[j + 1]


def gap_at_other_penalty(residual: fmpq, penalty: fmpq, other: fmpq) -> fmpq:
    """The gap of the solution at lambda = penalty, with the same eta, at another lambda (statement BC).

    residual: |Y - Z|_W^2 there. So |Z' - Z|_W <= |lambda' - lambda| / lambda |Y - Z|_W.

    >>> gap_at_other_penalty(fmpq(6), fmpq(1), fmpq(3))
    12
    """
    return ((other - penalty) / penalty) ** 2 * residual / 2
