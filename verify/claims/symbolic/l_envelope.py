"""L. The tent between two aligned kinks, in units of d_j, with d_{j+1} = c d_j.

The two lines that continue the neighbouring segments bound every convex function through the data from below; the
merged optimum follows both. One gap and one direction are involved: all N, all T.
"""

from collections.abc import Iterator

from .identity import Expr, Formulas, Identity, equal, points_from, positive, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The tent's sides are the distances to the two lines, they meet at t*, and the top is as high as stated."""
    p, q, c, a = positives("p q c a")
    left, right = points_from((p + q,))
    x = left + p
    # On the gap f_D has slope s; the segment before it has slope s - 1, the one after it s + c.
    (s,) = reals("s")
    below_left, below_right = f.kink(s - 1, s) * p, f.kink(s, s + c) * q
    yield equal("the left side is how far the segment before x_j lies below f_D", f.tent_rising(x, left), below_left)
    yield equal("the right side, the segment after x_{j+1}", f.tent_falling(x, right, c), below_right)
    knot = f.merged_knot(left, right, c)
    height = f.tent_height(right - left, c)
    yield equal("left of t* the tent rises to its height", f.tent_rising(knot, left), height)
    yield equal("right of t* it falls from the same height", f.tent_falling(knot, right, c), height)
    yield equal("the height is h |d_j||d_{j+1}| / (|d_j| + |d_{j+1}|)", a * height, (p + q) * a * (c * a) / (a + c * a))
    yield positive("left of t* the rising side is the smaller", _gap_of_sides(f, p, q, c))


def _gap_of_sides(f: Formulas, p: Expr, q: Expr, c: Expr) -> Expr:
    """tent_falling - tent_rising at the fraction q / (p + q) of the way from x_j to t*."""
    left, right = points_from((p,))
    x = left + (f.merged_knot(left, right, c) - left) * q / (1 + q)
    return f.tent_falling(x, right, c) - f.tent_rising(x, left)
