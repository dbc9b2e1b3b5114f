"""U. For an aligned pair the bad labels of a new task form a hyperplane: the functional e_{j+1} - c e_j is not zero.

Four points are involved: all N; the old tasks enter through the ratio c only: all T.
"""

from collections.abc import Iterator

import sympy

from .identity import Formulas, Identity, equal, kink_of, points_from, positive, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """Two coefficients of the functional; and kinks of alternating sign, which never satisfy it."""
    g, h, k, c = positives("g h k c")
    x = points_from((g, h, k))
    z = list(reals("z_1 z_2 z_3 z_4"))
    functional = kink_of(f, x[1:], z[1:]) - c * kink_of(f, x[:3], z[:3])
    yield equal("the coefficient of z_(j-1) is -c / h_(j-1)", sympy.diff(functional, z[0]), -c / g)
    yield positive("which is not 0", -sympy.diff(functional, z[0]))
    yield equal("the coefficient of z_(j+2) is 1 / h_(j+1)", sympy.diff(functional, z[3]), 1 / k)
    zigzag = dict(zip(z, map(sympy.Integer, (0, 1, 0, 1)), strict=True))
    yield positive("zigzag labels are off every such hyperplane", functional.subs(zigzag))
    u, e, d = reals("u e d")
    yield equal("a zero kink beside a kink u: the minor with new kinks e, d is -e u", f.minor(0 * u, e, u, d), -e * u)
