"""What of long data is drawn: the whole, thinned so that no pixel is drawn twice, and the place that decides."""

import itertools
from collections.abc import Sequence
from typing import Any

from flint import fmpq

from ..answers.findings import Findings

MOST_POINTS = 60
"""Longer data are drawn as an overview and a close look at one place."""

CLOSE = 40
"""The points of a close look."""


def number(value: fmpq) -> float:
    """A float near the rational, for drawing only."""
    try:
        return int(value.p) / int(value.q)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def numbers(values: Sequence[fmpq]) -> list[float]:
    """Floats near the rationals."""
    return list(map(number, values))


def deciding_place(findings: Findings) -> int:
    """The left point of the gap that decides: the tallest tent, or where uniqueness is nearest to failing."""
    if findings.optima.radius is not None:
        return findings.optima.radius.gap
    if findings.margin is not None:
        return findings.margin.pair
    return 0


def window(findings: Findings) -> slice:
    """The points of the close look, or all of short data."""
    size = findings.data.size
    if size <= MOST_POINTS:
        return slice(0, size)
    middle = min(max(deciding_place(findings), CLOSE // 2), size - CLOSE // 2)
    return slice(middle - CLOSE // 2, middle + CLOSE // 2)


def thinned(x: Sequence[float], y: Sequence[float], bins: int = 1000) -> tuple[Any, Any]:
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
