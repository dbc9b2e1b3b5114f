"""M. The multipliers l_i are the second differences of u, and represent eta against the curvature of every function.

Each u_j meets three multipliers, so the local identities cover every N; the whole sums are also formed for N <= 6.
Coordinates do not mix, and |eta| involves two unit vectors through their inner product: all T.
"""

from collections.abc import Iterator
from itertools import pairwise

import sympy

from .a_optimal_value import kinks_of_ramps
from .identity import Expr, Formulas, Identity, all_equal, equal, kink_of, points_from, positives, reals

COVERAGE = "all N, all T"
WHOLE = range(2, 7)


def identities(f: Formulas) -> Iterator[Identity]:
    """The factors of one u_j, the hats they represent, whole sums for small N, and |eta| <= 1."""
    g, h = positives("g h")
    x = points_from((g, h))
    factors = [kink_of(f, x, [sympy.Integer(i == j) for i in range(3)]) for j in range(3)]
    stated = [1 / g, -1 / g - 1 / h, 1 / h]
    yield all_equal("u_j enters l_{j-1}, l_j, l_{j+1} with 1/g, -1/g - 1/h, 1/h", zip(factors, stated, strict=True))
    yield equal("the factors of one u_j sum to 0", sum(factors), 0)
    yield equal("so do their products with x_i", sum(k * point for k, point in zip(factors, x, strict=True)), 0)
    yield from kinks_of_ramps(f)
    for size in WHOLE:
        yield whole_sum(f, size)
    p, q, k = positives("p q k")
    tau = p / (p + q)
    shortfall = 1 - f.squared_eta(tau, 1 - k)
    yield equal("1 - |eta|^2 = 2 tau (1 - tau) (1 - cos theta) >= 0", shortfall, 2 * p * q * k / (p + q) ** 2)


def whole_sum(f: Formulas, size: int) -> Identity:
    """sum l_i f_i = sum u_j d_j(f), sum l_i = 0 and sum l_i x_i = 0, with u_1 = u_N = 0."""
    gaps = positives(" ".join(f"h_{i}" for i in range(1, size)))
    x = points_from(gaps)
    inner = list(reals(" ".join(f"u_{i}" for i in range(2, size)))) if size > 2 else []
    u: list[Expr] = [sympy.Integer(0), *inner, sympy.Integer(0)]
    values = list(reals(" ".join(f"f_{i}" for i in range(1, size + 1))))
    rises = [sympy.Integer(0), *[f.slope(x[i], x[i + 1], u[i], u[i + 1]) for i in range(size - 1)], sympy.Integer(0)]
    multipliers = [f.kink(left, right) for left, right in pairwise(rises)]
    paired = sum(u[j] * kink_of(f, x[j - 1 : j + 2], values[j - 1 : j + 2]) for j in range(1, size - 1))
    return all_equal(
        f"N = {size}: sum l_i f_i = sum u_j d_j(f), and l kills lines",
        [
            (sum(m * value for m, value in zip(multipliers, values, strict=True)), paired),
            (sum(multipliers), 0),
            (sum(m * point for m, point in zip(multipliers, x, strict=True)), 0),
        ],
    )
