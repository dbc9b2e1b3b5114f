"""The first stage: one error bound for a whole block, computed alongside, closes nearly all of its windows."""

from typing import Any, NamedTuple

import numpy

from ...theory import stencil
from .arithmetic import ETA, SLACK, UNIT, Magnitude
from .differences import differences
from .table import NotIncreasing

Array = Any

COMFORTABLE = 150
"""Differences below 2^150 whose maximum is above 2^-150 need no scaling: no minor overflows, and what underflows is far
below the bound."""

CROWDED = 16
"""A further pair of coordinates is tried on the whole block while more than one window in 16 is open."""


NONE = numpy.zeros(0, numpy.intp)


class Screened(NamedTuple):
    """The windows of a block, shape (..., n - 3): flat indices of the open ones; for T = 1 a mask of the aligned."""

    open: Array
    aligned: Array | None


def screen(x: Array, y: Array, radius: float = 0.0) -> Screened:
    """Screen the windows of points x (..., n) and labels y (..., n, T), n >= 4, float64 or int64.

    Raises NotIncreasing unless x increases. radius: the relative rounding of x and y, 0 if they are exact.
    """
    h = differences(x, -1)
    if not numpy.minimum.reduce(h, axis=None) > 0:
        raise NotIncreasing
    h, h_bound = _bounded(h, x, radius)
    tasks = y.shape[-1]
    first, first_bound = _scaled_kinks(h, h_bound, y[..., 0], radius)
    if tasks == 1:
        return _one_task(first, first_bound.radius)
    still_open, opened = None, NONE
    for task in range(1, tasks):
        second, second_bound = _scaled_kinks(h, h_bound, y[..., task], radius)
        minors = stencil.minor(first[..., :-1], second[..., :-1], first[..., 1:], second[..., 1:])
        bound = stencil.minor(first_bound, second_bound, first_bound, second_bound).radius
        # Comparisons that nan from an overflow fails, so that it stays open.
        if numpy.minimum.reduce(numpy.abs(minors, out=minors), axis=None) > bound:
            return Screened(NONE, None)
        uncertain = ~(minors > bound)
        still_open = uncertain if still_open is None else still_open & uncertain
        opened = numpy.flatnonzero(still_open)
        if len(opened) * CROWDED <= still_open.size:
            break
        first, first_bound = second, second_bound
    return Screened(opened, None)


def _one_task(kinks: Array, bound: float) -> Screened:
    """For T = 1 aligned means of equal sign."""
    certain = numpy.abs(kinks) > bound
    positive = kinks > 0
    both = certain[..., 1:] & certain[..., :-1]
    same = positive[..., 1:] == positive[..., :-1]
    return Screened(NONE if both.all() else numpy.flatnonzero(~both), both & same)


def _scaled_kinks(h: Array, h_bound: Magnitude, labels: Array, radius: float) -> tuple[Array, Magnitude]:
    """Scaled kinks of one coordinate and their bound; both may be multiplied by one power of 2."""
    e, e_bound = _bounded(differences(labels, -1), labels, radius)
    values = stencil.scaled_kink(h[..., :-1], h[..., 1:], e[..., :-1], e[..., 1:])
    return values, stencil.scaled_kink(h_bound, h_bound, e_bound, e_bound)


def _bounded(steps: Array, values: Array, radius: float) -> tuple[Array, Magnitude]:
    """The differences of neighbouring values, times a power of 2 that makes them comfortable, and their bound."""
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
    return max(float(numpy.maximum.reduce(steps, axis=None)), -float(numpy.minimum.reduce(steps, axis=None)))
