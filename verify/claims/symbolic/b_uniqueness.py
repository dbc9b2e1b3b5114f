"""B. Inside a gap |eta| < 1 unless the unit kinks at its ends are equal; if they are, merging gives another optimum.

One gap is involved at a time, so all N are covered; the two vectors enter only through their inner product, so all T.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, points_from, positive, positives

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """Strictness in every kind of gap, and how far the merged optimum is from connect-the-dots."""
    p, q, k, c = positives("p q k c")
    left, right = points_from((p + q,))
    tau, cosine = p / (p + q), 1 - k
    expanded = (1 - tau) ** 2 + 2 * tau * (1 - tau) * cosine + tau**2
    yield equal("|(1 - tau) u + tau v|^2 for unit vectors", expanded, f.squared_eta(tau, cosine))
    yield positive("|eta| < 1 inside a gap whose unit kinks differ", 1 - f.squared_eta(tau, cosine))
    yield equal("|eta| = 1 inside a gap whose unit kinks are equal", f.squared_eta(tau, 1), 1)
    yield positive("|eta| < 1 between a kink and a zero kink or an end", 1 - f.rising(left + p, left, right))
    knot = f.merged_knot(left, right, c)
    yield positive("the merged knot lies right of x_j", knot - left)
    yield positive("the merged knot lies left of x_{j+1}", right - knot)
    yield positive("merging lowers f at the merged knot: another function", f.tent_rising(knot, left))
