"""One task, exactly: the support is corrected by principal pivoting in rational arithmetic until it is right.

The problem is a linear complementarity problem with a positive definite matrix (D W^-1 D^T) and bounds on both sides.
Block principal pivoting exchanges every index that is wrong, and falls back to the one of largest index when that does
not help (Judice and Pires 1994): finite, and from a good start nothing is wrong to begin with.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from ...theory.numbers import sign
from ...theory.one_task_fit import OneTaskSystem, Signed, support_of

BLOCK_TRIES = 10
"""Block steps that may fail to lower the number of wrong indices before single steps begin."""


@dataclass(frozen=True, slots=True)
class Exact:
    """The solution: knots with nonzero kinks, knot values in scaled units, points with |v| = lambda and no kink."""

    support: Signed
    values: list[fmpq]
    tight: tuple[int, ...]
    pivots: int


def solve(system: OneTaskSystem, start: Signed, doubtful: Sequence[int] | None = None) -> Exact:
    """The exact solution from any start.

    doubtful: the inner points, increasing, whose kink is not known to be zero already; None: all of them.
    """
    points = range(1, system.size - 1) if doubtful is None else doubtful
    support, pivots, fewest, tries = start, 0, system.size + 1, BLOCK_TRIES
    while True:
        z = system.knot_values(support)
        kinks = system.kinks(support, z)
        wrong, tight = _wrong(system, support, (z, kinks), points)
        if not wrong:
            return _finished(system, support, (z, kinks), tight, pivots)
        pivots += 1
        if len(wrong) < fewest:
            fewest, tries = len(wrong), BLOCK_TRIES
        elif tries > 0:
            tries -= 1
        else:
            last = max(wrong)
            wrong = {last: wrong[last]}
        support = exchanged(support, wrong)


def _wrong(
    system: OneTaskSystem, support: Signed, solution: tuple[Sequence[fmpq], Sequence[fmpq]], points: Sequence[int]
) -> tuple[dict[int, int], list[int]]:
    """Points to exchange: 0 for knots whose kink has the wrong sign, else the sign of v where |v| > lambda; and
    the points where |v| = lambda exactly."""
    z, kinks = solution
    wrong = {k: 0 for k, d, s in zip(support.knots, kinks, support.signs, strict=True) if sign(d) == -s}
    tight = []
    at, segment = -1, None
    for j in points:
        k = bisect_right(support.knots, j)
        if k and support.knots[k - 1] == j:
            continue
        if k != at or segment is None:
            at, segment = k, system.segment(support, z, k)
        v = segment.dual(j)
        over = sign(abs(v) - system.penalty)
        if over > 0:
            wrong[j] = sign(v)
        elif not over:
            tight.append(j)
    return wrong, tight


def exchanged(support: Signed, wrong: dict[int, int]) -> Signed:
    """The support with these points given these signs; 0 takes a knot away."""
    signs = dict(zip(support.knots, support.signs, strict=True)) | wrong
    kept = sorted((k, s) for k, s in signs.items() if s)
    return Signed(tuple([k for k, _ in kept]), tuple([s for _, s in kept]))


def _finished(
    system: OneTaskSystem,
    support: Signed,
    solution: tuple[Sequence[fmpq], Sequence[fmpq]],
    tight: Sequence[int],
    pivots: int,
) -> Exact:
    """Knots of kink 0 are no knots: there |v| = lambda without a kink."""
    z, kinks = solution
    exact = support_of(kinks, support.knots)
    flat = {k for k, d in zip(support.knots, kinks, strict=True) if not d}
    values = [value for point, value in zip((0, *support.knots, system.size - 1), z, strict=True) if point not in flat]
    return Exact(exact, values, tuple(sorted([*tight, *flat])), pivots)
