"""Uniqueness of connect-the-dots decided exactly on arrays of float64 or int64, in blocks (statement B)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from .block import screen
from .table import NotIncreasing, Table
from .windows import ALIGNED, decide_windows

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = Any

BLOCK = 8192
"""Windows per block: some ten arrays of this length stay in a core's cache."""

PENDING_BYTES = 1 << 20
"""Open windows are collected up to this size before they are decided together."""


@dataclass(frozen=True, slots=True)
class Stages:
    """How many windows each stage decided: a bound for the block, balls, integers modulo 2^64 and primes, big integers.

    For decimal text `exact` counts the windows decided on the numbers as they are written.
    """

    block: int
    window: int
    modular: int
    exact: int

    @property
    def words(self) -> str:
        """One line for reports."""
        exact = self.modular + self.exact
        return f"floating-point filter with error bounds ({self.block + self.window} windows), exact ({exact} windows)"


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """The verdict on N points, counted from 0 in increasing x.

    first, last: the runs of length 2 and more, int64 arrays. stages: how the N - 3 windows of four points were decided.
    zero_kinks: left inner points of windows in which a kink is known to be zero (all those the exact stages met).
    """

    points: int
    tasks: int
    first: Array
    last: Array
    stages: Stages
    zero_kinks: Array

    @property
    def unique(self) -> bool:
        """Whether connect-the-dots is the only optimum."""
        return not len(self.first)


def decide(x: "ArrayLike", y: "ArrayLike") -> Decision:
    """Decide the dataset of arrays x of shape (N,) and y of shape (N,) or (N, T), exactly.

    Floats of at most 64 bits are the dyadic rationals that they are; integers must fit into int64. Memory-mapped arrays
    are read in blocks. Rows may be in any order; sorting them takes an index of 8 bytes per point. InputError for equal
    points, values that are not finite, and other shapes and types.
    """
    return decide_table(Table.of(x, y))


def decide_table(table: Table) -> Decision:
    """Decide a table, sorted first if need be."""
    try:
        return _decide_in_order(table)
    except NotIncreasing:
        return _decide_in_order(table.sorted())


def _decide_in_order(table: Table) -> Decision:
    sweep = _Sweep(table.tasks)
    with numpy.errstate(over="ignore", under="ignore", invalid="ignore"):
        for start, x, y in table.blocks(BLOCK):
            if len(x) > 3:
                sweep.block(start, x, y)
        sweep.flush()
    late = sweep.window + sweep.modular + sweep.exact
    stages = Stages(max(0, table.size - 3) - late, sweep.window, sweep.modular, sweep.exact)
    zero_kinks = numpy.concatenate([numpy.zeros(0, numpy.int64), *sweep.zero_kinks])
    return Decision(table.size, table.tasks, *_runs(sweep.aligned), stages, zero_kinks)


class _Sweep:
    """Walks over the blocks and keeps open windows until enough have come together."""

    def __init__(self, tasks: int) -> None:
        self.limit = max(1, PENDING_BYTES // (32 * (tasks + 1)))
        self.pending: list[tuple[Array, Array, Array]] = []
        self.count = self.window = self.modular = self.exact = 0
        self.aligned: list[tuple[Array, Array]] = []
        self.zero_kinks: list[Array] = []

    def block(self, start: int, x: Array, y: Array) -> None:
        """Screen the windows of a block whose first point is `start`."""
        found = screen(x, y)
        if found.aligned is not None:
            self.aligned.append(_stretches(numpy.flatnonzero(found.aligned) + start))
        for part in range(0, len(found.open), self.limit):
            windows = found.open[part : part + self.limit]
            corners = windows + numpy.arange(4)[:, None]
            self.pending.append((windows + start, x.take(corners), y.take(corners, axis=0)))
            self.count += len(windows)
            if self.count >= self.limit:
                self.flush()

    def flush(self) -> None:
        """Decide the windows that have been kept."""
        if not self.pending:
            return
        windows, x, y = (
            numpy.concatenate(parts, axis=-1 if parts[0].ndim == 1 else 1) for parts in zip(*self.pending, strict=True)
        )
        self.pending, self.count = [], 0
        found = decide_windows(x, numpy.ascontiguousarray(y.transpose(2, 0, 1)))
        self.window += found.window
        self.modular += found.modular
        self.exact += found.exact
        self.aligned.append(_stretches(windows[found.states == ALIGNED]))
        self.zero_kinks.append(windows[found.zero_kink] + 1)


def _stretches(windows: Array) -> tuple[Array, Array]:
    """First and last of each stretch of consecutive numbers in an increasing array."""
    breaks = numpy.flatnonzero(windows[1:] != windows[:-1] + 1)
    return windows[numpy.concatenate([[0], breaks + 1])[: len(windows)]], windows[
        numpy.concatenate([breaks, [-1]])[: len(windows)]
    ]


def _runs(stretches: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The runs of stretches of aligned windows in any order: window w couples the points w + 1 and w + 2."""
    empty = numpy.zeros(0, numpy.int64)
    first = numpy.concatenate([empty, *[a for a, _ in stretches]])
    last = numpy.concatenate([empty, *[b for _, b in stretches]])
    if len(first) > 1:
        order = numpy.argsort(first, kind="stable")
        first, last = first[order], last[order]
        apart = first[1:] > last[:-1] + 1
        first, last = first[numpy.concatenate([[True], apart])], last[numpy.concatenate([apart, [True]])]
    return first + 1, last + 2
