"""BF. What one neuron gives to the kinks of the outputs, paired with the unit vectors, and the sign of its defect.

One neuron and one coordinate at a time; a knot meets at most two hats: all N, T and widths.
"""

from collections.abc import Iterator

from .a_optimal_value import kinks_of_ramps
from .identity import Formulas, Identity, equal, nonnegative, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The two hats at a knot are the weights of eta there; the hats of a ramp; why no defect is negative."""
    p, q = positives("p q")
    t, u, v, m = reals("t u v m")
    left, right = f.falling(t, t - p, t + q), f.rising(t, t - p, t + q)
    line = u + (v - u) * p / (p + q)
    yield equal("eta(t) m = u hat_i(t) m + v hat_{i+1}(t) m inside a gap", line * m, u * left * m + v * right * m)
    yield equal("the two hats add up to 1 inside an interior gap", left + right, 1)
    yield from kinks_of_ramps(f)
    (k,) = positives("k")
    tau = p / (p + q)
    shortfall = 2 * p * q * k / (p + q) ** 2
    yield equal("1 - |eta|^2 = 2 tau (1 - tau) (1 - cos theta)", 1 - f.squared_eta(tau, 1 - k), shortfall)
    yield nonnegative("which is at least 0", shortfall)
    a, b, c, d = reals("a b c d")
    yield equal(
        "|m|^2 |eta|^2 - <eta, m>^2 is a sum of squared minors, so <eta, m> <= |m| |eta| <= |m|",
        (a**2 + b**2) * (c**2 + d**2) - (a * c + b * d) ** 2,
        f.minor(a, b, c, d) ** 2,
    )
