"""Fits in the units of the data, from what was proved in scaled units, in balls or exactly."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy
from flint import arb, ctx, fmpq

from ...theory.alignment import aligned
from ...theory.enclosure import Enclosure
from ...theory.knot_fit import KnotFit, spline_labels
from ...theory.numbers import ZERO, nearest_float
from ...theory.one_task_fit import Signed
from ...theory.root_sum import RootSum
from ..arrays.arithmetic import UNIT
from .bounds import Bounds
from .candidate import Support
from .noisy import Noisy
from .problem import Problem
from .proof import Refined, kinks_of
from .proved import Proved
from .result import Fit

Array = Any

EXACT_BITS, GOOD_BITS = (512, 4096, 32768), 64
"""Bits tried for the bounds of an exact optimal value, and those that must be right."""


def knot_labels(problem: Problem, found: Support) -> Array:
    """The knot values in original units, the line put back, rounded."""
    x = (problem.x + problem.x_low)[found.knots]
    return (found.values + problem.offset + x[:, None] * problem.slope) / float(problem.units.y)


def with_signs(fit: Fit, signed: Signed) -> Fit:
    """The fit with its kinks decided: nonzero at these knots, zero elsewhere, multiples of one vector with signs."""
    zero = numpy.ones(fit.noisy.size, bool)
    zero[list(signed.knots)] = False
    apart = [a != b for a, b in pairwise(signed.signs)]
    proved = replace(
        fit.proved, zero=zero, nonzero=numpy.ones(len(signed.knots), bool), apart=numpy.array(apart, bool)
    )  # fmt: skip
    return replace(fit, proved=proved, signs=signed.signs)


def scaled_gap(problem: Problem, proved: Bounds) -> fmpq:
    """The gap proved in float64, in the units of the data."""
    return _rational(proved.gap) / problem.units.objective


def _rational(value: float) -> fmpq:
    """A float exactly; an infinite bound as something beyond all use."""
    return fmpq(*value.as_integer_ratio()) if value < numpy.inf else fmpq(10) ** 400


def _labels(problem: Problem, proved: Bounds) -> tuple[Array, float]:
    """Floats near the labels of the candidate, the line put back, in original units; a bound of their error."""
    line = (problem.x + problem.x_low)[:, None] * problem.slope
    size = numpy.abs(proved.values) + numpy.abs(problem.offset) + numpy.abs(line)
    error = proved.value_radius[:, None] + 8 * UNIT * size
    unit = float(problem.units.y)
    total = float(numpy.sqrt((error**2).sum())) / unit * (1 + 1e-9)
    return (proved.values + problem.offset + line) / unit, total


def by_floats(noisy: Noisy, penalty: fmpq, problem: Problem, found: Support, proved: Bounds) -> Fit:
    """The fit of a candidate and its bounds in float64."""
    unit = problem.units.objective
    lightest = float(problem.weights.min()) * (1 - problem.weights_radius)
    # |Z|_F <= |Z|_W / sqrt(least weight); labels scale by y, squares by w y^2.
    distance = _rational(proved.distance / lightest**0.5 * (1 + 1e-12)) / problem.units.y
    lower, upper = (_rational(value) / unit for value in proved.objective)
    squares = [_rational(value) / unit for value in proved.residual_square]
    summary = Proved(
        "float64", found.knots[1:-1], _rational(proved.gap) / unit, distance, Enclosure(lower, upper),
        Enclosure(*squares), proved.zero, proved.nonzero, proved.apart,
    )  # fmt: skip
    labels, error = _labels(problem, proved)
    return Fit(noisy, penalty, summary, labels, found, problem, error)


def by_balls(noisy: Noisy, penalty: fmpq, problem: Problem, found: Support, refined: Refined) -> Fit:
    """The fit of exact knot values and their bounds in balls."""
    lightest = RootSum([1 / min(noisy.exact[1])]).enclosure().upper
    summary = Proved(
        "balls", numpy.array(refined.knots[1:-1], dtype=int), refined.gap, refined.distance * lightest,
        refined.objective, refined.residual_square, refined.zero, refined.nonzero, refined.apart,
    )  # fmt: skip
    fitted = KnotFit(refined.knots, refined.values, ())
    return Fit(noisy, penalty, summary, _near(noisy, fitted), found, problem, refined=fitted)


def exact_fit(
    noisy: Noisy,
    penalty: fmpq,
    problem: Problem | None,
    found: Support | None,
    answer: KnotFit,
    tight: tuple[int, ...],
) -> Fit:
    """The fit whose Z* is known, with the points of |v| = lambda and no kink."""
    knots = numpy.array(answer.knots[1:-1], dtype=int)
    zero = numpy.ones(noisy.size, bool)
    zero[knots] = False
    objective, square = _exact_bounds(noisy, penalty, answer)
    apart = [not aligned(u, v) for u, v in pairwise(answer.dual)]
    summary = Proved(
        "exact", knots, ZERO, ZERO, objective, square, zero, numpy.ones(len(knots), bool), numpy.array(apart, bool)
    )  # fmt: skip
    return Fit(noisy, penalty, summary, _near(noisy, answer), found, problem, exact=answer, tight=tight)


def _exact_bounds(noisy: Noisy, penalty: fmpq, answer: KnotFit) -> tuple[Enclosure, Enclosure]:
    """P* and |Y - Z*|_W^2 of an exact fit: (S - b z + lambda R) / 2 and S - b z - lambda R; G z = b - lambda D^T u.

    S is the sum of w |y|^2, b = Phi^T W Y; so nothing but the knots is visited. More bits where they cancel.
    """
    for bits in EXACT_BITS:
        objective, square = _exact_balls(noisy, answer, bits)
        if min(objective.rel_accuracy_bits(), square.rel_accuracy_bits()) >= GOOD_BITS:
            break
    return _nonnegative(objective), _nonnegative(square)


def _exact_balls(noisy: Noisy, answer: KnotFit, bits: int) -> tuple[Any, Any]:
    """P* and |Y - Z*|_W^2 with so many bits in the sums."""
    sums, x = noisy.sums, noisy.data.points
    with ctx.workprec(bits):
        total, cost = arb(fmpq(sum(sums.squares))), arb(0)
        values = [
            [arb(value * sums.y_unit - f) for value, f in zip(row, sums.first, strict=True)] for row in answer.values
        ]
        for t in range(len(sums.first)):
            for m, row in zip(sums.moments(answer.knots, t), values, strict=True):
                total -= arb(m) * row[t]
        gaps = [arb(x[b] - x[a]) for a, b in pairwise(answer.knots)]
        for d, v in zip(kinks_of(gaps, values), answer.dual, strict=True):
            # lambda |d| = <v, d>, because v = lambda d / |d|
            cost += sum([arb(a) * b for a, b in zip(v, d, strict=True)], arb(0))
        total /= arb(sums.w_unit * sums.y_unit * sums.y_unit)
        cost /= arb(sums.y_unit)
        return (total + cost) / 2, total - cost


def _nonnegative(ball: Any) -> Enclosure:
    found = Enclosure.from_ball(ball)
    return Enclosure(max(found.lower, ZERO), max(found.upper, ZERO))


def float_of(value: fmpq) -> float:
    """The nearest float, infinite beyond them."""
    try:
        return nearest_float(value)
    except OverflowError:
        return numpy.inf if value > 0 else -numpy.inf


def _near(noisy: Noisy, fitted: KnotFit) -> Array:
    """Floats nearest to exact knot values, interpolated in float64."""
    if noisy.size * noisy.tasks <= 5000:
        rows = spline_labels(noisy.data.points, fitted.knots, fitted.values)
        return numpy.array([list(map(float_of, row)) for row in rows])
    x = numpy.array(list(map(float_of, noisy.data.points)))
    knots = numpy.array(fitted.knots)
    columns = [list(map(float_of, column)) for column in zip(*fitted.values, strict=True)]
    return numpy.stack([numpy.interp(x, x[knots], column) for column in columns], axis=1)
