"""Breakpoints anywhere on the line: add the place where the dual is most violated, until there is none.

Column generation. The multipliers of the program over the present candidates say where a further breakpoint lowers the
cost (`line`); all local maxima of the violation are added at once, the largest among them. At the end the multipliers,
shrunk by the proved supremum of |eta| / w over the line, are feasible for every possible breakpoint, so the interval
holds for the problem over the whole line. Candidates of the start that turn out not to be needed are dropped.
"""

from dataclasses import dataclass, replace

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from .choose import solve_program
from .interface import Solution, Status, met
from .line import improving_places, supremum
from .program import Program

_MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class AdaptiveSolution:
    """The last program's solution; `bounds` encloses the optimum over all breakpoints on the line."""

    status: Status
    solution: Solution
    bounds: Enclosure | None
    multipliers: tuple[Vector, ...] | None
    added: tuple[fmpq, ...]
    rounds: int


def solve_adaptive(start: Program, digits: int) -> AdaptiveSolution:
    """Start from the candidates of `start` (the midpoints of the gaps are enough to interpolate)."""
    program, added = start, list[fmpq]()
    for rounds in range(1, _MOST_ROUNDS + 1):
        solution = solve_program(program, digits)
        if solution.bounds is None or solution.dual is None:
            return AdaptiveSolution(solution.status, solution, None, solution.dual, tuple(added), rounds)
        bounds, multipliers = _on_the_line(program, solution)
        if met(bounds, digits):
            trimmed = _without_start(program, added, bounds, digits)
            return AdaptiveSolution(_status(bounds), trimmed or solution, bounds, multipliers, tuple(added), rounds)
        fresh = [
            place
            for place in improving_places(program, solution.dual, fmpq(10) ** -(digits + 5))
            if place not in program.candidates
        ]
        if not fresh:
            break
        added += fresh
        program = replace(program, candidates=program.candidates + tuple(fresh))
    return AdaptiveSolution("undecided", solution, bounds, multipliers, tuple(added), rounds)


def _on_the_line(program: Program, solution: Solution) -> tuple[Enclosure, tuple[Vector, ...]]:
    assert solution.bounds is not None
    assert solution.dual is not None
    shrink = 1 / supremum(program, solution.dual)
    multipliers = tuple([tuple([shrink * entry for entry in row]) for row in solution.dual])
    return Enclosure(shrink * solution.bounds.lower, solution.bounds.upper), multipliers


def _without_start(program: Program, added: list[fmpq], bounds: Enclosure, digits: int) -> Solution | None:
    """The solution over the added places alone, if they are as good."""
    solution = solve_program(replace(program, candidates=tuple(added)), digits)
    if solution.bounds is None or not met(Enclosure(bounds.lower, max(bounds.lower, solution.bounds.upper)), digits):
        return None
    return solution


def _status(bounds: Enclosure) -> Status:
    return "exact" if bounds.width == 0 else "enclosed"
