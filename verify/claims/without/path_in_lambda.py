"""Two things that hold at one lambda, or that one expects, and that fail along the path in lambda."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import fmpq

from ....theory.crossing import Crossing, crossings
from ....theory.dataset import Dataset
from ....theory.numeral import format_rational
from ....theory.optimum import connect_the_dots, is_unique
from ....theory.solution_set import another_optimum
from ....theory.verdict import Holds, Refuted, Verdict
from .changed_claim import ChangedClaim, Counterexample

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


ONE_FIFTH = fmpq(1, 5)


def _decide(data: Dataset, candidates: Sequence[Crossing]) -> Verdict:
    """Five equally spaced points, two tasks, a rational lambda: solved in closed form and verified by the gap."""
    if not candidates or not is_unique(data):
        return Holds("no rational lambda of the kind tried, or the labels themselves are not unique")
    found = candidates[0]
    fitted = Dataset(data.points, found.labels)
    other = another_optimum(fitted)
    assert other is not None
    penalty = format_rational(found.penalty)
    says = f"the labels have one optimum only, but their fit at lambda = {penalty} does not: two kinks are aligned"
    functions = (("the fit", connect_the_dots(fitted)), ("as good", other))
    return Refuted(Counterexample(data, says, functions, (("lambda", penalty),)), says)


def decide_kinks(data: Dataset) -> Verdict:
    """One task: every breakpoint of the path exactly, from lambda_max down."""
    from ...fit.exact_path import exact_path
    from ...fit.noisy import Noisy

    if data.tasks > 1:
        return Holds("only paths of one task are followed")
    before = 0
    for found in exact_path(Noisy.of(data)):
        if found.kinks < before:
            penalty = format_rational(found.penalty)
            says = f"as lambda grows beyond {penalty} the number of kinks rises from {found.kinks} to {before}"
            values = (("lambda", penalty), ("kinks below", str(found.kinks)), ("kinks above", str(before)))
            return Refuted(Counterexample(data, says, (("connect-the-dots", connect_the_dots(data)),), values), says)
        before = found.kinks
    return Holds("the number of kinks does not rise along this path")


def five_points() -> "SearchStrategy[Dataset]":
    """Five equally spaced points, two tasks."""
    from ...strategies import grid_datasets

    return grid_datasets(min_size=5, max_size=5, tasks=(2,))


def one_task() -> "SearchStrategy[Dataset]":
    """A few points, one task."""
    from ...strategies import grid_datasets

    return grid_datasets(min_size=4, max_size=8, tasks=(1,))


CROSSING = ChangedClaim(
    letter="R",
    without="fixed lambda",
    stem="isolated_lambda",
    statement="For T = 2 and labels whose own optimum is unique the fit is unique at every lambda > 0.",
    decide=lambda data: _decide(data, crossings(data)),
    strategy=five_points,
    words="five equally spaced points, two tasks",
    smallest=Dataset.from_fractions(range(5), [(0, 1), (1, -1), (1, -1), (-1, -1), (0, 1)]),
)

AT_ONE_FIFTH = ChangedClaim(
    letter="R",
    without="almost every y",
    stem="isolated_lambda_one_fifth",
    statement="For T = 2 and labels whose own optimum is unique the fit is unique at lambda = 1/5.",
    decide=lambda data: _decide(data, [crossing for crossing in crossings(data) if crossing.penalty == ONE_FIFTH]),
    strategy=five_points,
    words="five equally spaced points, two tasks",
    smallest=Dataset.from_fractions(range(5), [(0, 0), (-2, -2), (-3, -3), (-2, 0), (2, 0)]),
)

KINKS = ChangedClaim(
    letter="BC",
    without="'residual' replaced by 'number of kinks'",
    stem="kinks_along_the_path",
    statement="As lambda grows the number of kinks of the fit does not rise.",
    decide=decide_kinks,
    strategy=one_task,
    words="a few equally spaced points, one task",
    smallest=Dataset(tuple(map(fmpq, range(5))), ((fmpq(0),), (fmpq(1),), (fmpq(0),), (fmpq(0),), (fmpq(-2),))),
)
