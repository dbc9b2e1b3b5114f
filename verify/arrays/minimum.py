"""The least of many values: lower bounds of all, exact evaluation of the few that can be the least."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy
from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.enclosure import Enclosure
from ...theory.numbers import nearest_float

Array = Any

MOST_EXACT = 64
"""The most windows of a block that are evaluated exactly; if more are alike, the lower bound stays rounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """The least value over the interior gaps lies within `value`; at this gap (its left point) it is below `upper`."""

    value: Enclosure
    gap: int


class Search:
    """Goes through blocks of windows; evaluate: the value of one window, or None where it has none."""

    def __init__(self, evaluate: Callable[[Dataset], Enclosure | None]) -> None:
        self.evaluate = evaluate
        self.best: Least | None = None
        self.passed: fmpq | None = None

    def block(self, start: int, x: Array, y: Array, bounds: Array, unit: int) -> None:
        """Take windows of a block whose first point is `start` and whose values are at least bounds * 2^unit."""
        scale = fmpq(2) ** unit
        likely = numpy.flatnonzero((bounds <= self._threshold(scale)) & (bounds < numpy.inf))
        for count, window in enumerate(likely[numpy.argsort(bounds[likely], kind="stable")].tolist()):
            bound = fmpq(*float(bounds[window]).as_integer_ratio()) * scale
            if self.best is not None and (bound > self.best.value.upper or count >= MOST_EXACT):
                self.passed = bound if self.passed is None else min(bound, self.passed)
                break
            value = self.evaluate(Dataset.from_arrays(x[window : window + 4], y[window : window + 4]))
            if value is not None:
                self._take(Least(value, start + window + 1))

    def least(self) -> Least | None:
        """The least value of all windows so far, None if no window has a value."""
        if self.best is None or self.passed is None or self.passed >= self.best.value.lower:
            return self.best
        return Least(Enclosure(self.passed, self.best.value.upper), self.best.gap)

    def _take(self, found: Least) -> None:
        if self.best is None:
            self.best = found
            return
        old, new = self.best.value, found.value
        gap = found.gap if new.upper < old.upper else self.best.gap
        self.best = Least(Enclosure(min(old.lower, new.lower), min(old.upper, new.upper)), gap)

    def _threshold(self, scale: fmpq) -> float:
        """A float that is no less than the least upper bound so far, in units of `scale`."""
        if self.best is None:
            return numpy.inf
        bound = self.best.value.upper / scale
        try:
            return float(numpy.nextafter(nearest_float(bound), numpy.inf))
        except OverflowError:
            return numpy.inf
