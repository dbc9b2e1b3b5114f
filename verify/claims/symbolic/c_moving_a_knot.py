"""C. A ramp at the data is the mixture of the ramps of the two ends, with the weights of the hats.

One knot and its gap are involved: all N. The kink is a factor; that the cost does not rise is the triangle inequality,
for any T.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, points_from, positive, positives, ramp

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """Values left and right of the gap, the total weight, and what is lost at the ends of the data."""
    p, q, r = positives("p q r")
    left, right = points_from((p + q,))
    t = left + p
    falling, rising = f.falling(t, left, right), f.rising(t, left, right)
    for words, x in (
        ("values left of the gap stay", left - r),
        ("the value at x_i stays", left),
        ("the value at x_(i+1) stays", right),
        ("values right of the gap stay", right + r),
    ):
        yield equal(words, ramp(x, t), falling * ramp(x, left) + rising * ramp(x, right))
    yield equal("the weights sum to 1, so the cost does not rise", falling + rising, 1)
    yield positive("the weight that falls on x_i is positive: lost if x_i is x_1", falling)
    yield positive("the weight that falls on x_(i+1) is positive: lost if it is x_N", rising)
    yield equal("a kink left of the data is a line on it", ramp(right, left - r), right - (left - r))
    yield equal("a kink right of the data vanishes on it", ramp(left, right + r), 0)
