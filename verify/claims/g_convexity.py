"""G. Convex combinations of optima are optima."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.membership import missed_point
from ...theory.numbers import ExactRepr, canonicalise
from ...theory.optimum import optimal_cost
from ...theory.spline import LinearSpline
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .instances import mixed, optima_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True, repr=False)
class Mixture(ExactRepr):
    """(1 - weight) first + weight second, beside a dataset (G)."""

    data: Dataset
    first: LinearSpline
    second: LinearSpline
    weight: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "weight")


def conclusion(mixture: Mixture) -> Verdict:
    """The mixture's values at the data and its exact cost, knots of both functions merged."""
    f = mixed(mixture.first, mixture.second, mixture.weight)
    missed = missed_point(mixture.data, f)
    if missed is not None:
        return Refuted(mixture, f"the mixture does not interpolate: {missed}")
    excess = f.path_cost() - optimal_cost(mixture.data)
    if excess.sign() != 0:
        return Refuted(mixture, f"the mixture costs {excess} too much")
    return Holds(f"a mixture with {f.width} knots interpolates at exactly the optimal cost")


def _both_optimal(mixture: Mixture) -> bool:
    best = optimal_cost(mixture.data)
    return all(
        f.interpolates(mixture.data.points, mixture.data.labels) and f.path_cost() == best
        for f in (mixture.first, mixture.second)
    )


def _mixtures(findings: Findings) -> Iterator[Mixture]:
    for f, g in combinations(optima_of(findings), 2):
        for weight in (fmpq(1, 2), fmpq(1, 7), fmpq(1)):
            yield Mixture(findings.data, f, g, weight)


def strategy() -> "SearchStrategy[Mixture]":
    """Non-unique datasets with two random optima and a weight."""
    from hypothesis import strategies as st

    from ..strategies import PARTS, optima, planted_datasets

    def mixtures(data: Dataset) -> "SearchStrategy[Mixture]":
        return st.builds(Mixture, st.just(data), optima(data), optima(data), st.sampled_from(PARTS))

    return planted_datasets(non_unique=True).flatmap(mixtures)


CLAIM = Claim(
    letter="G",
    name="convexity",
    statement="Convex combinations of optima are optima.",
    source="paper, section 3",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=(),
    hypotheses=(
        Hypothesis("both are optima", _both_optimal),
        Hypothesis("0<=weight<=1", lambda mixture: 0 <= mixture.weight <= 1),
    ),
    conclusion=conclusion,
    exact=Instances(_mixtures),
    symbolic=NotApplicable("the proof is the triangle inequality for the cost; there is no formula to check"),
    strategy=strategy,
)
