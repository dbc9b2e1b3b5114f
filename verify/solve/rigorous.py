"""From approximate solutions to proofs: an exactly interpolating primal and an exactly feasible dual.

Rational arithmetic throughout; the bounds hold whatever produced the approximations. The argument is in
proofs_notes/solvers.md.
"""

from flint import fmpq, fmpq_mat

from ...theory.numbers import ZERO, Vector
from .norms import polyhedral_norm, root_above, square
from .program import Coupling, rows_of
from .reduced import Reduced, independent_columns, pick_columns


def interpolating(reduced: Reduced, kinks: fmpq_mat, negligible: fmpq) -> fmpq_mat:
    """The m with G m = r exactly that agrees with `kinks` outside a basis of columns.

    The basis prefers the largest kinks; kinks off the basis of weighted length at most `negligible` become 0.
    """
    sizes = [weight * square(row) for weight, row in zip(reduced.weight_squares, rows_of(kinks), strict=True)]
    order = sorted(range(reduced.atoms), key=sizes.__getitem__, reverse=True)
    basis = [order[j] for j in independent_columns(pick_columns(reduced.matrix, order))]
    rows = [list(row) for row in kinks.tolist()]
    for k in range(reduced.atoms):
        if k in basis or sizes[k] <= negligible**2:
            rows[k] = [ZERO] * reduced.tasks
    rest = fmpq_mat(reduced.atoms, reduced.tasks, [entry for row in rows for entry in row])
    solved = pick_columns(reduced.matrix, basis).solve(reduced.target - reduced.matrix * rest)
    for k, row in zip(basis, solved.tolist(), strict=True):
        rows[k] = list(row)
    return fmpq_mat(reduced.atoms, reduced.tasks, [entry for row in rows for entry in row])


def feasible(reduced: Reduced, multipliers: fmpq_mat, coupling: Coupling, bits: int) -> fmpq_mat:
    """theta * l with the largest theta <= 1 that a convexity argument shows to be feasible.

    Needs |tilt_k|_* < w_k. If |G_k' l + tilt_k|_* <= (1 + v) w_k and |tilt_k|_* <= rho w_k for all k, then theta =
    (1 - rho) / (1 + v - rho) will do, because theta (eta + tilt) + (1 - theta) tilt has norm at most
    theta (1 + v) + (1 - theta) rho = 1.
    """
    excess = largest_ratio(reduced, reduced.slopes(multipliers), coupling, bits)
    if excess <= 1:
        return multipliers
    rho = largest_ratio(reduced, reduced.tilt, coupling, bits)
    return multipliers * ((1 - rho) / (excess - rho))


def largest_ratio(reduced: Reduced, slopes: fmpq_mat, coupling: Coupling, bits: int) -> fmpq:
    """An upper bound of max_k |slopes_k|_* / w_k; at most 1 only if every ratio is, and 1 if the largest is 1."""
    rows = rows_of(slopes)
    worst = max(
        (_dual_square(coupling, row) / weight for row, weight in zip(rows, reduced.weight_squares, strict=True)),
        default=ZERO,
    )
    return fmpq(1) if worst == 1 else min(root_above(worst, bits), fmpq(1)) if worst < 1 else root_above(worst, bits)


def _dual_square(coupling: Coupling, v: Vector) -> fmpq:
    if coupling == "l2":
        return square(v)
    return polyhedral_norm("linf" if coupling == "l1" else "l1", v) ** 2


def inner(A: fmpq_mat, B: fmpq_mat) -> fmpq:
    """sum of the products of corresponding entries."""
    return sum([a * b for a, b in zip(A.entries(), B.entries(), strict=True)], ZERO)
