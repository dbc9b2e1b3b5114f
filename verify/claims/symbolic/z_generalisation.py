"""Z. Two balls around the labels, Stewart's identity, and the functions that reach the bounds.

One gap and one coordinate at a time, squared lengths being sums over coordinates: all N and T.
"""

from collections.abc import Iterator

import sympy

from .identity import Formulas, Identity, equal, nonnegative, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The bound from both balls, where it is attained for T >= 2, and the largest error for T = 1."""
    p, q, h, bound = positives("p q h L")
    a, b, value, w = reals("a b g w")
    tau = p / (p + q)
    line, slope = (1 - tau) * a + tau * b, (b - a) / h
    mean = (1 - tau) * (value - a) ** 2 + tau * (value - b) ** 2
    yield equal("Stewart's identity", mean, (value - line) ** 2 + tau * (1 - tau) * (b - a) ** 2)
    radii = (1 - tau) * (bound * tau * h) ** 2 + tau * (bound * (1 - tau) * h) ** 2
    found = radii - tau * (1 - tau) * (slope * h) ** 2
    yield equal("with both radii it is the bound", found, f.lipschitz_square(bound**2, slope**2, tau, h))
    half = sympy.Rational(1, 2)
    yield equal(
        "pieces s + w and s - w, w orthogonal to s, reach it at the middle",
        (w * h / 2) ** 2,
        f.lipschitz_square(slope**2 + w**2, slope**2, half, h),
    )
    yield nonnegative("the middle is where the bound is largest", half * half - tau * (1 - tau))
    (s,) = reals("s")
    share = f.turning_share(bound, s)
    rising, falling = (bound - s) * share * h, (bound + s) * (1 - share) * h
    yield equal("slopes L and -L meet where the line has fallen behind as far as it catches up", rising, falling)
    yield equal("this is the largest error for one task", rising, f.largest_error(bound, s, h))
    yield equal(
        "it is at most h/2 sqrt(L^2 - s^2), by the square",
        f.lipschitz_square(bound**2, s**2, half, h) - f.largest_error(bound, s, h) ** 2,
        h**2 * (bound**2 - s**2) * s**2 / (4 * bound**2),
    )
