"""The second-order certificate in float64 with error bounds: how far a candidate is from the minimiser (BA, BB).

The candidate is meant as real numbers: the spline with the given floats as knot values, and the v that has
lambda u / |u| at the knots and D^T v = W (Y - Z) between them. What float64 computes of them is wrong by at most the
radii that are computed beside it (`evaluated`). proofs_notes/fit_bounds.md has the analysis.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy

from ..arrays.arithmetic import SLACK, UNIT
from . import operators
from .candidate import Support
from .evaluated import Evaluated
from .problem import Problem

Array = Any


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


class _Certificate(Evaluated):
    """The conclusions."""

    def bounds(self) -> Bounds:
        """Everything together."""
        force, radius = self.force()
        v, v_radius = self.dual()
        size = operators.lengths(v)
        upper = (size * (1 + (self.problem.tasks + 4) * UNIT) + self.root_tasks * v_radius) * SLACK
        upper[self.knots] = 0
        over = ~(upper <= self.problem.penalty * (1 - self.penalty_error - 2 * UNIT))
        over[self.knots] = False
        if over.any():
            force, radius = self.clipped(over, v, v_radius, size, force, radius)
        longest = (operators.lengths(force) * (1 + 8 * UNIT) + self.root_tasks * radius) * SLACK
        light = self.problem.weights * (1 - self.problem.weights_radius)
        squares = longest**2 / (2 * light)
        kinks = self._kinks()
        gap = above(squares) + above(kinks.cost)
        gap = gap * SLACK if gap >= 0 else math.inf
        return self._collect(gap, upper, kinks)

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
        loss, loss_radius = self.squares()
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


def above(values: Array) -> float:
    """An upper bound of a sum of nonnegative floats."""
    total = math.fsum(values.tolist())
    return total * SLACK if math.isfinite(total) else math.inf


def line_dual(problem: Problem, line: Support) -> tuple[Array, Array]:
    """Bounds (N,) of |v| for the least-squares line itself, which the given one is up to rounding.

    The v of both solve one second difference with the difference of their values, at most |rho|, on the right.
    """
    certificate = Evaluated(problem, line)
    force, radius = certificate.force()
    light = problem.weights * (1 - problem.weights_radius)
    longest = (operators.lengths(force) * (1 + 8 * UNIT) + certificate.root_tasks * radius) * SLACK
    distance = math.sqrt(above(longest**2 / light)) * SLACK
    v, v_radius = certificate.dual()
    size = operators.lengths(v)
    weight = float(problem.weights.sum()) * (1 + len(size) * UNIT)
    green = numpy.append(certificate.tau * certificate.falling, 0.0) * math.sqrt(weight) * distance
    blur = (certificate.root_tasks * v_radius + (problem.tasks + 8) * UNIT * size + green) * SLACK
    return size - blur, size + blur
