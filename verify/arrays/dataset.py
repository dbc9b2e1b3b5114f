"""Exact datasets at array speed: rounded to float64, filtered, exact where the filter leaves a window open."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy

from ...theory.alignment import Run, aligned, runs_of
from ...theory.dataset import Dataset
from ...theory.numbers import Vector, nearest_float
from ...theory.optimum import kinks
from ..reading.source import InputError
from .arithmetic import UNIT
from .decide import Decision, decide_table
from .sweep import Rounded, Stages
from .table import Table
from .windows import ALIGNED, APART


def decide_dataset(data: Dataset, all_kinks: Sequence[Vector] | None = None) -> Decision:
    """Decide a dataset of exact rationals; all_kinks: its kinks, if they are at hand."""
    exact = kinks(data) if all_kinks is None else all_kinks

    def exactly(left: int) -> tuple[int, bool]:
        u, v = exact[left], exact[left + 1]
        return (ALIGNED if aligned(u, v) else APART), not (any(u) and any(v))

    try:
        x, y = numpy.fromiter(map(nearest_float, data.points), float, data.size), _labels(data)
        return decide_table(Table.of(x, y), Rounded(UNIT, exactly))
    except (OverflowError, InputError):  # beyond float64, or points that it cannot tell apart
        return _by_exact_numbers(data, exact)


def _labels(data: Dataset) -> Any:
    entries = map(nearest_float, chain.from_iterable(data.labels))
    return numpy.fromiter(entries, float, data.size * data.tasks).reshape(data.size, data.tasks)


def all_runs(decision: Decision, all_kinks: Sequence[Vector]) -> tuple[Run, ...]:
    """All runs, those of length 1 included, of the kinks that were decided."""
    inside = numpy.zeros(decision.points + 1, numpy.int64)
    inside[decision.first] += 1
    inside[decision.last + 1] -= 1
    long = numpy.cumsum(inside) > 0
    short = [Run(j, j) for j, kink in enumerate(all_kinks, start=1) if not long[j] and any(kink)]
    found = [Run(a, b) for a, b in zip(decision.first.tolist(), decision.last.tolist(), strict=True)]
    return tuple(sorted(found + short, key=lambda run: run.first)) if found else tuple(short)


def _by_exact_numbers(data: Dataset, all_kinks: Sequence[Vector]) -> Decision:
    found = [run for run in runs_of(all_kinks) if run.length > 1]
    first, last = (numpy.array([getattr(run, end) for run in found], numpy.int64) for end in ("first", "last"))
    zero = [any(all_kinks[j]) and any(all_kinks[j + 1]) for j in range(len(all_kinks) - 1)]
    stages = Stages(0, 0, 0, max(0, data.size - 3))
    return Decision(data.size, data.tasks, first, last, stages, numpy.flatnonzero(~numpy.array(zero, bool)) + 1)
