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
    """s_i, the slope of the segment between two neighbouring data points.

    >>> slope(fmpq(0), fmpq(2), fmpq(1), fmpq(4))
    3/2
    """
    return (y_right - y_left) / (x_right - x_left)


def kink(slope_left: Scalar, slope_right: Scalar) -> Scalar:
    """d_j, the change of slope of the data at an interior point.

    >>> kink(fmpq(1), fmpq(3))
    2
    """
    return slope_right - slope_left


def scaled_kink(h_left: Scalar, h_right: Scalar, e_left: Scalar, e_right: Scalar) -> Scalar:
    """h_left * h_right * d_j from the gaps and the label differences e on both sides; needs no division.

    A positive multiple of d_j: it has the same sign, and aligned kinks have aligned scaled kinks.

    >>> scaled_kink(1, 2, 3, 4)
    -2
    """
    return h_left * e_right - h_right * e_left


def minor(u_0: Scalar, u_1: Scalar, v_0: Scalar, v_1: Scalar) -> Scalar:
    """The 2x2 determinant u_0 v_1 - u_1 v_0; all of them vanish iff u and v are parallel (statement D).

    >>> minor(1, 2, 3, 6)
    0
    """
    return u_0 * v_1 - u_1 * v_0


def rising(t: Scalar, x_left: Scalar, x_right: Scalar) -> Scalar:
    """hat_j(t) on the gap to the left of x_j = x_right: from 0 up to 1.

    >>> rising(fmpq(1), fmpq(0), fmpq(4))
    1/4
    """
    return (t - x_left) / (x_right - x_left)


def falling(t: Scalar, x_left: Scalar, x_right: Scalar) -> Scalar:
    """hat_j(t) on the gap to the right of x_j = x_left: from 1 down to 0.

    >>> falling(fmpq(1), fmpq(0), fmpq(4))
    3/4
    """
    return (x_right - t) / (x_right - x_left)


def merged_knot(x_left: Scalar, x_right: Scalar, ratio: Scalar) -> Scalar:
    """t*, where one knot of kink d_j + d_{j+1} replaces two aligned ones, d_{j+1} = ratio * d_j (statement J).

    >>> merged_knot(fmpq(1), fmpq(2), fmpq(1))
    3/2
    """
    return (x_left + ratio * x_right) / (1 + ratio)


def tent_rising(x: Scalar, x_left: Scalar) -> Scalar:
    """The tent of statement L left of t*, in units of d_j: x - x_j.

    >>> tent_rising(fmpq(5, 4), fmpq(1))
    1/4
    """
    return x - x_left


def tent_falling(x: Scalar, x_right: Scalar, ratio: Scalar) -> Scalar:
    """The tent of statement L right of t*, in units of d_j: ratio (x_{j+1} - x), with d_{j+1} = ratio * d_j.

    >>> tent_falling(fmpq(7, 4), fmpq(2), fmpq(1))
    1/4
    """
    return ratio * (x_right - x)


def tent_height(h: Scalar, ratio: Scalar) -> Scalar:
    """The top of the tent of statement L over a gap of length h, in units of d_j: h ratio / (1 + ratio).

    >>> tent_height(fmpq(1), fmpq(1))
    1/2
    """
    return h * ratio / (1 + ratio)


def kernel(smaller: Scalar, x_first: Scalar) -> Scalar:
    """k(x, x') = 1 + min(x, x') - x_1, given the smaller of x and x' (statement F).

    >>> kernel(fmpq(3), fmpq(1))
    3
    """
    return smaller - x_first + 1


def energy(h: Scalar, s: Scalar) -> Scalar:
    """h_i s_i^2, what one gap adds to the squared Sobolev norm of the connect-the-dots interpolant (statement F).

    >>> energy(fmpq(2), fmpq(3))
    18
    """
    return h * s * s


def green(smaller: Scalar, larger: Scalar, x_left: Scalar, x_right: Scalar) -> Scalar:
    """The Green function of a gap at two places in it, given in order: what a kink at one takes away at the other.

    An f that vanishes at both ends is f(x) = -(the integral of green(x, t) against the curvature at t).

    >>> green(fmpq(1), fmpq(1), fmpq(0), fmpq(2))
    1/2
    """
    return (smaller - x_left) * (x_right - larger) / (x_right - x_left)


def squared_eta(tau: Scalar, cosine: Scalar) -> Any:
    """|(1 - tau) u + tau v|^2 for unit vectors u, v at this cosine: eta inside a gap, at the fraction tau of it.

    >>> squared_eta(fmpq(1, 2), fmpq(-1))
    0
    >>> squared_eta(fmpq(1, 2), fmpq(1))
    1
    """
    return 1 - 2 * tau * (1 - tau) * (1 - cosine)


def gram_of_kinks(a: Scalar, b: Scalar, c: Scalar) -> tuple[Scalar, Scalar, Scalar]:
    """The entries 11, 12, 22 of B^T B for two neighbouring kinks as functionals of four labels (statement N).

    B has the columns (a, -a - b, b, 0) and (0, b, -b - c, c), with the inverse gaps a, b, c or multiples of them.

    >>> gram_of_kinks(1, 1, 1)
    (6, -4, 6)
    """
    square = b * b
    return 2 * (a * (a + b) + square), -b * (a + b + b + c), 2 * (c * (b + c) + square)


def lipschitz_square(squared_lipschitz: Scalar, squared_slope: Scalar, tau: Scalar, h: Scalar) -> Any:
    """(L^2 - |s|^2) tau (1 - tau) h^2: how far a function through the ends of a gap can be from the straight line.

    The square of the distance at the fraction tau of the gap, for a function of Lipschitz constant L (statement Z).

    >>> lipschitz_square(fmpq(5), fmpq(1), fmpq(1, 2), fmpq(1))
    1
    """
    return (squared_lipschitz - squared_slope) * tau * (1 - tau) * h * h


def turning_share(lipschitz: Scalar, slope: Scalar) -> Any:
    """Which fraction of a gap a function of slopes L, then -L, rises so that it has the mean slope s.

    >>> turning_share(fmpq(2), fmpq(1))
    3/4
    """
    return (lipschitz + slope) / (lipschitz + lipschitz)


def largest_error(lipschitz: Scalar, slope: Scalar, h: Scalar) -> Any:
    """h (L^2 - s^2) / (2 L): the largest distance on a gap for one task (statement Z).

    >>> largest_error(fmpq(2), fmpq(1), fmpq(1))
    3/4
    """
    return h * (lipschitz * lipschitz - slope * slope) / (lipschitz + lipschitz)
