"""What the certificate of a fit evaluates in float64, with a bound of the rounding beside every number.

Where |v| may exceed lambda it is projected onto the ball; the change is propagated as a vector, so that what it costs
is of second order. proofs_notes/fit_bounds.md has the analysis.
"""

import math
from typing import Any

import numpy

from ..arrays.arithmetic import ETA, SLACK, UNIT
from . import operators
from .candidate import Support
from .problem import Problem
from .segment_sums import SegmentSums

Array = Any


class Evaluated:
    """Z, v and W (Zd - Z) of a candidate, each with radii."""

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
        self.before = SegmentSums(self.knots, self.segment, inner * self.rising[:, None], radius * self.rising)
        self.after = SegmentSums(self.knots, self.segment, inner * self.falling[:, None], radius * self.falling)

    def force(self) -> tuple[Array, Array]:
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

    def dual(self) -> tuple[Array, Array]:
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

    def clipped(
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

    def squares(self) -> tuple[float, float]:
        """|Y - Z|_W^2 and its radius."""
        problem = self.problem
        squares = operators.dots(self.plain, self.plain)
        weighted = squares * problem.weights
        error = (2 * self.root_tasks * numpy.sqrt(squares) + problem.tasks * self.plain_radius) * self.plain_radius
        error = problem.weights * error + (problem.weights_radius + (problem.tasks + 4) * UNIT) * weighted
        total = math.fsum(weighted.tolist())
        return total, (math.fsum(error.tolist()) + UNIT * total) * SLACK


def _step(slopes: Array) -> Array:
    """Differences of slopes at all points, with slope 0 outside."""
    return numpy.concatenate([slopes[:1], numpy.diff(slopes, axis=0), -slopes[-1:]])


def _spread(radius: Array) -> Array:
    result = numpy.append(radius, 0.0)
    result[1:] += radius
    return result
