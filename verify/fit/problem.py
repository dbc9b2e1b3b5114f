"""The regularised problem on arrays: what float64 makes of exact data, with a bound of what it loses.

Exact data are first multiplied by common denominators: y -> gamma y, x -> alpha x turn lambda into alpha gamma lambda,
and decimals become integers, which float64 holds exactly. What does not fit is a pair of floats. A line may be taken
off the labels: it changes neither residuals nor kinks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
from flint import fmpq, fmpz

from ...theory.numbers import nearest_float
from ...theory.regularised import Regularised
from ..arrays.arithmetic import UNIT
from ..reading import InputError
from . import operators
from .double import minus_line

Array = Any

ONE = fmpq(1)

LONGEST_DENOMINATOR = 512
"""Bits of a common denominator worth multiplying by."""


@dataclass(frozen=True, slots=True)
class Units:
    """What was multiplied: scaled points are x times the number given, and so on; the objective scales by w y^2."""

    x: fmpq
    y: fmpq
    w: fmpq

    def penalty(self, penalty: fmpq) -> fmpq:
        """lambda in scaled units."""
        return penalty * self.x * self.y * self.w

    @property
    def objective(self) -> fmpq:
        """The objective in scaled units is this times the original one."""
        return self.w * self.y * self.y


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Points x + x_low (N,), weights (N,), labels (N, T) with the line taken off, lambda; radii bound the rounding.

    |true - float| <= radius, where a radius is one number a point or one for all; points are exact up to x_radius
    relative to their size.
    """

    x: Array
    x_low: Array
    x_radius: float
    weights: Array
    weights_radius: float
    labels: Array
    labels_radius: Array
    penalty: float
    penalty_radius: float
    offset: Array
    slope: Array
    units: Units

    @property
    def size(self) -> int:
        """N."""
        return len(self.x)

    @property
    def tasks(self) -> int:
        """T."""
        return int(self.labels.shape[1])

    def with_penalty(self, penalty: fmpq) -> "Problem":
        """The same data with another lambda, in original units."""
        high, radius = _rounded(self.units.penalty(penalty))
        return replace(self, penalty=high, penalty_radius=radius)


def from_exact(problem: Regularised) -> Problem:
    """The arrays of exact data."""
    x_unit, x_integers = _integers(list(problem.data.points))
    flat = [entry for label in problem.data.labels for entry in label]
    y_unit, y_integers = _integers(flat)
    w_unit, w_integers = _integers(list(problem.weights))
    units = Units(x_unit, y_unit, w_unit)
    first = x_integers[0]
    x, x_low = _pairs([value - first for value in x_integers])
    y, y_low = _pairs(y_integers)
    w, w_low = _pairs(w_integers)
    shape = (problem.data.size, problem.data.tasks)
    return _build(
        (x, x_low, 0.0 if not x_low.any() else UNIT**2),
        (w, float((numpy.abs(w_low) / w).max()) * (1 + 2.0**-40)),
        (y.reshape(shape), y_low.reshape(shape)),
        units.penalty(problem.penalty),
        units,
    )


def from_arrays(x: Array, y: Array, w: Array | None, penalty: fmpq) -> Problem:
    """The arrays themselves, float64 or integers up to 2^53, x of shape (N,) increasing, y (N, T), w (N,) positive."""
    points = numpy.asarray(x, dtype=float)
    labels = numpy.asarray(y, dtype=float)
    weights = numpy.ones(len(points)) if w is None else numpy.asarray(w, dtype=float)
    nothing = numpy.zeros_like(labels)
    return _build(
        (points, numpy.zeros_like(points), 0.0), (weights, 0.0), (labels, nothing), penalty, Units(ONE, ONE, ONE)
    )


def _build(x: Any, w: Any, y: Any, penalty: fmpq, units: Units) -> Problem:
    points, x_low, x_radius = x
    labels, y_low = y
    if not all(numpy.isfinite(part).all() for part in (points, labels, w[0])):
        raise InputError("the numbers are too large for float64 (beyond 1e308): scale them down")
    size = float(numpy.abs(labels).max())
    if not size * size * len(points) * max(float(w[0].max()), 1.0) < numpy.inf:
        raise InputError("the squares of the labels, times their weights, are too large for float64: scale them down")
    if len(points) > 1 and not (numpy.diff(points) > 0).all():
        raise InputError("points differ by less than float64 can tell beside their size: move the origin")
    gaps = numpy.diff(points)
    if not (gaps.min() > 2.0**-500 and points[-1] - points[0] < 2.0**500):
        raise InputError("the squares of the gaps between points are too small or too large for float64: scale them")
    offset, slope = _line(points, labels)
    exact = not y_low.any()
    if exact and not slope.any() and not offset.any():
        reduced, radius = labels, numpy.zeros(len(points))
    else:
        reduced = minus_line(labels, y_low, (points, x_low), offset, slope)
        largest = operators.largest(labels) + numpy.abs(offset).max() + numpy.abs(slope).max() * numpy.abs(points)
        radius = 1.01 * UNIT * operators.largest(reduced) + 2.0**-100 * largest + 2.0**-1020
    # Squares that underflow would be a certified 0 that is none.
    rest = float(numpy.abs(reduced).max())
    if rest > 0 and rest * rest * min(float(w[0].min()), 1.0) < 2.0**-900:
        raise InputError(
            "the squares of the labels, less their line, times their weights, are too small for float64: scale them up"
        )
    high, lost = _rounded(penalty)
    return Problem(
        points, x_low, x_radius, w[0], w[1], reduced, radius, high, lost, offset, slope, units
    )  # fmt: skip


def _line(x: Array, y: Array) -> tuple[Array, Array]:
    """A line worth taking off: the least-squares line where the labels are large beside their residuals."""
    nothing = numpy.zeros(y.shape[1])
    centre, mean = x.mean(), y.mean(axis=0)
    away = x - centre
    slope = (away @ (y - mean)) / (away @ away)
    offset = mean - slope * centre
    if not (numpy.isfinite(slope).all() and numpy.isfinite(offset).all()):
        return nothing, nothing
    residual = numpy.abs(y - offset - x[:, None] * slope).max()
    return (offset, slope) if numpy.abs(y).max() > 16 * residual else (nothing, nothing)


def _integers(values: Sequence[fmpq]) -> tuple[fmpq, list[Any]]:
    """(unit, values times unit): integers, unless the common denominator is longer than is worth it."""
    common = fmpz(1)
    for denominator in {value.q for value in values}:
        common = common.lcm(denominator)
        if common.bit_length() > LONGEST_DENOMINATOR:
            return fmpq(1), list(values)
    return fmpq(common), [value.p * (common // value.q) for value in values]


def _pairs(values: Sequence[Any]) -> tuple[Array, Array]:
    """Exact numbers as pairs of floats: high rounded to nearest, low the rest, itself rounded."""
    try:
        if isinstance(values[0], fmpz):
            integers = [int(value) for value in values]
            high = [float(value) for value in integers]
            low = [float(value - int(near)) for value, near in zip(integers, high, strict=True)]
        else:
            high = [nearest_float(value) for value in values]
            rest = [value - fmpq(*near.as_integer_ratio()) for value, near in zip(values, high, strict=True)]
            low = [nearest_float(value) for value in rest]
    except OverflowError:
        raise InputError("the numbers are too large for float64 (beyond 1e308): scale them down") from None
    return numpy.array(high), numpy.array(low)


def _rounded(value: fmpq) -> tuple[float, float]:
    """A positive rational as a float and a bound of what that loses."""
    try:
        near = nearest_float(value)
    except OverflowError:
        near = numpy.inf
    if not 2.0**-900 < near < 2.0**900:
        raise InputError("lambda is beyond what float64 can hold beside these data: scale the data")
    return near, 0.0 if fmpq(*near.as_integer_ratio()) == value else near * UNIT
