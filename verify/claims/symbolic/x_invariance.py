"""X. Kinks ignore lines, are linear in the labels, scale with the points; merged knots move with the points.

Three points or one gap are involved: all N. A acts on kinks as on labels, coordinate by coordinate: all T.
"""

from collections.abc import Iterator

from .identity import Formulas, Identity, equal, kink_of, points_from, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """Labels: lines and linear maps. Points: stretching, and mirroring, which turns pairs round."""
    g, h, c, alpha = positives("g h c alpha")
    a, b, slope, offset, beta = reals("a b m n beta")
    x = points_from((g, h))
    y, z = list(reals("y_1 y_2 y_3")), list(reals("z_1 z_2 z_3"))
    kink = kink_of(f, x, y)
    lifted = [value + slope * point + offset for value, point in zip(y, x, strict=True)]
    yield equal("a line added to the labels changes no kink", kink_of(f, x, lifted), kink)
    mixed = [a * u + b * v for u, v in zip(y, z, strict=True)]
    yield equal("kinks are linear in the labels", kink_of(f, x, mixed), a * kink + b * kink_of(f, x, z))
    stretched = [alpha * point + beta for point in x]
    yield equal("stretched points divide kinks by alpha", kink_of(f, stretched, y), kink / alpha)
    mirrored = [-alpha * point + beta for point in reversed(x)]
    yield equal("mirrored points too", kink_of(f, mirrored, list(reversed(y))), kink / alpha)
    knot = f.merged_knot(x[0], x[1], c)
    yield equal("t* moves with stretched points", f.merged_knot(*stretched[:2], c), alpha * knot + beta)
    image = f.merged_knot(beta - alpha * x[1], beta - alpha * x[0], 1 / c)
    yield equal("t* moves with mirrored points, the ratio inverted", image, beta - alpha * knot)
