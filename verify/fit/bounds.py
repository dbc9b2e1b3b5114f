"""The second-order certificate in float64 with error bounds: how far a candidate is from the minimiser (BA, BB).

The candidate is meant as real numbers: the spline with the given floats as knot values, and the v that has
lambda u / |u| at the knots and D^T v = W (Y - Z) between them. What float64 computes of them is wrong by at most the
radii that are computed beside it. Where |v| may exceed lambda it is projected onto the ball; the change is propagated
as a vector, so that what it costs is of second order. proofs_notes/fit_bounds.md has the analysis.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy

from ..arrays.arithmetic import ETA, SLACK, UNIT
from . import operators
from .problem import Problem
from .support import Support

Array = Any

FINE, COARSE = 30, 30
"""Bits of the two integers that hold a term of a sum: sums of 2^32 of them are exact."""


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What is proved about Z*, in scaled units. Upper bounds are floats that are not below the numbers meant.

    gap: of P(Z) - P*; distance: of |Z - Z*|_W; objective, residual_square: bounds of P* and |Y - Z*|_W^2;
    value_radius: of the floats `values` (N, T), beside the spline Z meant. zero: the points whose kink of Z* is
    certainly 0 (N,); nonzero, apart: the inner knots whose kink certainly is not (K,), and the pairs of neighbouring
    inner knots whose directions in Z* certainly differ (K - 1,).
    """

    gap: float
    distance: float
    objective: tuple[float, float]
    residual_square: tuple[float, float]
    values: Array
    value_radius: Array
    zero: Array
    nonzero: Array
    apart: Array


def certify(problem: Problem, found: Support) -> Bounds:
    """Bounds for a candidate; a gap of inf where float64 overflows."""
    with numpy.errstate(all="ignore"):
        return _Certificate(problem, found).bounds()


class _Certificate:
    def __init__(self, problem: Problem, found: Support) -> None:
        self.problem, self.found = problem, found
        self.knots, self.z = found.knots, found.values
        lengths = numpy.diff(self.knots)
        self.segment = numpy.repeat(numpy.arange(len(lengths)), lengths)
        self.root_tasks = math.sqrt(problem.tasks) * SLACK
        self._geometry()
        self._directions()
        self._residuals()

    def _geometry(self) -> None:
        """Lengths and the barycentric coordinates of the points in their segments, with one relative error each."""
        problem, left, right = self.problem, self.knots[:-1], self.knots[1:]
        x, low = problem.x, problem.x_low
        self.gaps = (x[right] - x[left]) + (low[right] - low[left])
        starts, ends = left[self.segment], right[self.segment]
        self.rising = (x[:-1] - x[starts]) + (low[:-1] - low[starts])
        self.falling = (x[ends] - x[:-1]) + (low[ends] - low[:-1])
        least = float(numpy.diff(x).min())
        low_size = float(numpy.abs(low).max())
        size = max(abs(float(x[0])), abs(float(x[-1])))
        lost = 4 * UNIT * low_size + 4 * problem.x_radius * size
        # Two roundings, or one where there is no second float; the low parts at most their own size.
        self.length_error = (3 * UNIT if low_size else UNIT) * SLACK + lost / least * SLACK
        self.share_error = (2 * self.length_error + UNIT) * SLACK
        inverse = 1 / self.gaps[self.segment]
        self.tau, self.rest = self.rising * inverse, self.falling * inverse
        self.share_error = (self.share_error + UNIT) * SLACK

    def _directions(self) -> None:
        """u / |u| at the knots, 0 at the ends, and its pull lambda D^T u on the knots."""
        problem, directions = self.problem, self.found.directions
        tasks = problem.tasks
        square = operators.dots(directions, directions)
        off = (numpy.abs(square - 1) / 2 + (tasks + 3) * UNIT) * 1.01
        self.u = numpy.zeros_like(self.z)
        self.u[1:-1] = directions
        self.u_radius = numpy.zeros(len(self.z))
        self.u_radius[1:-1] = off * operators.largest(directions) if tasks > 1 else numpy.where(
            numpy.abs(directions[:, 0]) == 1, 0, off
        )  # fmt: skip
        turn = numpy.diff(self.u, axis=0)
        slopes = problem.penalty * (turn / self.gaps[:, None])
        size = operators.largest(slopes)
        penalty_error = problem.penalty_radius / problem.penalty
        spread = problem.penalty * (self.u_radius[1:] + self.u_radius[:-1]) / self.gaps
        spread = (spread + (self.length_error + penalty_error + 4 * UNIT) * size) * SLACK
        self.pull, self.pull_radius = _step(slopes), _spread(spread)
        self.pull_radius = (self.pull_radius + UNIT * operators.largest(self.pull)) * SLACK
        self.penalty_error = penalty_error

    def _residuals(self) -> None:
        """W (Y - Z) with one radius for each point, and its sums against hats and Green functions."""
        problem, z = self.problem, self.z
        size = operators.largest(z)
        both = numpy.maximum(size[:-1], size[1:])[self.segment]
        values = z[:-1][self.segment] * self.rest[:, None] + z[1:][self.segment] * self.tau[:, None]
        self.values = numpy.concatenate([values, z[-1:]])
        self.values[self.knots] = z
        self.value_radius = numpy.append((self.share_error + 4 * UNIT) * both, 0.0) * SLACK
        self.value_radius[self.knots] = 0
        self.plain = problem.labels - self.values
        plain_size = operators.largest(self.plain)
        self.plain_radius = (problem.labels_radius + self.value_radius + UNIT * plain_size) * SLACK
        weights = problem.weights
        self.residual = self.plain * weights[:, None]
        spread = weights * (self.plain_radius + (problem.weights_radius + UNIT) * plain_size)
        self.residual_radius = spread * (1 + problem.weights_radius) * SLACK + ETA
        inner, radius = self.residual[:-1].copy(), self.residual_radius[:-1].copy()
        inner[self.knots[:-1]], radius[self.knots[:-1]] = 0, 0
        largest = operators.largest(inner)
        radius = (radius + (self.length_error + 2 * UNIT) * largest) * SLACK
        self.before = _SegmentSums(self.knots, self.segment, inner * self.rising[:, None], radius * self.rising)
        self.after = _SegmentSums(self.knots, self.segment, inner * self.falling[:, None], radius * self.falling)

    def bounds(self) -> Bounds:
        """Everything together."""
        force, radius = self._force()
        v, v_radius = self._dual()
        size = operators.lengths(v)
        upper = (size * (1 + (self.problem.tasks + 4) * UNIT) + self.root_tasks * v_radius) * SLACK
        upper[self.knots] = 0
        over = ~(upper <= self.problem.penalty * (1 - self.penalty_error - 2 * UNIT))
        over[self.knots] = False
        if over.any():
            force, radius = self._clipped(over, v, v_radius, size, force, radius)
        longest = (operators.lengths(force) * (1 + 8 * UNIT) + self.root_tasks * radius) * SLACK
        light = self.problem.weights * (1 - self.problem.weights_radius)
        squares = longest**2 / (2 * light)
        kinks = self._kinks()
        gap = _above(squares) + _above(kinks.cost)
        gap = gap * SLACK if gap >= 0 else math.inf
        return self._collect(gap, upper, kinks)

    def _force(self) -> tuple[Array, Array]:
        """W (Zd - Z), which lives on the knots, at all points, with its radius."""
        at = self.knots
        up = self.before.totals / self.gaps[:, None]
        down = self.after.totals / self.gaps[:, None]
        up_radius = (self.before.total_radius / self.gaps + self._share(up)) * SLACK
        down_radius = (self.after.total_radius / self.gaps + self._share(down)) * SLACK
        force = self.residual[at] - self.pull
        size = operators.largest(self.residual[at]) + operators.largest(self.pull)
        radius = self.residual_radius[at] + self.pull_radius
        force[1:] += up
        force[:-1] += down
        size[1:] += operators.largest(up)
        size[:-1] += operators.largest(down)
        radius[1:] += up_radius
        radius[:-1] += down_radius
        everywhere, spread = numpy.zeros_like(self.residual), numpy.zeros(len(self.residual))
        everywhere[at], spread[at] = force, (radius + 4 * UNIT * size) * SLACK
        return everywhere, spread

    def _share(self, values: Array) -> Array:
        return (self.length_error + 2 * UNIT) * operators.largest(values)

    def _dual(self) -> tuple[Array, Array]:
        """v at all points but the last, with its radius."""
        problem, segment = self.problem, self.segment
        tau, rest = self.tau[:, None], self.rest[:, None]
        chord = problem.penalty * (rest * self.u[:-1][segment] + tau * self.u[1:][segment])
        spread = numpy.maximum(self.u_radius[:-1], self.u_radius[1:])[segment]
        spread = problem.penalty * (spread + self.share_error + self.penalty_error + 5 * UNIT)
        before, after = self.before.sums, self.after.totals[segment] - self.after.sums
        bend = rest * before + tau * after
        radius = self.rest * self.before.radius + self.tau * self.after.rest_radius
        size = self.rest * operators.largest(before) + self.tau * operators.largest(after)
        v = chord - bend
        radius = radius + spread + (self.share_error + 5 * UNIT) * size + UNIT * operators.largest(v)
        nothing = numpy.zeros((1, problem.tasks))
        return numpy.concatenate([v, nothing]), numpy.append(radius, 0.0) * SLACK

    def _clipped(
        self, over: Array, v: Array, v_radius: Array, size: Array, force: Array, radius: Array
    ) -> tuple[Array, Array]:
        """The force when v is projected onto the ball where it may be longer than lambda.

        v minus its projection is a nonexpansive function of v, so its radius is that of v.
        """
        excess, spread = numpy.zeros_like(v), numpy.zeros(len(v))
        part = numpy.maximum(0.0, 1 - self.problem.penalty / size[over])
        excess[over] = v[over] * part[:, None]
        rounding = (self.problem.tasks + 8) * UNIT + self.penalty_error
        spread[over] = (self.root_tasks * v_radius[over] + rounding * size[over]) * SLACK
        gaps = numpy.diff(self.problem.x) + numpy.diff(self.problem.x_low)
        slopes = numpy.diff(excess, axis=0) / gaps[:, None]
        slope_radius = (spread[1:] + spread[:-1]) / gaps
        slope_radius = (slope_radius + (self.length_error + 2 * UNIT) * operators.largest(slopes)) * SLACK
        pull, pull_radius = _step(slopes), _spread(slope_radius)
        force = force + pull
        rounded = 2 * UNIT * (operators.largest(pull) + operators.largest(force))
        return force, (radius + pull_radius + rounded) * SLACK

    def _kinks(self) -> "_Kinks":
        """The kinks of Z at the inner knots: bounds of their lengths, and of lambda (|d| - <u, d>)."""
        u, tasks = self.u[1:-1], self.problem.tasks
        slopes = numpy.diff(self.z, axis=0) / self.gaps[:, None]
        spread = (self.length_error + 3 * UNIT) * operators.largest(slopes)
        d = numpy.diff(slopes, axis=0)
        size = operators.largest(d)
        radius = (spread[1:] + spread[:-1] + UNIT * size) * SLACK * self.root_tasks
        length, rounding = operators.lengths(d), (tasks + 4) * UNIT
        lower = numpy.maximum(length * (1 - rounding) - radius, 0.0) * (1 - UNIT)
        upper = (length * (1 + rounding) + radius) * SLACK
        along = operators.dots(u, d)
        off = self.root_tasks * self.u_radius[1:-1]
        blur = (radius + (rounding + off) * upper) * SLACK
        across = (operators.lengths(d - along[:, None] * u) * (1 + rounding) + 2 * blur) * SLACK
        along_lower = (along - blur) * (1 - UNIT)
        with_it = along_lower > 0
        safe = numpy.where(with_it, along_lower, 1.0)
        one_task = tasks == 1
        bend = 0.0 if one_task else across**2 / (2 * safe)
        cost = numpy.where(with_it, numpy.minimum(bend, upper - along_lower), upper - numpy.minimum(along_lower, 0))
        turned = numpy.zeros_like(length) if one_task else 1.01 * across / safe
        turned = numpy.where(with_it, turned, 2.0)
        penalty = self.problem.penalty * (1 + self.penalty_error)
        return _Kinks(lower, upper, cost * penalty * SLACK, turned)

    def _collect(self, gap: float, dual: Array, kinks: "_Kinks") -> Bounds:
        problem = self.problem
        distance = math.sqrt(2 * gap) * SLACK
        loss, loss_radius = self._squares()
        cost_low = problem.penalty * (1 - self.penalty_error - 2 * UNIT) * math.fsum(kinks.lower.tolist()) * (1 - UNIT)
        cost_high = problem.penalty * (1 + self.penalty_error + 2 * UNIT) * math.fsum(kinks.upper.tolist()) * SLACK
        lower = (loss - loss_radius) / 2 * (1 - 4 * UNIT) + cost_low * (1 - 2 * UNIT) - gap
        upper = ((loss + loss_radius) / 2 + cost_high) * (1 + 8 * UNIT)
        norm_low, norm_high = math.sqrt(max(loss - loss_radius, 0)), math.sqrt(loss + loss_radius)
        residual = max(norm_low * (1 - 4 * UNIT) - distance, 0.0), (norm_high + distance) * (1 + 4 * UNIT)
        zero, nonzero, apart = self._decided(distance, dual, kinks)
        return Bounds(
            gap, distance, (max(lower - 4 * UNIT * abs(lower), 0.0), upper),
            (residual[0] ** 2 * (1 - 2 * UNIT), residual[1] ** 2 * (1 + 2 * UNIT)),
            self.values, self.value_radius, zero, nonzero, apart,
        )  # fmt: skip

    def _squares(self) -> tuple[float, float]:
        """|Y - Z|_W^2 and its radius."""
        problem = self.problem
        squares = operators.dots(self.plain, self.plain)
        weighted = squares * problem.weights
        error = (2 * self.root_tasks * numpy.sqrt(squares) + problem.tasks * self.plain_radius) * self.plain_radius
        error = problem.weights * error + (problem.weights_radius + (problem.tasks + 4) * UNIT) * weighted
        total = math.fsum(weighted.tolist())
        return total, (math.fsum(error.tolist()) + UNIT * total) * SLACK

    def _decided(self, distance: float, dual: Array, kinks: "_Kinks") -> tuple[Array, Array, Array]:
        """Which kinks of Z* are certainly zero or nonzero, and which neighbours are certainly not aligned."""
        problem, segment = self.problem, self.segment
        # The Green function's part: all weight of the segment at its worst place.
        weight = self.problem.weights[:-1].copy()
        weight[self.knots[:-1]] = 0
        weight = numpy.add.reduceat(weight, self.knots[:-1])[segment] * (1 + len(weight) * UNIT)
        ends = numpy.zeros(len(self.knots))
        ends[1:-1] = problem.penalty / kinks.lower
        tilt = numpy.zeros(len(self.knots))
        tilt[1:-1] = kinks.turned
        local = (
            (self.tau * self.falling) ** 2 * weight
            + self.rest**2 * ends[:-1][segment]
            + self.tau**2 * ends[1:][segment]
        )
        radius = distance * numpy.sqrt(local * (1 + 1e-9))
        radius += problem.penalty * (self.rest * tilt[:-1][segment] + self.tau * tilt[1:][segment]) * (1 + 1e-9)
        zero = numpy.zeros(problem.size, bool)
        zero[:-1] = (dual[:-1] + radius) * SLACK < problem.penalty * (1 - self.penalty_error)
        zero[self.knots] = False
        gaps = (numpy.diff(problem.x) + numpy.diff(problem.x_low)) * (1 - 4 * self.length_error)
        before, at, after = operators.kink_rows(gaps)
        light = problem.weights * (1 - problem.weights_radius)
        inner = self.knots[1:-1] - 1
        rows = numpy.sqrt(before**2 / light[:-2] + at**2 / light[1:-1] + after**2 / light[2:])[inner]
        moved = rows * distance * (1 + 1e-9)
        nonzero = moved < kinks.lower
        turn = numpy.minimum(distance / numpy.sqrt(problem.penalty * kinks.lower), 2 * moved / kinks.lower)
        turn = (turn + kinks.turned) * (1 + 1e-9) + self.root_tasks * self.u_radius[1:-1] + 8 * UNIT
        apart = (
            operators.lengths(numpy.diff(self.u[1:-1], axis=0)) * (1 - (problem.tasks + 8) * UNIT)
            > turn[1:] + turn[:-1]
        )
        return zero, nonzero, apart


@dataclass(frozen=True, slots=True, eq=False)
class _Kinks:
    """lower, upper: bounds of |d|; cost: an upper bound of lambda (|d| - <u, d>); turned: of |u - d / |d||."""

    lower: Array
    upper: Array
    cost: Array
    turned: Array


class _SegmentSums:
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


def _step(slopes: Array) -> Array:
    """Differences of slopes at all points, with slope 0 outside."""
    return numpy.concatenate([slopes[:1], numpy.diff(slopes, axis=0), -slopes[-1:]])


def _spread(radius: Array) -> Array:
    result = numpy.append(radius, 0.0)
    result[1:] += radius
    return result


def _above(values: Array) -> float:
    """An upper bound of a sum of nonnegative floats."""
    total = math.fsum(values.tolist())
    return total * SLACK if math.isfinite(total) else math.inf


def line_dual(problem: Problem, line: Support) -> tuple[Array, Array]:
    """Bounds (N,) of |v| for the least-squares line itself, which the given one is up to rounding.

    The v of both solve one second difference with the difference of their values, at most |rho|, on the right.
    """
    certificate = _Certificate(problem, line)
    force, radius = certificate._force()
    light = problem.weights * (1 - problem.weights_radius)
    longest = (operators.lengths(force) * (1 + 8 * UNIT) + certificate.root_tasks * radius) * SLACK
    distance = math.sqrt(_above(longest**2 / light)) * SLACK
    v, v_radius = certificate._dual()
    size = operators.lengths(v)
    weight = float(problem.weights.sum()) * (1 + len(size) * UNIT)
    green = numpy.append(certificate.tau * certificate.falling, 0.0) * math.sqrt(weight) * distance
    blur = (certificate.root_tasks * v_radius + (problem.tasks + 8) * UNIT * size + green) * SLACK
    return size - blur, size + blur
