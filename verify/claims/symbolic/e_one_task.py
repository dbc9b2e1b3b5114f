"""E. Labels x^2 have positive kinks, zigzag labels kinks of alternating sign, at any points.

A kink involves three points: all N. T = 1 is a hypothesis.
"""

from collections.abc import Iterator

import sympy

from .identity import Formulas, Identity, equal, kink_of, points_from, positive, positives

COVERAGE = "all N, T = 1"


def identities(f: Formulas) -> Iterator[Identity]:
    """The kinks of both label vectors, and that the sign of a kink needs no division."""
    g, h = positives("g h")
    x = points_from((g, h))
    squares = kink_of(f, x, [point**2 for point in x])
    yield positive("labels x^2 have kinks > 0: the non-unique ones contain a ball", squares)
    low, high = sympy.Integer(0), sympy.Integer(1)
    yield positive("labels 1, 0, 1 have a kink > 0", kink_of(f, x, [high, low, high]))
    yield positive("labels 0, 1, 0 have a kink < 0", -kink_of(f, x, [low, high, low]))
    y = [sympy.Symbol(f"y_{i}", real=True) for i in range(3)]
    scaled = f.scaled_kink(g, h, y[1] - y[0], y[2] - y[1])
    yield equal("h_(j-1) h_j d_j is the scaled kink: the same sign", scaled, g * h * kink_of(f, x, y))
