"""U without its hypothesis: where two consecutive kinks of the old tasks are zero, a new task can fail in a ball."""

from typing import TYPE_CHECKING

from flint import fmpq

from ....theory.dataset import Dataset
from ....theory.optimum import connect_the_dots, kinks
from ....theory.vectors import is_zero_vector
from ....theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from .changed_claim import ChangedClaim, Counterexample
from .two_optima import ball_of_pair, shown, two_optima

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def verdict_on(data: Dataset) -> Verdict:
    """The last task is the new one. Refuted if all labels of it in a ball around these leave the optimum non-unique.

    That is so iff two consecutive kinks of the old tasks are zero and those of the new one have equal sign: at any
    other pair the new labels that fail lie on a hyperplane or are none.
    """
    if data.tasks < 2:
        return DoesNotApply("an old and a new task")
    all_kinks = kinks(data)
    new = [kink[-1:] for kink in all_kinks]
    balls = [
        ball_of_pair(data, new, pair)
        for pair in range(1, data.size - 2)
        if is_zero_vector(all_kinks[pair - 1][:-1]) and is_zero_vector(all_kinks[pair][:-1])
    ]
    largest = max([ball for ball in balls if ball is not None], default=None)
    found = two_optima(data) if largest is not None else None
    if found is None:
        return Holds("the new labels nearby that leave a second optimum lie on hyperplanes, or are none")
    says = (
        f"the old labels have two consecutive zero kinks; all labels of the new task (the last one) nearer than the "
        f"root of {largest} to these leave the optimum non-unique; here two different interpolants cost {found.cost}"
    )
    values = (("cost of both", str(found.cost)), ("squared radius of the ball of new labels", str(largest)))
    return Refuted(Counterexample(data, says, shown(found), values, certified=True), says)


def strategy() -> "SearchStrategy[Dataset]":
    """Old tasks with runs and zero kinks, or with two zero kinks in a row somewhere, and any new task."""
    from hypothesis import strategies as st

    from ...strategies import planted_datasets, rationals

    def extended(old: Dataset) -> "SearchStrategy[Dataset]":
        column = st.lists(rationals(), min_size=old.size, max_size=old.size)
        return column.map(lambda z: _with_column(old, z))

    old = planted_datasets(tasks=(1, 2))
    return (old | old.map(_straightened)).flatmap(extended)


def _straightened(old: Dataset) -> Dataset:
    """The dataset with two more points on the line through its last two."""
    dots, last = connect_the_dots(old), old.points[-1]
    more = (last + 1, last + 2)
    return Dataset((*old.points, *more), (*old.labels, *map(dots, more)))


def _with_column(old: Dataset, new: list[fmpq]) -> Dataset:
    return Dataset(old.points, tuple([(*y, z) for y, z in zip(old.labels, new, strict=True)]))


CHANGED = ChangedClaim(
    letter="U",
    without="no two consecutive kinks are both zero",
    stem="extra_task",
    statement=(
        "One more task whose labels have a density makes the optimum unique almost surely, whatever the labels of the "
        "old tasks are."
    ),
    verdict_on=verdict_on,
    strategy=strategy,
    words="old tasks with planted runs, zero kinks and straight ends, and a new task with any rational labels",
    smallest=Dataset.from_fractions(range(4), [(0, 0), (0, 1), (0, 1), (0, 0)]),
)
