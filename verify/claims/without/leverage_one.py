"""AB without l_s < 1: a task that one neuron serves alone has no l2 solution over the neurons of the others."""

from typing import TYPE_CHECKING

from ....theory.dataset import Dataset
from ....theory.free_functions import annihilator, matrix
from ....theory.labelled_points import LabelledPoints
from ....theory.leverage import leverages
from ....theory.optimum import connect_the_dots, kinks
from ....theory.ridge_network import activations
from ....theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..ad_one_input import as_ridge
from .changed_claim import ChangedClaim, Counterexample

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def verdict_on(data: Dataset) -> Verdict:
    """Refuted if connect-the-dots bends somewhere for one task alone, and that task cannot do without this neuron."""
    if data.tasks < 2:
        return DoesNotApply("two tasks")
    points = LabelledPoints.from_dataset(data)
    for index, kink in enumerate(kinks(data)):
        served = [task for task, entry in enumerate(kink) if entry]
        if len(served) == 1:
            task, place = served[0], data.points[index + 1]
            if leverages(points)[1][task] != 1 or _others_suffice(points, data, task):
                raise ArithmeticError(f"a neuron serves task {task} alone, but its leverage is not 1: {data!r}")
            says = (
                f"at x = {place} only task {task + 1} bends: its leverage is 1, and over the neurons of the other "
                f"tasks its labels cannot be interpolated, so there is no l2 solution to be near to"
            )
            values = (("leverage", "1"), ("task", str(task + 1)))
            return Refuted(Counterexample(data, says, (("the only optimum", connect_the_dots(data)),), values), says)
    return Holds("every neuron of connect-the-dots serves two tasks")


def _others_suffice(points: LabelledPoints, data: Dataset, task: int) -> bool:
    """Whether the neurons that other tasks use can interpolate this one."""
    network = as_ridge(connect_the_dots(data))
    rest = [n for n in network.neurons if any(w for t, w in enumerate(n.weights) if t != task)]
    found = annihilator(points.points)
    target = found.apply(matrix([[value] for value in points.column(task)]))
    if not rest:
        return not any(target.entries())
    features = found.apply(activations(rest, points.points))
    both = matrix([[*p, *q] for p, q in zip(features.tolist(), target.tolist(), strict=True)])
    return bool(both.rank() == features.rank())


def strategy() -> "SearchStrategy[Dataset]":
    """Two or three tasks, with small integer labels or without structure."""
    from ...strategies import generic_datasets, grid_datasets

    return grid_datasets(tasks=(2, 3)) | generic_datasets(tasks=(2, 3))


CHANGED = ChangedClaim(
    letter="AB",
    without="l_s < 1",
    stem="leverage_one",
    statement="For every task, whatever its leverage, f_s^l2 exists and is within AB's bound of f_s.",
    verdict_on=verdict_on,
    strategy=strategy,
    words="integer labels in -2..2 on 0, 1, 2, ... and rational datasets without structure; two or three tasks",
    smallest=Dataset.from_fractions(range(3), [(0, 0), (0, 0), (0, 1)]),
)
