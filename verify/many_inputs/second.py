"""A second optimum where the optimum is proved not unique: another measure on the contacts, made exact."""

from collections.abc import Iterator, Sequence

import numpy
from flint import fmpq
from scipy.optimize import linprog

from ...theory.numbers import ZERO
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron, same_function
from ...theory.root_sum import enclose_roots
from .certify import Atom, activation, exact_network, inside_neuron
from .contacts import Contacts
from .floats import Floats, floats
from .problem import Problem

_INSIDE = ((1.0, 1.0), (1.0, 2.0), (2.0, 1.0), (1.0, 4.0), (4.0, 1.0))
_TRIALS = 8
_EXCESS = 1e-12


def second_network(
    problem: Problem,
    contacts: Contacts,
    parallel: Sequence[tuple[RidgeNeuron, RidgeNeuron]],
    atoms: Sequence[Atom],
    dual: Floats,
    first: RidgeNetwork,
) -> RidgeNetwork | None:
    """An interpolating network that costs no more than `first` up to 1e-12 and is another function, if one is found.

    contacts: all of them, dependent ones too. parallel: neurons of one direction between which others may stand.
    atoms: those of the first optimum. dual: G' in T tasks, n x T.
    """
    neurons = [atom.neuron for atom in atoms]
    neurons += [n for n in _others(problem, contacts, parallel) if n not in neurons]
    features = numpy.column_stack([_feature(problem, neuron) for neuron in neurons])
    # Phi_k (G' Phi_k)', one column per neuron: every optimum is a nonnegative combination that gives the labels.
    table = numpy.einsum("nk,tk->ntk", features, (features.T @ orthonormal(problem, dual)).T).reshape(-1, len(neurons))
    weights = numpy.array([atom.weight for atom in atoms] + [0.0] * (len(neurons) - len(atoms)))
    reduced = numpy.asarray(numpy.linalg.qr(table, mode="r"))
    limit = enclose_roots(first.cost_squares(problem.convention)).upper
    for found in _measures(reduced, reduced @ weights, weights, len(atoms)):
        proposal = [Atom(neuron, float(w)) for neuron, w in zip(neurons, found, strict=True) if w > 1e-9 * found.max()]
        network = exact_network(problem, proposal, dual)
        if network is None or same_function(network, first):
            continue
        cost = enclose_roots(network.cost_squares(problem.convention)).upper
        if cost - limit <= limit * _excess():
            return network
    return None


def _excess() -> fmpq:
    return fmpq(*_EXCESS.as_integer_ratio())


def _others(
    problem: Problem, contacts: Contacts, parallel: Sequence[tuple[RidgeNeuron, RidgeNeuron]]
) -> Iterator[RidgeNeuron]:
    form = problem.arrangement
    for k in contacts.candidates:
        yield form.candidates[k].neuron((ZERO,))
    start, end = problem.arc_ends
    for arc in contacts.whole:
        for s, t in _INSIDE:
            u = s * start[arc] + t * end[arc]
            yield inside_neuron(problem, arc, u / numpy.linalg.norm(u))
    for first, second in parallel:
        yield RidgeNeuron(first.direction, (first.offset + second.offset) / 2, (ZERO,))


def _feature(problem: Problem, neuron: RidgeNeuron) -> Floats:
    values = numpy.array([activation(neuron, point, problem.convention) for point in problem.data.points])
    return numpy.asarray(problem.basis.T @ values)


def orthonormal(problem: Problem, dual: Floats) -> Floats:
    """G' in the basis Q from G' in the echelon basis: Lam = P G, then Q' Lam."""
    assert problem.annihilator.basis is not None
    return numpy.asarray(problem.basis.T @ (floats(problem.annihilator.basis) @ dual))


def _measures(table: Floats, target: Floats, weights: Floats, known: int) -> Iterator[Floats]:
    """Nonnegative weights with table w = target that are far from the given ones."""
    source = numpy.random.default_rng(1)
    towards = numpy.concatenate([numpy.ones(known), -numpy.ones(len(weights) - known)])
    for trial in range(_TRIALS):
        objective = towards if trial == 0 else source.standard_normal(len(weights))
        bounded = linprog(objective, A_eq=table, b_eq=target, bounds=(0, None), method="highs")
        if bounded.x is None or numpy.abs(bounded.x - weights).max() < 1e-6 * weights.max():
            continue
        # Half way there: extreme points lean on few neurons, and small weights are lost to rounding.
        yield (bounded.x + weights) / 2
