"""Breakpoints anywhere on the line: add the places where the dual is most violated, until there is none.

Column generation. The multipliers of the program over the present candidates say where a further breakpoint lowers the
cost (`line`); the highest peak of the violation on every piece is added, and where weights vary also the places that
`homing` derives from the kinks. At the end the multipliers, divided by the proved supremum of |eta| / w over the line,
are feasible for every possible breakpoint, so the interval holds for the problem over the whole line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from .homing import bracketed, centres
from .interface import Solution, Status, met
from .line import high_places, peaks, supremum
from .methods import solve_program
from .moving import from_candidates, from_double_precision
from .program import Program

_NEAR = fmpq(1, 8)
_MOST_ROUNDS = 40
_MOST_WORK = 3_000_000
"""Cubes of the numbers of atoms, summed over the rounds: 10 to 20 seconds at 30 digits."""


@dataclass(frozen=True, slots=True, eq=False)
class AdaptiveSolution:
    """The last program's solution; `bounds` encloses the optimum over all breakpoints on the line.

    multipliers: feasible for every breakpoint on the line, of value `bounds.lower`; or the proof of infeasibility.
    The network is that of `solution`. added: the candidates added, in order, none if the breakpoints were found by
    moving them from double precision. rounds: how many programs over candidates were solved on the way.
    """

    status: Status
    solution: Solution
    bounds: Enclosure | None
    multipliers: tuple[Vector, ...] | None
    added: tuple[fmpq, ...]
    rounds: int


def solve_adaptive(start: Program, digits: int) -> AdaptiveSolution:
    """Start from the candidates of `start` (the midpoints of the gaps are enough to interpolate).

    The work is bounded: with unit weights by the data points, which are the only places added; with penalised biases by
    a number of rounds and of arithmetic operations, after which the best interval so far is returned as `undecided`.
    """
    program, best = start, _Best(start, digits)
    if start.penalised_biases:
        if best.settled_by(from_double_precision(start, digits + 2)):
            return best.answer(())
        program = replace(start, candidates=start.candidates + start.data.points + tuple(best.places))
    added: list[fmpq] = []
    while best.affords(program):
        solution = solve_program(program, digits + 2)
        best.count(solution)
        if solution.bounds is None or solution.dual is None:
            return AdaptiveSolution(solution.status, solution, None, solution.dual, tuple(added), best.rounds)
        bounds, multipliers = best.take(solution)
        if met(bounds, digits):
            status: Status = "exact" if bounds.width == 0 else "enclosed"
            tidied = _tidied(program, solution, bounds, digits, best.bits)
            final = solution
            if tidied is not None and tidied.bounds is not None:
                final, bounds = tidied, Enclosure(bounds.lower, tidied.bounds.upper)
            return AdaptiveSolution(status, final, bounds, multipliers, tuple(added), best.rounds)
        near = start.penalised_biases and bounds.width < _NEAR * bounds.upper
        if best.settled_by(from_candidates(solution, digits + 2) if near else ()):
            break
        fresh = _fresh(program, solution, best.places, digits, best.bits)
        if not fresh:
            break
        added += fresh
        program = replace(program, candidates=program.candidates + tuple(fresh))
    return best.answer(added)


class _Best:
    """The cheapest network and the highest lower bound so far, wherever they come from, and the work spent on them."""

    def __init__(self, start: Program, digits: int) -> None:
        self.digits, self.bits = digits, 4 * digits + 128
        self.points, self.bounded = start.data.points, start.penalised_biases
        self.rounds, self.work = 0, 0
        self.places: list[fmpq] = []
        self.solution: Solution | None = None
        self.lower: fmpq | None = None
        self.multipliers: tuple[Vector, ...] = ()

    def affords(self, program: Program) -> bool:
        """Whether there is work left for this program; the first two always are solved."""
        limited = self.bounded and self.rounds >= 2
        return self.rounds < _MOST_ROUNDS and not (limited and self.work + len(program.atoms) ** 3 > _MOST_WORK)

    def count(self, solution: Solution) -> None:
        """Add a round; one that stayed undecided has taken all attempts, at up to eight times the digits."""
        self.rounds += 1
        self.work += len(solution.program.atoms) ** 3 * (10 if solution.status == "undecided" else 1)

    def take(self, solution: Solution) -> tuple[Enclosure, tuple[Vector, ...]]:
        """The interval of the solution for the whole line, remembered as far as it is better than what was known."""
        bounds, multipliers = _on_the_line(solution.program, solution, self.bits)
        if self.solution is None or self.solution.bounds is None or bounds.upper < self.solution.bounds.upper:
            self.solution = solution
        if self.lower is None or bounds.lower > self.lower:
            self.lower, self.multipliers = bounds.lower, multipliers
        return bounds, multipliers

    def settled_by(self, attempts: Iterable[Solution]) -> bool:
        """Whether with one of the attempts the interval is as narrow as asked for; if not, where they have kinks."""
        self.places = []
        for solution in attempts:
            self.take(solution)
            if met(self.bounds(), self.digits):
                return True
            self.places += [place for place in solution.program.candidates if place not in self.points]
            self.places += _peaks(solution, self.digits, self.bits)
        return False

    def bounds(self) -> Enclosure:
        """The interval proved so far."""
        assert self.solution is not None
        assert self.solution.bounds is not None
        assert self.lower is not None
        return Enclosure(self.lower, self.solution.bounds.upper)

    def answer(self, added: Sequence[fmpq]) -> AdaptiveSolution:
        """The best, enclosed or undecided."""
        assert self.solution is not None
        bounds = self.bounds()
        status: Status = "enclosed" if met(bounds, self.digits) else "undecided"
        return AdaptiveSolution(status, self.solution, bounds, self.multipliers, tuple(added), self.rounds)


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
