"""The kernel of a network with many inputs: when its own neurons, weighted, explain every task (statement AA).

Let v_k be output weights and |u_k| the input norm of neuron k, eta_k = |v_k| |u_k|. The weights are optimal for the
network's own neurons iff some Lam with F' Lam = 0 has Lam' phi_k = |u_k| v_k / |v_k| for all k; then every task is the
least norm interpolant for K = sum_k eta_k phi_k phi_k' / |u_k|^2. Such a Lam exists iff every linear relation between
the features P' phi_k is one between the vectors |u_k| v_k / |v_k|: square roots, decided exactly.
"""

from dataclasses import dataclass

from flint import fmpq

from .free_functions import Convention, annihilator
from .labelled_points import LabelledPoints
from .numbers import ZERO, Vector, sign
from .ridge_network import RidgeNetwork, RidgeNeuron, activations
from .root_sum import RootSum
from .vectors import is_zero_vector, squared_length


@dataclass(frozen=True, slots=True)
class Relation:
    """A linear relation sum_k c_k P' phi_k = 0 and what it leaves of the unit vectors, one exact number per task."""

    coefficients: Vector
    defects: tuple[RootSum, ...]

    @property
    def holds(self) -> bool:
        """Whether it is a relation between the unit vectors too."""
        return all([not defect.sign() for defect in self.defects])


def active_neurons(network: RidgeNetwork, convention: Convention) -> tuple[RidgeNeuron, ...]:
    """Neurons with nonzero output weights, in the free convention one per hyperplane."""
    merged = network.merged() if convention is Convention.FREE else network
    return tuple([neuron for neuron in merged.neurons if not is_zero_vector(neuron.weights)])


def relations(data: LabelledPoints, network: RidgeNetwork, convention: Convention) -> tuple[Relation, ...]:
    """A basis of the relations between the features of the active neurons, each with its defects.

    The kernel identity holds for the network, exactly, iff every one of them holds; with independent features there is
    none to fail.
    """
    neurons = active_neurons(network, convention)
    vectors = feature_relations(data, neurons, convention)
    return tuple([Relation(vector, _defects(vector, neurons, convention)) for vector in vectors])


def feature_relations(
    data: LabelledPoints, neurons: tuple[RidgeNeuron, ...], convention: Convention
) -> tuple[Vector, ...]:
    """A basis of the c with sum_k c_k P' phi_k = 0."""
    found = annihilator(data.points, convention)
    count = len(neurons)
    if not neurons or found.basis is None:
        return tuple([tuple([fmpq(int(i == k)) for i in range(count)]) for k in range(count)])
    reduced, rank = found.apply(activations(neurons, data.points)).rref()
    pivots = [next(j for j in range(count) if reduced[i, j]) for i in range(rank)]
    vectors = []
    for j in [j for j in range(count) if j not in set(pivots)]:
        entries = [ZERO] * count
        entries[j] = fmpq(1)
        for i, pivot in enumerate(pivots):
            entries[pivot] = -reduced[i, j]
        vectors.append(tuple(entries))
    return tuple(vectors)


def _defects(coefficients: Vector, neurons: tuple[RidgeNeuron, ...], convention: Convention) -> tuple[RootSum, ...]:
    """sum_k c_k |u_k| v_k / |v_k|, task by task."""
    factors = [n.squared_norm(convention) / squared_length(n.weights) for n in neurons]
    found = []
    for task in range(len(neurons[0].weights)):
        terms = [c * n.weights[task] for c, n in zip(coefficients, neurons, strict=True)]
        found.append(RootSum([sign(t) * t * t * f for t, f in zip(terms, factors, strict=True)]))
    return tuple(found)


def exceeds_leverage(network: RidgeNetwork, task: int, leverage: fmpq, convention: Convention) -> RidgeNeuron | None:
    """A neuron with |v_ks|^2 > l_s |v_k|^2, which no optimum has (statement AB); None if there is none. Exact."""
    for neuron in active_neurons(network, convention):
        if neuron.weights[task] ** 2 > leverage * squared_length(neuron.weights):
            return neuron
    return None
