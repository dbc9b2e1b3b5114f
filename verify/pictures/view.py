"""What of long data is drawn: the whole, thinned so that no pixel is drawn twice, and the place that decides."""

import itertools
from collections.abc import Sequence
from typing import Any

from flint import fmpq

from ...theory.numbers import nearest_float
from ..answers.findings import Findings
from ..reading import InputError

MOST_POINTS = 60
"""Longer data are drawn as an overview and a close look at one place."""

CLOSE = 40
"""The points of a close look."""

BINS = 1000
"""Parts of a panel's width; no more marks of a kind than two in each."""

LARGEST = 1e300
"""Axes need some room to the largest float."""


def number(value: fmpq) -> float:
    """A float near the rational, for drawing only; InputError if it is too large to be drawn."""
    try:
        found = nearest_float(value)
    except OverflowError:
        found = float("inf")
    if abs(found) > LARGEST:
        raise InputError(f"the picture would hold a number above {LARGEST:g}, which cannot be drawn: use other units")
    return found


def numbers(values: Sequence[fmpq]) -> list[float]:
    """Floats near the rationals."""
    return list(map(number, values))


def places(points: Sequence[fmpq]) -> list[float]:
    """The same for increasing points that are to be seen apart; InputError where floats are too coarse for that."""
    found = numbers(points)
    if any(left >= right for left, right in itertools.pairwise(found)):
        raise InputError(
            "the picture cannot tell points apart that differ by less than a part in 10^16: subtract a number from x"
        )
    return found


def deciding_place(findings: Findings) -> int:
    """The left point of the gap that decides: the tallest tent, or where uniqueness is nearest to failing."""
    if findings.optima.radius is not None:
        return findings.optima.radius.gap
    if findings.margin is not None:
        return findings.margin.pair
    return 0


def close_look(size: int, place: int, most: int = MOST_POINTS, close: int = CLOSE) -> slice:
    """The points around a place, or all if there are at most `most`."""
    if size <= most:
        return slice(0, size)
    middle = min(max(place, close // 2), size - close // 2)
    return slice(middle - close // 2, middle + close // 2)


def thinned(x: Sequence[float], y: Sequence[float], bins: int = BINS) -> tuple[Any, Any]:
    """The least and the largest of every bin of x, in order: looks the same at this resolution."""
    import numpy

    places, values = numpy.asarray(x), numpy.asarray(y)
    if len(places) <= 2 * bins:
        return places, values
    edges = numpy.linspace(0, len(places), bins + 1).astype(int)
    kept = set()
    for start, stop in itertools.pairwise(edges):
        kept |= {start + int(values[start:stop].argmin()), start + int(values[start:stop].argmax())}
    rows = sorted(kept | {0, len(places) - 1})
    return places[rows], values[rows]


def marks(x: Sequence[float], bins: int = BINS) -> list[float]:
    """The first mark of every part of the range: more would stand on each other."""
    if len(x) <= bins:
        return list(x)
    room = (max(x) - min(x)) / bins or 1.0
    found = {int((place - x[0]) / room): place for place in reversed(x)}
    return sorted(found.values())
