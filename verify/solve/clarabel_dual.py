"""Clarabel on the scaled dual, in double precision: max <l, r> subject to |G_k' l + tilt_k| <= w_k."""

import math
from collections.abc import Sequence

import numpy as np
from flint import fmpq, fmpq_mat
from scipy import sparse

from ...theory.numbers import nearest_float
from .program import rows_of
from .reduced import Reduced

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def clarabel_dual(reduced: Reduced) -> tuple[fmpq_mat, list[fmpq]] | None:
    """Approximate multipliers (q x T) and masses c_k = |m_k| / w_k, or None if Clarabel does not reach an optimum."""
    import clarabel

    tasks, rows, atoms = reduced.tasks, reduced.rows, reduced.atoms
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    # Constraint k is the cone (w_k, G_k' l + tilt_k); the variables are l, row by row.
    height = np.array([math.sqrt(nearest_float(weight)) for weight in reduced.weight_squares])
    offset = np.column_stack([height, floats(reduced.tilt)]).ravel()
    columns = sparse.csc_matrix(floats(reduced.matrix).T)
    pattern = np.vstack([np.zeros((1, tasks)), np.eye(tasks)])
    A = sparse.kron(columns, -pattern, format="csc")
    cost = -floats(reduced.target).ravel()
    cones = [clarabel.SecondOrderConeT(tasks + 1) for _ in range(atoms)]
    zero = sparse.csc_matrix((rows * tasks, rows * tasks))
    result = clarabel.DefaultSolver(zero, cost, A, offset, cones, settings).solve()
    multipliers = np.array(result.x)
    kinks = -np.array(result.z).reshape(atoms, tasks + 1)[:, 1:]
    if str(result.status) not in ("Solved", "AlmostSolved") or not np.isfinite(multipliers).all():
        return None
    masses = np.linalg.norm(kinks, axis=1) / height
    exact = fmpq_mat(rows, tasks, from_floats(multipliers))
    return exact, from_floats(masses)


def floats(A: fmpq_mat) -> Floats:
    """The entries in double precision; what underflows is 0."""
    return np.array([[nearest_float(entry) for entry in row] for row in rows_of(A)]).reshape(A.nrows(), A.ncols())


def from_floats(values: Floats | Sequence[float]) -> list[fmpq]:
    """The exact values of finite floats."""
    return [fmpq(*float(value).as_integer_ratio()) for value in values]
