"""Pairs of float64 that carry twice the digits: exact sums and products of two floats (Dekker 1971, Knuth)."""

from typing import Any

import numpy

Array = Any

_SPLITTER = 2.0**27 + 1


def two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """(s, e) with s = fl(a + b) and s + e = a + b exactly, barring overflow."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def two_product(a: Array, b: Array) -> tuple[Array, Array]:
    """(p, e) with p = fl(a b) and p + e = a b exactly, barring overflow and underflow."""
    p = a * b
    a_high, a_low = _split(a)
    b_high, b_low = _split(b)
    return p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low


def _split(a: Array) -> tuple[Array, Array]:
    scaled = _SPLITTER * a
    high = scaled - (scaled - a)
    return high, a - high


def minus_line(high: Array, low: Array, x: tuple[Array, Array], offset: Array, slope: Array) -> Array:
    """high + low - offset - slope x, rounded once or nearly so; shapes (N, T), x a pair of shape (N,)."""
    product, error = two_product(x[0][:, None], slope)
    first, lost = two_sum(high, -product)
    second, lost_again = two_sum(first, -numpy.broadcast_to(offset, first.shape))
    return second + (((lost - error) + low - x[1][:, None] * slope) + lost_again)
