"""I. Slope changes add up, so a convex phi on a run costs what its end slopes say; and |eta| = 1 is what it bends on.

The cost of affine + u phi on a run is the total slope change of phi. Slope changes add up from one knot to the next,
which covers runs of every length; u is one direction, so T does not matter.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, points_from, positive, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """Telescoping, the two kinds of gaps that an optimum may or may not bend in, and the cost of a concave bend."""
    a, b, c = reals("a b c")
    yield equal("slope changes add up", f.kink(a, b) + f.kink(b, c), f.kink(a, c))
    p, q, k = positives("p q k")
    tau = p / (p + q)
    left, right = points_from((p + q,))
    sum_of_hats = f.falling(left + p, left, right) + f.rising(left + p, left, right)
    yield equal("a bend of length k along u between aligned kinks costs what it gives the two hats", k * sum_of_hats, k)
    yield positive("a bend elsewhere costs more: |eta| < 1 there", 1 - f.squared_eta(tau, 1 - k))
    yield equal("a bend against u costs 2 k more than it gives", k - (-k) * sum_of_hats, 2 * k)
