"""J. One knot for two aligned neighbours: the formulas in units of d_j, with d_{j+1} = c d_j.

One gap is involved, and one direction: all N, all T.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, points_from, positive, positives

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The merged knot lies in the gap, gives both hats their share, leaves the data alone and costs the same."""
    h, c, p = positives("h c p")
    left, right = points_from((h,))
    knot = f.merged_knot(left, right, c)
    yield positive("the merged knot lies right of x_j", knot - left)
    yield positive("the merged knot lies left of x_{j+1}", right - knot)
    yield equal("its share at x_j is d_j", (1 + c) * f.falling(knot, left, right), 1)
    yield equal("its share at x_{j+1} is c d_j", (1 + c) * f.rising(knot, left, right), c)
    x = right + p
    yield equal("values right of the gap stay", (1 + c) * (x - knot), (x - left) + c * (x - right))
