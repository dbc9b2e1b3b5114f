"""What every solver takes and gives: a program in; primal, dual, bounds and status out."""

from dataclasses import dataclass
from typing import Literal, Protocol

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from ...theory.spline import LinearSpline
from .program import Program

Status = Literal["exact", "enclosed", "infeasible", "undecided"]
"""exact: an optimal network is known exactly, and its cost exactly or in an interval as asked. enclosed: the interval
has the width asked for. infeasible: proved that no network with these breakpoints interpolates. undecided: the
interval, though it holds, is wider than asked for (or there is none)."""


@dataclass(frozen=True, slots=True)
class Network:
    """One vector per atom of the program, and one per free function: it interpolates exactly."""

    kinks: tuple[Vector, ...]
    free: tuple[Vector, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The answer of a solver, with its evidence: `audit` checks all of it again in rational arithmetic.

    `primal` interpolates exactly, and its cost is at most `bounds.upper`. `dual` holds one multiplier in Q^T per data
    point; it is exactly feasible and its value is `bounds.lower`, except for an infeasible program, where it is the
    proof of infeasibility. `bounds` encloses the optimal value.

    breakpoints: how the candidates were chosen, in words; where that is "adaptive", dual and bounds hold for
    breakpoints anywhere on the line.
    """

    program: Program
    status: Status
    method: str
    bounds: Enclosure | None
    primal: Network | None
    dual: tuple[Vector, ...] | None
    reason: str
    breakpoints: str = "given"

    def spline(self) -> LinearSpline:
        """The primal network as a function: slope and offset are those left of all knots."""
        if self.primal is None:
            raise ValueError("there is no interpolating network to show")
        tasks = self.program.data.tasks
        zero: Vector = (fmpq(0),) * tasks
        free = self.primal.free
        slope, offset = (free[0], free[1]) if self.program.linear_part else (zero, free[0])
        knots = []
        for atom, kink in zip(self.program.atoms, self.primal.kinks, strict=True):
            knots.append((atom.knot, kink))
            if atom.side < 0:  # (t - x)_+ = t - x + (x - t)_+
                slope = tuple([a - m for a, m in zip(slope, kink, strict=True)])
                offset = tuple([c + atom.knot * m for c, m in zip(offset, kink, strict=True)])
        return LinearSpline.from_knots(slope, offset, knots)


class Solver(Protocol):
    """A way to solve programs, with a guarantee."""

    @property
    def name(self) -> str:
        """The method, in the words of the output."""

    def accepts(self, program: Program) -> bool:
        """Whether this solver is made for the program."""

    def solve(self, program: Program, digits: int) -> Solution:
        """The optimum, to a relative width of 10^-digits or with status `undecided`."""


def met(bounds: Enclosure, digits: int) -> bool:
    """Whether the width is at most 10^-digits of the upper bound."""
    return bounds.width * fmpq(10) ** digits <= bounds.upper
