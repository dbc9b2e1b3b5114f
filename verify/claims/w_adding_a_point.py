"""W. Adding a data point never lowers the optimal cost; when it stays, and when the optimum becomes unique."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.duality import dual_certificate
from ...theory.numbers import ExactRepr, Vector, canonicalise, sign
from ...theory.optimum import connect_the_dots, optimal_cost
from ...theory.solution_set import ratio, reach
from ...theory.vectors import add, is_zero_vector, scale, subtract
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True, repr=False)
class Addition(ExactRepr):
    """A data point offered to a dataset that has none at that place (W)."""

    data: Dataset
    point: fmpq
    label: Vector

    def __post_init__(self) -> None:
        canonicalise(self, "point", "label")

    @property
    def enlarged(self) -> Dataset:
        """The dataset with the point added."""
        return Dataset.from_fractions((*self.data.points, self.point), (*self.data.labels, self.label))


def conclusion(addition: Addition) -> Verdict:
    """The exact optimal costs of both datasets against the segment of statement L at the new point."""
    data, enlarged = addition.data, addition.enlarged
    rise = (optimal_cost(enlarged) - optimal_cost(data)).sign()
    inside = in_segment(addition)
    if rise < 0 or inside != (rise == 0):
        where = "in" if inside else "outside"
        return Refuted(addition, f"the new label is {where} the segment; the cost changes by a sign of {rise}")
    if addition.label == connect_the_dots(data)(addition.point):
        here = enlarged.points.index(addition.point)
        if {here - 1, here} & set(dual_certificate(enlarged).contact_gaps()):
            return Refuted(addition, "the point lies on connect-the-dots, but its gap is not unique")
    return Holds("the cost stays, in the segment" if inside else "the cost rises, outside the segment")


def in_segment(addition: Addition) -> bool:
    """Whether y' = f_D(x') - theta g(x') u for some theta in [0, 1]."""
    drop = subtract(connect_the_dots(addition.data)(addition.point), addition.label)
    if is_zero_vector(drop):
        return True
    farthest = reach(addition.data, addition.point)
    if is_zero_vector(farthest):
        return False
    theta = ratio(farthest, drop)
    return drop == scale(theta, farthest) and sign(theta) > 0 and theta <= 1


def labels_at(data: Dataset, x: fmpq) -> list[Vector]:
    """On connect-the-dots, in the segment, at its end, beyond it, on the wrong side, and off its line."""
    value, farthest = connect_the_dots(data)(x), reach(data, x)
    found = [subtract(value, scale(theta, farthest)) for theta in (fmpq(0), fmpq(1, 3), fmpq(1), fmpq(9, 8), fmpq(-1))]
    across = tuple([fmpq((-1) ** task) for task in range(data.tasks)])
    return list(dict.fromkeys([*found, add(value, across), subtract(found[1], scale(fmpq(1, 1000), across))]))


def _additions(findings: Findings) -> Iterator[Addition]:
    data = findings.data
    inner = [left + (right - left) / part for left, right in pairwise(data.points) for part in (2, 5)]
    for x in [data.points[0] - 1, *inner, data.points[-1] + fmpq(1, 2)]:
        for label in labels_at(data, x):
            yield Addition(data, x, label)


def strategy() -> "SearchStrategy[Addition]":
    """Non-unique and other datasets with a new point anywhere and labels around the segment there."""
    from hypothesis import strategies as st

    from ..strategies import datasets, planted_datasets

    @st.composite
    def additions(draw: st.DrawFn) -> Addition:
        data = draw(planted_datasets(non_unique=True) | datasets())
        width = data.points[-1] - data.points[0]
        places = [data.points[0] + width * fmpq(k, 35) for k in range(-3, 39)]
        x = draw(st.sampled_from([place for place in places if place not in data.points]))
        return Addition(data, x, draw(st.sampled_from(labels_at(data, x))))

    return additions()


CLAIM = Claim(
    letter="W",
    name="adding a point",
    statement=(
        "Adding a data point (x', y') never lowers min R. It is unchanged iff y' lies in the segment of L at x', "
        "outside the data iff y' = f_D(x'). A point on f_D strictly inside an aligned gap makes that gap unique."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("A", "L"),
    hypotheses=(Hypothesis("x' is no data point", lambda addition: addition.point not in addition.data.points),),
    conclusion=conclusion,
    exact=Instances(_additions),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
