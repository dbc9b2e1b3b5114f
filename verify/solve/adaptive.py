"""Breakpoints anywhere on the line: add the places where the dual is most violated, until there is none.

Column generation. The multipliers of the program over the present candidates say where a further breakpoint lowers the
cost (`line`); the highest peak of the violation on every piece is added, and where weights vary also the places that
`homing` derives from the kinks. At the end the multipliers, divided by the proved supremum of |eta| / w over the line,
are feasible for every possible breakpoint, so the interval holds for the problem over the whole line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from .choose import solve_program
from .homing import bracketed, centres
from .interface import Solution, Status, met
from .line import high_places, peaks, supremum
from .moving import from_candidates, from_double_precision
from .program import Program

_MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class AdaptiveSolution:
    """The last program's solution; `bounds` encloses the optimum over all breakpoints on the line.

    multipliers: feasible for every breakpoint on the line, of value `bounds.lower`; or the proof of infeasibility.
    added: the places found, in order. rounds: how many programs were solved on the way.
    """

    status: Status
    solution: Solution
    bounds: Enclosure | None
    multipliers: tuple[Vector, ...] | None
    added: tuple[fmpq, ...]
    rounds: int


def solve_adaptive(start: Program, digits: int) -> AdaptiveSolution:
    """Start from the candidates of `start` (the midpoints of the gaps are enough to interpolate)."""
    program, added = start, list[fmpq]()
    bits = 4 * digits + 128
    moved = _Moved(start, digits, bits)
    if moved.settles(from_double_precision(start, digits + 2)):
        return moved.answer(0)
    for rounds in range(1, _MOST_ROUNDS + 1):
        solution = solve_program(program, digits + 2)
        if solution.bounds is None or solution.dual is None:
            return AdaptiveSolution(solution.status, solution, None, solution.dual, tuple(added), rounds)
        bounds, multipliers = _on_the_line(program, solution, bits)
        if met(bounds, digits):
            status: Status = "exact" if bounds.width == 0 else "enclosed"
            final = _tidied(program, solution, bounds, digits, bits) or solution
            return AdaptiveSolution(status, final, bounds, multipliers, tuple(added), rounds)
        if moved.settles(from_candidates(solution, digits + 2)):
            return moved.answer(rounds)
        fresh = _fresh(program, solution, moved.places, digits, bits)
        if not fresh:
            break
        added += fresh
        program = replace(program, candidates=program.candidates + tuple(fresh))
    return AdaptiveSolution("undecided", solution, bounds, multipliers, tuple(added), rounds)


class _Moved:
    """Newton's attempts at penalised biases: one that settles the matter, or the places of those that do not."""

    def __init__(self, start: Program, digits: int, bits: int) -> None:
        self.start, self.digits, self.bits = start, digits, bits
        self.places: list[fmpq] = []
        self.solution: Solution | None = None

    def settles(self, attempts: Iterable[Solution]) -> bool:
        """Whether one of the attempts is proved on the whole line to the digits asked for."""
        self.places = []
        for solution in attempts if self.start.penalised_biases else ():
            self.bounds, self.multipliers = _on_the_line(solution.program, solution, self.bits)
            if met(self.bounds, self.digits):
                self.solution = solution
                return True
            self.places += [place for place in solution.program.candidates if place not in self.start.data.points]
            self.places += _peaks(solution, self.digits, self.bits)
        return False

    def answer(self, rounds: int) -> AdaptiveSolution:
        assert self.solution is not None
        added = tuple([place for place in self.solution.program.candidates if place not in self.start.candidates])
        return AdaptiveSolution("enclosed", self.solution, self.bounds, self.multipliers, added, rounds)


def midpoints(points: tuple[fmpq, ...]) -> tuple[fmpq, ...]:
    """The middle of every gap."""
    return tuple([(left + right) / 2 for left, right in pairwise(points)])


def _on_the_line(program: Program, solution: Solution, bits: int) -> tuple[Enclosure, tuple[Vector, ...]]:
    assert solution.bounds is not None
    assert solution.dual is not None
    shrink = 1 / supremum(program, solution.dual, bits)
    multipliers = tuple([tuple([shrink * entry for entry in row]) for row in solution.dual])
    return Enclosure(shrink * solution.bounds.lower, solution.bounds.upper), multipliers


def _peaks(solution: Solution, digits: int, bits: int) -> list[fmpq]:
    assert solution.dual is not None
    return peaks(solution.program, solution.dual, 1 + fmpq(10) ** -(digits + 5), bits)


def _fresh(program: Program, solution: Solution, moved: list[fmpq], digits: int, bits: int) -> list[fmpq]:
    """New candidates: the peaks of the violation and, where weights vary, what homes in on a place inside a gap."""
    assert solution.dual is not None
    places = _peaks(solution, digits, bits)
    if program.penalised_biases:
        # Peaks are off by about the root of the excess; centres, at best, by its order.
        excess = supremum(program, solution.dual, bits) - 1
        closeness = max(min(10 * excess, fmpq(1, 16)), fmpq(10) ** -(digits // 2 + 8))
        places = [*bracketed(program, [*centres(program, solution, bits)], closeness), *moved, *places]
    return [place for place in dict.fromkeys(places) if place not in program.candidates]


def _tidied(program: Program, solution: Solution, bounds: Enclosure, digits: int, bits: int) -> Solution | None:
    """The solution over the fewest places that the search has found to matter, if it is as good.

    Where the dual touches 1 all along a piece there are optima that bend anywhere on it, its ends included.
    """
    assert solution.dual is not None
    if program.penalised_biases:
        candidates = (*program.data.points, *centres(program, solution, bits))
    else:
        candidates = high_places(program, solution.dual, fmpq(1, 2), bits)
    found = solve_program(replace(program, candidates=candidates), digits + 2)
    if found.bounds is None or not met(Enclosure(bounds.lower, max(bounds.lower, found.bounds.upper)), digits):
        return None
    return found
