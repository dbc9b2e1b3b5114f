"""W. A new label on the gap between two kinks: the new kinks, and the cost along the segment of statement L.

The gap and its two ends are involved: all N. Off the segment the triangle inequality is strict, for any T.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, points_from, positive, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The changes of the three kinks sum to 0 with the weights of the cost, and where they change sign."""
    p, q, c, s = positives("p q c s")
    x = points_from((p, q))
    y, delta = reals("y delta")
    # Before: slope 0 on the gap; the new point is delta above it.
    first, second = f.slope(x[0], x[1], y, y + delta), f.slope(x[1], x[2], y + delta, y)
    yield equal("the kink at x_j changes by delta / p", first, delta / p)
    yield equal("the kink at x_(j+1) changes by delta / q", -second, delta / q)
    yield equal("the new kink undoes both changes", f.kink(first, second), -(delta / p + delta / q))
    # Along u, delta = -g: lengths 1 - g/p, g/p + g/q, c - g/q while these are not negative.
    g = p * s
    yield equal("in the segment the lengths sum to the old cost", (1 - g / p) + (g / p + g / q) + (c - g / q), 1 + c)
    yield equal("the left length vanishes where g is the rising side of the tent", f.tent_rising(x[1], x[0]) / p, 1)
    yield equal("the right one where g is the falling side", f.tent_falling(x[1], x[2], c) / q, c)
    # Beyond, with g = p (1 + s): the first length is -(1 - g/p) = s instead.
    beyond = p * (1 + s)
    rise = (beyond / p - 1) + (beyond / p + beyond / q) + (c - beyond / q) - (1 + c)
    yield positive("beyond the segment the cost rises", rise)
    wrong_side = (1 + g / p) + (g / p + g / q) + (c + g / q) - (1 + c)
    yield positive("on the other side of connect-the-dots it rises too", wrong_side)
    yield equal("on connect-the-dots the new kink is 0 and breaks the run", f.kink(first, second).subs(delta, 0), 0)
