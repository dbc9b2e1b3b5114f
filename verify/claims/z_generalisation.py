"""Z. How far connect-the-dots, and every optimum, is from a Lipschitz function that the labels come from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...theory.lipschitz import farthest, lipschitz_squared, strays, unattained
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .function_on_data import FunctionOnData
from .instances import interpolants_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(subject: FunctionOnData) -> Verdict:
    """Exact distances at every knot and in the limit against the bounds; on each gap a function that reaches them."""
    data, g = subject.data, subject.spline
    place = next(strays(data, g), None)
    if place is not None:
        return Refuted(subject, f"g, of squared Lipschitz constant {lipschitz_squared(g)}, is too far away {place}")
    missed = next(unattained(data), None)
    if missed is not None:
        return Refuted(subject, f"the bound is not attained: {missed}")
    return Holds(f"within the bounds at {g.width} knots of g, and attained on every gap")


def _functions(findings: Findings) -> Iterator[FunctionOnData]:
    """Interpolants of the data as the functions that the labels come from, and the farthest ones."""
    data = findings.data
    for g in interpolants_of(findings):
        yield FunctionOnData(data, g)
    yield FunctionOnData(data, farthest(data, 0)[0])


def strategy() -> "SearchStrategy[FunctionOnData]":
    """Datasets with functions through them whose knots are anywhere."""
    from ..strategies import datasets, interpolants, planted_datasets

    several = planted_datasets(non_unique=True) | datasets()
    return several.flatmap(lambda data: interpolants(data).map(lambda g: FunctionOnData(data, g)))


CLAIM = Claim(
    letter="Z",
    name="generalisation",
    statement=(
        "Let y_i = g(x_i) with g of Lipschitz constant L, Euclidean. On a gap of length h and slope s, at x = x_i + "
        "tau h, |f_D(x) - g(x)|^2 <= (L^2 - |s|^2) tau (1 - tau) h^2, and every optimum stays within twice that "
        "distance of g. For T >= 2 the bound is attained at the middle of every gap; for T = 1 the largest error of "
        "f_D is h (L^2 - s^2) / (2 L), attained. Outside the data |f_D - g| is at most (L + |s_1|) times the distance "
        "to x_1 on the left, and likewise on the right."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("Y",),
    hypotheses=(Hypothesis("y_i = g(x_i)", lambda subject: subject.interpolates),),
    conclusion=conclusion,
    exact=Instances(_functions),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
