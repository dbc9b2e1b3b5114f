"""Few tasks: min sum |v_k| subject to sum_k Phi_k v_k' = L, a second-order cone program over given atoms (Clarabel)."""

import clarabel
import numpy
from scipy import sparse

from .floats import Floats

_TOLERANCES = (1e-12, 1e-10, 1e-8)
"""Tried in turn: what is asked too much of ends far from the optimum."""


def settings(tolerance: float) -> clarabel.DefaultSettings:
    """One thread, silent."""
    found = clarabel.DefaultSettings()
    found.verbose = False
    found.max_threads = 1
    found.tol_gap_abs = found.tol_gap_rel = found.tol_feas = tolerance
    return found


def group_lasso(atoms: Floats, target: Floats) -> tuple[Floats, Floats] | None:
    """(eta, G) with eta_k = |v_k|: the dual max <G, L> over |G' Phi_k| <= 1; None if Clarabel fails."""
    rows, tasks = target.shape
    count = atoms.shape[1]
    # Constraint k is the cone (1, G' Phi_k); the variables are the entries of G, row by row.
    pattern = numpy.vstack([numpy.zeros((1, tasks)), -numpy.eye(tasks)])
    constraint = sparse.kron(sparse.csc_matrix(atoms.T), pattern, format="csc")
    offset = numpy.tile(numpy.concatenate([[1.0], numpy.zeros(tasks)]), count)
    cones = [clarabel.SecondOrderConeT(tasks + 1) for _ in range(count)]
    zero = sparse.csc_matrix((rows * tasks, rows * tasks))
    problem = zero, -target.ravel(), constraint, offset, cones
    for tolerance in _TOLERANCES:
        found = clarabel.DefaultSolver(*problem, settings(tolerance)).solve()
        if str(found.status) == "Solved":
            break
    dual = numpy.array(found.x).reshape(rows, tasks)
    weights = numpy.linalg.norm(numpy.array(found.z).reshape(count, tasks + 1)[:, 1:], axis=1)
    if not (numpy.isfinite(dual).all() and numpy.isfinite(weights).all()) or "Infeasible" in str(found.status):
        return None
    return weights, dual
