"""The kernel of a network with many inputs: when its own neurons, weighted, explain every task (statement AA).

Let v_k be output weights and |u_k| the input norm of neuron k, eta_k = |v_k| |u_k|. The weights are optimal for the
network's own neurons iff some Lam with F' Lam = 0 has Lam' phi_k = |u_k| v_k / |v_k| for all k; then every task is the
least norm interpolant for K = sum_k eta_k phi_k phi_k' / |u_k|^2. Such a Lam exists iff every linear relation between
the features P' phi_k is one between the vectors |u_k| v_k / |v_k|: square roots, decided exactly.
"""

from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from .free_functions import Convention, annihilator, independent_rows, matrix
from .labelled_points import LabelledPoints
from .numbers import ZERO, Vector, sign
from .ridge_network import RidgeNetwork, RidgeNeuron, activations
from .root_sum import RootSum
from .square_classes import rational_root
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
    """Neurons with nonzero output weights, in the free convention one per hyperplane.

    >>> neurons = RidgeNeuron((1,), 0, (1,)), RidgeNeuron((-1,), 0, (1,)), RidgeNeuron((1,), 5, (0,))
    >>> f = RidgeNetwork(neurons, ((0,),), (0,))
    >>> active_neurons(f, Convention.FREE)
    (RidgeNeuron(direction=(1,), offset=0, weights=(2,)),)
    """
    merged = network.merged() if convention is Convention.FREE else network
    return tuple([neuron for neuron in merged.neurons if not is_zero_vector(neuron.weights)])


def relations(data: LabelledPoints, network: RidgeNetwork, convention: Convention) -> tuple[Relation, ...]:
    """A basis of the relations between the features of the active neurons, each with its defects.

    The kernel identity holds for the network, exactly, iff every one of them holds; with independent features there is
    none to fail.

    >>> data = LabelledPoints(((0,), (1,), (2,), (3,)), ((0,), (0,), (1,), (3,)))
    >>> kinks = [RidgeNeuron((1,), b, (v,)) for b, v in ((-1, '1/2'), ('-3/2', 1), (-2, '1/2'))]
    >>> [relation.holds for relation in relations(data, RidgeNetwork(tuple(kinks), ((0,),), (0,)), Convention.FREE)]
    [True]
    """
    neurons = active_neurons(network, convention)
    vectors = feature_relations(data, neurons, convention)
    return tuple([Relation(vector, _defects(vector, neurons, convention)) for vector in vectors])


def feature_relations(
    data: LabelledPoints, neurons: tuple[RidgeNeuron, ...], convention: Convention
) -> tuple[Vector, ...]:
    """A basis of the c with sum_k c_k P' phi_k = 0.

    >>> data = LabelledPoints(((0,), (1,), (2,), (3,)), ((0,), (0,), (1,), (3,)))
    >>> kinks = tuple([RidgeNeuron((1,), b, (1,)) for b in (-1, -2, '-3/2')])
    >>> feature_relations(data, kinks, Convention.FREE)
    ((-1/2, -1/2, 1),)
    """
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
    """A neuron with |v_ks|^2 > l_s |v_k|^2, which no optimum has (statement AB); None if there is none. Exact.

    >>> f = RidgeNetwork((RidgeNeuron((1,), 0, (1, 2)),), ((0, 0),), (0, 0))
    >>> [exceeds_leverage(f, 1, fmpq(k, 20), Convention.FREE) is None for k in (16, 15)]
    [True, False]
    """
    for neuron in active_neurons(network, convention):
        if neuron.weights[task] ** 2 > leverage * squared_length(neuron.weights):
            return neuron
    return None


def l2_relations(data: LabelledPoints, network: RidgeNetwork, task: int, convention: Convention) -> tuple[RootSum, ...]:
    """What each relation between the features leaves of v_ks |u_k| / |v_k,-s|, over neurons that serve other tasks too.

    f_s is its own l2 solution, of least norm for the weights |v_k,-s| |u_k|, iff all are zero and every neuron that
    serves task s serves another (ValueError if one serves s alone: there need be no such solution).

    >>> data = LabelledPoints(((0,), (1,), (2,), (3,)), ((0, 0), (0, 0), (1, 1), (3, 3)))
    >>> kinks = [RidgeNeuron((1,), b, (v, v)) for b, v in ((-1, '1/2'), ('-3/2', 1), (-2, '1/2'))]
    >>> l2_relations(data, RidgeNetwork(tuple(kinks), ((0, 0),), (0, 0)), 0, Convention.FREE)
    (RootSum(terms=()),)
    """
    neurons, factors = [], []
    for neuron in active_neurons(network, convention):
        others = squared_length(neuron.weights) - neuron.weights[task] ** 2
        if others:
            neurons.append(neuron)
            factors.append(neuron.squared_norm(convention) / others)
        elif neuron.weights[task]:
            raise ValueError("a neuron serves this task alone")
    found = []
    for vector in feature_relations(data, tuple(neurons), convention):
        terms = [c * n.weights[task] for c, n in zip(vector, neurons, strict=True)]
        found.append(RootSum([sign(t) * t * t * f for t, f in zip(terms, factors, strict=True)]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RationalKernel:
    """The active neurons of a network whose costs are commensurable, and the ratios of the costs to the first one."""

    neurons: tuple[RidgeNeuron, ...]
    weights: Vector
    first_square: fmpq


def rational_kernel(network: RidgeNetwork, convention: Convention) -> RationalKernel | None:
    """The kernel of the network up to a factor, with rational weights; None if the costs are not commensurable.

    >>> f = RidgeNetwork((RidgeNeuron((1,), 0, (3, 4)), RidgeNeuron((1,), -1, (0, 10))), ((0, 0),), (0, 0))
    >>> rational_kernel(f, Convention.FREE).weights
    (1, 1/2)
    """
    neurons = active_neurons(network, convention)
    squares = [squared_length(n.weights) * n.squared_norm(convention) for n in neurons]
    ratios = [rational_root(square / squares[0]) for square in squares]
    found = tuple([ratio for ratio in ratios if ratio is not None])
    return RationalKernel(neurons, found, squares[0] if squares else ZERO) if len(found) == len(ratios) else None


def design(data: LabelledPoints, kernel: RationalKernel, convention: Convention) -> fmpq_mat:
    """M = sum_k eta_k Phi_k Phi_k' / eta_1 with features of cost 1: the Gram matrix of K modulo F, n x n, exact.

    >>> data = LabelledPoints(((0,), (1,), (2,)), ((0,), (0,), (1,)))
    >>> f = RidgeNetwork((RidgeNeuron((1,), -1, (1,)),), ((0,),), (0,))
    >>> design(data, rational_kernel(f, Convention.FREE), Convention.FREE).tolist()
    [[1]]
    """
    found = annihilator(data.points, convention)
    size = found.dimension
    total = fmpq_mat(size, size)
    if not kernel.neurons or not size:
        return total
    features = found.apply(activations(kernel.neurons, data.points))
    for k, (neuron, weight) in enumerate(zip(kernel.neurons, kernel.weights, strict=True)):
        column = fmpq_mat(size, 1, [features[i, k] for i in range(size)])
        total += column * column.transpose() * (weight / neuron.squared_norm(convention))
    return total


def least_norm_weights(
    data: LabelledPoints, kernel: RationalKernel, task: int, convention: Convention
) -> tuple[Vector, fmpq] | None:
    """(output weights, squared norm times eta_1) of the least norm interpolant of one task for the kernel, exact.

    None if the neurons cannot interpolate it. From M alone: weights eta_k Phi_k' alpha with M alpha = yt.

    >>> data = LabelledPoints(((0,), (1,), (2,)), ((0,), (0,), (1,)))
    >>> f = RidgeNetwork((RidgeNeuron((1,), -1, (1,)),), ((0,),), (0,))
    >>> least_norm_weights(data, rational_kernel(f, Convention.FREE), 0, Convention.FREE)
    ((1,), 1)
    """
    found = annihilator(data.points, convention)
    if not kernel.neurons or not found.dimension:
        return (ZERO,) * len(kernel.neurons), ZERO
    target = found.apply(matrix([[value] for value in data.column(task)]))
    gram = design(data, kernel, convention)
    rows = independent_rows(gram)
    table, column = gram.tolist(), target.tolist()
    reduced = matrix([[table[i][j] for j in rows] for i in rows]).solve(matrix([column[i] for i in rows]))
    alpha = fmpq_mat(found.dimension, 1)
    for place, i in enumerate(rows):
        alpha[i, 0] = reduced[place, 0]
    if gram * alpha != target:
        return None
    features = found.apply(activations(kernel.neurons, data.points))
    seen = (features.transpose() * alpha).entries()
    parts = zip(kernel.neurons, kernel.weights, seen, strict=True)
    weights = tuple([weight * value / n.squared_norm(convention) for n, weight, value in parts])
    return weights, (target.transpose() * alpha)[0, 0]
