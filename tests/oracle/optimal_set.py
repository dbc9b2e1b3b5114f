"""The optimal set: by an exact linear program over networks for one task, and its reach by lines that meet.

The program knows nothing of kinks or runs: one variable for each sign of each ramp and of each affine coefficient, one
equation per data point, the sum of absolute ramp weights is minimised; then the value at a place is minimised and
maximised over all minimisers.
"""

from fractions import Fraction
from typing import NamedTuple

from .kinks import Vector, aligned_gaps, dot, kinks, runs
from .simplex import Program
from .splines import chord


class Envelope(NamedTuple):
    """The optimal cost, and at each place the least and the largest value of any optimum."""

    cost: Fraction
    ends: dict[Fraction, tuple[Fraction, Fraction]]


def envelope(x: Vector, z: Vector, places: list[Fraction]) -> Envelope:
    """For one task with labels z; ramps start at the data points, at the places and outside the data."""
    knots = sorted({*x, *places, x[0] - 1, x[-1] + 1})
    columns = [lambda p: Fraction(1), lambda p: p] + [lambda p, t=t: max(p - t, Fraction(0)) for t in knots]
    program = Program([[sign * f(point) for f in columns for sign in (1, -1)] for point in x], list(z))
    prices = [Fraction(0)] * 4 + [Fraction(1)] * (2 * len(knots))
    cost, ends = program.keep_only_minimisers(prices), {}
    for place in places:
        value = [sign * f(place) for f in columns for sign in (1, -1)]
        ends[place] = program.minimum(value), -program.minimum([-entry for entry in value])
    return Envelope(cost, ends)


class Tent(NamedTuple):
    """The farthest place in a gap and the vector from the lowest optimum there to connect-the-dots."""

    gap: int
    at: Fraction
    descent: Vector


def tents(x: Vector, y: list[Vector]) -> list[Tent]:
    """For each gap between aligned neighbours: where the lines of the two neighbouring segments meet."""
    return [_tent(x, y, left) for left in aligned_gaps(kinks(x, y))]


def _tent(x: Vector, y: list[Vector], left: int) -> Tent:
    a, b = x[left], x[left + 1]
    # The difference of the two lines is linear; its zero by the rule of false position in the coordinate that differs.
    at_a = [u - v for u, v in zip(chord(x, y, left + 1, a), y[left], strict=True)]
    at_b = [u - v for u, v in zip(y[left + 1], chord(x, y, left - 1, b), strict=True)]
    low, high = max(zip(at_a, at_b, strict=True), key=lambda pair: abs(pair[0] - pair[1]))
    meet = (a * high - b * low) / (high - low)
    line = chord(x, y, left - 1, meet)
    return Tent(left, meet, [u - v for u, v in zip(chord(x, y, left, meet), line, strict=True)])


def radius_squared_by_programs(x: Vector, y: list[Vector], gap: int, place: Fraction) -> Fraction:
    """The squared reach of the optima at a place inside an aligned gap: one task along the direction of the run.

    On the run, with the neighbouring points, every optimum is affine plus a multiple of the common direction w; so the
    reach is that of the labels' components along w, over |w|.
    """
    all_kinks = kinks(x, y)
    first, last = next((first, last) for first, last in runs(all_kinks) if first <= gap < last)
    w = all_kinks[gap - 1]
    here = slice(first - 1, last + 2)
    components = [dot(w, label) for label in y[here]]
    low, high = envelope(x[here], components, [place]).ends[place]
    return (high - low) ** 2 / dot(w, w)
