"""Gaps and label differences of float64 and int64 arrays, with one rounding each and no overflow."""

from typing import Any

import numpy

from .arithmetic import ETA, UNIT, Ball

Array = Any

_SAFE = 2**62
_LOW = numpy.int64(2**32 - 1)


def differences(values: Array, axis: int) -> Array:
    """values[i + 1] - values[i] along the axis as float64, each correctly rounded; floats may overflow to inf."""
    left, right = _halves(values, axis)
    if values.dtype.kind == "f":
        return right - left
    if values.size and values.min() > -_SAFE and values.max() < _SAFE:
        return (right - left).astype(numpy.float64)
    # Both parts are below 2^33, hence exact; their sum is rounded once.
    high = ((right >> 32) - (left >> 32)).astype(numpy.float64) * 2.0**32
    return high + ((right & _LOW) - (left & _LOW)).astype(numpy.float64)


def scaled_differences(values: Array, radius: float) -> tuple[Ball, Array]:
    """Differences of windows, shape (..., 4, n), as (balls, k): 2^k (shape (..., n)) times a number in the ball.

    The numbers in the balls are below 4. radius: the relative rounding of the values, 0 if they are exact.
    """
    if values.dtype.kind == "f":
        exponents = numpy.frexp(abs(values).max(axis=-2))[1]
        scaled = numpy.ldexp(values, -exponents[..., None, :])
        middle = differences(scaled, -2)
        spread = UNIT * abs(middle) + 4 * ETA
        if radius:
            left, right = _halves(abs(scaled), -2)
            spread += 2 * radius * (left + right) + numpy.ldexp(2.0**-1073, -exponents)[..., None, :]
        return Ball(middle, spread * (1 + 2.0**-40)), exponents
    whole = differences(values, -2)
    exponents = numpy.frexp(abs(whole).max(axis=-2))[1]
    middle = numpy.ldexp(whole, -exponents[..., None, :])
    return Ball(middle, UNIT * (1 + 2.0**-40) * abs(middle)), exponents


def _halves(values: Array, axis: int) -> tuple[Array, Array]:
    """The left and the right ends of the steps along an axis counted from the end."""
    behind = (slice(None),) * (-axis - 1)
    return values[(..., slice(None, -1), *behind)], values[(..., slice(1, None), *behind)]
