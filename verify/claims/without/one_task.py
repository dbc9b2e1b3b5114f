"""D without T >= 2: for one task the non-unique datasets contain balls."""

from typing import TYPE_CHECKING

from ....theory.dataset import Dataset
from ....theory.optimum import kinks
from ....theory.verdict import Holds, Refuted, Verdict
from .changed_claim import ChangedClaim, Counterexample
from .two_optima import ball_of_pair, closeness, shown, two_optima

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def verdict_on(data: Dataset) -> Verdict:
    """Refuted by a dataset that is the centre of a ball of non-unique ones.

    With two tasks or more the claim is D itself. With one task two consecutive kinks of equal sign keep it in a ball.
    """
    if data.tasks > 1:
        return Holds("two tasks or more, where the claim is unchanged")
    all_kinks = kinks(data)
    radii = [ball_of_pair(data, all_kinks, pair) for pair in range(1, data.size - 2)]
    largest = max([radius for radius in radii if radius is not None], default=None)
    found = two_optima(data) if largest is not None else None
    if found is None:
        return Holds("no two consecutive kinks have equal sign, and the dual certificate leaves no room for another")
    says = (
        f"every dataset whose labels are nearer than the root of {largest} to these is non-unique: a ball, not a null "
        f"set; here two different interpolants cost {found.cost}"
    )
    values = (("cost of both", str(found.cost)), ("squared radius of the ball", str(largest)))
    return Refuted(Counterexample(data, says, shown(found), values, certified=True), says)


def strategy() -> "SearchStrategy[Dataset]":
    """Datasets with one task, and some with two."""
    from ...strategies import generic_datasets, grid_datasets

    return generic_datasets(tasks=(1, 2)) | grid_datasets(tasks=(1, 2))


CHANGED = ChangedClaim(
    letter="D",
    without="T>=2",
    stem="one_task",
    statement="For every T, one task included, the datasets with non-unique optimum form a Lebesgue null set.",
    verdict_on=verdict_on,
    strategy=strategy,
    words="rational datasets without structure and integer labels in -2..2 on 0, 1, 2, ...; one or two tasks",
    smallest=Dataset.from_fractions(range(4), [0, 1, 1, 0]),
    score=closeness,
)
