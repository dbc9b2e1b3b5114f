"""The regularised fit of noisy data: solved, proved, and exact where it is rational."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy
from flint import fmpq

from ...theory.enclosure import Enclosure, round_decimal
from ...theory.knot_fit import KnotFit
from ...theory.numbers import RationalLike, rational, sign
from ...theory.regularised import Regularised
from ...theory.root_sum import RootSum
from ..reading import InputError
from . import bounds, exactly, solver
from .bounds import Bounds
from .candidate import Support
from .noisy import Noisy
from .problem import Problem
from .proof import Refined
from .refine import Refinement, affordable
from .result import Fit
from .summary import by_balls, by_floats, exact_fit, float_of, knot_labels, scaled_gap, with_signs

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = Any

GOOD = 1e-12
"""The relative gap with which float64 is content."""
USELESS = fmpq(1, 1000)
"""A relative gap with which nothing is said of the fit."""
MOST_SIMPLE = 5000
"""N T up to which a rational fit of several tasks is looked for before anything else."""
FIRST_DIGITS, MOST_DIGITS = 30, 480
"""Digits tried, doubling, while something is undecided."""
MOST_ROUNDS, FEW_ROUNDS = 40, 8
"""Times that knots are exchanged or digits doubled; fewer for more than MOST_SIMPLE labels, where each takes long."""


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
        return exact_fit(noisy, value, None, None, answer, tight)
    found = solver.candidate(problem, None if start is None else start.candidate)
    proved = bounds.certify(problem, found)
    if noisy.tasks == 1:
        answer, tight = exactly.one_task(noisy.sums, value, found, proved)
        return exact_fit(noisy, value, problem, found, answer, tight)
    simple = _simple(noisy, value, problem, found)
    if simple is not None:
        return exact_fit(noisy, value, problem, found, *simple)
    content = proved.gap <= GOOD * proved.objective[1] and _decided(found, proved)
    if content and digits is None:
        return by_floats(noisy, value, problem, found, proved)
    return _useful(_with_digits(noisy, value, problem, (found, proved), digits))


def _useful(found: Fit) -> Fit:
    """InputError for bounds that say next to nothing: never an answer that looks like one."""
    if found.relative_gap > USELESS:
        orders = "weights, gaps or labels differ by too many orders of magnitude for float64"
        raise InputError(
            f"the best gap proved is {round_decimal(found.relative_gap, 2, up=True)} of the optimal value: {orders}"
        )
    return found


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
    simple = None if direction is None else direction.fit()
    if simple is not None:
        return exact_fit(noisy, penalty, problem, found, *simple)
    if digits is not None and not affordable(noisy.tasks, len(found.knots)):
        raise InputError(f"more digits of {noisy.tasks} tasks would take too much memory: leave digits out")
    if direction is not None:
        signed = direction.support()
        if signed is not None and signed.knots != tuple(found.knots[1:-1].tolist()):
            along = numpy.array([float_of(entry) for entry in direction.along])
            unit = along / numpy.sqrt(along @ along)
            found = solver.on_support(problem, numpy.array(signed.knots), numpy.outer(signed.signs, unit))
            proved = bounds.certify(problem, found)
        if signed is not None and signed.knots == tuple(found.knots[1:-1].tolist()):
            refined = Refinement(regularised, noisy.sums, problem, found).to(max(FIRST_DIGITS, digits or 0))
            fitted = (
                by_floats(noisy, penalty, problem, found, proved)
                if refined is None or refined.gap > scaled_gap(problem, proved)
                else by_balls(noisy, penalty, problem, found, refined)
            )
            return with_signs(fitted, signed)
    refinement = Refinement(regularised, noisy.sums, problem, found)
    best, exact = _improved(noisy, regularised, refinement, digits or 0)
    if exact is not None:
        return exact_fit(noisy, penalty, problem, found, exact, exactly.tight_points(regularised, exact))
    if best is None or (digits is None and best.gap > scaled_gap(problem, proved)):
        return by_floats(noisy, penalty, problem, found, proved)
    return by_balls(noisy, penalty, problem, found, best)


def _improved(
    noisy: Noisy, regularised: Regularised, refinement: Refinement, digits: int
) -> tuple[Refined | None, KnotFit | None]:
    """The best that is proved, and the exact fit if it is rational, of knots exchanged and digits doubled."""
    best: Refined | None = None
    wanted = max(FIRST_DIGITS, digits)
    few = noisy.size * noisy.tasks > MOST_SIMPLE
    for _ in range(FEW_ROUNDS if few else MOST_ROUNDS):
        refined = refinement.to(wanted)
        if refined is not None:
            best = refined if best is None or refined.gap <= best.gap else best
            exact = exactly.guessed(regularised, refined.knots, refined.values)
            if exact is not None:
                return best, exact
            if _settled(refined):
                break
        if not refinement.exchange(refined):
            wanted *= 2
            refinement.seen.clear()
            if wanted > max(MOST_DIGITS, digits):
                break
    return best, None


def _settled(refined: Refined) -> bool:
    beside = [b == a + 1 for a, b in pairwise(refined.knots[1:-1])]
    decided = int(refined.zero.sum()) + int(refined.nonzero.sum()) == len(refined.zero) - 2
    return decided and all([apart for near, apart in zip(beside, refined.apart.tolist(), strict=True) if near])
