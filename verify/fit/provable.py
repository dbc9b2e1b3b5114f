"""What the records of a certificate prove of the kinks, by the bounds of statement BB.

The gap that they show is not less than what the sums of the checker can tell from 0, however many digits the fit had:
what needs more is called undecided there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flint import arb, ctx, fmpq

from ...theory.knot_fit import KnotFit
from ...theory.numbers import ZERO, Vector
from ...theory.regularised import Regularised
from ...theory.vectors import dot, scale, squared_length, subtract, zero

SUM_BITS = 512
MARGIN, ROUNDED = 1 + fmpq(1, 10**40), 1 + fmpq(1, 10**58)
"""The roots of the checker are rounded by less."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Z and v at all points, W (Y - Z), and where v is given: the knots, and where it would be longer than lambda."""

    z: list[Vector]
    v: list[Vector]
    pulls: list[Vector]
    given: dict[int, Vector]


def turn(x: Sequence[fmpq], rows: Sequence[Vector], k: int) -> Vector:
    """The second difference at a point; beyond an end there is no slope."""
    turn = zero(len(rows[0]))
    if k + 1 < len(rows):
        turn = scale(1 / (x[k + 1] - x[k]), subtract(rows[k + 1], rows[k]))
    if k > 0:
        turn = subtract(turn, scale(1 / (x[k] - x[k - 1]), subtract(rows[k], rows[k - 1])))
    return turn


@dataclass(frozen=True, slots=True)
class _Knot:
    """An inner knot with the kink d of the spline.

    low: a lower bound of |d|; off: how far v may be from lambda d / |d|; sure: whether the kink of Z* is certainly not
    0; turn: how far its direction may be from v / lambda.
    """

    low: Any
    off: Any
    sure: bool
    turn: Any


class Provable:
    """Which kinks are zero or nonzero, and which neighbours have different directions; bound: of the gap."""

    def __init__(self, problem: Regularised, candidate: KnotFit, drawn: Drawn, bound: fmpq) -> None:
        self.problem, self.candidate, self.drawn = problem, candidate, drawn
        with ctx.workprec(SUM_BITS):
            self.radius = arb(2 * bound).sqrt().upper() * MARGIN
            self.knots = {k: self._knot(k, v) for k, v in zip(candidate.knots[1:-1], candidate.dual, strict=True)}

    def _knot(self, k: int, v: Vector) -> "_Knot":
        x, w, penalty = self.problem.data.points, self.problem.weights, self.problem.penalty
        d = turn(x, self.drawn.z, k)
        size, paired = arb(squared_length(d)).sqrt(), arb(dot(v, d))
        lost = (penalty * size * ROUNDED - paired).upper()
        low = size.lower()
        if not low > 0:
            return _Knot(low, arb(2 * penalty), False, arb(2))
        a, b = x[k] - x[k - 1], x[k + 1] - x[k]
        row = arb(1 / (a * a * w[k - 1]) + (1 / a + 1 / b) ** 2 / w[k] + 1 / (b * b * w[k + 1])).sqrt()
        off = (2 * penalty * lost.max(arb(0)) / low).sqrt().upper() * MARGIN
        moved = row * self.radius
        near = (self.radius / (penalty * low).sqrt()).min(2 * moved / low)
        return _Knot(low, off, bool(moved < low), (near + off / penalty) * MARGIN)

    def all_apart(self, kinds: list[str]) -> bool:
        """Whether the directions of Z* at neighbouring points certainly differ wherever both kinks are not 0."""
        with ctx.workprec(SUM_BITS):
            for j, pair in enumerate(pairwise(kinds), 1):
                if "zero" in pair:
                    continue
                if "undecided" in pair:
                    return False
                gap = subtract(self.drawn.v[j + 1], self.drawn.v[j])
                turn = self.knots[j].turn + self.knots[j + 1].turn
                if not bool(arb(squared_length(gap)).sqrt() > self.problem.penalty * turn * MARGIN):
                    return False
        return True

    def kinds(self, decided: list[str]) -> list[str]:
        """What is decided, with "undecided" where these records do not show it."""
        found = ["undecided"] * len(decided)
        with ctx.workprec(SUM_BITS):
            for a, b in pairwise(self.candidate.knots):
                if b in self.knots and self.knots[b].sure and decided[b - 1] == "nonzero":
                    found[b - 1] = "nonzero"
                if any([j in self.drawn.given for j in range(a + 1, b)]):
                    continue
                weight = sum(self.problem.weights[a + 1 : b], ZERO)
                for j in range(a + 1, b):
                    if decided[j - 1] == "zero" and self._zero(a, j, b, weight):
                        found[j - 1] = "zero"
        return found

    def _zero(self, a: int, j: int, b: int, weight: fmpq) -> bool:
        x, penalty = self.problem.data.points, self.problem.penalty
        t = (x[j] - x[a]) / (x[b] - x[a])
        local, off = arb((t * (1 - t) * (x[b] - x[a])) ** 2 * weight), arb(0)
        for share, knot in ((1 - t, self.knots.get(a)), (t, self.knots.get(b))):
            if knot is not None:
                if not knot.low > 0:
                    return False
                local, off = local + share * share * penalty / knot.low, off + share * knot.off
        longest = arb(squared_length(self.drawn.v[j])).sqrt() + self.radius * local.sqrt() + off
        return bool(longest * MARGIN < penalty)
