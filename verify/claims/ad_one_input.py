"""AD. For one input every task is its own l2 solution, at every optimum, unless a neuron serves it alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.labelled_points import LabelledPoints
from ...theory.membership import judge
from ...theory.network_kernel import active_neurons, l2_relations
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ...theory.spline import LinearSpline
from ...theory.vectors import squared_length
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .exact_optima import FREE

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True)
class TaskOfOptimum:
    """A dataset with one input, an optimal spline, and a task of it."""

    data: Dataset
    function: LinearSpline
    task: int


def as_ridge(spline: LinearSpline) -> RidgeNetwork:
    """The spline as a network with one neuron per knot."""
    neurons = [RidgeNeuron((fmpq(1),), -knot, kink) for knot, kink in zip(spline.knots, spline.kinks, strict=True)]
    return RidgeNetwork(tuple(neurons), (spline.slope,), spline.offset)


def conclusion(subject: TaskOfOptimum) -> Verdict:
    """Every relation between the features is one between v_ks / |v_k,-s|: sums of roots, decided exactly."""
    network = as_ridge(subject.function)
    found = l2_relations(LabelledPoints.from_dataset(subject.data), network, subject.task, FREE)
    if any(value.sign() for value in found):
        return Refuted(subject, f"task {subject.task} is not its own l2 solution")
    return Holds(f"{len(found)} relations between {len(network.neurons)} neurons leave nothing")


def _shared(subject: TaskOfOptimum) -> bool:
    neurons = active_neurons(as_ridge(subject.function), FREE)
    return all([squared_length(n.weights) > n.weights[subject.task] ** 2 for n in neurons if n.weights[subject.task]])


def _is_optimal(subject: TaskOfOptimum) -> bool:
    return judge(subject.data, subject.function).optimal


def _tasks(findings: Findings) -> Iterator[TaskOfOptimum]:
    optima = findings.optima
    for spline in [optima.connect_the_dots] + ([] if optima.another is None else [optima.another]):
        for task in range(min(findings.data.tasks, 3)):
            yield TaskOfOptimum(findings.data, spline, task)


def strategy() -> "SearchStrategy[TaskOfOptimum]":
    """Datasets with runs, two tasks and more, and optima with many knots in them."""
    from hypothesis import strategies as st

    from ..strategies import optima, planted_datasets

    def one(data: Dataset) -> "SearchStrategy[TaskOfOptimum]":
        return st.builds(TaskOfOptimum, st.just(data), optima(data), st.integers(0, data.tasks - 1))

    return planted_datasets(non_unique=True).filter(lambda data: data.tasks > 1).flatmap(one)


CLAIM = Claim(
    letter="AD",
    name="one input",
    statement=(
        "For one input and T >= 2, f_s^l2 = f_s exactly at every optimum, unless some neuron has v_ks != 0 and serves "
        "no other task."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("AA", "I"),
    hypotheses=(
        Hypothesis("f is optimal", _is_optimal),
        Hypothesis("every neuron of task s serves another", _shared),
    ),
    conclusion=conclusion,
    exact=Instances(_tasks),
    symbolic=NotApplicable("the relations between hats depend on the knots; they are decided on instances"),
    strategy=strategy,
)
