"""BE. Four points: aligned kinks of the fit make the kinks of the labels linearly dependent."""

from collections.abc import Iterator

import sympy

from .ba_gap import transposed
from .identity import Formulas, Identity, equal, kink_of, points_from, positives, reals

COVERAGE = "N = 4, all T; chains of two knots"


def identities(f: Formulas) -> Iterator[Identity]:
    """The kinks c of the labels y = z + lambda W^-1 D^T eta with d_2, d_3 and eta_2 = eta_3 along one u; and G."""
    gaps, w = positives("h_1 h_2 h_3"), positives("w_1 w_2 w_3 w_4")
    x = points_from(gaps)
    (penalty,) = positives("lambda_")
    u_0, u_1, p, q = reals("u_0 u_1 p q")
    columns = []
    for u in (u_0, u_1):
        pulls = [penalty * pull / weight for pull, weight in zip(transposed(f, x, [0, u, u, 0]), w, strict=True)]
        moved = [kink_of(f, x[j - 1 : j + 2], pulls[j - 1 : j + 2]) for j in (1, 2)]
        columns.append((p * u + moved[0], q * u + moved[1]))
    (c_20, c_30), (c_21, c_31) = columns
    rows = [transposed(f, x, [0, *unit, 0]) for unit in ((1, 0), (0, 1))]
    g = [sum(a * b / weight for a, b, weight in zip(rows[0], row, w, strict=True)) for row in rows]
    yield equal("c_2 = d_2 + lambda (g_22 + g_23) u, g = D W^-1 D^T", c_20, p * u_0 + penalty * (g[0] + g[1]) * u_0)
    yield equal("c_2 and c_3 are both multiples of u: their minor vanishes", f.minor(c_20, c_21, c_30, c_31), 0)
    left, right = f.falling(x[0], x[0], x[1]), f.rising(x[1], x[0], x[1])
    hats = (left, f.rising(x[0], x[0], x[1])), (f.falling(x[1], x[0], x[1]), right)
    product = sum(weight * hats[i][0] * hats[i][1] for i, weight in enumerate(w[:2]))
    yield equal("G couples no two knots that are neighbouring points", sympy.sympify(product), 0)
