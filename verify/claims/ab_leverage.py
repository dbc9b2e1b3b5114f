"""AB. The leverage of a task bounds its share in every neuron, and how far it is from a fixed kernel's solution."""

from ...theory.leverage import leverages
from ...theory.network_kernel import exceeds_leverage
from ...theory.numbers import ZERO
from ...theory.verdict import Holds, Refuted, Undecided, Verdict
from .claim import Claim, Instances, NotApplicable, Scope
from .exact_optima import FREE, NetworkOnPoints, exact_networks, networks_of


def conclusion(subject: NetworkOnPoints) -> Verdict:
    """The leverages sum to the rank; no neuron of an optimum exceeds them; the distances stay below the bound."""
    from ..many_inputs.given_network import judge_network

    data = subject.data
    rank, levers = leverages(data, FREE)
    if sum(levers, ZERO) != rank or not all([0 <= lever <= 1 for lever in levers]):
        return Refuted(subject, f"the leverages are not between 0 and 1, or do not sum to the rank {rank}")
    for task, lever in enumerate(levers):
        if exceeds_leverage(subject.network, task, lever, FREE) is not None:
            return Refuted(subject, f"a neuron of an optimum serves task {task} by more than its leverage {lever}")
    bounded = tuple([task for task, lever in enumerate(levers) if 0 < lever < 1])
    found = judge_network(data, subject.network, FREE, bounded)
    for part in found.proximity:
        if part.holds is False:
            return Refuted(subject, f"task {part.task} is farther from the l2 solution than its leverage allows")
        if part.holds is None:
            return Undecided(f"task {part.task}: the distance and its bound were not told apart")
    return Holds(f"{data.tasks} leverages sum to {rank}; {len(bounded)} distances are within their bounds")


CLAIM = Claim(
    letter="AB",
    name="leverage",
    statement=(
        "Any number of inputs, points and tasks, every optimum. The leverage l_s = yt_s' S^+ yt_s, Yt the labels "
        "modulo free functions and S = Yt Yt', is rational; leverages sum to the rank of Yt; |v_ks| <= sqrt(l_s) "
        "|v_k| for every neuron. With a_k the cost of neuron k for the other tasks, K_a = sum_k a_k phi_k phi_k' and "
        "f_s^l2 the interpolant of least K_a-norm over the same neurons, if l_s < 1: |f_s - f_s^l2| <= (1 - sqrt(1 - "
        "l_s)) / (1 + sqrt(1 - l_s)) |f_s| in that norm. At most rank / eps tasks have leverage above eps."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("AA",),
    conclusion=conclusion,
    exact=Instances(networks_of),
    symbolic=NotApplicable("inequalities between norms; the proof in the note is three lines of linear algebra"),
    strategy=exact_networks,
)
