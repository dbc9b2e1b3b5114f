"""The dual v of a candidate in float64, up to rounding, and where it is longer than lambda."""

from typing import Any

import numpy

from . import operators
from .candidate import Data, Support
from .operators import Splines

Array = Any


def dual(data: Data, found: Support) -> Array:
    """v at all N points: lambda u at the knots, 0 at the ends, D^T v = W (Y - Z) strictly between knots."""
    splines = Splines(data.x, data.weights, found.knots)
    residual = data.weights[:, None] * (data.labels - splines.values(found.values))
    residual[found.knots] = 0
    at_knots = numpy.zeros((len(found.knots), residual.shape[1]))
    at_knots[1:-1] = data.penalty * found.directions
    return splines.values(at_knots) - green(splines, residual)


def green(splines: Splines, residual: Array) -> Array:
    """The sum over i of g(j, i) r_i, g the Green function of the second difference on each segment; r 0 at knots."""
    gaps = splines.gaps[splines.segment][:, None]
    tau = splines.tau[:, None]
    rising, falling = residual[:-1] * tau * gaps, residual[:-1] * (1 - tau) * gaps
    before = segment_sums(splines, rising)
    after = segment_sums(splines, falling)
    result = (1 - tau) * before + tau * (after[splines.knots[1:] - 1][splines.segment] - after)
    return numpy.concatenate([result, numpy.zeros((1, residual.shape[1]))])


def segment_sums(splines: Splines, terms: Array) -> Array:
    """Sums from the start of each segment up to and including each point; integers, so that they start anew exactly."""
    size = len(terms) * max(float(terms.max()), -float(terms.min()))
    if not 0 < size < numpy.inf:
        return numpy.zeros_like(terms)
    unit = 2.0 ** (numpy.frexp(size)[1] - 61)
    sums = numpy.cumsum(numpy.rint(terms * (1 / unit)).astype(numpy.int64), axis=0)
    # The terms at the knots are 0.
    sums -= sums[splines.knots[:-1]][splines.segment]
    return sums * unit


def peaks(data: Data, found: Support) -> tuple[float, Array, Array]:
    """The largest |v| / lambda - 1; in each segment that exceeds 0 the point where |v| is largest, and v there."""
    v = dual(data, found)
    size = operators.lengths(v)
    size[found.knots] = 0
    largest = numpy.maximum.reduceat(size[:-1], found.knots[:-1])
    violation = float(largest.max()) / data.penalty - 1
    over = numpy.flatnonzero(largest > data.penalty * (1 + 1e-12))
    chosen = [found.knots[k] + int(numpy.argmax(size[found.knots[k] : found.knots[k + 1]])) for k in over.tolist()]
    places = numpy.array(chosen, dtype=found.knots.dtype)
    return violation, places, v[places] / size[places][:, None] if len(places) else v[:0]
