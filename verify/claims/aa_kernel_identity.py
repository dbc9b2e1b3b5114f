"""AA. A network with weights optimal for its own neurons is, task by task, a least norm interpolant of one kernel."""

from ...theory.network_kernel import least_norm_weights, rational_kernel, relations
from ...theory.numbers import ZERO
from ...theory.vectors import squared_length
from ...theory.verdict import Holds, Refuted, Verdict
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .exact_optima import FREE, NetworkOnPoints, exact_networks, networks_of


def conclusion(subject: NetworkOnPoints) -> Verdict:
    """The least norm solution of every task, from the Gram matrix on the data alone, against the network's weights."""
    data, kernel = subject.data, rational_kernel(subject.network, FREE)
    assert kernel is not None
    norms = ZERO
    for task in range(data.tasks):
        found = least_norm_weights(data, kernel, task, FREE)
        own = tuple([neuron.weights[task] for neuron in kernel.neurons])
        if found is None or found[0] != own:
            return Refuted(subject, f"task {task} is not the interpolant of least norm of the network's kernel")
        norms += found[1]
    # Both in units of the first neuron's cost eta_1: R = eta_1 sum of the ratios, and the norms come with eta_1.
    cost = sum(kernel.weights, ZERO)
    if norms != cost * kernel.first_square:
        return Refuted(subject, "the squared norms of the tasks do not add up to the cost")
    parts = [squared_length(n.weights) * n.squared_norm(FREE) for n in kernel.neurons]
    return Holds(f"{data.tasks} tasks, {len(parts)} neurons: weights and norms of the kernel are the network's")


def _optimal(subject: NetworkOnPoints) -> bool:
    return all([relation.holds for relation in relations(subject.data, subject.network, FREE)])


CLAIM = Claim(
    letter="AA",
    name="kernel identity",
    statement=(
        "Any number of inputs. Let a network interpolate with output weights that are optimal for its own neurons, "
        "inactive neurons dropped and equal ones merged, eta_k = |v_k||u_k|. Then every task f_s is the interpolant "
        "of least norm for K = sum_k eta_k phi_k phi_k' over neurons phi_k of cost 1, modulo free functions; "
        "|f_s|_K^2 = sum_k v_ks^2 |u_k|^2 / eta_k, and these sum to R over the tasks."
    ),
    source="paper, section 4",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=(),
    hypotheses=(
        Hypothesis("f interpolates", lambda subject: subject.network.missed_point(subject.data) is None),
        Hypothesis("weights optimal for the network's own neurons", _optimal),
        Hypothesis("commensurable costs", lambda subject: rational_kernel(subject.network, FREE) is not None),
    ),
    conclusion=conclusion,
    exact=Instances(networks_of),
    symbolic=NotApplicable("an optimality condition of finitely many vectors, not an identity between formulas"),
    strategy=exact_networks,
)
