"""Feasible duals sqrt(q) times a rational matrix, recognised near a float solution."""

from collections.abc import Iterator

import numpy
from flint import fmpq, fmpq_mat

from ...theory.copositivity import is_dual_feasible, pairing
from ...theory.free_functions import identity, independent_rows, matrix
from ...theory.numbers import ZERO
from ...theory.ridge_network import RidgeNeuron
from ...theory.vectors import squared_length
from .certify import Multipliers
from .contacts import Contacts
from .exchange import FloatSolution
from .floats import Floats, floats, simple, simple_direction
from .independent import float_dual
from .problem import Problem, float_root

_RESOLUTIONS = (1, 2, 4, 12, 60, 840, 1 << 20)


def recognised_duals(problem: Problem, guess: Contacts, solution: FloatSolution) -> Iterator[Multipliers]:
    """Feasible duals sqrt(q) Lam, Lam rational, near the float solution, for the q that the contacts suggest."""
    dual = float_dual(problem, solution)
    neurons = _guessed_neurons(problem, guess)
    squares = _likely_squares(problem, neurons, dual)
    for square in squares:
        for entries in _rounded_duals(problem, neurons, dual / float_root(square), square):
            rows = tuple([tuple(row) for row in problem.annihilator.functional(entries).tolist()])
            found = Multipliers(rows, square, pairing(problem.data, rows))
            if found.pairing > 0 and is_dual_feasible(problem.arrangement, found.rows, found.square):
                yield found
                break


def _likely_squares(problem: Problem, neurons: list[RidgeNeuron], dual: Floats) -> list[fmpq]:
    """1, and |u|^2 / |d|^2 for the first contacts, where d is a simple vector along Lam' phi."""
    found = [fmpq(1)]
    for neuron in neurons[:4]:
        values = matrix([[neuron.activation(point)] for point in problem.data.points])
        seen = floats(problem.annihilator.apply(values)).ravel() @ dual
        largest = float(numpy.abs(seen).max())
        along = [simple(float(x) / largest) for x in seen] if largest else [None]
        rational = tuple([x for x in along if x is not None])
        if len(rational) == len(along):
            found.append(neuron.squared_norm(problem.convention) / squared_length(rational))
    return list(dict.fromkeys(found))


def _guessed_neurons(problem: Problem, guess: Contacts) -> list[RidgeNeuron]:
    ordered = sorted(guess.candidates, key=lambda k: -guess.candidates[k])
    found = [problem.arrangement.candidates[k].neuron((ZERO,)) for k in ordered]
    for index, (angle, _) in guess.smooth.items():
        u = simple_direction(float(numpy.cos(angle)), float(numpy.sin(angle)))
        if u is not None:
            found.append(problem.arrangement.arcs[index].neuron(problem.data.points, u, (ZERO,)))
    return found


def _rounded_duals(problem: Problem, neurons: list[RidgeNeuron], dual: Floats, square: fmpq) -> Iterator[fmpq_mat]:
    """G with G' Phi_k simple and of norm |u_k| / sqrt(q) at the guessed contacts, elsewhere rounded more or less."""
    wanted, features = [], []
    for neuron in neurons:
        values = matrix([[neuron.activation(point)] for point in problem.data.points])
        feature = problem.annihilator.apply(values)
        guessed = [simple(float(x)) for x in floats(feature).ravel() @ dual]
        exact = [x for x in guessed if x is not None]
        if len(exact) != len(guessed) or square * squared_length(tuple(exact)) != neuron.squared_norm(
            problem.convention
        ):
            return
        features.append(list(feature.entries()))
        wanted.append(exact)
    if not features:
        return
    chosen = independent_rows(matrix(features))
    A, B = matrix([features[i] for i in chosen]), matrix([wanted[i] for i in chosen])
    inverse = A.transpose() * (A * A.transpose()).solve(identity(len(chosen)))
    # Where the dual is not unique, a feasible one with few digits is as good and easier to read.
    for resolution in _RESOLUTIONS:
        start = fmpq_mat(
            dual.shape[0], dual.shape[1], [fmpq(round(float(x) * resolution), resolution) for x in dual.ravel()]
        )
        found = start + inverse * (B - A * start)
        if matrix(features) * found == matrix(wanted):
            yield found
