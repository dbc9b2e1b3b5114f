"""Datasets as a sample gives them, in parts: one aligned pair decides, so the rest need be neither read nor drawn."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy
from numpy.lib.stride_tricks import sliding_window_view

from .laws import Law

Array = Any

FIRST = 16
"""Windows of four points in the first part; each part after it has four times as many."""

PART_VALUES = 1 << 19
"""About the most labels of a part."""

MOST_TOGETHER, MOST_POINTS = 64, 1 << 22
"""About the most datasets that are decided together, and the most points that are held for them."""

FEW_TASKS = 16
"""One-hot labels in more tasks are given window by window, in the at most four coordinates that occur there."""


def parts(law: Law, source: numpy.random.Generator, count: int, together: int = 1) -> Iterator[tuple[Array, Array]]:
    """The B datasets that `law.sample` draws, for who asks whether some window of four points has aligned kinks.

    A part has P stretches of n >= 4 points of each dataset: points (B, P, n), labels (B, P, n, T). Every window is in
    one of them, with its coordinates up to those that are zero or equal to others. Labels of a single dataset are drawn
    no further than its parts are asked for. together: how many such iterators are asked by turns.
    """
    x = law.points.sample(source, count, law.size)
    draw = law.labels.symbols if _by_window(law) else law.labels.sample
    stretches = _drawn if count == 1 and law.labels.in_order else _kept
    most = max(FIRST, PART_VALUES // (count * together * _values_of_a_window(law)))
    for part, values in stretches(x, lambda points: draw(source, points, law.tasks), most):
        yield _windows(part, values) if _by_window(law) else (part[:, None], values[:, None])


def most_together(law: Law) -> int:
    """How many single datasets may be decided together, each by the same part."""
    if not law.labels.in_order:
        return 1
    held = FIRST if law.points.kind == "equal" else law.size
    return max(1, min(MOST_TOGETHER, MOST_POINTS // held, PART_VALUES // (FIRST * _values_of_a_window(law))))


def _by_window(law: Law) -> bool:
    return law.labels.kind == "one-hot" and law.tasks > FEW_TASKS


def _values_of_a_window(law: Law) -> int:
    return 16 if _by_window(law) else law.tasks


def _drawn(x: Array, draw: Callable[[Array], Array], most: int) -> Iterator[tuple[Array, Array]]:
    last = draw(x[:, :3])
    for start, stop in _bounds(x.shape[1], most):
        values = numpy.concatenate([last, draw(x[:, start + 3 : stop])], axis=1)
        last = values[:, -3:]
        yield x[:, start:stop], values


def _kept(x: Array, draw: Callable[[Array], Array], most: int) -> Iterator[tuple[Array, Array]]:
    values = draw(x)
    for start, stop in _bounds(x.shape[1], most):
        yield x[:, start:stop], values[:, start:stop]


def _bounds(size: int, most: int) -> Iterator[tuple[int, int]]:
    """Where parts begin and end that have every four neighbours in one of them."""
    start, windows = 0, FIRST
    while start < size - 3:
        yield start, min(size, start + windows + 3)
        start, windows = start + windows, min(4 * windows, most)


def _windows(x: Array, symbols: Array) -> tuple[Array, Array]:
    """Each window on its own; coordinate j says which of its labels equal label j."""
    inside = sliding_window_view(symbols, 4, axis=1)
    return sliding_window_view(x, 4, axis=1), (inside[..., :, None] == inside[..., None, :]).astype(float)
