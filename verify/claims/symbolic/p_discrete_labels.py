"""P. Labels a, b, b, a have kinks (a - b) / h_1 and (a - b) / h_3: aligned whatever the spacing.

Four neighbouring points anywhere among N; each coordinate by itself, with one and the same ratio: all T.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, kink_of, points_from, positive, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """Both kinks in one coordinate, and their ratio, which is positive and the same in every coordinate."""
    gaps = positives("h_1 h_2 h_3")
    a, b = reals("a b")
    x, y = points_from(gaps), [a, b, b, a]
    first, second = kink_of(f, x[:3], y[:3]), kink_of(f, x[1:], y[1:])
    yield equal("the first kink is (a - b) / h_1", first, (a - b) / gaps[0])
    yield equal("the second kink is (a - b) / h_3", second, (a - b) / gaps[2])
    yield equal("their ratio does not depend on a and b", second, first * gaps[0] / gaps[2])
    yield positive("and is positive", gaps[0] / gaps[2])
