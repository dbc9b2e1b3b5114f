"""Breakpoints anywhere on the line: add the places where the dual is most violated, until there is none.

Column generation. The multipliers of the program over the present candidates say where a further breakpoint lowers the
cost (`pricing`); the highest peak of the violation on every piece is added, and where weights vary also the places that
`refinement` derives from the kinks. At the end the multipliers, divided by the proved supremum of |eta| / w over the
line, are feasible for every possible breakpoint, so the interval holds for the problem over the whole line.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from .interface import Solution, Status, met
from .methods import solve_program
from .pricing import high_places, peaks, supremum, touched
from .program import Program
from .refinement import beside_data_points, bracketed, centres

ADAPTIVE = "adaptive"
_MOST_ROUNDS = 40
_MOST_WORK = 10_000_000
"""Cubes of the numbers of atoms, summed over the rounds: about half a minute at 30 digits."""


Progress = Callable[[int, Enclosure | None], None]
"""Told the number of every round and the interval that is proved by then."""


def _silent(_round: int, _bounds: Enclosure | None) -> None:
    """Nobody watches."""


def solve_on_the_line(start: Program, digits: int, progress: Progress = _silent) -> Solution:
    """Start from the candidates of `start` (the midpoints of the gaps are enough to interpolate).

    The program of the solution has the last candidates; its `dual` and `bounds` hold for every breakpoint on the line.
    The work is bounded: with unit weights by the data points, which are the only places added; with penalised biases by
    a number of rounds and of arithmetic operations, after which the best interval so far is returned as `undecided`.
    """
    program, best = start, _Best(start, digits)
    if start.penalised_biases:
        program = replace(start, candidates=start.candidates + start.data.points)
    while best.affords(program):
        solution = solve_program(program, digits + 2)
        best.count(solution)
        if solution.bounds is None or solution.dual is None:
            return replace(solution, breakpoints=ADAPTIVE)
        found = best.take(solution)
        progress(best.rounds, found.bounds)
        if found.bounds is not None and met(found.bounds, digits):
            return best.stated(_tidied(program, solution, found, best))
        fresh = _fresh(program, solution, digits, best.bits)
        if not fresh:
            break
        program = replace(program, candidates=(*_kept(start, program, solution, best.bits), *fresh))
    return best.answer()


class _Best:
    """The cheapest network and the highest lower bound so far, and the work spent on them."""

    def __init__(self, start: Program, digits: int) -> None:
        self.digits, self.bits = digits, 4 * digits + 128
        self.bounded = start.penalised_biases
        self.rounds, self.work = 0, 0
        self.solution: Solution | None = None

    def affords(self, program: Program) -> bool:
        """Whether there is work left for this program; the first two always are solved."""
        limited = self.bounded and self.rounds >= 2
        return self.rounds < _MOST_ROUNDS and not (limited and self.work + len(program.atoms) ** 3 > _MOST_WORK)

    def count(self, solution: Solution) -> None:
        """Add a round; one that stayed undecided has taken all attempts, at up to eight times the digits."""
        self.rounds += 1
        self.work += len(solution.program.atoms) ** 3 * (10 if solution.status == "undecided" else 1)

    def take(self, solution: Solution) -> Solution:
        """The best solution after this one, with an interval that holds for the whole line.

        The network proves the upper bound and the multipliers the lower one, so they may come from different rounds.
        """
        found = _on_the_line(solution, self.bits)
        assert found.bounds is not None
        known = self.solution
        if known is None or known.bounds is None:
            self.solution = found
            return found
        network = found if found.bounds.upper < known.bounds.upper else known
        multipliers = found.dual if found.bounds.lower > known.bounds.lower else known.dual
        bounds = Enclosure(max(found.bounds.lower, known.bounds.lower), min(found.bounds.upper, known.bounds.upper))
        self.solution = replace(network, bounds=bounds, dual=multipliers)
        return self.solution

    def answer(self) -> Solution:
        """The best, enclosed or undecided."""
        assert self.solution is not None
        return self.stated(self.solution)

    def stated(self, solution: Solution) -> Solution:
        """With the status that its interval deserves, and the reason."""
        assert solution.bounds is not None
        status: Status = "undecided"
        reason = "the interval for the whole line is wider than asked for"
        if met(solution.bounds, self.digits):
            status = "exact" if solution.bounds.width == 0 else "enclosed"
            reason = "no breakpoint anywhere on the line can do better: |eta| <= w on all of it"
        return replace(solution, status=status, reason=f"{reason} (rounds: {self.rounds})")


def _on_the_line(solution: Solution, bits: int) -> Solution:
    """The same network with multipliers that are feasible for every breakpoint, and the bounds that both prove."""
    assert solution.bounds is not None
    assert solution.dual is not None
    shrink = 1 / supremum(solution.program, solution.dual, bits)
    multipliers: tuple[Vector, ...] = tuple([tuple([shrink * entry for entry in row]) for row in solution.dual])
    bounds = Enclosure(shrink * solution.bounds.lower, solution.bounds.upper)
    return replace(solution, dual=multipliers, bounds=bounds, breakpoints=ADAPTIVE)


def _fresh(program: Program, solution: Solution, digits: int, bits: int) -> list[fmpq]:
    """New candidates: the peaks of the violation and, where weights vary, what homes in on a place inside a gap."""
    assert solution.dual is not None
    places = peaks(program, solution.dual, 1 + fmpq(10) ** -(digits + 5), bits)
    if program.penalised_biases:
        # Peaks are off by about the root of the excess; centres, at best, by its order.
        excess = supremum(program, solution.dual, bits) - 1
        closeness = max(min(10 * excess, fmpq(1, 16)), fmpq(10) ** -(digits // 2 + 8))
        near = bracketed(program, [*centres(program, solution, bits)], closeness)
        places = [*near, *beside_data_points(program, solution, places, closeness), *places]
    return [place for place in dict.fromkeys(places) if place not in program.candidates]


def _kept(start: Program, program: Program, solution: Solution, bits: int) -> Sequence[fmpq]:
    """The candidates for the next round: all; with penalised biases those of the start, and those that matter.

    Which bend, or at which the dual is as near to its bound as it is beyond it elsewhere.
    """
    if not program.penalised_biases:
        return program.candidates
    assert solution.primal is not None
    assert solution.dual is not None
    bent = [atom.knot for atom, kink in zip(program.atoms, solution.primal.kinks, strict=True) if any(kink)]
    excess = supremum(program, solution.dual, bits) - 1
    return (*start.candidates, *program.data.points, *bent, *touched(program, solution.dual, 1 - excess))


def _tidied(program: Program, solution: Solution, found: Solution, best: _Best) -> Solution:
    """`found`, or the solution over the fewest places that the search has found to matter, if it is as good.

    Where the dual touches 1 all along a piece there are optima that bend anywhere on it, its ends included.
    """
    assert solution.dual is not None
    assert found.bounds is not None
    if program.penalised_biases:
        candidates = (*program.data.points, *centres(program, solution, best.bits))
    else:
        candidates = high_places(program, solution.dual, fmpq(1, 2), best.bits)
    tidy = solve_program(replace(program, candidates=candidates), best.digits + 2)
    if tidy.bounds is None:
        return found
    lower = found.bounds.lower
    bounds = Enclosure(lower, max(lower, tidy.bounds.upper))
    if not met(bounds, best.digits):
        return found
    return replace(tidy, dual=found.dual, bounds=bounds, breakpoints=ADAPTIVE)
