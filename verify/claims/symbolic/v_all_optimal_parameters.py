"""V. The two costs of a neuron, its knot and kink, and the linear part of a network with w < 0.

One neuron at a time, and one coordinate: all N, T and widths. What the hats receive is statement A's identity.
"""

from collections.abc import Iterator

from .a_optimal_value import kinks_of_ramps
from .identity import Formulas, Identity, equal, nonnegative, positives, ramp, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """Balance, the neuron as a kink times a ramp, the reversed neuron, and the hats."""
    v, w = positives("v w")
    yield equal("weight decay minus path cost is (|v| - |w|)^2 / 2", (v**2 + w**2) / 2 - v * w, (v - w) ** 2 / 2)
    yield nonnegative("which is at least 0", (v - w) ** 2 / 2)
    p, q = positives("p q")
    (t,) = reals("t")
    for words, x in (("right", t + p), ("left", t - q)):
        # w > 0: v (w x - w t)_+ = |w| v (x - t)_+ ; w < 0: v (w x - w t)_+ with w = -w.
        upright, turned = v * ramp(w * x, w * t), v * ramp(-w * x, -w * t)
        yield equal(f"{words} of its knot a neuron with w > 0 is |w| v (x - t)_+", upright, w * v * ramp(x, t))
        line = -w * v * (x - t)
        yield equal(f"{words} of its knot one with w < 0 is that plus w v (x - t)", turned, w * v * ramp(x, t) + line)
    yield from kinks_of_ramps(f)
