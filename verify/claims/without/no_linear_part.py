"""A without the linear part: slopes at infinity must be paid for, and connect-the-dots need not be optimal."""

from typing import TYPE_CHECKING

from ....theory.dataset import Dataset
from ....theory.enclosure import Enclosure
from ....theory.optimum import connect_the_dots
from ....theory.verdict import Holds, Refuted, Undecided, Verdict
from .changed_claim import ChangedClaim, Counterexample

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ...solve.interface import Solution

DIGITS = 12


def verdict_on(data: Dataset) -> Verdict:
    """The optimum, and the least cost of a network that is connect-the-dots, each by its program.

    One task: exact linear programs. More: rigorous enclosures, and `Undecided` where they overlap. Breakpoints at data
    points are enough: at the data an atom that bends inside a gap is a mixture of those that bend at its two ends, and
    one that bends outside differs by a constant from one that bends at x_1 or x_N, or vanishes.
    """
    best, dots = optimum(data), optimum(extended(data), data)
    if best.bounds is None or dots.bounds is None:
        return Undecided(f"no enclosure: {best.reason}; {dots.reason}")
    if best.bounds.upper < dots.bounds.lower:
        return _exhibit(data, best, dots.bounds)
    if best.bounds.lower == dots.bounds.upper:
        return Holds(f"connect-the-dots costs {best.bounds.lower}, which is the optimum")
    return Undecided("the enclosures of the optimum and of the cost of connect-the-dots overlap")


def optimum(data: Dataset, breakpoints_of: Dataset | None = None) -> "Solution":
    """The least cost of interpolating `data` with breakpoints at the data points, or at those of another dataset."""
    from ...solve.methods import solve_program
    from ...solve.program import Program

    candidates = (breakpoints_of or data).points
    return solve_program(Program(data, candidates, linear_part=False), DIGITS)


def extended(data: Dataset) -> Dataset:
    """The data with the values of connect-the-dots one step beyond both ends: only it interpolates them.

    (Among the functions that bend at the data points.) So its cost is the optimum of another program.
    """
    dots = connect_the_dots(data)
    outer = (data.points[0] - 1, data.points[-1] + 1)
    points = (outer[0], *data.points, outer[1])
    return Dataset(points, (dots(outer[0]), *data.labels, dots(outer[1])))


def _exhibit(data: Dataset, best: "Solution", dots: Enclosure) -> Verdict:
    from ...solve.audit import audit

    audit(best)
    assert best.bounds is not None
    low, high = (_number(bounds) for bounds in (best.bounds, dots))
    cheaper = best.spline()
    says = f"without a linear part connect-the-dots costs {high}, and the optimum is {low}"
    functions = (("connect-the-dots", connect_the_dots(data)), ("a cheaper interpolant", cheaper))
    values = (("cost of connect-the-dots", high), ("optimum", low))
    return Refuted(Counterexample(data, says, functions, values), says)


def _number(bounds: Enclosure) -> str:
    if bounds.lower == bounds.upper:
        return str(bounds.lower)
    return "in [{}, {}]".format(*bounds.decimals(DIGITS))


def strategy() -> "SearchStrategy[Dataset]":
    """Small datasets: each is decided by two programs."""
    from ...strategies import grid_datasets, planted_datasets

    return grid_datasets(tasks=(1, 2)) | planted_datasets(tasks=(1,))


CHANGED = ChangedClaim(
    letter="A",
    without="a linear part is free",
    stem="no_linear_part",
    statement="Without a linear part, only a constant being free, connect-the-dots still has the least cost.",
    verdict_on=verdict_on,
    strategy=strategy,
    words="integer labels in -2..2 on 0, 1, 2, ... in one or two tasks, and planted runs in one task",
    smallest=Dataset.from_fractions(range(2), [0, 1]),
)
