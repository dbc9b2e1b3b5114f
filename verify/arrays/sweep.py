"""Blocks in, runs out: screens each block and decides the windows left open when enough have come together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy

from .block import screen
from .windows import ALIGNED, OPEN, Decided, decide_rounded_windows, decide_windows

Array = Any

PENDING_BYTES = 1 << 20
"""Open windows are collected up to this size."""

Exactly = Callable[[int], tuple[int, bool]]
"""ALIGNED or APART for the window with this left end, and whether one of its kinks is zero, from exact numbers."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """The arrays are not the data but rounded, by `radius` times their size; open windows are decided by `exactly`."""

    radius: float
    exactly: Exactly


@dataclass(frozen=True, slots=True)
class Stages:
    """How many windows each stage decided: a block's bound, balls, residues of integers, numbers of any length."""

    block: int
    window: int
    modular: int
    exact: int

    @property
    def words(self) -> str:
        """One line for reports."""
        exact = self.modular + self.exact
        return f"floating-point filter with error bounds ({self.block + self.window} windows), exact ({exact} windows)"


class Sweep:
    """Takes blocks of points (n,) with labels (n, T), or many small datasets at once: (b, n) with (b, n, T).

    A window is known by the index of its left point; the datasets of a block follow each other in this count.
    """

    def __init__(self, tasks: int, rounded: Rounded | None = None) -> None:
        self.limit = max(1, PENDING_BYTES // (32 * (tasks + 1)))
        self.rounded = rounded
        self.windows = self.count = self.window = self.modular = self.exact = 0
        self.pending: list[tuple[Array, Array, Array]] = []
        self.aligned: list[tuple[Array, Array]] = []
        self.zero_kinks: list[Array] = []

    def block(self, start: int, x: Array, y: Array) -> None:
        """Screen the windows of a block whose first point is `start`; NotIncreasing if its points do not increase."""
        size, tasks = y.shape[-2:]
        found = screen(x, y, self.rounded.radius if self.rounded else 0.0)
        self.windows += x.size - x.size // size * 3
        if found.aligned is not None:
            self.aligned.append(_stretches(_left_points(numpy.flatnonzero(found.aligned), size, x.ndim) + start))
        if not len(found.open):
            return
        opened, x, y = _left_points(found.open, size, x.ndim), x.reshape(-1), y.reshape(-1, tasks)
        for part in range(0, len(opened), self.limit):
            windows = opened[part : part + self.limit]
            corners = windows + _FOUR
            self.pending.append((windows + start, x.take(corners), y.take(corners, axis=0)))
            self.count += len(windows)
            if self.count >= self.limit:
                self.flush()

    def flush(self) -> None:
        """Decide the windows that wait."""
        if not self.pending:
            return
        lefts, points, labels = zip(*self.pending, strict=True)
        self.pending, self.count = [], 0
        windows, x = numpy.concatenate(lefts), numpy.concatenate(points, axis=1)
        y = numpy.ascontiguousarray(numpy.concatenate(labels, axis=1).transpose(2, 0, 1))
        found = self._decide(windows, x, y)
        self.window += found.window
        self.modular += found.modular
        self.exact += found.exact
        self.aligned.append(_stretches(windows[found.states == ALIGNED]))
        self.zero_kinks.append(windows[found.zero_kink] + 1)

    def _decide(self, windows: Array, x: Array, y: Array) -> Decided:
        if self.rounded is None:
            return decide_windows(x, y)
        found = decide_rounded_windows(x, y, self.rounded.radius)
        still_open = numpy.flatnonzero(found.states == OPEN)
        for index in still_open:
            found.states[index], found.zero_kink[index] = self.rounded.exactly(int(windows[index]))
        return found._replace(exact=len(still_open))

    def stages(self) -> Stages:
        """The counts so far."""
        late = self.window + self.modular + self.exact
        return Stages(self.windows - late, self.window, self.modular, self.exact)

    def runs(self) -> tuple[Array, Array]:
        """First and last points of the runs of length 2 and more: window w couples the points w + 1 and w + 2."""
        first, last = (numpy.concatenate([_NONE, *ends]) for ends in zip((_NONE, _NONE), *self.aligned, strict=True))
        if len(first) > 1:
            order = numpy.argsort(first, kind="stable")
            first, last = first[order], last[order]
            apart = first[1:] > last[:-1] + 1
            first, last = first[numpy.concatenate([[True], apart])], last[numpy.concatenate([apart, [True]])]
        return first + 1, last + 2

    def points_at_zero_kinks(self) -> Array:
        """Left inner points of windows in which a kink is known to be zero, in increasing order."""
        return numpy.sort(numpy.concatenate([_NONE, *self.zero_kinks]))


_NONE = numpy.zeros(0, numpy.int64)
_FOUR = numpy.arange(4)[:, None]


def _left_points(windows: Array, size: int, dimensions: int) -> Array:
    """From windows counted through the block to their left points: each dataset has 3 more points than windows."""
    return windows if dimensions == 1 else windows + 3 * (windows // (size - 3))


def _stretches(windows: Array) -> tuple[Array, Array]:
    """First and last of each stretch of consecutive numbers in an increasing array."""
    if not len(windows):
        return _NONE, _NONE
    breaks = numpy.flatnonzero(windows[1:] != windows[:-1] + 1)
    return windows[numpy.concatenate([[0], breaks + 1])], windows[numpy.concatenate([breaks, [-1]])]
