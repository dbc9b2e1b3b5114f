"""A given network against AA and AB: exact where roots can be decided, enclosed where they are summed in balls."""

from dataclasses import dataclass

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure
from ...theory.free_functions import Convention
from ...theory.labelled_points import LabelledPoints
from ...theory.leverage import leverages, proximity_factor
from ...theory.network_kernel import active_neurons, exceeds_leverage, feature_relations, relations
from ...theory.numbers import ZERO
from ...theory.ridge_network import RidgeNetwork
from ...theory.root_sum import RootSum
from ...theory.vectors import squared_length
from .balls import nonnegative_root
from .distance import kernel_of_others, least_norm

_BITS = 768
_EXACT_NEURONS = 24
"""With more neurons the defects of the kernel identity are enclosed, their roots not merged."""


@dataclass(frozen=True, slots=True, eq=False)
class Proximity:
    """AB for one task: |f_s - f_s^l2| and |f_s| in the norm of the others' weights, and whether AB's bound holds.

    distance, norm: None where f_s^l2 does not exist. holds: None if the enclosures do not decide, or there is no bound.
    cost_others: what the network costs without its output weights for the task. others_inequality: AC for it, whether
    that is at least sqrt(1-l_s) times the cost with them, as for every optimum; None if the enclosures do not decide.
    """

    task: int
    distance: Enclosure | None
    norm: Enclosure | None
    holds: bool | None
    cost_others: Enclosure
    others_inequality: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class GivenNetwork:
    """What is so of a network. missed: a data point that it misses. identity: whether AA's identity holds exactly.

    defect: encloses the largest defect of the identity. exceeding: tasks with |v_ks| > sqrt(l_s) |v_k| somewhere, which
    no optimum has.
    """

    network: RidgeNetwork
    missed: int | None
    cost: Enclosure
    identity: bool | None
    defect: Enclosure
    exceeding: tuple[int, ...]
    proximity: tuple[Proximity, ...]


def judge_network(
    data: LabelledPoints, network: RidgeNetwork, convention: Convention, tasks: tuple[int, ...]
) -> GivenNetwork:
    """AA's identity, AB's bound on the weights of all tasks; AB's on the functions and AC's for the given tasks."""
    _, levers = leverages(data, convention)
    with ctx.workprec(_BITS):
        identity, defect = _identity(data, network, convention)
        proximity = tuple([_proximity(data, network, convention, task) for task in tasks])
    exceeding = [s for s in range(data.tasks) if exceeds_leverage(network, s, levers[s], convention) is not None]
    cost = RootSum(network.cost_squares(convention)).enclosure()
    return GivenNetwork(network, network.missed_point(data), cost, identity, defect, tuple(exceeding), proximity)


def _identity(data: LabelledPoints, network: RidgeNetwork, convention: Convention) -> tuple[bool | None, Enclosure]:
    largest = arb(0)
    if len(active_neurons(network, convention)) > _EXACT_NEURONS:
        return None, Enclosure.from_ball(_largest_defect(data, network, convention))
    found = relations(data, network, convention)
    for relation in found:
        size = sum([abs(c) for c in relation.coefficients], ZERO)
        for value in relation.defects:
            part = value.enclosure()
            largest = largest.max(max(abs(arb(part.lower)), abs(arb(part.upper))) / arb(size))
    return all([relation.holds for relation in found]), Enclosure.from_ball(largest)


def _largest_defect(data: LabelledPoints, network: RidgeNetwork, convention: Convention) -> arb:
    neurons = active_neurons(network, convention)
    units = []
    for n in neurons:
        length = (arb(n.squared_norm(convention)) / arb(squared_length(n.weights))).sqrt()
        units.append([length * arb(w) for w in n.weights])
    largest = arb(0)
    for vector in feature_relations(data, neurons, convention):
        size = arb(sum([abs(c) for c in vector], ZERO))
        for task in range(data.tasks):
            rest = sum([arb(c) * unit[task] for c, unit in zip(vector, units, strict=True) if c], arb(0))
            largest = largest.max(abs(rest) / size)
    return largest


def _proximity(data: LabelledPoints, network: RidgeNetwork, convention: Convention, task: int) -> Proximity:
    kept, weights = kernel_of_others(network, task, convention)
    _, levers = leverages(data, convention)
    others = sum(weights, arb(0))
    without = Enclosure.from_ball(others), _costs_enough(network, task, levers[task], others, convention)
    factor = proximity_factor(levers[task])
    solution = least_norm(data, task, convention, kept, weights)
    if solution is None or factor is None or len(kept) < len(active_neurons(network, convention)):
        return Proximity(task, None, None, None, *without)
    distance, norm = arb(0), arb(0)
    for neuron, value, weight in zip(kept, solution.coefficients or [arb(0)] * len(kept), weights, strict=True):
        scale = arb(neuron.squared_norm(convention)) / weight
        own = arb(neuron.weights[task])
        distance += scale * (own - value) ** 2
        norm += scale * own * own
    left, right = nonnegative_root(distance), nonnegative_root(norm)
    bound = right * (arb(factor.lower).union(arb(factor.upper)))
    holds = True if left <= bound else False if left > bound else None
    return Proximity(task, Enclosure.from_ball(left), Enclosure.from_ball(right), holds, *without)


def _costs_enough(network: RidgeNetwork, task: int, leverage: fmpq, others: arb, convention: Convention) -> bool | None:
    """AC: sqrt(1 - l_s) times the cost is at most the cost without the task; exact where it is so neuron by neuron."""
    if exceeds_leverage(network, task, leverage, convention) is None:
        return True
    squares = [squared_length(n.weights) * n.squared_norm(convention) for n in active_neurons(network, convention)]
    least = arb(1 - leverage).sqrt() * sum([arb(square).sqrt() for square in squares], arb(0))
    return True if least <= others else False if least > others else None
