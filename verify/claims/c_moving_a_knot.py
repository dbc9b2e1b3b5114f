"""C. Moving a knot to the neighbouring data points never raises the cost, and leads to connect-the-dots."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.alignment import aligned
from ...theory.dataset import Dataset
from ...theory.descent import descent, kinks_beside
from ...theory.numbers import Vector
from ...theory.optimum import connect_the_dots
from ...theory.spline import LinearSpline
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .comparison import cost_difference
from .function_on_data import FunctionOnData
from .instances import interpolants_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(subject: FunctionOnData) -> Verdict:
    """The whole descent, each step compared with the rule for when the cost stays, the last with connect-the-dots.

    Costs are exact sums of roots and values are evaluated at the data; the rule looks at knots and directions only.
    """
    data, f = subject.data, subject.spline
    steps = kept = 0
    for step in descent(data, f):
        change = cost_difference(step.result, f).sign()
        if not step.result.interpolates(data.points, data.labels):
            return Refuted(subject, f"moving the knot at x = {step.knot} changes a value at a data point")
        if change > 0 or (change == 0) != _stays(data, f, step.knot, step.kink):
            return Refuted(subject, f"moving the knot at x = {step.knot} changes the cost by a sign of {change}")
        f, steps, kept = step.result, steps + 1, kept + (change == 0)
    if f != connect_the_dots(data):
        return Refuted(subject, "the descent does not end at connect-the-dots")
    return Holds(f"{steps} moves lead to connect-the-dots, {kept} of them at equal cost, none raises it")


def _stays(data: Dataset, f: LinearSpline, knot: fmpq, kink: Vector) -> bool:
    """Whether the rule says that the cost stays: inside [x_2, x_{N-1}], kinks at both ends zero or aligned."""
    if data.size < 4 or not data.points[1] < knot < data.points[-2]:
        return False
    return all(aligned(kink, other) for other in kinks_beside(data, f, knot))


def _functions(findings: Findings) -> Iterator[FunctionOnData]:
    for f in interpolants_of(findings):
        yield FunctionOnData(findings.data, f)


def strategy() -> "SearchStrategy[FunctionOnData]":
    """Datasets with interpolants whose knots are anywhere, optima among them."""
    from ..strategies import datasets, interpolants, optima

    return datasets().flatmap(lambda data: (optima(data) | interpolants(data)).map(lambda f: FunctionOnData(data, f)))


INTERPOLATES = Hypothesis("f interpolates", lambda subject: subject.interpolates)

CLAIM = Claim(
    letter="C",
    name="moving a knot",
    statement=(
        "Moving the kink m of a knot t in (x_i, x_(i+1)) to the two ends, with the weights of the hats at t, keeps "
        "all values at the data and never raises the cost; what falls on x_1, x_N or outside is absorbed by the "
        "affine part or dropped. The cost stays equal iff t lies in [x_2, x_(N-1)] and each existing kink at the "
        "two ends is zero or aligned with m. So every interpolating spline walks down to connect-the-dots."
    ),
    source="paper, section 3",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=(),
    hypotheses=(INTERPOLATES,),
    conclusion=conclusion,
    exact=Instances(_functions),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
