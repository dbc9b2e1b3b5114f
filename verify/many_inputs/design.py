"""Optimal design: min tr(S M^-1) + sum eta_k over M = sum eta_k Phi_k Phi_k', eta >= 0, for labels of full rank.

From |v| = min over eta of (|v|^2 / eta + eta) / 2; at the optimum both terms are R. A primal-dual interior point method
(Newton's method on eta_k s_k = mu with s_k = 1 - |G' Phi_k|^2, G = M^-1 L): the Hessian is the entrywise product of
two Gram matrices, so a step costs the solution of one K x K system, whatever the number of tasks.
"""

import numpy

from .floats import Floats

_STEPS = 120


def optimal_design(atoms: Floats, target: Floats, precision: float = 1e-11) -> tuple[Floats, Floats]:
    """(eta, G): weights of the K atoms (columns, n x K) and dual variable (n x r), in double precision.

    Meant for r = n: M must be nonsingular at the optimum. What it returns may be wrong; it is certified elsewhere.
    """
    count = atoms.shape[1]
    gram = atoms @ atoms.T
    weights = numpy.full(count, 1.0)
    dual = numpy.linalg.solve(gram, target)
    weights *= numpy.sqrt((target * dual).sum() / count)
    slack = numpy.full(count, 1.0)
    for _ in range(_STEPS):
        matrix = (atoms * weights) @ atoms.T
        solved = numpy.linalg.solve(matrix, numpy.hstack([target, atoms]))
        dual, inner = solved[:, : target.shape[1]], atoms.T @ solved[:, target.shape[1] :]
        seen = atoms.T @ dual
        values = (seen * seen).sum(axis=1)
        residual = numpy.abs(1 - values - slack).max()
        gap = float(weights @ slack) / count
        if residual < precision and gap < precision * max(1.0, weights.max()) * 0.1:
            break
        centre = gap * (0.1 if residual < 0.1 else 0.5)
        hessian = 2 * inner * (seen @ seen.T)
        hessian[numpy.diag_indices(count)] += slack / weights
        move = numpy.linalg.solve(hessian, values - 1 + centre / weights)
        turn = (centre - weights * slack - slack * move) / weights
        length = min(1.0, 0.95 * _longest(weights, move))
        weights = weights + length * move
        slack = slack + min(1.0, 0.95 * _longest(slack, turn)) * turn
    return numpy.asarray(weights), numpy.asarray(dual)


def _longest(value: Floats, move: Floats) -> float:
    shrinking = move < 0
    return float((-value[shrinking] / move[shrinking]).min()) if shrinking.any() else 1e9
