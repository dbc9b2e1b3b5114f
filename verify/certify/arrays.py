"""Arrays as a source of a certificate, streamed: two walks over the points, a piece at a time.

The bounds in the statement are those of `enclose`; every pair of neighbours gets the witness that shows it aligned or
not, so that the checker derives all of it again. Squared Sobolev norms are left out.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy
from flint import fmpq

from ...theory import stencil
from ...theory.dataset import Dataset
from ...theory.numbers import Vector
from ...theory.optimum import kinks, slopes
from ...theory.solution_set import Tent, radius, ratio
from ...theory.vectors import scale, subtract
from ..arrays.decide import Decision, decide_table
from ..arrays.enclosures import enclose
from ..arrays.table import Table
from .records import Knot, Place, Source, Statement, data_line, lines_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

PIECE = 1000
"""Points that are in memory as exact rationals."""


def certificate_of_arrays(x: "ArrayLike", y: "ArrayLike") -> Iterator[str]:
    """The lines of a certificate for arrays as `decide` takes them; memory does not grow with their number."""
    table = Table.of(x, y).in_order()
    decision = decide_table(table)
    survey = _survey(table, decision)
    return lines_of(
        Source(
            points=table.size,
            tasks=table.tasks,
            reading="binary" if "f" in (table.x.dtype.kind, table.y.dtype.kind) else "exact",
            data_sha256=survey.digest,
            aligned_pairs=int((decision.last - decision.first).sum()),
            statement=_statement(table, decision, survey, x, y),
            places=_places(table, decision),
        )
    )


@dataclass(frozen=True, slots=True)
class _Survey:
    """What the statement needs of all points: their hash, the number of nonzero kinks, the radius."""

    digest: str
    nonzero: int
    radius: Tent | None


def _survey(table: Table, decision: Decision) -> _Survey:
    digest, nonzero, best = sha256(), 0, None
    window: deque[Place] = deque(maxlen=4)
    for index, place in enumerate(_places(table, decision)):
        digest.update(data_line(place.x, place.label))
        nonzero += place.kink is not None and any(place.kink)
        window.append(place)
        if len(window) == 4 and window[2].aligned:
            tent = radius(Dataset(tuple([p.x for p in window]), tuple([p.label for p in window])))
            if tent is not None and (best is None or tent.height_squared > best.height_squared):
                best = Tent(index - 2, tent.at, tent.descent)
    return _Survey(digest.hexdigest(), nonzero, best)


def _statement(table: Table, decision: Decision, survey: _Survey, x: "ArrayLike", y: "ArrayLike") -> Statement:
    found = enclose(x, y, decision)
    angle, margin, squared = found.angle, found.margin, found.squared_margin
    start, end = (Dataset.from_arrays(*table.rows(*ends)) for ends in ((0, 2), (table.size - 2, table.size)))
    slope, lengths = slopes(start)[0], decision.last - decision.first + 1
    return Statement(
        slope=slope,
        offset=subtract(start.labels[0], scale(start.points[0], slope)),
        cost=found.cost,
        connect_the_dots=survey.nonzero,
        sparsest=survey.nonzero - int((lengths // 2).sum()),
        sparsest_dimension=int((lengths % 2 == 1).sum()),
        radius=survey.radius,
        angle=None if angle is None else (angle.value, angle.gap),
        margin=None if margin is None or squared is None else (margin, squared.value, squared.gap),
        first=subtract(start.labels[0], slope),
        last=slopes(end)[0],
        norm_squared=None,
    )


def _places(table: Table, decision: Decision) -> Iterator[Place]:
    """All points from left to right; each piece is read with one point more on the left and two more on the right."""
    for first in range(0, table.size, PIECE):
        stop = min(first + PIECE, table.size)
        low, high = max(0, min(first - 1, table.size - 3)), min(table.size, stop + 2)
        data = Dataset.from_arrays(*table.rows(low, high))
        piece = _Piece(low, table.size, data, kinks(data), *_places_in_runs(decision, low, high))
        for point in range(first, stop):
            yield piece.place(point)


def _places_in_runs(decision: Decision, low: int, high: int) -> tuple[list[int], list[int]]:
    """For the points low..high - 1: the place in the run of length 2 and more, from 0, or -1; the length of the run."""
    points = numpy.arange(low, high)
    if not len(decision.first):
        return [-1] * (high - low), [0] * (high - low)
    index = numpy.searchsorted(decision.first, points, side="right") - 1
    first, last = decision.first[index], decision.last[index]
    inside = (index >= 0) & (points <= last)
    return numpy.where(inside, points - first, -1).tolist(), numpy.where(inside, last - first + 1, 0).tolist()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Neighbouring points out of `size`, exactly, the first of them number `low`; their kinks and places in runs."""

    low: int
    size: int
    data: Dataset
    kinks: tuple[Vector, ...]
    places: list[int]
    lengths: list[int]

    def place(self, point: int) -> Place:
        index = point - self.low
        x, label = self.data.points[index], self.data.labels[index]
        if not 0 < point < self.size - 1:
            return Place(x, label)
        return Place(x, label, self.kinks[index - 1], self._knot(index), aligned=self.places[index] > 0)

    def _knot(self, index: int) -> Knot | None:
        """The knot of a sparsest network in the gap to the right: the kinks of a run merge two by two (J, K)."""
        x, kink, place = self.data.points[index], self.kinks[index - 1], self.places[index]
        if not any(kink) or (place >= 0 and place % 2):
            return None
        if place < 0 or place == self.lengths[index] - 1:
            return x, fmpq(1)
        factor = ratio(kink, self.kinks[index])
        return stencil.merged_knot(x, self.data.points[index + 1], factor), 1 + factor
