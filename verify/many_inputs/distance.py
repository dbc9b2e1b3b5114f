"""How far a task of the optimum is from the solution of a fixed kernel: certified over the box that holds the data.

With weights a_k the kernel is K_a = sum a_k phi_k phi_k' (neurons of cost 1), and the solution of least norm through
the labels of one task has output weights c_k = a_k Phi_k' (Phi diag(a) Phi')^-1 yt. Weights from the other tasks at the
neurons of the optimum give f_s^l2; the neurons and weights of the problem without task s give the others' kernel.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from ...theory.enclosure import Enclosure
from ...theory.free_functions import Convention, annihilator, independent_rows, matrix
from ...theory.labelled_points import LabelledPoints
from ...theory.network_kernel import active_neurons
from ...theory.numbers import ZERO, Vector
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron, activations
from ...theory.vectors import squared_length
from .balls import as_balls
from .certify import affine_through
from .piecewise import largest_value

_BITS = 192


@dataclass(frozen=True, slots=True)
class KernelSolution:
    """sum_k c_k (u_k.x + b_k)_+ and the free function that makes it interpolate one task; c_k enclosed."""

    neurons: tuple[RidgeNeuron, ...]
    coefficients: tuple[arb, ...]

    def near(self, data: LabelledPoints, task: int, convention: Convention) -> RidgeNetwork:
        """A network of one task with rational weights in the middle of the enclosures: this solution to far more digits
        than a picture shows, and it may miss labels by as little."""
        values = [_middle(value) for value in self.coefficients]
        neurons = [RidgeNeuron(n.direction, n.offset, (c,)) for n, c in zip(self.neurons, values, strict=True)]
        none = RidgeNetwork(tuple(neurons), ((ZERO,),) * data.inputs, (ZERO,))
        if convention is Convention.PENALISED:
            return none
        free = set(annihilator(data.points, convention).free)
        pivots = [i for i in range(data.size) if i not in free]
        rest = [[data.labels[i][task] - none(data.points[i])[0]] for i in pivots]
        return RidgeNetwork(none.neurons, *affine_through([data.points[i] for i in pivots], rest, data.inputs))


def _middle(ball: arb) -> fmpq:
    mantissa, exponent = ball.mid().man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def least_norm(
    data: LabelledPoints, task: int, convention: Convention, neurons: Sequence[RidgeNeuron], weights: Sequence[arb]
) -> KernelSolution | None:
    """The least norm solution for one task with kernel weights at neurons of cost 1; None if there is none.

    weights: positive balls. That the labels can be interpolated by these neurons is decided exactly.
    """
    found = annihilator(data.points, convention)
    if found.basis is None or not neurons:
        return None if found.basis is not None else KernelSolution((), ())
    target = found.apply(matrix([[value] for value in data.column(task)]))
    features = found.apply(activations(neurons, data.points))
    rows = independent_rows(features)
    if not rows or _stacked(features, target).rank() != len(rows):
        return KernelSolution((), ()) if not any(target.entries()) else None
    table, column = features.tolist(), target.tolist()
    used = as_balls(matrix([table[i] for i in rows]))
    # A neuron of norm |u| has kernel weight a / |u|^2 in terms of its raw activation.
    scaled = [w / arb(n.squared_norm(convention)) for n, w in zip(neurons, weights, strict=True)]
    spread = arb_mat(
        used.nrows(), used.ncols(), [e * w for row in used.tolist() for e, w in zip(row, scaled, strict=True)]
    )
    gram = spread * used.transpose()
    solved = spread.transpose() * gram.solve(as_balls(matrix([column[i] for i in rows])))
    return KernelSolution(tuple(neurons), tuple(solved.entries()))


def distance_l2(data: LabelledPoints, network: RidgeNetwork, task: int, convention: Convention) -> Enclosure | None:
    """The largest |f_s - f_s^l2| over the box, for the network as it is written; None if f_s^l2 does not exist."""
    return distance(data, network, task, l2_solution(data, network, task, convention), convention)


def l2_solution(
    data: LabelledPoints, network: RidgeNetwork, task: int, convention: Convention
) -> KernelSolution | None:
    """f_s^l2: of least norm over the neurons of the network, weighted as the other tasks do; None if there is none."""
    with ctx.workprec(_BITS):
        kept, weights = kernel_of_others(network, task, convention)
        return least_norm(data, task, convention, kept, weights)


def kernel_of_others(network: RidgeNetwork, task: int, convention: Convention) -> tuple[list[RidgeNeuron], list[arb]]:
    """The neurons whose output weights for the other tasks are not all 0, and the lengths of these, at cost 1."""
    kept, weights = [], []
    for neuron in active_neurons(network, convention):
        others = squared_length(neuron.weights) - neuron.weights[task] ** 2
        if others:
            kept.append(neuron)
            weights.append(arb(others * neuron.squared_norm(convention)).sqrt())
    return kept, weights


def distance_others(
    data: LabelledPoints, network: RidgeNetwork, others: RidgeNetwork, task: int, convention: Convention
) -> Enclosure | None:
    """The largest |f_s - g_s| over the box, g_s of least norm for the kernel of the network of the other tasks."""
    return distance(data, network, task, others_solution(data, others, task, convention), convention)


def others_solution(
    data: LabelledPoints, others: RidgeNetwork, task: int, convention: Convention
) -> KernelSolution | None:
    """g_s: of least norm for the kernel of a network that does without the task; None if there is none."""
    with ctx.workprec(_BITS):
        neurons = active_neurons(others, convention)
        weights = [arb(squared_length(n.weights) * n.squared_norm(convention)).sqrt() for n in neurons]
        return least_norm(data, task, convention, neurons, weights)


def distance(
    data: LabelledPoints, network: RidgeNetwork, task: int, solution: KernelSolution | None, convention: Convention
) -> Enclosure | None:
    """The largest difference over the box between a task of the network and a kernel's solution; None without one."""
    if solution is None:
        return None
    with ctx.workprec(_BITS):
        return largest_value(data, _difference(network, task, solution, convention), convention)


def _difference(
    network: RidgeNetwork, task: int, solution: KernelSolution, convention: Convention
) -> dict[tuple[Vector, fmpq], arb]:
    """The coefficients of the neurons in f_s - solution."""
    terms: dict[tuple[Vector, fmpq], arb] = {}
    for neuron in active_neurons(network, convention):
        key = neuron.direction, neuron.offset
        terms[key] = terms.get(key, arb(0)) + arb(neuron.weights[task])
    for neuron, value in zip(solution.neurons, solution.coefficients, strict=True):
        key = neuron.direction, neuron.offset
        terms[key] = terms.get(key, arb(0)) - value
    return terms


def _stacked(left: fmpq_mat, right: fmpq_mat) -> fmpq_mat:
    return matrix([[*p, *q] for p, q in zip(left.tolist(), right.tolist(), strict=True)])
