"""A solver's answer as the commands show it, whichever way the breakpoints were chosen."""

from dataclasses import dataclass, replace

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector, rational
from ...theory.numeral import NumeralError
from .adaptive import midpoints, solve_adaptive
from .audit import audit
from .interface import Network, Solution, Status
from .methods import SOLVERS, solve_program
from .program import Program, ProgramError

MOST_DIGITS = 1000
MOST_POINTS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """`bounds` enclose the optimum of `program` or, for adaptive breakpoints, of the problem over the whole line.

    The network proves the upper bound, the multipliers (one vector per data point) the lower one; or, if the status is
    infeasible, that there is no network.
    """

    program: Program
    breakpoints: str
    method: str
    status: Status
    bounds: Enclosure | None
    network: Network | None
    multipliers: tuple[Vector, ...] | None
    reason: str


def solve(program: Program, breakpoints: str, digits: int) -> Answer:
    """The answer of the strongest solver; `program` gives the problem, `breakpoints` its candidates (see `places`)."""
    _require_sizes(program, digits)
    if breakpoints == "adaptive":
        return _adaptive(program, digits)
    chosen = replace(program, candidates=places(program, breakpoints))
    return _audited(solve_program(chosen, digits), breakpoints)


def solve_by_all(program: Program, breakpoints: str, digits: int) -> tuple[Answer, ...]:
    """The answers of all solvers made for the program; one for adaptive breakpoints."""
    _require_sizes(program, digits)
    if breakpoints == "adaptive":
        return (_adaptive(program, digits),)
    chosen = replace(program, candidates=places(program, breakpoints))
    solvers = [solver for solver in SOLVERS if solver.accepts(chosen)]
    return tuple([_audited(solver.solve(chosen, digits), breakpoints) for solver in solvers])


def places(program: Program, breakpoints: str) -> tuple[fmpq, ...]:
    """The candidates that "interior", "midpoints" (data points and midpoints) or a list "1/2, 3, 0.7" stand for."""
    points = program.data.points
    if breakpoints == "interior":
        return points[1:-1]
    if breakpoints == "midpoints":
        return points + midpoints(points)
    try:
        return tuple([rational(text.strip()) for text in breakpoints.split(",")])
    except NumeralError as error:
        message = f"breakpoints are interior, midpoints, adaptive or numbers separated by commas: {error}"
        raise ProgramError(message) from None


def _adaptive(program: Program, digits: int) -> Answer:
    found = solve_adaptive(replace(program, candidates=midpoints(program.data.points)), digits)
    last = found.solution
    if found.bounds is None or last.bounds is None:
        return _audited(last, "adaptive")
    # The last program's own multipliers may exceed the bound between its candidates; these do not.
    bounds = Enclosure(found.bounds.lower, last.bounds.upper)
    audit(replace(last, dual=found.multipliers, bounds=bounds))
    rounds = f"rounds: {found.rounds}, places added: {len(found.added)}"
    reason = (
        f"no breakpoint anywhere on the line can do better: |eta| <= w on all of it ({rounds})"
        if found.status != "undecided"
        else f"the interval for the whole line is wider than asked for ({rounds})"
    )
    return Answer(last.program, "adaptive", last.method, found.status, bounds, last.primal, found.multipliers, reason)


def _audited(solution: Solution, breakpoints: str) -> Answer:
    audit(solution)
    return Answer(
        solution.program,
        breakpoints,
        solution.method,
        solution.status,
        solution.bounds,
        solution.primal,
        solution.dual,
        solution.reason,
    )


def _require_sizes(program: Program, digits: int) -> None:
    if not 1 <= digits <= MOST_DIGITS:
        raise ProgramError(f"digits are from 1 to {MOST_DIGITS}, not {digits}")
    if program.data.size > MOST_POINTS:
        raise ProgramError(f"the solvers take at most {MOST_POINTS} points, not {program.data.size}")
