"""The few pairs of neighbouring kinks of an exact dataset that can have the smallest angle or the smallest margin.

Lower bounds of all angles and margins in floating point, with error bounds, rule out the others (statements N, S); what
is left is decided by theory/ in exact arithmetic. The analysis is in proofs_notes/array_filter.md.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy
from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.margin import margin_among
from ...theory.numbers import Vector, nearest_float
from ...theory.vectors import column
from .arithmetic import UNIT
from .kinks import Chords, Kinks, margin_bounds

Array = Any

SMALLEST = 2.0**-100
"""Relative to the largest gap, and to the largest entry of a kink; beyond, products might underflow."""

NORMAL = 2.0**-1000
"""Below, rounding to float64 may lose more than a unit in the last place of 53 bits."""


class Contenders(NamedTuple):
    """The left points of pairs, counted from 0, in increasing order."""

    angle: list[int]
    margin: list[int]


def contenders(data: Dataset, all_kinks: Sequence[Vector]) -> Contenders:
    """All pairs with the smallest angle are among the first, all with the smallest margin among the second; N >= 4.

    all_kinks: those of the dataset. Many pairs that are alike, and numbers that floats do not hold, leave many pairs.
    """
    found = _rounded(data, all_kinks)
    if found is None:
        every = list(range(1, data.size - 2))
        return Contenders(every, every)
    with numpy.errstate(all="ignore"):
        chords = Chords.of(found)
        bent = (found.lengths[1:] > 0) & (found.lengths[:-1] > 0)
        angle = bent & (chords.lower <= chords.upper[bent].min(initial=2))
        bounds = margin_bounds(found, chords)
    margin = bounds <= _squared_margin(data, all_kinks, int(bounds.argmin()) + 1, found.y_unit)
    return Contenders(*[(numpy.flatnonzero(kept) + 1).tolist() for kept in (angle, margin)])


def _rounded(data: Dataset, all_kinks: Sequence[Vector]) -> Kinks | None:
    """The exact kinks in floating point; None where it does not hold them."""
    columns = [column(all_kinks, task) for task in range(data.tasks)]
    try:
        gaps, values = (
            _array(data.gaps, nearest_float),
            numpy.stack([_array(entries, nearest_float) for entries in columns]),
        )
    except OverflowError:
        return None
    bent = numpy.stack([_array(entries, bool) for entries in columns])
    sizes = numpy.concatenate([gaps, abs(values[bent])])
    if not (sizes.min() > NORMAL and sizes.max() < numpy.inf):
        return None
    values, of_values = _scaled(values)
    gaps, of_gaps = _scaled(gaps)
    if not min(gaps.min(), abs(values[bent]).min(initial=1)) > SMALLEST:
        return None
    lengths = numpy.sqrt((values * values).sum(axis=0))
    # Each entry was rounded, so that the kink is off by u of its length, which has an error of its own.
    return Kinks(values, lengths, 4 * UNIT * lengths, gaps, of_gaps, of_values + of_gaps)


def _array(values: Sequence[fmpq], entry: Callable[[fmpq], Any]) -> Array:
    return numpy.fromiter(map(entry, values), bool if entry is bool else float, len(values))


def _scaled(values: Array) -> tuple[Array, int]:
    """The values in units of a power of 2 that makes the largest at least 1/2 and below 1, and its exponent."""
    exponent = int(numpy.frexp(abs(values).max())[1])
    return numpy.ldexp(values, -exponent), exponent


def _squared_margin(data: Dataset, all_kinks: Sequence[Vector], pair: int, unit: int) -> float:
    """A float that is no less than the squared margin of the pair, in units of 4^unit."""
    found = margin_among(data, all_kinks, [pair])
    assert found is not None  # there is this pair
    upper = found.squared().enclosure().upper / fmpq(4) ** unit
    return float(numpy.nextafter(nearest_float(upper), numpy.inf))
