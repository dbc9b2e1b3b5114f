"""Y. Every optimum is exactly as steep as the data, on all of R and in any norm."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...theory.lipschitz import NORMS, piece_slopes, steepest
from ...theory.optimum import optimal_cost, slopes
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .function_on_data import FunctionOnData
from .instances import optima_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(subject: FunctionOnData) -> Verdict:
    """The steepest piece of f against the steepest segment of the data, in four norms."""
    pieces, segments = piece_slopes(subject.spline), slopes(subject.data)
    for name, norm in NORMS.items():
        of_function, of_data = steepest(pieces, norm), steepest(segments, norm)
        if of_function != of_data:
            return Refuted(subject, f"in {name} the steepest piece of f has {of_function}, the data {of_data}")
    return Holds(f"{len(pieces)} pieces, the steepest as steep as the data in {len(NORMS)} norms")


def _is_optimum(subject: FunctionOnData) -> bool:
    return subject.interpolates and subject.spline.path_cost() == optimal_cost(subject.data)


def _optima(findings: Findings) -> Iterator[FunctionOnData]:
    for f in optima_of(findings):
        yield FunctionOnData(findings.data, f)


def strategy() -> "SearchStrategy[FunctionOnData]":
    """Non-unique and other datasets with random optima."""
    from ..strategies import datasets, optima, planted_datasets

    several = planted_datasets(non_unique=True) | datasets()
    return several.flatmap(lambda data: optima(data).map(lambda f: FunctionOnData(data, f)))


CLAIM = Claim(
    letter="Y",
    name="no steeper than the data",
    statement="Every optimum has the Lipschitz constant max_i |s_i| on all of R, exactly, in any norm of R^T.",
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("I",),
    hypotheses=(Hypothesis("f is an optimum", _is_optimum),),
    conclusion=conclusion,
    exact=Instances(_optima),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
