"""BA. The gap identity as polynomials: lengths of kinks are symbols of their own, so one task stands for all."""

from collections.abc import Iterator
from typing import Any

import sympy

from .identity import Formulas, Identity, all_equal, equal, kink_of, points_from, positives, reals

COVERAGE = "N = 3 to 6, all T, any weights"


def identities(f: Formulas) -> Iterator[Identity]:
    """P(Z) - Dual(v) against the sum of the terms; D^T; strong convexity along a segment."""
    for size in range(3, 7):
        yield gap_identity(f, size)
    yield self_adjoint(f)
    y, z, s = reals("y z s")
    (w,) = positives("w")
    yield equal(
        "the objective is strongly convex: along a segment it falls short of the chord by w s (1 - s) (y - z)^2 / 2",
        w * (s * y**2 + (1 - s) * z**2 - (s * y + (1 - s) * z) ** 2) / 2,
        w * s * (1 - s) * (y - z) ** 2 / 2,
    )


def gap_identity(f: Formulas, size: int) -> Identity:
    """Everything is symbolic: gaps, weights, labels, z, v, lambda and the lengths |d_j|."""
    names = [" ".join(f"{name}_{i}" for i in range(size)) for name in "hwyzvl"]
    gaps, w = positives(names[0])[: size - 1], positives(names[1])
    y, z, v, lengths = (reals(name) for name in names[2:])
    (penalty,) = positives("lambda_")
    x, inner = points_from(gaps), range(1, size - 1)
    pulls = transposed(f, x, v)
    zd = [a - pull / weight for a, pull, weight in zip(y, pulls, w, strict=True)]
    d = {j: kink_of(f, x[j - 1 : j + 2], list(z[j - 1 : j + 2])) for j in inner}
    primal = sum(weight * (a - b) ** 2 for weight, a, b in zip(w, y, z, strict=True)) / 2
    primal += penalty * sum(lengths[j] for j in inner)
    dual = sum(weight * (a**2 - b**2) for weight, a, b in zip(w, y, zd, strict=True)) / 2
    terms = sum(weight * (a - b) ** 2 for weight, a, b in zip(w, z, zd, strict=True)) / 2
    terms += sum(penalty * lengths[j] - v[j] * d[j] for j in inner)
    return equal(f"N = {size}: P(Z) - Dual(v) is the sum of the terms", primal - dual, terms)


def self_adjoint(f: Formulas) -> Identity:
    """D^T v is the second difference of v, which is 0 at both ends: what `segment_dual` solves."""
    x, inner = points_from(positives("h_1 h_2 h_3 h_4")), reals("v_1 v_2 v_3")
    v = [sympy.Integer(0), *inner, sympy.Integer(0)]
    pulls = transposed(f, x, v)
    pairs = [(pulls[i], kink_of(f, x[i - 1 : i + 2], v[i - 1 : i + 2])) for i in range(1, 4)]
    return all_equal("D^T v at an inner point is the kink of v", pairs)


def transposed(f: Formulas, x: list[Any], v: Any) -> list[Any]:
    """D^T v from the kinks of unit vectors, v_j counting at inner points only."""
    size = len(x)
    unit = [[sympy.Integer(int(i == k)) for i in range(size)] for k in range(size)]
    return [sum(v[j] * kink_of(f, x[j - 1 : j + 2], e[j - 1 : j + 2]) for j in range(1, size - 1)) for e in unit]
