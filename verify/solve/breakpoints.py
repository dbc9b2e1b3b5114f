"""The program with its breakpoints chosen in words: given by a list, the usual places, or anywhere on the line."""

from dataclasses import replace

from flint import fmpq

from ...theory.numbers import rational
from ...theory.numeral import NumeralError
from .audit import audit
from .column_generation import ADAPTIVE, solve_on_the_line
from .interface import Solution
from .methods import SOLVERS, solve_program
from .program import Program, ProgramError, midpoints

MOST_DIGITS = 1000
MOST_POINTS = 200


def solve(program: Program, breakpoints: str, digits: int) -> Solution:
    """The audited answer of the strongest solver; `program` gives the problem, `breakpoints` its candidates.

    ProgramError for what is no program, or is too large; AuditError if a solver's evidence does not hold.
    """
    _require_sizes(program, digits)
    if breakpoints == ADAPTIVE:
        return _adaptive(program, digits)
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


def _adaptive(program: Program, digits: int) -> Solution:
    start = replace(program, candidates=midpoints(program.data.points))
    return _audited(solve_on_the_line(start, digits), ADAPTIVE)


def _audited(solution: Solution, breakpoints: str) -> Solution:
    audit(solution)
    return replace(solution, breakpoints=breakpoints)


def _require_sizes(program: Program, digits: int) -> None:
    if not 1 <= digits <= MOST_DIGITS:
        raise ProgramError(f"digits are from 1 to {MOST_DIGITS}, not {digits}")
    if program.data.size > MOST_POINTS:
        raise ProgramError(f"the solvers take at most {MOST_POINTS} points, not {program.data.size}")
