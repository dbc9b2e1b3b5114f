"""Q. The cosine between the two kinks, the probability of a wedge, and the value 1/2 - asin(2/3) / pi."""

from collections.abc import Iterator

import sympy

from .identity import Formulas, Identity, equal, kink_of, points_from, positives

COVERAGE = "N = 4, T = 1"


def identities(f: Formulas) -> Iterator[Identity]:
    """By rotation invariance only the angle between the two functionals matters."""
    (h,) = positives("h")
    x = points_from((h, h, h))
    unit = [[sympy.Integer(i == k) for i in range(4)] for k in range(4)]
    u = sympy.Matrix([kink_of(f, x[:3], e[:3]) for e in unit])
    v = sympy.Matrix([kink_of(f, x[1:], e[1:]) for e in unit])
    cosine = u.dot(v) / sympy.sqrt(u.dot(u) * v.dot(v))
    yield equal("the cosine between the two kinks is -2/3", sympy.simplify(cosine), sympy.Rational(-2, 3))
    r, angle, phi = sympy.symbols("r angle phi", positive=True)
    density = r * sympy.exp(-(r**2) / 2) / (2 * sympy.pi)
    wedge = sympy.integrate(sympy.integrate(density, (r, 0, sympy.oo)), (phi, 0, angle))
    yield equal("a wedge has the Gaussian measure angle / (2 pi)", wedge, angle / (2 * sympy.pi))
    # Both functionals are positive on a wedge of angle pi - theta, both negative on the opposite one.
    probability = 2 * wedge.subs(angle, sympy.pi - sympy.acos(sympy.simplify(cosine)))
    stated = sympy.Rational(1, 2) - sympy.asin(sympy.Rational(2, 3)) / sympy.pi
    # acos z = pi/2 - asin z, and asin is odd.
    difference = sympy.simplify((probability - stated).rewrite(sympy.asin))
    yield Identity("P = 1/2 - asin(2/3) / pi", difference == 0)
