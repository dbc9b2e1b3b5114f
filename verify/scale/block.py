"""The first stage: one error bound for a whole block, computed alongside, closes nearly all of its windows."""

from typing import Any, NamedTuple

import numpy

from ...theory import stencil
from .arithmetic import ETA, SLACK, UNIT, Magnitude
from .differences import differences

Array = Any

COMFORTABLE = 150
"""Differences below 2^150 whose maximum is above 2^-150 need no scaling: no minor overflows, and what underflows is far
below the bound."""

CROWDED = 16
"""A further pair of coordinates is tried on the whole block while more than one window in 16 is open."""


class Screened(NamedTuple):
    """Masks over the windows of a block, shape (..., n - 3): not decided, and (T = 1 only) certainly aligned."""

    open: Array
    aligned: Array | None


def screen(x: Array, y: Array, radius: float = 0.0) -> Screened:
    """Screen the windows of points x (..., n) and labels y (..., n, T), n >= 4, float64 or int64.

    x must increase. radius: the relative rounding of x and y, 0 if they are exact.
    """
    h, h_bound = _bounded(x, radius)
    tasks = y.shape[-1]
    first, first_bound = _scaled_kinks(h, h_bound, y[..., 0], radius)
    if tasks == 1:
        return _one_task(first, first_bound.radius)
    still_open = None
    for task in range(1, tasks):
        second, second_bound = _scaled_kinks(h, h_bound, y[..., task], radius)
        minors = stencil.minor(first[..., :-1], second[..., :-1], first[..., 1:], second[..., 1:])
        bound = stencil.minor(first_bound, second_bound, first_bound, second_bound).radius
        # A negated comparison, so that nan from an overflow stays open.
        uncertain = ~(numpy.abs(minors, out=minors) > bound)
        still_open = uncertain if still_open is None else still_open & uncertain
        if numpy.count_nonzero(still_open) * CROWDED <= still_open.size:
            break
        first, first_bound = second, second_bound
    assert still_open is not None, "there are two tasks at least"
    return Screened(still_open, None)


def _one_task(kinks: Array, bound: float) -> Screened:
    """For T = 1 aligned means of equal sign."""
    certain = numpy.abs(kinks) > bound
    positive = kinks > 0
    both = certain[..., 1:] & certain[..., :-1]
    return Screened(~both, both & (positive[..., 1:] == positive[..., :-1]))


def _scaled_kinks(h: Array, h_bound: Magnitude, labels: Array, radius: float) -> tuple[Array, Magnitude]:
    """Scaled kinks of one coordinate and their bound; both may be multiplied by one power of 2."""
    e, e_bound = _bounded(labels, radius)
    values = stencil.scaled_kink(h[..., :-1], h[..., 1:], e[..., :-1], e[..., 1:])
    return values, stencil.scaled_kink(h_bound, h_bound, e_bound, e_bound)


def _bounded(values: Array, radius: float) -> tuple[Array, Magnitude]:
    """The differences of neighbours, times a power of 2 that makes them comfortable, and their bound."""
    steps = differences(values, -1)
    size = _largest(steps)
    unit = 0
    if not size < numpy.inf:  # quarters do not overflow; what they lose below 2^-1022 is within the bound
        steps, unit = differences(values * 0.25, -1), 2
        size = _largest(steps)
    exponent = int(numpy.frexp(size)[1])
    if abs(exponent) > COMFORTABLE:
        steps, size = numpy.ldexp(steps, -exponent), float(numpy.ldexp(size, -exponent))
        unit += exponent
    spread = UNIT * size + ETA
    if radius:
        largest = max(float(values.max()), -float(values.min()))
        spread += 2 * (radius * numpy.ldexp(largest, -unit) + numpy.ldexp(2.0**-1074, -unit))
    return steps, Magnitude(float(size * SLACK), float(spread * SLACK))


def _largest(steps: Array) -> float:
    return max(float(steps.max()), -float(steps.min()))
