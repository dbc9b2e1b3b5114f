"""E. For one task and N >= 4 both the non-unique datasets and the unique ones contain an open set."""

from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.duality import touches_a_gap
from ...theory.label_balls import ball_of_one_task, members
from ...theory.verdict import Holds, Refuted, Verdict
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Scope

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(data: Dataset) -> Verdict:
    """At the points of the dataset, a ball of non-unique labels around x^2 and one of unique labels around a zigzag.

    The radii come from the signs of the kinks; members of the balls are then decided by their dual certificates.
    """
    squares = Dataset(data.points, tuple([(x * x,) for x in data.points]))
    zigzag = Dataset(data.points, tuple([(fmpq(i % 2),) for i in range(data.size)]))
    radii = []
    for centre, non_unique in ((squares, True), (zigzag, False)):
        ball = ball_of_one_task(centre)
        if ball is None:
            return Refuted(centre, "it has fewer than two kinks, or one of them is zero")
        wrong = next((member for member in members(ball) if touches_a_gap(member) != non_unique), None)
        if wrong is not None:
            return Refuted(wrong, f"it is {'unique' if non_unique else 'not unique'}, unlike the centre of its ball")
        radii.append(ball.radius_squared)
    return Holds(f"balls of squared radius {radii[0]} (non-unique) and {radii[1]} (unique)")


def strategy() -> "SearchStrategy[Dataset]":
    """One task, four points and more; only the points matter."""
    from ..strategies import generic_datasets

    return generic_datasets(min_size=4, tasks=(1,))


CLAIM = Claim(
    letter="E",
    name="one task",
    statement=(
        "For T = 1 and N >= 4, at any points, the datasets with non-unique optimum contain an open set, and so does "
        "their complement: aligned means of equal sign."
    ),
    source="paper, section 3",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=("B",),
    hypotheses=(
        Hypothesis("T=1", lambda data: data.tasks == 1),
        Hypothesis("N>=4", lambda data: data.size >= 4),
    ),
    conclusion=conclusion,
    exact=lambda findings: conclusion(findings.data),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
