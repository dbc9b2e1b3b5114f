"""Rigorous bounds of the optimal cost, the smallest angle and the margin of arrays (statements A, M, N).

Float arithmetic with error bounds gives the cost, and for each window lower bounds of its angle and its margin. The few
windows whose lower bound does not exceed the least value found so far are evaluated exactly by theory/.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy
from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.directions import directions
from ...theory.duality import smallest_angle
from ...theory.enclosure import Enclosure
from ...theory.margin import margin
from ...theory.optimum import cost_squares, kinks
from ...theory.root_sum import RootSum, enclose_roots
from .arithmetic import UNIT
from .decide import BLOCK, Decision
from .kinks import Chords, Kinks, margin_bounds
from .minimum import Least, Search
from .table import Table

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = Any

CHUNK = 64
"""Sums are formed over this many floats, then exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Enclosures:
    """Bounds of the optimal cost; of the least 1 - cos between nonzero neighbouring kinks; of the squared margin.

    angle is None if no two neighbours are known to be nonzero, squared_margin is None for N < 4.
    """

    cost: Enclosure
    angle: Least | None
    squared_margin: Least | None

    @property
    def margin(self) -> Enclosure | None:
        """Bounds of the margin itself."""
        if self.squared_margin is None:
            return None
        square = self.squared_margin.value
        return Enclosure(RootSum([square.lower]).enclosure().lower, RootSum([square.upper]).enclosure().upper)


def enclose(x: "ArrayLike", y: "ArrayLike", decision: Decision) -> Enclosures:
    """Bounds for arrays as `decide` takes them, given its decision about them."""
    table = Table.of(x, y).in_order()
    cost = [fmpq(0), fmpq(0)]
    angle, least_margin = _known_angle(decision), _known_margin(decision)
    angles, margins = Search(_angle_of), Search(_squared_margin_of)
    with numpy.errstate(all="ignore"):
        for start, points, labels in table.blocks(BLOCK):
            found = Kinks.of(points, labels)
            last = start + BLOCK >= table.size - 3
            for side, bound in enumerate(_cost_bounds(found, points, labels, last)):
                cost[side] += bound
            if len(points) < 4 or (angle is not None and least_margin is not None):
                continue
            chords = Chords.of(found)
            if angle is None and table.tasks > 1:
                bounds = chords.lower**2 * (0.5 - 4 * UNIT)
                bounds[_among(decision.zero_kinks, start + 1, len(bounds))] = numpy.inf
                angles.block(start, points, labels, bounds, 0)
            if least_margin is None:
                margins.block(start, points, labels, margin_bounds(found, chords), 2 * found.y_unit)
    return Enclosures(Enclosure(*cost), angle or angles.least(), least_margin or margins.least())


def _among(places: Array, start: int, count: int) -> Array:
    """Those of the increasing places that lie in start..start + count - 1, counted from start."""
    first, last = numpy.searchsorted(places, [start, start + count])
    return places[first:last] - start


def _known_angle(decision: Decision) -> Least | None:
    """0 at the first aligned gap; for one task, else 2, at the first gap between nonzero kinks."""
    if not decision.unique:
        return Least(Enclosure.exactly(fmpq(0)), int(decision.first[0]))
    if decision.tasks > 1 or decision.points < 4:
        return None
    gaps = numpy.arange(1, len(decision.zero_kinks) + 2)
    free = numpy.setdiff1d(gaps, decision.zero_kinks)
    gap = int(free[0])
    return Least(Enclosure.exactly(fmpq(2)), gap) if gap <= decision.points - 3 else None


def _known_margin(decision: Decision) -> Least | None:
    """0 at the first gap that is aligned or has a zero kink at an end."""
    gaps = [int(found[0]) for found in (decision.first, decision.zero_kinks) if len(found)]
    return Least(Enclosure.exactly(fmpq(0)), min(gaps)) if gaps else None


def _cost_bounds(found: Kinks, x: Array, y: Array, last: bool) -> tuple[fmpq, fmpq]:
    """Bounds of the sum of |d_j| over a block; its last kink returns in the next block unless this is the last."""
    kept = len(found.lengths) if last else len(found.lengths) - 1
    if kept < 1:
        return fmpq(0), fmpq(0)
    total, spread = _sum(found.lengths[:kept]), _sum(found.errors[:kept])
    if not math.isfinite(total + spread):
        exact = Dataset.from_arrays(x[: kept + 2], y[: kept + 2])
        enclosed = enclose_roots(cost_squares(exact), 96)
        return enclosed.lower, enclosed.upper
    # Squares, their sum over the tasks and the root: (T + 3) u; sums over CHUNK and exactly: (CHUNK + 1) u; underflow
    # of squares: a root below 2^-500 each.
    relative = (len(found.values) + CHUNK + 8) * UNIT
    spread = spread * (1 + 2 * relative) + total * relative + kept * 2.0**-500
    unit = fmpq(2) ** (found.y_unit - found.x_unit)
    lower, upper = fmpq(*total.as_integer_ratio()), fmpq(*spread.as_integer_ratio()) * fmpq(2**40 + 1, 2**40)
    return max(lower - upper, fmpq(0)) * unit, (lower + upper) * unit


def _sum(values: Array) -> float:
    """The sum of nonnegative floats with a relative error below (CHUNK + 1) u."""
    size = len(values) // CHUNK * CHUNK
    parts = values[:size].reshape(-1, CHUNK).sum(axis=1)
    try:
        return math.fsum([*parts.tolist(), *values[size:].tolist()])
    except OverflowError:
        return math.inf


def _angle_of(data: Dataset) -> Enclosure | None:
    """1 - cos of the one interior gap of four points."""
    angle = smallest_angle(directions(kinks(data)))
    return None if angle is None else angle.one_minus_cosine().enclosure()


def _squared_margin_of(data: Dataset) -> Enclosure | None:
    """The squared margin of four points, which is that of their one pair of kinks."""
    found = margin(data)
    return None if found is None else found.squared().enclosure()
