"""One task: the whole path in lambda, exactly. Between breakpoints every knot value is linear in lambda.

At a breakpoint a kink reaches 0 (its knot leaves) or |v| reaches lambda between two knots (a knot joins). The lambdas
at which one support is optimal are cut out by linear inequalities, so that pieces and breakpoints are rational, and a
guess of the next support is right exactly if its piece begins where the last one ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from ...theory.numbers import ZERO, sign
from ...theory.one_task_fit import OneTaskSystem, Signed
from ..reading import InputError
from . import pivoting
from .largest import NONE, lambda_max_squared
from .noisy import Noisy

MOST_POINTS = 1000
Changes = dict[int, int]


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """Where the support changes as lambda falls: points that join, with the sign of their kink, or leave (0)."""

    penalty: fmpq
    changes: tuple[tuple[int, int], ...]
    kinks: int
    """How many kinks are nonzero just below."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lambdas (scaled) at which a support is optimal, low < high or empty, and what changes at low."""

    low: fmpq
    high: fmpq | None
    changes: Changes


def exact_path(noisy: Noisy) -> Iterator[Breakpoint]:
    """All breakpoints, from lambda_max down; below the last the support does not change any more.

    The cost is about N^2: InputError for more than 1000 points, and for more than one task.
    """
    if noisy.tasks != 1:
        raise InputError("--path exact needs one task: with several the path is not piecewise linear")
    if noisy.size > MOST_POINTS:
        raise InputError(f"--path exact takes at most {MOST_POINTS} points: give a number of lambdas instead")
    square = lambda_max_squared(noisy)
    unit = noisy.sums.penalty(fmpq(1))
    here, support = fmpq(square.p.isqrt(), square.q.isqrt()) * unit, NONE
    piece = _piece(noisy, support)
    while sign(here) > 0:
        before = dict(zip(support.knots, support.signs, strict=True))
        support, piece = _below(noisy, here, pivoting.exchanged(support, piece.changes))
        after = dict(zip(support.knots, support.signs, strict=True))
        left = [(k, 0) for k in before if k not in after]
        joined = [(k, s) for k, s in after.items() if before.get(k) != s]
        yield Breakpoint(here / unit, tuple(sorted(left + joined)), len(support.knots))
        here = piece.low


def _below(noisy: Noisy, here: fmpq, guess: Signed) -> tuple[Signed, _Piece]:
    """The support just below `here` and its piece: the guess if it is right, else found by pivoting ever nearer."""
    piece = _piece(noisy, guess)
    share = fmpq(1, 2)
    unit = noisy.sums.penalty(fmpq(1))
    while not (piece.high is None or piece.high >= here) or piece.low >= here:
        system = OneTaskSystem(noisy.sums, here * (1 - share) / unit)
        guess = pivoting.solve(system, guess).support
        piece = _piece(noisy, guess)
        share /= 16
    return _without_flat(noisy, guess), piece


def _without_flat(noisy: Noisy, support: Signed) -> Signed:
    """Without knots whose kink is 0 all along: there |v| = lambda on the whole piece."""
    flat = dict.fromkeys(support.knots, True)
    for penalty in (fmpq(0), fmpq(1)):
        system = OneTaskSystem(noisy.sums, penalty)
        kinks = system.kinks(support, system.knot_values(support))
        flat = {k: flat[k] and not d for k, d in zip(support.knots, kinks, strict=True)}
    return pivoting.exchanged(support, {k: 0 for k, never in flat.items() if never})


def _piece(noisy: Noisy, support: Signed) -> _Piece:
    systems = [OneTaskSystem(noisy.sums, fmpq(penalty)) for penalty in (0, 1)]
    unit = systems[1].penalty
    values = [system.knot_values(support) for system in systems]
    low, high, changes = ZERO, None, Changes()
    for point, new, at_0, at_1 in _conditions(systems, support, values):
        slope = (at_1 - at_0) / unit
        if sign(slope) == 0:
            if sign(at_0) < 0:
                return _Piece(ZERO, ZERO, {})
            continue
        bound = -at_0 / slope
        if sign(slope) < 0:
            high = bound if high is None or bound < high else high
        elif bound > low:
            low, changes = bound, {point: new}
        elif bound == low and sign(low) > 0:
            changes[point] = new
    return _Piece(low, high, changes)


def _conditions(
    systems: list[OneTaskSystem], support: Signed, values: list[list[fmpq]]
) -> Iterator[tuple[int, int, fmpq, fmpq]]:
    """What must not be negative, at lambda 0 and at the lambda of the second system; the point, and its sign after."""
    kinks = [system.kinks(support, z) for system, z in zip(systems, values, strict=True)]
    for k, s, at_0, at_1 in zip(support.knots, support.signs, *kinks, strict=True):
        yield k, 0, s * at_0, s * at_1
    knots = (0, *support.knots, systems[0].size - 1)
    unit = systems[1].penalty
    for k in range(len(knots) - 1):
        segments = [system.segment(support, z, k) for system, z in zip(systems, values, strict=True)]
        for j in range(knots[k] + 1, knots[k + 1]):
            at_0, at_1 = (segment.dual(j) for segment in segments)
            yield j, 1, -at_0, unit - at_1
            yield j, -1, at_0, unit + at_1
