"""The regularised problem on exact data, and what proves that labels are near its solution (H, BA, BC).

P(Z) = 1/2 sum_i w_i |y_i - z_i|^2 + lambda sum_j |(DZ)_j| over Z in R^{N x T}, D the (N - 2) x N matrix of kinks,
w_i > 0 (1 by default). Its dual variable v has one vector for each point, 0 at the two ends, |v_j| <= lambda; then
Zd(v) = Y - W^-1 D^T v, and every pair (Z, v) bounds how far Z is from the only minimiser Z*.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from flint import arb, ctx, fmpq

from . import stencil
from .dataset import Dataset
from .enclosure import Enclosure
from .numbers import ZERO, ExactRepr, Vector, canonicalise, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .vectors import dot, is_zero_vector, scale, squared_length, subtract

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


def gap_at_other_penalty(residual: fmpq, penalty: fmpq, other: fmpq) -> fmpq:
    """The gap of the solution at lambda = penalty, with the same eta, at another lambda (statement BC).

    residual: |Y - Z|_W^2 there. So |Z' - Z|_W <= |lambda' - lambda| / lambda |Y - Z|_W.

    >>> gap_at_other_penalty(fmpq(6), fmpq(1), fmpq(3))
    12
    """
    return ((other - penalty) / penalty) ** 2 * residual / 2
