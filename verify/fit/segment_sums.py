"""Sums over the points of a stretch between knots, with bounds of what they lose."""

import math
from typing import Any

import numpy

from ..arrays.arithmetic import SLACK, UNIT
from . import operators

Array = Any

FINE, COARSE = 30, 30
"""Bits of the two integers that hold a term of a sum: sums of 2^32 of them are exact."""


class SegmentSums:
    """Sums of terms from the start of each segment up to each point: integers, so that only the terms are rounded."""

    __slots__ = ("radius", "rest_radius", "sums", "total_radius", "totals")

    def __init__(self, knots: Array, segment: Array, terms: Array, radius: Array) -> None:
        starts = knots[:-1]
        lengths = numpy.diff(knots)
        ends = knots[1:] - 1
        largest = float(numpy.abs(terms).max())
        unit = math.ldexp(1.0, math.frexp(largest)[1] - COARSE) if 0 < largest < math.inf else 1.0
        coarse = numpy.rint(terms / unit)
        fine = numpy.rint((terms - coarse * unit) / (unit * 2.0**-FINE))
        coarse_sums = numpy.cumsum(coarse.astype(numpy.int64), axis=0)
        fine_sums = numpy.cumsum(fine.astype(numpy.int64), axis=0)
        # The term of a knot itself is 0, so the sums at the starts are the sums before.
        coarse_sums -= coarse_sums[starts][segment]
        fine_sums -= fine_sums[starts][segment]
        self.sums = coarse_sums * unit + fine_sums * (unit * 2.0**-FINE)
        self.totals = self.sums[ends]
        lost = lengths * (unit * 2.0 ** (-FINE - 1) if largest > 0 else 0.0)
        running = numpy.cumsum(radius)
        slack = running[-1] * len(radius) * 2 * UNIT
        local = running - running[starts][segment]
        rounding = 3 * UNIT * operators.largest(self.sums)
        self.radius = (local + slack + lost[segment] + rounding) * SLACK
        self.total_radius = self.radius[ends]
        size = operators.largest(self.totals)[segment] + operators.largest(self.sums)
        self.rest_radius = (local[ends][segment] - local + 2 * slack + lost[segment] + 4 * UNIT * size) * SLACK
