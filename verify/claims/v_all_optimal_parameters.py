"""V. Which parameters are optimal for weight decay."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.membership import broken_condition
from ...theory.network import Neuron, ReLUNetwork
from ...theory.optimum import optimal_cost
from ...theory.root_sum import RootSum
from ...theory.vectors import add, scale, zero
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .function_on_data import FunctionOnData
from .instances import balanced_network, interpolants_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(subject: FunctionOnData) -> Verdict:
    """The stated conditions, read off the parameters, against values at the data and the exact weight decay."""
    data, network = subject.data, subject.function
    assert isinstance(network, ReLUNetwork)  # a hypothesis of the claim
    broken = broken_condition(data, network)
    fits = all(network(x) == y for x, y in zip(data.points, data.labels, strict=True))
    optimal = fits and RootSum.of_rational(network.weight_decay()) == optimal_cost(data)
    if optimal == (broken is None):
        return Holds("optimal, and every condition is met" if optimal else f"not optimal: {broken}")
    return Refuted(subject, f"optimal, although {broken}" if optimal else "every condition is met, yet not optimal")


def _functions(findings: Findings) -> Iterator[FunctionOnData]:
    """Networks of optima and of other interpolants, balanced where rational, and each spoilt in several ways."""
    data = findings.data
    for index, f in enumerate(interpolants_of(findings)):
        network = balanced_network(f, turned=index % 2 == 1) or ReLUNetwork.from_spline(f)
        for changed in _variants(network, data.tasks):
            yield FunctionOnData(data, changed)


def _variants(network: ReLUNetwork, tasks: int) -> Iterator[ReLUNetwork]:
    nothing, ones = zero(tasks), (fmpq(1),) * tasks
    yield network
    yield replace(network, neurons=(*network.neurons, Neuron(fmpq(0), fmpq(5), nothing)))
    yield replace(network, neurons=(*network.neurons, Neuron(fmpq(1), fmpq(0), nothing)))
    yield replace(network, slope=add(network.slope, ones))
    yield replace(network, offset=add(network.offset, ones))
    if network.neurons:
        first, *rest = network.neurons
        doubled = Neuron(2 * first.w, 2 * first.b, scale(fmpq(1, 2), first.v))
        yield replace(network, neurons=(doubled, *rest))
        yield replace(network, neurons=tuple(rest))


def strategy() -> "SearchStrategy[FunctionOnData]":
    """Planted datasets with networks of optima and of other interpolants: balanced, or split, turned and unbalanced."""
    from ..strategies import interpolants, networks, optima, planted_datasets

    def functions_on(data: Dataset) -> "SearchStrategy[FunctionOnData]":
        functions = optima(data) | interpolants(data)
        balanced = functions.map(lambda f: balanced_network(f) or ReLUNetwork.from_spline(f))
        return (balanced | functions.flatmap(networks)).map(lambda network: FunctionOnData(data, network))

    return planted_datasets().flatmap(functions_on)


CLAIM = Claim(
    letter="V",
    name="all optimal parameters",
    statement=(
        "A network is weight-decay optimal iff every inactive neuron has v = 0 and w = 0, each active one is "
        "balanced with knot and direction as in B, sum_k hat_j(t_k) |w_k| v_k = d_j for all j, a = s_1 - sum over "
        "w_k < 0 of w_k v_k, and c fits y_1. With K neurons the problem attains sum |d_j| iff K >= K*."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("A", "B", "K"),
    hypotheses=(Hypothesis("f is a network", lambda subject: isinstance(subject.function, ReLUNetwork)),),
    conclusion=conclusion,
    exact=Instances(_functions),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
