"""BF. The excess of a network is the sum of its neurons' defects."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.defect import defects
from ...theory.network import Neuron, ReLUNetwork
from ...theory.optimum import connect_the_dots
from ...theory.root_sum import RootSum
from ...theory.vectors import scale
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .function_on_data import FunctionOnData
from .instances import interpolants_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(subject: FunctionOnData) -> Verdict:
    """Both sides formed apart: path costs of the network and of the spline through its outputs; defects from eta.

    The outputs are evaluated straight from the parameters, point by point.
    """
    network = subject.function
    assert isinstance(network, ReLUNetwork)  # a hypothesis of the claim
    outputs = Dataset(subject.data.points, tuple([network(x) for x in subject.data.points]))
    excess = network.path_cost() - connect_the_dots(outputs).path_cost()
    found = list(defects(network, outputs))
    total = RootSum([term for defect in found for term in defect.terms])
    if total != excess:
        return Refuted(subject, f"the defects add up to {total}, the excess is {excess}")
    for defect in found:
        if defect.exact().sign() < 0:
            return Refuted(subject, f"neuron {defect.index} has the negative defect {defect.exact()}")
        if (defect.exact().sign() == 0) != defect.is_zero:
            return Refuted(subject, f"neuron {defect.index}: defect {defect.exact()}, but its direction says otherwise")
    return Holds(f"{len(found)} defects, none negative, add up to the excess {excess} exactly")


def _networks(findings: Findings) -> Iterator[FunctionOnData]:
    """Networks of optima and of other interpolants, and the same with neurons moved, turned, doubled and added."""
    for f in interpolants_of(findings):
        network = ReLUNetwork.from_spline(f)
        yield FunctionOnData(findings.data, network)
        yield FunctionOnData(findings.data, _spoilt(network, findings.data))


def _spoilt(network: ReLUNetwork, data: Dataset) -> ReLUNetwork:
    """Every other neuron moved and turned round, one doubled, one that is never active, one that is constant."""
    ones, shift = (fmpq(1),) * data.tasks, data.gaps[0] / 3
    turned = [
        Neuron(-2 * n.w, -2 * (n.b + shift), scale(fmpq(-1, 3), n.v)) if index % 2 else n
        for index, n in enumerate(network.neurons)
    ]
    dead = Neuron(fmpq(1), -data.points[-1] - 1, ones)
    return replace(network, neurons=(*turned, *turned[:1], dead, Neuron(fmpq(0), fmpq(1), ones)))


def strategy() -> "SearchStrategy[FunctionOnData]":
    """All kinds of datasets, for their points, with any small networks, and with networks of interpolants."""
    from ..strategies import datasets, free_networks, interpolants, networks

    def subjects(data: Dataset) -> "SearchStrategy[FunctionOnData]":
        fitting = interpolants(data).flatmap(networks)
        return (free_networks(data.tasks) | fitting).map(lambda network: FunctionOnData(data, network))

    return datasets().flatmap(subjects)


CLAIM = Claim(
    letter="BF",
    name="excess by neurons",
    statement=(
        "Let z_i = f(x_i) be the outputs of any network f and eta the dual certificate of (x, z). Then "
        "sum_k |v_k||w_k| - sum_j |d_j(z)| = sum over the active neurons of |m| - <eta(t), m>, with knot t and kink "
        "m = |w| v. Every term is at least 0, and is 0 iff |eta(t)| = 1 and m is a positive multiple of eta(t)."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("A", "M"),
    hypotheses=(Hypothesis("f is a network", lambda subject: isinstance(subject.function, ReLUNetwork)),),
    conclusion=conclusion,
    exact=Instances(_networks),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
