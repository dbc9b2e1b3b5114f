"""A. The kink of a ramp is a hat, hats sum to at most 1, and connect-the-dots passes through the data.

A kink involves three neighbouring points, the sum of the hats two, one step of connect-the-dots three: so a knot in
each possible region covers every N. T enters only through the triangle inequality for the lengths of kinks.
"""

from collections.abc import Iterator

import sympy

from .identity import Expr, Formulas, Identity, all_equal, equal, kink_of, points_from, positive, positives, ramp, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The identities d_j = int hat_j dmu, sum hat_j <= 1, and f_D(x_{i+1}) = y_{i+1}."""
    yield from kinks_of_ramps(f)
    yield from sums_of_hats(f)
    yield one_step(f)


def kinks_of_ramps(f: Formulas) -> Iterator[Identity]:
    """The kink at the middle point of labels (x_i - t)_+, for a knot t in each region; lines and reversed ramps."""
    p, q, r = positives("p q r")
    left, middle, right, far = (points_from(gaps) for gaps in ((q, r), (p + q, r), (r, p + q), (p, q)))
    for words, x, t, hat in (
        ("a knot left of x_{j-1} has hat 0", left, left[0] - p, sympy.Integer(0)),
        ("a knot in the left gap: `rising`", middle, middle[0] + p, f.rising(middle[0] + p, middle[0], middle[1])),
        ("a knot in the right gap: `falling`", right, right[1] + p, f.falling(right[1] + p, right[1], right[2])),
        ("a knot right of x_{j+1} has hat 0", far, far[2] + r, sympy.Integer(0)),
    ):
        yield equal(words, kink_of(f, x, [ramp(point, t) for point in x]), hat)
        yield equal(f"{words}; reversed ramps too", kink_of(f, x, [ramp(t, point) for point in x]), hat)
    x = points_from((p, q))
    slope, offset = reals("a c")
    yield equal("a line has no kink", kink_of(f, x, [slope * point + offset for point in x]), 0)


def sums_of_hats(f: Formulas) -> Iterator[Identity]:
    """The two hats over an interior gap sum to 1; over an outer gap the only hat is below 1."""
    p, q = positives("p q")
    left, right = points_from((p + q,))
    t = left + p
    yield equal("the two hats over an interior gap sum to 1", f.falling(t, left, right) + f.rising(t, left, right), 1)
    yield positive("over the first gap the hat is below 1", 1 - f.rising(t, left, right))
    yield positive("over the last gap the hat is below 1", 1 - f.falling(t, left, right))


def one_step(f: Formulas) -> Identity:
    """The slope after x_j is the slope before plus d_j, and leads to the next label; the first gap likewise."""
    g, h = positives("g h")
    y = list(reals("y_1 y_2 y_3"))
    x = points_from((g, h))
    first = f.slope(x[0], x[1], y[0], y[1])
    after: Expr = first + kink_of(f, x, y)
    pairs = ((y[0] + first * g, y[1]), (y[1] + after * h, y[2]))
    return all_equal("connect-the-dots passes through the next data point", pairs)
