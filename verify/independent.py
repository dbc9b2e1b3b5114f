"""The same numbers from solvers that do not know the theorem: they meet, or something is refuted. Nothing is averaged.

`interior_witness` is part of every check: the network that bends at interior data points, by exact linear algebra.
`side_by_side` puts the intervals of every solver beside the theorem's value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from ..theory.dataset import Dataset
from ..theory.enclosure import Enclosure
from ..theory.spline import LinearSpline
from ..theory.verdict import DoesNotApply, Holds, Refuted, Undecided, Verdict
from .answers.findings import Findings
from .solve.interface import Solution, met
from .solve.linear_algebra import interior_optimum
from .solve.program import Program

METHOD = "exact linear algebra over the interior data points"


def interior_witness(data: Dataset, optimum: LinearSpline, squares: Sequence[fmpq]) -> Verdict:
    """Whether the N x N interpolation system has `optimum` as its solution, and its cost."""
    found = interior_optimum(data)
    if not found.equals(optimum):
        network = found.spline()
        return Refuted(data, f"the interpolation system has the solution {network!r}, connect-the-dots is {optimum!r}")
    costs = [square for square in found.squares if square]
    if costs != list(squares):
        return Refuted(data, f"the squared kinks of the solution are {costs}, those of the cost {squares}")
    return Holds("the N x N interpolation system has one solution, the same network at the same cost")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One solver's answer and how it stands to the theorem's value, which `theorem` encloses."""

    answer: Solution
    theorem: Enclosure
    verdict: Verdict


def side_by_side(findings: Findings, breakpoints: str, digits: int) -> tuple[Comparison, ...]:
    """The program of the findings' dataset solved by every solver that can. ProgramError for what is no program."""
    from .solve.breakpoints import solve_by_all  # imports scipy

    answers = solve_by_all(Program(findings.data, ()), breakpoints, digits)
    theorem = findings.cost.enclosure(4 * digits + 96)
    return tuple([Comparison(answer, theorem, _verdict(findings, answer, theorem, digits)) for answer in answers])


def _verdict(findings: Findings, answer: Solution, theorem: Enclosure, digits: int) -> Verdict:
    data, given = findings.data, answer.program.candidates
    enough = answer.breakpoints == "adaptive" or set(data.points[1:-1]) <= set(given)
    if answer.status == "infeasible":
        return Refuted(data, answer.reason) if enough else DoesNotApply(answer.reason)
    if answer.bounds is None:
        return Undecided(answer.reason)
    if answer.bounds.upper < theorem.lower:
        return Refuted(data, "a network that interpolates costs less than sum |d_j|")
    if answer.bounds.lower > theorem.upper:
        if enough:
            return Refuted(data, "multipliers prove that every network costs more than sum |d_j|")
        return DoesNotApply("with these breakpoints alone every network costs more than sum |d_j|")
    together = Enclosure(min(answer.bounds.lower, theorem.lower), max(answer.bounds.upper, theorem.upper))
    if answer.status == "undecided" or not met(together, max(digits - 1, 1)):
        return Undecided(answer.reason)
    return Holds(f"agrees to {agreeing_digits(together, digits)} digits: {answer.reason}")


def agreeing_digits(both: Enclosure, digits: int) -> str:
    """How far two values agree that lie in one interval, at least as far as was asked."""
    if both.width == fmpq(0):
        return "all"
    return str(digits if met(both, digits) else digits - 1)
