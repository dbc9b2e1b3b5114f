"""BC. How the fit moves along the path in lambda."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.numbers import ExactRepr, canonicalise
from ...theory.optimum import cost_squares
from ...theory.regularised import Regularised, gap_at_other_penalty
from ...theory.root_sum import RootSum
from ...theory.vectors import subtract
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .fitted import exact_solution, moderate_problems, penalties, problems_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True, repr=False)
class TwoPenalties(ExactRepr):
    """A regularised problem and another lambda."""

    problem: Regularised
    other: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "other")


def conclusion(subject: TwoPenalties) -> Verdict:
    """Both fits exactly, and every inequality between them in rationals."""
    first = subject.problem
    second = Regularised(first.data, subject.other, first.weights)
    solutions = exact_solution(first), exact_solution(second)
    if solutions[0] is None or solutions[1] is None:
        return DoesNotApply("both fits are rational")
    z, other = solutions[0][0], solutions[1][0]
    residuals = [2 * first.loss(labels) for labels in (z, other)]
    costs = [_cost(first.data, labels) for labels in (z, other)]
    apart = first.squared_norm([subtract(a, b) for a, b in zip(z, other, strict=True)])
    step = second.penalty - first.penalty
    if apart > 2 * gap_at_other_penalty(residuals[0], first.penalty, second.penalty):
        return Refuted(subject, f"|Z' - Z|^2 = {apart} is above ((lambda' - lambda) / lambda)^2 |Y - Z|^2")
    if costs[0] is None or costs[1] is None:
        return DoesNotApply("the costs are rational")
    if apart > step * (costs[0] - costs[1]):
        return Refuted(
            subject, f"|Z' - Z|^2 = {apart} is above (lambda' - lambda)(R(Z) - R(Z')) = {step * (costs[0] - costs[1])}"
        )
    if step * (residuals[1] - residuals[0]) < 0 or step * (costs[0] - costs[1]) < 0:
        return Refuted(subject, "the residual falls, or the cost rises, as lambda grows")
    least, reached = residuals[1] / 2 + second.penalty * costs[1], residuals[0] / 2 + second.penalty * costs[0]
    if not reached - gap_at_other_penalty(residuals[0], first.penalty, second.penalty) <= least <= reached:
        return Refuted(subject, f"P* at lambda' is {least}, not in the interval that the fit at lambda gives")
    return Holds("both bounds of the distance, both monotonicities and the interval of P* hold exactly")


def _cost(data: Dataset, labels: list[tuple[fmpq, ...]]) -> fmpq | None:
    return RootSum(cost_squares(Dataset(data.points, tuple(labels)))).as_rational()


def _subjects(findings: Findings) -> Iterator[TwoPenalties]:
    for problem in problems_of(findings):
        for factor in (fmpq(1, 10), fmpq(9, 10), fmpq(1), fmpq(3)):
            yield TwoPenalties(problem, problem.penalty * factor)


def strategy() -> "SearchStrategy[TwoPenalties]":
    """Problems of one task, and any other lambda."""
    from hypothesis import strategies as st

    return st.builds(TwoPenalties, moderate_problems((1,)), penalties())


CLAIM = Claim(
    letter="BC",
    name="path in lambda",
    statement=(
        "Let Z, Z' be the fits at lambda, lambda' > 0. Then |Z' - Z|_W <= |lambda' - lambda| / lambda |Y - Z|_W, "
        "and P* at lambda' is at most P(Z) there and less by at most half the square of that bound. |Z' - Z|_W^2 <= "
        "(lambda' - lambda)(R(Z) - R(Z')). As lambda grows |Y - Z|_W does not fall and R(Z) does not rise. The "
        "number of kinks may do both."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("BA",),
    hypotheses=(Hypothesis("lambda'>0", lambda subject: subject.other > 0),),
    conclusion=conclusion,
    exact=Instances(_subjects),
    symbolic=NotApplicable("inequalities between minimisers; the identity behind them is that of BA"),
    strategy=strategy,
)
