"""S. An interpolant of small excess is near connect-the-dots, with a constant for every kind of gap."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...theory.stability import excess, violations
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .c_moving_a_knot import INTERPOLATES
from .claim import BY_ITS_FORMULAS, Claim, Instances, Scope
from .function_on_data import FunctionOnData
from .instances import interpolants_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(subject: FunctionOnData) -> Verdict:
    """The exact deviation at every knot, and in the limit, against the bound of its gap with the exact excess."""
    data, f = subject.data, subject.spline
    place = next(violations(data, f), None)
    if place is not None:
        return Refuted(subject, f"{place} it is farther from f_D than its excess {excess(data, f)} allows")
    return Holds(f"within the bounds at {f.width} knots and beyond them")


def _functions(findings: Findings) -> Iterator[FunctionOnData]:
    for f in interpolants_of(findings):
        yield FunctionOnData(findings.data, f)


def strategy() -> "SearchStrategy[FunctionOnData]":
    """Datasets with interpolants whose knots are anywhere."""
    from ..strategies import datasets, interpolants

    return datasets().flatmap(lambda data: interpolants(data).map(lambda f: FunctionOnData(data, f)))


CLAIM = Claim(
    letter="S",
    name="stability",
    statement=(
        "If f interpolates with excess e, then |f - f_D| is at most, on a gap of length h: h e / (1 - cos theta) "
        "between two nonzero kinks at the angle theta > 0; h e / 2 if exactly one of two interior kinks is zero; h "
        "e / 8 if both are; h e on an outer gap whose inner kink is nonzero; (3 - 2 sqrt 2) h e if that is zero; h "
        "e / 4 for N = 2; and e dist(x, [x_1, x_N]) outside the data."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("M",),
    hypotheses=(INTERPOLATES,),
    conclusion=conclusion,
    exact=Instances(_functions),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
