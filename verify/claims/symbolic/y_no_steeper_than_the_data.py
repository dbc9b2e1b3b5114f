"""Y. Slopes inside a run lie on the segment between the slopes beside it, and the data's slopes are means of f's.

One gap and one coordinate at a time: all N, T and optima.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, points_from, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The segment between two slopes, the squared norm along it, and the mean slope on a gap."""
    p, q = positives("p q")
    s, t = reals("s t")
    tau = p / (p + q)
    inside = s + tau * f.kink(s, t)
    yield equal("a slope inside a run is a mean of the slopes beside it", inside, (1 - tau) * s + tau * t)
    yield equal(
        "and its square, coordinate by coordinate, at most the mean of theirs: the difference is a square",
        (1 - tau) * s**2 + tau * t**2 - inside**2,
        tau * (1 - tau) * f.kink(s, t) ** 2,
    )
    x, (a, b, c) = points_from((p, q)), reals("a b c")
    first, second = f.slope(x[0], x[1], a, b), f.slope(x[1], x[2], b, c)
    mean = (p * first + q * second) / (p + q)
    yield equal("the slope of the data is the mean of the slopes of f on the gap", f.slope(x[0], x[2], a, c), mean)
