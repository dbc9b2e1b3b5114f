"""Windows of four points that a block's bound left open: decided by balls, by residues, by big integers, in this order.

A window is aligned if the kinks at its two inner points are nonzero and one is a positive multiple of the other.
"""

from typing import Any, NamedTuple

import numpy

from ...theory import stencil
from ...theory.alignment import aligned
from ...theory.dataset import Dataset
from ...theory.optimum import kinks
from .arithmetic import Ball
from .differences import scaled_differences
from .integers import MODULI, MODULUS_BITS, Integers, Steps, integers

Array = Any

OPEN, APART, ALIGNED = 0, -1, 1
"""What is known of a window."""


class Decided(NamedTuple):
    """For n windows: ALIGNED or APART (int8); whether one of the two kinks is zero; how many each stage decided."""

    states: Array
    zero_kink: Array
    window: int
    modular: int
    exact: int


class _Balls(NamedTuple):
    """What float arithmetic knows of n windows: balls of the T coordinates of both kinks, in units of powers of 2."""

    u: Ball
    v: Ball
    x_unit: Array
    y_unit: Array

    def select(self, kept: Array) -> "_Balls":
        """The windows with these indices."""
        return _Balls(*[part.take(kept, axis=-1) for part in self])


def decide_windows(x: Array, y: Array) -> Decided:
    """Decide windows given by their points, shape (4, n), and labels, (T, 4, n), exact float64 or int64."""
    balls = _ball_kinks(x, y, 0.0)
    states = _ball_states(balls)
    zero_kink = numpy.zeros(len(states), bool)
    rest = numpy.flatnonzero(states == OPEN)
    if len(rest):
        found, zero_kink[rest] = _modular_states(
            integers(x.take(rest, axis=-1)), integers(y.take(rest, axis=-1)), balls.select(rest)
        )
        states[rest] = found
    last = numpy.flatnonzero(states == OPEN)
    for window in last:
        states[window], zero_kink[window] = _exact_state(integers(x[:, [window]]), integers(y[..., [window]]))
    return Decided(states, zero_kink, len(states) - len(rest), len(rest) - len(last), len(last))


def decide_rounded_windows(x: Array, y: Array, radius: float) -> Decided:
    """Decide windows whose points and labels were rounded, by `radius` times their size, where balls can."""
    states = _ball_states(_ball_kinks(x, y, radius))
    return Decided(states, numpy.zeros(len(states), bool), int(numpy.count_nonzero(states != OPEN)), 0, 0)


def _ball_kinks(x: Array, y: Array, radius: float) -> _Balls:
    """The scaled kinks of windows as balls; radius: the relative rounding of x and y, 0 if they are exact."""
    h, x_unit = scaled_differences(x, radius)
    e, y_unit = scaled_differences(y, radius)
    return _Balls(*_kinks(h, e), x_unit, y_unit)


def _ball_states(balls: _Balls) -> Array:
    """ALIGNED (for T = 1 only), APART or OPEN for each window, by signs and by 2x2 minors that are certainly not 0."""
    u, v = balls.u, balls.v
    agreement = u.signs() * v.signs()
    if len(agreement) == 1:
        return agreement[0]
    pivot = (abs(u.middle) - u.radius).argmax(axis=0)
    apart = (agreement < 0).any(axis=0) | (_minors(u, v, pivot).signs() != 0).any(axis=0)
    return numpy.where(apart, APART, OPEN).astype(numpy.int8)


def _kinks(h: Any, e: Any) -> tuple[Any, Any]:
    """The scaled kinks at the two inner points from gaps (3, n) and label differences (T, 3, n): (T, n) each."""
    left = stencil.scaled_kink(h[0], h[1], e[:, 0], e[:, 1])
    return left, stencil.scaled_kink(h[1], h[2], e[:, 1], e[:, 2])


def _minors(u: Any, v: Any, pivot: Array) -> Any:
    """The minors of coordinates `pivot` and t for every t, shape (T, n)."""
    here = pivot, numpy.arange(len(pivot))
    return stencil.minor(u[here], u, v[here], v)


def _modular_states(x: Integers, y: Integers, balls: _Balls) -> tuple[Array, Array]:
    """The states of windows by integers modulo 2^64 and modulo primes, and whether a kink is known to be zero.

    A nonzero residue shows that a number is not 0; a number below a modulus that is 0 modulo it is 0; one below 2^63 in
    absolute value is given with its sign by its residue modulo 2^64.
    """
    x_bits, y_bits = balls.x_unit - x.granule, balls.y_unit - y.granule  # log2 of balls' units in integers' units
    h, e = x.steps(), y.steps()
    wrapped = _kinks(h.low, e.low)
    sign_u, known_u = _signs(balls.u, wrapped[0], x_bits + y_bits)
    sign_v, known_v = _signs(balls.v, wrapped[1], x_bits + y_bits)
    states = numpy.full(len(x_bits), OPEN, numpy.int8)
    known = (known_u & known_v).all(axis=0)
    zero = known & ((sign_u == 0).all(axis=0) | (sign_v == 0).all(axis=0))
    states[zero | (known_u & known_v & (sign_u != sign_v)).any(axis=0)] = APART
    # Where the signs agree and some are not 0, the kinks are aligned iff all minors with that coordinate vanish.
    pivot = (sign_u != 0).argmax(axis=0)
    low = _minors(*wrapped, pivot)
    states[(states == OPEN) & known & (low != 0).any(axis=0)] = APART
    rest = numpy.flatnonzero((states == OPEN) & known)
    here = pivot[rest], rest
    bound = _minors(balls.u.take(rest, -1), balls.v.take(rest, -1), pivot[rest]).exponents()
    bits = (bound + 2 * x_bits[rest] + y_bits[here] + y_bits.take(rest, axis=-1)).max(axis=0)
    states[rest] = _vanishing(h.select(rest), e.select(rest), pivot[rest], bits)
    return states, zero


def _vanishing(h: Steps, e: Steps, pivot: Array, bits: Array) -> Array:
    """ALIGNED where all minors, below 2^bits and 0 modulo 2^64, are 0; APART where one is not; OPEN if not known."""
    states = numpy.where(bits <= 64, ALIGNED, OPEN).astype(numpy.int8)
    rest = numpy.flatnonzero((states == OPEN) & (bits <= 64 + len(MODULI) * MODULUS_BITS))
    if len(rest) < len(states):
        h, e = h.select(rest), e.select(rest)
    for count, modulus in enumerate(MODULI, start=1):
        if not len(rest):
            break
        u, v = _kinks(h.modulo(modulus), e.modulo(modulus))
        apart = (_minors(u, v, pivot[rest]).values != 0).any(axis=0)
        enough = bits[rest] <= 64 + count * MODULUS_BITS
        states[rest] = numpy.where(apart, APART, numpy.where(enough, ALIGNED, OPEN))
        kept = numpy.flatnonzero(~(apart | enough))
        if len(kept) < len(rest):
            rest, h, e = rest[kept], h.select(kept), e.select(kept)
    return states


def _signs(ball: Ball, wrapped: Array, bits: Array) -> tuple[Array, Array]:
    """Signs of numbers by their balls or by their residues modulo 2^64, and where they are known."""
    by_ball = ball.signs()
    short = ball.exponents() + bits <= 63
    signs = numpy.where(by_ball != 0, by_ball, numpy.sign(wrapped.view(numpy.int64)))
    return signs, (by_ball != 0) | short


def _exact_state(x: Integers, y: Integers) -> tuple[int, bool]:
    """The state of one window by rationals of any length; its units do not matter (statement X)."""
    columns = [y.exact((task, slice(None), 0)) for task in range(len(y.odd))]
    data = Dataset.from_fractions(x.exact((slice(None), 0)), list(zip(*columns, strict=True)))
    u, v = kinks(data)
    return (ALIGNED if aligned(u, v) else APART), not (any(u) and any(v))
