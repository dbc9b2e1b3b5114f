"""The program with its breakpoints chosen in words: given by a list, the usual places, or anywhere on the line."""

from dataclasses import replace

from flint import fmpq

from ...theory.numbers import rational
from ...theory.numeral import NumeralError
from .audit import audit
from .column_generation import ADAPTIVE, Progress, solve_on_the_line
from .interface import Solution
from .methods import SOLVERS, solve_program
from .program import Program, ProgramError, midpoints

MOST_DIGITS = 1000
MOST_POINTS = 200
MOST_LENGTH = 3 * 10**9
"""N^2 times the bits of all numbers of the data: elimination takes some minutes for so much."""


def solve(program: Program, breakpoints: str, digits: int, progress: Progress | None = None) -> Solution:
    """The audited answer of the strongest solver; `program` gives the problem, `breakpoints` its candidates.

    progress: told of every round where breakpoints are looked for anywhere on the line.

    ProgramError for what is no program, or is too large; AuditError if a solver's evidence does not hold.
    """
    _require_sizes(program, digits)
    if breakpoints == ADAPTIVE:
        return _adaptive(program, digits, progress)
    return _audited(solve_program(_chosen(program, breakpoints), digits), breakpoints)


def solve_by_all(program: Program, breakpoints: str, digits: int) -> tuple[Solution, ...]:
    """The answers of all solvers made for the program; one for adaptive breakpoints."""
    _require_sizes(program, digits)
    if breakpoints == ADAPTIVE:
        return (_adaptive(program, digits),)
    chosen = _chosen(program, breakpoints)
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


def _chosen(program: Program, breakpoints: str) -> Program:
    return replace(program, candidates=places(program, breakpoints))


def _adaptive(program: Program, digits: int, progress: Progress | None = None) -> Solution:
    start = replace(program, candidates=midpoints(program.data.points))
    found = solve_on_the_line(start, digits) if progress is None else solve_on_the_line(start, digits, progress)
    return _audited(found, ADAPTIVE)


def _audited(solution: Solution, breakpoints: str) -> Solution:
    audit(solution)
    return replace(solution, breakpoints=breakpoints)


def _require_sizes(program: Program, digits: int) -> None:
    if not 1 <= digits <= MOST_DIGITS:
        raise ProgramError(f"digits are from 1 to {MOST_DIGITS}, not {digits}")
    if program.data.size > MOST_POINTS:
        raise ProgramError(f"the solvers take at most {MOST_POINTS} points, not {program.data.size}")
    data = program.data
    bits = sum([number.p.bit_length() + number.q.bit_length() for row in (data.points, *data.labels) for number in row])
    if data.size**2 * bits > MOST_LENGTH:
        raise ProgramError(
            f"not run: the numbers of these {data.size} points have about {bits * 3 // 10} digits in all, too many for "
            "exact elimination; give fewer points or shorter numbers"
        )
