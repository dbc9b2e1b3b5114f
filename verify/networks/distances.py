"""How far a network is from connect-the-dots of its own outputs on every gap, and how far its excess lets it be (S)."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import arb, ctx, fmpq

from ...theory.dataset import Dataset
from ...theory.enclosure import Enclosure
from ...theory.network import ReLUNetwork
from ...theory.numbers import ZERO, Vector, sign
from ...theory.optimum import connect_the_dots
from ...theory.root_sum import enclose_roots
from ...theory.spline import LinearSpline
from ...theory.stability import gap_bounds
from ...theory.vectors import squared_length, subtract
from .valued_defects import BITS, Valued, nonnegative, sum_of_defects, valued_defects


@dataclass(frozen=True, slots=True, eq=False)
class GapDistance:
    """The largest |f - f_D| on one gap (left point from 0), f_D through the network's outputs, and S's bound of it.

    bound: None on an aligned gap, where no multiple of the excess bounds the distance.
    """

    gap: int
    measured: Enclosure
    bound: Enclosure | None


def distances_on_gaps(spline: LinearSpline, outputs: Dataset, of_neurons: Sequence[Valued]) -> Iterator[GapDistance]:
    """On every gap f - f_D is linear between the knots of f and 0 at both ends: it is largest at a knot.

    S speaks of the function, so its excess is that of the spline: neurons on one knot count as one.
    """
    of_knots = of_neurons
    if len(of_knots) != spline.width:
        of_knots = valued_defects(ReLUNetwork.from_spline(spline), outputs)
    e, largest = sum_of_defects(of_knots), _largest_squares(spline, outputs)
    for gap, bound in enumerate(gap_bounds(outputs)):
        square = largest.get(gap, ZERO)
        measured = enclose_roots([square], BITS) if square else Enclosure.exactly(ZERO)
        yield GapDistance(gap, measured, None if bound is None else _bound(e, bound.length, bound.terms))


def _bound(e: arb, length: fmpq, divisor: Sequence[fmpq]) -> Enclosure:
    """length * e / divisor, the divisor as signed squares; more bits until it is seen to be positive."""
    working = 2 * BITS
    while True:
        with ctx.workprec(working):
            below = sum([sign(term) * arb(abs(term)).sqrt() for term in divisor], arb(0))
            if below > 0:
                return nonnegative(arb(length) * e / below)
        working *= 2


def _largest_squares(spline: LinearSpline, outputs: Dataset) -> dict[int, fmpq]:
    """The largest |f - f_D|^2 at a knot, for every gap that has one inside."""
    dots = connect_the_dots(outputs)
    found: dict[int, fmpq] = {}
    values: Iterator[tuple[fmpq, Vector, Vector]] = zip(
        spline.knots, spline.values_at(spline.knots), dots.values_at(spline.knots), strict=True
    )
    for knot, here, there in values:
        gap = bisect_right(outputs.points, knot) - 1
        if 0 <= gap < outputs.size - 1:
            found[gap] = max(found.get(gap, ZERO), squared_length(subtract(here, there)))
    return found
