"""The operators of the regularised problem on float64 arrays: kinks D, their transpose, and their banded products.

Points are numbered 0..N-1, kinks j = 0..N-3 belong to the points j + 1. h: the N - 1 gaps; w: the N weights. Labels are
arrays (N, T). Bands are in the lower form of LAPACK: band[k, i] is the entry (i + k, i).
"""

from functools import reduce
from typing import Any

import numpy

Array = Any


def largest(rows: Array) -> Array:
    """The largest size in each row, shape (N,). By columns: reducing along short rows is ten times slower."""
    sizes = numpy.abs(rows)
    return reduce(numpy.maximum, [sizes[:, task] for task in range(sizes.shape[1])], numpy.zeros(len(sizes)))


def dots(a: Array, b: Array) -> Array:
    """The inner product of each row of a with that of b, shape (N,); summed by columns, which is faster here too."""
    products = a * b
    return reduce(numpy.add, [products[:, task] for task in range(products.shape[1])])


def lengths(rows: Array) -> Array:
    """The Euclidean length of each row, shape (N,)."""
    return numpy.sqrt(dots(rows, rows))


def kinks(h: Array, z: Array) -> Array:
    """DZ, shape (N - 2, T)."""
    return numpy.diff(numpy.diff(z, axis=0) / h[:, None], axis=0)


def transposed(h: Array, v: Array) -> Array:
    """D^T v for v of shape (N - 2, T), shape (N, T)."""
    padded = numpy.zeros((len(v) + 2, v.shape[1]))
    padded[1:-1] = v
    slopes = numpy.diff(padded, axis=0) / h[:, None]
    result = numpy.empty_like(padded)
    result[0], result[-1] = slopes[0], -slopes[-1]
    numpy.subtract(slopes[1:], slopes[:-1], out=result[1:-1])
    return result


def kink_rows(h: Array) -> tuple[Array, Array, Array]:
    """The three entries of each row of D: at the point before, at the point, at the point after."""
    inverse = 1 / h
    return inverse[:-1], -inverse[:-1] - inverse[1:], inverse[1:]


def dual_bands(h: Array, w: Array) -> Array:
    """D W^-1 D^T, pentadiagonal, shape (3, N - 2)."""
    before, at, after = kink_rows(h)
    inverse = 1 / w
    bands = numpy.zeros((3, len(at)))
    bands[0] = before**2 * inverse[:-2] + at**2 * inverse[1:-1] + after**2 * inverse[2:]
    bands[1, :-1] = at[:-1] * before[1:] * inverse[1:-2] + after[:-1] * at[1:] * inverse[2:-1]
    bands[2, :-2] = after[:-2] * before[2:] * inverse[2:-2]
    return bands


class Splines:
    """Splines with given knots among the points, by their values there: interpolation and its adjoint.

    knots: increasing data indices, 0 and N - 1 included. x is measured from the knot to the left, so that nothing is
    lost beside a large offset.
    """

    __slots__ = ("gaps", "knots", "segment", "tau", "weights", "x")

    def __init__(self, x: Array, weights: Array, knots: Array) -> None:
        self.x, self.weights, self.knots = x, weights, knots
        self.gaps = numpy.diff(x[knots])
        lengths = numpy.diff(knots)
        self.segment = numpy.repeat(numpy.arange(len(lengths)), lengths)  # of the points 0..N-2
        self.tau = (x[:-1] - x[knots[self.segment]]) / self.gaps[self.segment]

    def values(self, z: Array) -> Array:
        """The values at all N points."""
        steps = numpy.diff(z, axis=0)
        inner = z[self.segment] + self.tau[:, None] * steps[self.segment]
        return numpy.concatenate([inner, z[-1:]])

    def moments(self, r: Array) -> Array:
        """Phi^T r: the sums of r against the hat functions of the knots."""
        result = numpy.add.reduceat(r[:-1] * (1 - self.tau)[:, None], self.knots[:-1], axis=0)
        rising = numpy.add.reduceat(r[:-1] * self.tau[:, None], self.knots[:-1], axis=0)
        total = numpy.zeros((len(self.knots), r.shape[1]))
        total[:-1] = result
        total[1:] += rising
        total[-1] += r[-1]
        return total

    def gram_bands(self) -> Array:
        """G = Phi^T W Phi, tridiagonal, shape (2, K + 2)."""
        inner, falling = self.weights[:-1], 1 - self.tau
        bands = numpy.zeros((2, len(self.knots)))
        starts = self.knots[:-1]
        bands[0, :-1] = numpy.add.reduceat(inner * falling**2, starts)
        bands[0, 1:] += numpy.add.reduceat(inner * self.tau**2, starts)
        bands[0, -1] += self.weights[-1]
        bands[1, :-1] = numpy.add.reduceat(inner * falling * self.tau, starts)
        return bands
