"""Kinks of a block in float arithmetic with error bounds, and lower bounds of its angles and margins.

The analysis is in proofs_notes/array_filter.md. It holds for up to 2^20 tasks.
"""

from typing import Any, NamedTuple

import numpy

from .arithmetic import UNIT
from .differences import differences

Array = Any

SMALLEST_GAP = 2.0**-500
"""Relative to the largest gap of the block; beyond, slopes might overflow and nothing is claimed of the block."""


class Kinks(NamedTuple):
    """Kinks of a block in units of 2^(y_unit - x_unit): values (T, n - 2), with their lengths and errors (n - 2).

    error bounds the distance from the computed to the true kink; gaps: computed h in units of 2^x_unit (n - 1).
    """

    values: Array
    lengths: Array
    errors: Array
    gaps: Array
    x_unit: int
    y_unit: int

    @classmethod
    def of(cls, x: Array, y: Array) -> "Kinks":
        """Of points (n,) and labels (n, T), float64 or int64; errors infinite where a gap is too small for floats."""
        h, x_unit = _unit_differences(x)
        e, y_unit = _unit_differences(numpy.ascontiguousarray(y.T))
        s = e / h
        values = s[:, 1:] - s[:, :-1]
        slopes = abs(s).sum(axis=0)
        # 3 roundings in each slope, one in their difference, which is below |s| + |s'|; with what follows, less than 5.
        errors = 5 * UNIT * (slopes[1:] + slopes[:-1]) + len(e) * 2.0**-550
        if not h.min() > SMALLEST_GAP:
            errors += numpy.inf
        lengths = numpy.sqrt((values * values).sum(axis=0))
        return cls(values, lengths, errors, h, x_unit, y_unit)


def _unit_differences(values: Array) -> tuple[Array, int]:
    """Differences of neighbours along the last axis in units of a power of 2 that bounds them."""
    steps, unit = differences(values, -1), 0
    if not numpy.isfinite(steps).all():
        steps, unit = differences(values * 0.25, -1), 2
    exponent = int(numpy.frexp(abs(steps).max())[1])
    return numpy.ldexp(steps, -exponent), unit + exponent


class Chords(NamedTuple):
    """Bounds of the distances between neighbouring unit kinks (n - 3) and relative errors of the lengths (n - 2)."""

    lower: Array
    upper: Array
    relative: Array

    @classmethod
    def of(cls, found: Kinks) -> "Chords":
        """Of the kinks of a block; where the errors say too little the bounds are 0 and 2."""
        tasks = len(found.values)
        relative = found.errors / found.lengths * (1 + 2.0**-30) + (tasks + 8) * UNIT
        # A unit vector is off by at most twice the relative error of its vector.
        units = found.values / found.lengths
        steps = units[:, 1:] - units[:, :-1]
        distance = numpy.sqrt((steps * steps).sum(axis=0))
        spread = 2 * (relative[1:] + relative[:-1]) * (1 + 2.0**-30) + (tasks + 8) * UNIT * distance + 2.0**-500
        sound = (relative[1:] < 2.0**-10) & (relative[:-1] < 2.0**-10) & numpy.isfinite(spread + distance)
        lower = numpy.where(sound, numpy.maximum(distance - spread, 0), 0)
        return cls(lower, numpy.where(sound, numpy.minimum(distance + spread, 2), 2), relative)


def margin_bounds(found: Kinks, chords: Chords) -> Array:
    """Lower bounds of the squared margin of each window in units of 4^y_unit.

    With A and G of statement N it is the smaller eigenvalue of A G^-1, or else larger; if the cosine is negative
    enough, the nearest aligned pair has a zero kink, at the squared distance |u|^2 / G11 or |v|^2 / G22.
    """
    inverse = 1 / found.gaps
    a, b, c = inverse[:-2], inverse[1:-1], inverse[2:]
    g11, g12, g22 = 2 * (a * (a + b) + b * b), b * (a + 2 * b + c), 2 * (b * (b + c) + c * c)  # G12 is -g12
    u, v = found.lengths[:-1], found.lengths[1:]
    relative = chords.relative[1:] + chords.relative[:-1]
    cosine = 1 - chords.lower**2 / 2 + 4 * UNIT  # at least cos(theta)
    # Lower bounds of det A and det G, an upper bound of tr(A adj G), whose two terms are each at most `squares`.
    determinant = (u * v * chords.lower) ** 2 * numpy.maximum(1 - chords.upper**2 / 4 - 4 * UNIT, 0)
    determinant *= 1 - 4 * relative - 2.0**-40
    of_g = numpy.maximum(g11 * g22 * (1 - 2.0**-40) - g12 * g12, 0)
    squares = u * u * g22 + v * v * g11
    trace = squares * (1 + 16 * relative + 2.0**-40) + 2 * u * v * g12 * cosine
    root = numpy.sqrt(numpy.maximum(trace * trace * (1 + 2.0**-45) - 4 * determinant * of_g, 0))
    inside = 2 * determinant / (trace + root)
    axis = numpy.minimum(u * u / g11, v * v / g22)
    outside = -cosine * (1 - 2.0**-30) > g12 * numpy.minimum(v / (u * g22), u / (v * g11))
    bound = numpy.where(outside & (relative < 2.0**-35), axis, inside) * (1 - 4 * relative - 2.0**-40) - 2.0**-960
    return numpy.where(numpy.isfinite(bound) & (relative < 2.0**-10), numpy.maximum(bound, 0), 0)
