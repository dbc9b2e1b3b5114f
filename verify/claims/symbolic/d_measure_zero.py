"""D. A minor of two neighbouring kinks is a nonzero polynomial in the labels, and T - 1 conditions are independent.

Four points and two tasks are involved, at any place: all N and T >= 2. The codimension is a rank, found for T <= 4.
"""

from collections.abc import Iterator

import sympy

from .identity import Formulas, Identity, equal, kink_of, points_from, positive, positives, reals

COVERAGE = "all N, T >= 2 (codimension: T <= 4)"
RANKS = range(2, 5)


def identities(f: Formulas) -> Iterator[Identity]:
    """One coefficient of the minor, and the rank of the parametrisation (d, c) -> (d, c d)."""
    g, h, k = positives("g h k")
    x = points_from((g, h, k))
    y, z = (list(reals(" ".join(f"{name}_{i}" for i in range(1, 5)))) for name in "yz")
    minor = f.minor(
        kink_of(f, x[:3], y[:3]), kink_of(f, x[:3], z[:3]), kink_of(f, x[1:], y[1:]), kink_of(f, x[1:], z[1:])
    )
    coefficient = sympy.diff(minor, y[0], z[3])
    yield equal("the coefficient of y_(j-1),1 y_(j+2),2 is 1 / (h_(j-1) h_(j+1))", coefficient, 1 / (g * k))
    yield positive("which is not 0: the minor is not identically zero", coefficient)
    u = reals("u_1 u_2")
    (c,) = reals("c")
    yield equal("the minor vanishes where v = c u", f.minor(u[0], u[1], c * u[0], c * u[1]), 0)
    for tasks in RANKS:
        yield _dimension(tasks)


def _dimension(tasks: int) -> Identity:
    """Parallel pairs in R^T x R^T are parametrised by T + 1 numbers, at full rank: codimension T - 1."""
    d, c = list(reals(" ".join(f"d_{i}" for i in range(tasks)))), sympy.Symbol("c", positive=True)
    jacobian = sympy.Matrix([*d, *[c * entry for entry in d]]).jacobian([*d, c])
    return Identity(f"T = {tasks}: aligned pairs have codimension T - 1", 2 * tasks - jacobian.rank() == tasks - 1)
