"""D with labels from a finite set in the place of labels with a density: uniqueness fails with positive probability."""

from typing import TYPE_CHECKING

from ....theory.dataset import Dataset
from ....theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from .changed_claim import ChangedClaim, Counterexample
from .two_optima import closeness, shown, two_optima

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def verdict_on(data: Dataset) -> Verdict:
    """Refuted by a non-unique dataset with T >= 2: its labels, drawn uniformly from its own values, have an atom there.

    The probability of failure is that of the census at the points of the dataset.
    """
    if data.tasks < 2:
        return DoesNotApply("T>=2")
    found = two_optima(data)
    if found is None:
        return Holds("this sequence of labels has only one optimum")
    from ...census import LabelList, census

    values = tuple(dict.fromkeys(data.labels))
    probability = census(LabelList.from_rationals(values, None), data.points).non_unique
    says = (
        f"independent labels, uniform on these {len(values)} values, have a non-unique optimum with probability "
        f"exactly {probability}; for the labels listed two different interpolants cost {found.cost}"
    )
    numbers = (("cost of both", str(found.cost)), ("probability of failure", str(probability)))
    return Refuted(Counterexample(data, says, shown(found), numbers, certified=True), says)


def strategy() -> "SearchStrategy[Dataset]":
    """Labels from few values, in two tasks or more."""
    from ...strategies import grid_datasets, one_hot_datasets

    return grid_datasets(tasks=(2,)) | one_hot_datasets()


CHANGED = ChangedClaim(
    letter="D",
    without="density",
    stem="finite_labels",
    statement="For T >= 2 random labels have a unique optimum with probability 1, also if they come from a finite set.",
    verdict_on=verdict_on,
    strategy=strategy,
    words="integer labels in -2..2 on 0, 1, 2, ... in two tasks, and one-hot labels",
    smallest=Dataset.from_fractions(range(4), [(0, 0), (0, 1), (0, 1), (0, 0)]),
    score=closeness,
)
