"""More digits: Newton in ball arithmetic on the known support, and the second-order certificate in balls.

Each step takes its residual in balls and its correction from float64 factors, which is worth about 12 digits. What is
proved is proved by the last residual alone (BA, BB), whatever led there.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy
from flint import arb, ctx, fmpq

from ...theory.knot_sums import KnotSums
from ...theory.regularised import Regularised
from . import support
from .problem import Problem
from .proof import Proof, Refined, direction, exact, kinks_of
from .solver import normalised, rescaled
from .support import Support

Array = Any
Row = tuple[Any, ...]

MOST_STEPS = 200  # and one for each digit


def refine(regularised: Regularised, sums: KnotSums, problem: Problem, found: Support, digits: int) -> Refined | None:
    """The candidate improved until |Z - Z*| <= 10^-digits is proved or nothing is gained any more.

    found: a candidate in the units of `problem`, which is `regularised` in floats; None if the float64 factors are
    singular or a kink of the candidate is 0.
    """
    data, x_unit, y_unit = normalised(problem)
    with numpy.errstate(all="ignore"):
        correct = support.corrector(data, rescaled(found, 1 / x_unit, 1 / y_unit))
    if correct is None:
        return None
    y_scale = y_unit * float(sums.y_unit / problem.units.y)
    w_scale = float(problem.weights.mean()) * float(sums.w_unit / problem.units.w)
    with ctx.workprec(int(digits * 3.33) + 160):
        newton = _Newton(regularised, sums, [int(k) for k in found.knots])
        newton.z = _start(sums, problem, found)
        try:
            newton.run(correct, y_scale, w_scale, digits)
            return newton.refined()
        except ZeroDivisionError:
            return None


def _start(sums: KnotSums, problem: Problem, found: Support) -> list[Row]:
    """The knot values of the candidate in the units of `sums`."""
    offset = [fmpq(*value.as_integer_ratio()) for value in problem.offset.tolist()]
    slope = [fmpq(*value.as_integer_ratio()) for value in problem.slope.tolist()]
    ratio = sums.y_unit / problem.units.y
    rows = []
    for k, row in zip(found.knots.tolist(), found.values.tolist(), strict=True):
        x = fmpq(*problem.x[k].item().as_integer_ratio()) + fmpq(*problem.x_low[k].item().as_integer_ratio())
        values = [fmpq(*value.as_integer_ratio()) for value in row]
        line = [a + b * x for a, b in zip(offset, slope, strict=True)]
        rows.append(tuple([arb((v + c) * ratio - f) for v, c, f in zip(values, line, sums.first, strict=True)]))
    return rows


class _Newton:
    """The knot values as exact balls, and the residual of F(z) = Phi^T W (Y - Phi z) - lambda D_k^T u(z)."""

    def __init__(self, problem: Regularised, sums: KnotSums, knots: list[int]) -> None:
        self.problem, self.sums, self.knots = problem, sums, knots
        self.tasks = range(problem.data.tasks)
        diagonal, off = sums.gram(knots)
        self.diagonal, self.off = [arb(d) for d in diagonal], [arb(o) for o in off]
        columns = [sums.moments(knots, t) for t in self.tasks]
        self.moments: list[Row] = [tuple(map(arb, row)) for row in zip(*columns, strict=True)]
        self.gaps = [arb(sums.x[b] - sums.x[a]) for a, b in pairwise(knots)]
        self.penalty = arb(sums.penalty(problem.penalty))
        self.z: list[Row] = []

    def run(self, correct: Callable[[Array], Array], y_scale: float, w_scale: float, digits: int) -> None:
        """Corrections until the residual is below the digits or does not halve any more."""
        least, target = None, arb(10) ** -(digits + 2) * arb(self.sums.y_unit)
        for _ in range(MOST_STEPS + digits):
            force = self.residual()
            size = max([abs(entry).upper() for row in force for entry in row], key=exact)
            if bool(size < target) or (least is not None and not bool(2 * size < least)):
                break
            least = size
            shift = fmpq(2) ** -_exponent(size)
            floats = numpy.array([[float((entry * shift).mid()) for entry in row] for row in force])
            change = correct(floats / (y_scale * w_scale)) * y_scale
            if not numpy.isfinite(change).all():
                break
            self.z = [
                tuple([(value + arb(step) / shift).mid() for value, step in zip(row, steps, strict=True)])
                for row, steps in zip(self.z, change.tolist(), strict=True)
            ]

    def directions(self) -> list[Row]:
        """u at all knots, 0 at the ends."""
        nothing = tuple([arb(0) for _ in self.tasks])
        return [nothing, *[direction(d) for d in kinks_of(self.gaps, self.z)], nothing]

    def residual(self) -> list[Row]:
        """F at the knots."""
        u, z = self.directions(), self.z
        slopes = [
            [self.penalty * (b - a) / h for a, b in zip(left, right, strict=True)]
            for h, (left, right) in zip(self.gaps, pairwise(u), strict=True)
        ]
        rows = []
        for k, moment in enumerate(self.moments):
            row = [moment[t] - self.diagonal[k] * z[k][t] for t in self.tasks]
            if k > 0:
                row = [row[t] - self.off[k - 1] * z[k - 1][t] + slopes[k - 1][t] for t in self.tasks]
            if k + 1 < len(z):
                row = [row[t] - self.off[k] * z[k + 1][t] - slopes[k][t] for t in self.tasks]
            rows.append(tuple(row))
        return rows

    def refined(self) -> Refined:
        """The certificate of the present values."""
        return Proof(self.problem, self.sums, self.knots, self.z).refined()


def _exponent(size: Any) -> int:
    mantissa, exponent = size.man_exp()
    return int(exponent) + int(mantissa).bit_length()
