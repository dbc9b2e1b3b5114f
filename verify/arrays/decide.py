"""Uniqueness of connect-the-dots decided exactly on arrays of float64 or int64, in blocks (statement B)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from ..reading.source import InputError
from .sweep import Rounded, Stages, Sweep
from .table import NotIncreasing, Table, as_array, plain, require_finite

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = Any

BLOCK = 8192
"""Windows per block: some ten arrays of this length stay in a core's cache."""


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


@dataclass(frozen=True, slots=True, eq=False)
class BatchDecision:
    """The verdicts on B datasets. unique: (B,) bool. Run k of length 2 and more is first[k]..last[k] of dataset[k]."""

    unique: Array
    dataset: Array
    first: Array
    last: Array
    stages: Stages


def decide(x: "ArrayLike", y: "ArrayLike") -> Decision:
    """Decide the dataset of arrays x of shape (N,) and y of shape (N,) or (N, T), exactly.

    Floats of at most 64 bits are the dyadic rationals that they are; integers must fit into int64. Memory-mapped arrays
    are read in blocks. Rows may be in any order; sorting them takes an index of 8 bytes per point. InputError for equal
    points, values that are not finite, and other shapes and types.
    """
    return decide_table(Table.of(x, y))


def decide_table(table: Table, rounded: Rounded | None = None) -> Decision:
    """Decide a table, sorted first if need be; rounded: if its arrays are not the data themselves."""
    try:
        return _decide_in_order(table, rounded)
    except NotIncreasing:
        return _decide_in_order(table.sorted(), rounded)


def _decide_in_order(table: Table, rounded: Rounded | None) -> Decision:
    sweep = Sweep(table.tasks, rounded)
    with numpy.errstate(all="ignore"):
        for start, x, y in table.blocks(BLOCK):
            if len(x) > 3:
                sweep.block(start, x, y)
        sweep.flush()
    return Decision(table.size, table.tasks, *sweep.runs(), sweep.stages(), sweep.points_at_zero_kinks())


def decide_batch(x: "ArrayLike", y: "ArrayLike") -> BatchDecision:
    """Decide B datasets at once: y of shape (B, N, T), x increasing, of shape (N,) for all of them or (B, N).

    Types and refusals are those of `decide`, except that unsorted points are refused.
    """
    points, labels = as_array("x", x), as_array("y", y)
    if labels.ndim != 3 or points.shape not in (labels.shape[1:2], labels.shape[:2]):
        raise InputError(f"x has shape {points.shape} and y {labels.shape}: they must be (N,) or (B, N), and (B, N, T)")
    count, size, tasks = labels.shape
    if size < 2 or not tasks:
        raise InputError(f"y has shape {labels.shape}: at least 2 points and one task are needed")
    points = numpy.broadcast_to(points, labels.shape[:2])
    sweep, step = Sweep(tasks), max(1, BLOCK // size)
    with numpy.errstate(all="ignore"):
        for start in range(0, count, step):
            part, its_labels = plain("x", points[start : start + step]), plain("y", labels[start : start + step])
            require_finite("x[{}]", part, start)
            require_finite("y[{}]", its_labels, start)
            if not (part[:, 1:] > part[:, :-1]).all():
                raise InputError(f"the points of a dataset from {start} on do not increase: sort each, without repeats")
            if size > 3:
                sweep.block(start * size, part, its_labels)
        sweep.flush()
    first, last = sweep.runs()
    unique = numpy.ones(count, bool)
    unique[first // size] = False
    return BatchDecision(unique, first // size, first % size, last % size, sweep.stages())
