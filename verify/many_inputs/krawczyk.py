"""Existence and local uniqueness of a zero in a box of balls, by Krawczyk's operator (Krawczyk 1969, Rump 1983)."""

from flint import arb, arb_mat

from .balls import from_floats
from .linearisation import evaluate, jacobian, residual
from .polish import Polished

_RADIUS_BITS = 80
_MOST_INVERTED = 120


def enclose_zero(polished: Polished) -> list[arb] | None:
    """Balls around the approximate zero that contain exactly one zero of the system; None if that is not proved.

    K(X) = z - C F(z) + (I - C J(X)) (X - z) inside the interior of X proves it; J is then nonsingular on X too.
    """
    of, middle = polished.of, [value.mid() for value in polished.unknowns]
    unit = arb(2) ** -_RADIUS_BITS
    radii = [unit * max(1, abs(float(value))) for value in middle]
    box = [arb(value, radius) for value, radius in zip(middle, radii, strict=True)]
    try:
        at, around = evaluate(of, middle), evaluate(of, box)
        slope = jacobian(of, box, around)
    except (ZeroDivisionError, ValueError):
        return None
    column = arb_mat(of.size, 1, residual(of, at))
    found = _contracted(from_floats(polished.inverse), column, slope, middle, radii)
    if found is not None or of.size > _MOST_INVERTED:
        return found
    # An ill-conditioned system: the approximate inverse must be better than doubles.
    try:
        inverse = jacobian(of, middle, at).inv().mid()
    except ZeroDivisionError:
        return None
    return _contracted(inverse, column, slope, middle, radii)


def _contracted(
    inverse: arb_mat, column: arb_mat, slope: arb_mat, middle: list[arb], radii: list[arb]
) -> list[arb] | None:
    """K(X), if it lies in the interior of X."""
    size = len(middle)
    shift = (inverse * column).entries()
    contraction = inverse * slope
    for i in range(size):
        contraction[i, i] -= 1
    spread = (contraction * arb_mat(size, 1, [arb(0, radius) for radius in radii])).entries()
    image = [t - s for s, t in zip(shift, spread, strict=True)]
    if not all([abs(moved) < radius for moved, radius in zip(image, radii, strict=True)]):
        return None
    return [value + moved for value, moved in zip(middle, image, strict=True)]
