"""The regularised fit of noisy data: solved, proved, and exact where it is rational."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy
from flint import arb, ctx, fmpq

from ...theory.alignment import aligned
from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO, RationalLike, nearest_float, rational, sign
from ...theory.one_task_fit import Signed
from ...theory.regularised import KnotFit, spline_labels
from ...theory.root_sum import RootSum
from ..arrays.arithmetic import UNIT
from ..reading import InputError
from . import bounds, exactly, solver
from .bounds import Bounds
from .noisy import Noisy
from .problem import Problem
from .proof import Refined, kinks_of
from .refine import Refinement
from .result import Fit, Proved
from .support import Support

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = Any

GOOD = 1e-12
"""The relative gap with which float64 is content."""
MOST_SIMPLE = 5000
"""N T up to which a rational fit of several tasks is looked for before anything else."""
EXACT_BITS, GOOD_BITS = (512, 4096, 32768), 64
"""Bits tried for the bounds of an exact optimal value, and those that must be right."""
FIRST_DIGITS, MOST_DIGITS = 30, 480
"""Digits tried, doubling, while something is undecided."""
MOST_ROUNDS = 40
"""Times that knots are exchanged or digits doubled."""


def fit(
    data: Any,
    penalty: "RationalLike | float",
    *,
    weights: "Iterable[RationalLike] | ArrayLike | None" = None,
    digits: int | None = None,
    start: Fit | None = None,
) -> Fit:
    """The minimiser of 1/2 sum_i w_i |y_i - z_i|^2 + lambda sum_j |d_j(Z)|, with a proof of how near the answer is.

    data: as for `check`, repeated points allowed; arrays (x, y) of shapes (N,) and (N,) or (N, T). penalty: lambda > 0,
    in the units of the labels times those of x; a float is read as the dyadic rational that it is. weights: one
    positive number for each observation. digits: prove |Z - Z*| <= 10^-digits. start: a fit of the same data at a
    lambda nearby. One task, and whatever else is rational, is answered exactly. Source: statements H, BA to BE.

    Raises InputError for bad input.

    >>> fit((range(5), [0, 1, 0, 1, 0]), "1/10").is_exact
    True
    """
    noisy = Noisy.of(data, weights)
    value = positive(penalty)
    try:
        problem = noisy.problem(value)
    except InputError:  # beyond float64
        if noisy.tasks > 1:
            raise
        answer, tight = exactly.one_task(noisy.sums, value, None, None)
        return _exact(noisy, value, None, None, answer, tight)
    found = solver.candidate(problem, None if start is None else start.candidate)
    proved = bounds.certify(problem, found)
    if noisy.tasks == 1:
        answer, tight = exactly.one_task(noisy.sums, value, found, proved)
        return _exact(noisy, value, problem, found, answer, tight)
    simple = _simple(noisy, value, problem, found)
    if simple is not None:
        return _exact(noisy, value, problem, found, *simple)
    content = proved.gap <= GOOD * proved.objective[1] and _decided(found, proved)
    if content and digits is None:
        return _by_floats(noisy, value, problem, found, proved)
    return _with_digits(noisy, value, problem, (found, proved), digits)


def _simple(noisy: Noisy, penalty: fmpq, problem: Problem, found: Support) -> tuple[KnotFit, tuple[int, ...]] | None:
    """The exact fit of a few exact data, if float64 gives it away or the labels have one direction."""
    if not noisy.is_exact or noisy.size * noisy.tasks > MOST_SIMPLE:
        return None
    regularised = noisy.regularised(penalty)
    direction = exactly.OneDirection.of(regularised)
    answer = None if direction is None else direction.fit()
    if answer is not None:
        return answer
    knots = [int(k) for k in found.knots]
    rows = [[fmpq(*value.as_integer_ratio()) for value in row] for row in knot_labels(problem, found).tolist()]
    exact = exactly.guessed(regularised, knots, [tuple(row) for row in rows], largest=10**6)
    return None if exact is None else (exact, exactly.tight_points(regularised, exact))


def knot_labels(problem: Problem, found: Support) -> Array:
    """The knot values in original units, the line put back, rounded."""
    x = (problem.x + problem.x_low)[found.knots]
    return (found.values + problem.offset + x[:, None] * problem.slope) / float(problem.units.y)


def positive(penalty: "RationalLike | float") -> fmpq:
    """lambda as an exact number; InputError unless it is positive and finite."""
    try:
        value = fmpq(*penalty.as_integer_ratio()) if isinstance(penalty, float) else rational(penalty)
    except (ValueError, OverflowError, TypeError) as error:
        raise InputError(f"lambda: {error}") from None
    if sign(value) <= 0:
        raise InputError(f"lambda is {value}: it must be positive")
    return value


def fit_path(data: Any, penalties: Sequence[Any], *, weights: Any = None) -> Iterator[Fit]:
    """The fits at several lambdas, in the order given, each started from the one before."""
    noisy, before = Noisy.of(data, weights), None
    for penalty in penalties:
        before = fit(noisy, penalty, start=before)
        yield before


def max_lambda(data: Any, *, weights: Any = None) -> Enclosure:
    """Bounds of lambda_max, from which on the fit is the least-squares line; of width 0 where it is rational."""
    from .largest import lambda_max_squared

    return RootSum([lambda_max_squared(Noisy.of(data, weights))]).enclosure()


def _decided(found: Support, proved: Bounds) -> bool:
    """Whether every kink is zero or not, and no two neighbouring points may have aligned kinks."""
    beside = numpy.diff(found.knots[1:-1]) == 1
    return (
        int(proved.zero.sum()) + int(proved.nonzero.sum()) == len(proved.zero) - 2
        and bool(proved.nonzero.all())
        and bool(proved.apart[beside].all())
    )


def _with_digits(
    noisy: Noisy, penalty: fmpq, problem: Problem, first: tuple[Support, Bounds], digits: int | None
) -> Fit:
    """Exact if the labels have one direction or the digits give a rational away, else more digits until decided."""
    found, proved = first
    regularised = noisy.regularised(penalty)
    direction = exactly.OneDirection.of(regularised)
    if direction is not None:
        simple = direction.fit()
        if simple is not None:
            return _exact(noisy, penalty, problem, found, *simple)
        signed = direction.support()
        if signed is not None and signed.knots != tuple(found.knots[1:-1].tolist()):
            along = numpy.array([_float(entry) for entry in direction.along])
            unit = along / numpy.sqrt(along @ along)
            found = solver.on_support(problem, numpy.array(signed.knots), numpy.outer(signed.signs, unit))
            proved = bounds.certify(problem, found)
        if signed is not None and signed.knots == tuple(found.knots[1:-1].tolist()):
            refined = Refinement(regularised, noisy.sums, problem, found).to(max(FIRST_DIGITS, digits or 0))
            fitted = (
                _by_floats(noisy, penalty, problem, found, proved)
                if refined is None or refined.gap > _scaled_gap(problem, proved)
                else _by_balls(noisy, penalty, problem, found, refined)
            )
            return with_signs(fitted, signed)
    best: Refined | None = None
    wanted = max(FIRST_DIGITS, digits or 0)
    refinement = Refinement(regularised, noisy.sums, problem, found)
    for _ in range(MOST_ROUNDS):
        refined = refinement.to(wanted)
        if refined is not None:
            best = refined if best is None or refined.gap <= best.gap else best
            exact = exactly.guessed(regularised, refined.knots, refined.values)
            if exact is not None:
                return _exact(noisy, penalty, problem, found, exact, exactly.tight_points(regularised, exact))
            if _settled(refined):
                break
        if not refinement.exchange(refined):
            wanted *= 2
            refinement.seen.clear()
            if wanted > max(MOST_DIGITS, digits or 0):
                break
    if best is None or (digits is None and best.gap > _scaled_gap(problem, proved)):
        return _by_floats(noisy, penalty, problem, found, proved)
    return _by_balls(noisy, penalty, problem, found, best)


def with_signs(fit: Fit, signed: Signed) -> Fit:
    """The fit with its kinks decided: nonzero at these knots, zero elsewhere, multiples of one vector with signs."""
    zero = numpy.ones(fit.noisy.size, bool)
    zero[list(signed.knots)] = False
    apart = [a != b for a, b in pairwise(signed.signs)]
    proved = replace(
        fit.proved, zero=zero, nonzero=numpy.ones(len(signed.knots), bool), apart=numpy.array(apart, bool)
    )  # fmt: skip
    return replace(fit, proved=proved, signs=signed.signs)


def _settled(refined: Refined) -> bool:
    beside = [b == a + 1 for a, b in pairwise(refined.knots[1:-1])]
    decided = int(refined.zero.sum()) + int(refined.nonzero.sum()) == len(refined.zero) - 2
    return decided and all([apart for near, apart in zip(beside, refined.apart.tolist(), strict=True) if near])


def _scaled_gap(problem: Problem, proved: Bounds) -> fmpq:
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


def _by_floats(noisy: Noisy, penalty: fmpq, problem: Problem, found: Support, proved: Bounds) -> Fit:
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


def _by_balls(noisy: Noisy, penalty: fmpq, problem: Problem, found: Support, refined: Refined) -> Fit:
    lightest = RootSum([1 / min(noisy.exact[1])]).enclosure().upper
    summary = Proved(
        "balls", numpy.array(refined.knots[1:-1], dtype=int), refined.gap, refined.distance * lightest,
        refined.objective, refined.residual_square, refined.zero, refined.nonzero, refined.apart,
    )  # fmt: skip
    fitted = KnotFit(refined.knots, refined.values, ())
    return Fit(noisy, penalty, summary, _near(noisy, fitted), found, problem, refined=fitted)


def _exact(
    noisy: Noisy,
    penalty: fmpq,
    problem: Problem | None,
    found: Support | None,
    answer: KnotFit,
    tight: tuple[int, ...],
) -> Fit:
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


def _float(value: fmpq) -> float:
    """The nearest float, infinite beyond them."""
    try:
        return nearest_float(value)
    except OverflowError:
        return numpy.inf if value > 0 else -numpy.inf


def _near(noisy: Noisy, fitted: KnotFit) -> Array:
    """Floats nearest to exact knot values, interpolated in float64."""
    if noisy.size * noisy.tasks <= 5000:
        rows = spline_labels(noisy.data.points, fitted.knots, fitted.values)
        return numpy.array([list(map(_float, row)) for row in rows])
    x = numpy.array(list(map(_float, noisy.data.points)))
    knots = numpy.array(fitted.knots)
    columns = [list(map(_float, column)) for column in zip(*fitted.values, strict=True)]
    return numpy.stack([numpy.interp(x, x[knots], column) for column in columns], axis=1)
