"""The formulas of the theory, each written once, as functions of a few scalars.

Only + - * / are used, so the same text runs on exact rationals, balls, mpmath numbers, sympy expressions and whole
numpy arrays. Nothing is decided here: case distinctions belong to the callers, who know how to decide them. Where
int/int would be a float, pass exact numbers.

Notation: x_1 < ... < x_N are the points, h_i = x_{i+1} - x_i the gaps, s_i the slopes, d_j the kinks of the data.
"""

from typing import Any, TypeVar

# One type for all arguments of a stencil and its value: fmpq, arb, mpf, sympy.Expr, numpy.ndarray.
Scalar = TypeVar("Scalar", bound=Any)


def slope(x_left: Scalar, x_right: Scalar, y_left: Scalar, y_right: Scalar) -> Scalar:
    """s_i, the slope of the segment between two neighbouring data points."""
    return (y_right - y_left) / (x_right - x_left)


def kink(slope_left: Scalar, slope_right: Scalar) -> Scalar:
    """d_j, the change of slope of the data at an interior point."""
    return slope_right - slope_left


def scaled_kink(h_left: Scalar, h_right: Scalar, e_left: Scalar, e_right: Scalar) -> Scalar:
    """h_left * h_right * d_j from the gaps and the label differences e on both sides; needs no division.

    A positive multiple of d_j: it has the same sign, and aligned kinks have aligned scaled kinks.
    """
    return h_left * e_right - h_right * e_left


def minor(u_0: Scalar, u_1: Scalar, v_0: Scalar, v_1: Scalar) -> Scalar:
    """The 2x2 determinant u_0 v_1 - u_1 v_0; all of them vanish iff u and v are parallel (statement D)."""
    return u_0 * v_1 - u_1 * v_0


def rising(t: Scalar, x_left: Scalar, x_right: Scalar) -> Scalar:
    """hat_j(t) on the gap to the left of x_j = x_right: from 0 up to 1."""
    return (t - x_left) / (x_right - x_left)


def falling(t: Scalar, x_left: Scalar, x_right: Scalar) -> Scalar:
    """hat_j(t) on the gap to the right of x_j = x_left: from 1 down to 0."""
    return (x_right - t) / (x_right - x_left)


def merged_knot(x_left: Scalar, x_right: Scalar, ratio: Scalar) -> Scalar:
    """t*, where one knot of kink d_j + d_{j+1} replaces two aligned ones, d_{j+1} = ratio * d_j (statement J)."""
    return (x_left + ratio * x_right) / (1 + ratio)


def tent_rising(x: Scalar, x_left: Scalar) -> Scalar:
    """The tent of statement L left of t*, in units of d_j: x - x_j."""
    return x - x_left


def tent_falling(x: Scalar, x_right: Scalar, ratio: Scalar) -> Scalar:
    """The tent of statement L right of t*, in units of d_j: ratio (x_{j+1} - x), with d_{j+1} = ratio * d_j."""
    return ratio * (x_right - x)


def tent_height(h: Scalar, ratio: Scalar) -> Scalar:
    """The top of the tent of statement L over a gap of length h, in units of d_j: h ratio / (1 + ratio)."""
    return h * ratio / (1 + ratio)


def kernel(smaller: Scalar, x_first: Scalar) -> Scalar:
    """k(x, x') = 1 + min(x, x') - x_1, given the smaller of x and x' (statement F)."""
    return smaller - x_first + 1


def energy(h: Scalar, s: Scalar) -> Scalar:
    """h_i s_i^2, what one gap adds to the squared Sobolev norm of the connect-the-dots interpolant (statement F)."""
    return h * s * s


def green(smaller: Scalar, larger: Scalar, x_left: Scalar, x_right: Scalar) -> Scalar:
    """The Green function of a gap at two places in it, given in order: what a kink at one takes away at the other.

    An f that vanishes at both ends is f(x) = -(the integral of green(x, t) against the curvature at t).
    """
    return (smaller - x_left) * (x_right - larger) / (x_right - x_left)


def squared_eta(tau: Scalar, cosine: Scalar) -> Any:
    """|(1 - tau) u + tau v|^2 for unit vectors u, v at this cosine: eta inside a gap, at the fraction tau of it."""
    return 1 - 2 * tau * (1 - tau) * (1 - cosine)


def gram_of_kinks(a: Scalar, b: Scalar, c: Scalar) -> tuple[Scalar, Scalar, Scalar]:
    """The entries 11, 12, 22 of B^T B for two neighbouring kinks as functionals of four labels (statement N).

    B has the columns (a, -a - b, b, 0) and (0, b, -b - c, c), with the inverse gaps a, b, c or multiples of them.
    """
    square = b * b
    return 2 * (a * (a + b) + square), -b * (a + b + b + c), 2 * (c * (b + c) + square)
