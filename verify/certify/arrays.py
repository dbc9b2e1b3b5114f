"""A certificate of arrays, streamed: as `certify` writes it, from two walks over the points, a piece at a time.

The bounds in the statement are those of `enclose`; every pair of neighbours gets the witness that shows it aligned or
not, so that the checker derives all of it again. Squared Sobolev norms are left out.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from ...theory import stencil
from ...theory.dataset import Dataset
from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from ...theory.numeral import format_rational
from ...theory.optimum import kinks, slopes
from ...theory.root_sum import RootSum
from ...theory.solution_set import Tent, radius, ratio
from ...theory.vectors import dot, scale, squared_length, subtract
from ..arrays.decide import Decision, decide_table
from ..arrays.enclosures import enclose
from ..arrays.minimum import Least
from ..arrays.table import Table
from ..words import bounds, numerals
from .lines import SCHEMA

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

PIECE = 1000
"""Points that are in memory as exact rationals."""


def certificate_of_arrays(x: "ArrayLike", y: "ArrayLike") -> Iterator[str]:
    """The lines of a certificate for arrays as `decide` takes them; memory does not grow with their number."""
    table = Table.of(x, y).in_order()
    decision = decide_table(table)
    pieces = _Pieces(table, decision)
    survey = _survey(pieces)
    yield _line(_head(table, decision, survey, x, y))
    count = 2
    for piece in pieces:
        for record in _records(piece):
            yield _line(record)
            count += 1
    pairs = int((decision.last - decision.first).sum())
    yield _line({"conclusion": "proved", "records": count, "aligned_pairs": pairs, "knots": survey.knots})


class _Piece(NamedTuple):
    """The points first..stop - 1 of N, exactly, with two before and two after where there are any; their kinks.

    place[j]: the place of point j + low in its run of length 2 and more, counted from 0, or -1; runs[j]: its length.
    """

    first: int
    stop: int
    low: int
    size: int
    data: Dataset
    kinks: tuple[Vector, ...]
    place: list[int]
    runs: list[int]

    def kink(self, point: int) -> Vector:
        return self.kinks[point - self.low - 1]

    def aligned(self, left: int) -> bool:
        return self.place[left - self.low] >= 0 and self.place[left - self.low] < self.runs[left - self.low] - 1


class _Pieces:
    """All pieces, from left to right, as often as they are asked for."""

    def __init__(self, table: Table, decision: Decision) -> None:
        self.table, self.decision = table, decision

    def __iter__(self) -> Iterator[_Piece]:
        size = self.table.size
        for first in range(0, size, PIECE):
            stop = min(first + PIECE, size)
            low, high = max(0, first - 2), min(size, stop + 2)
            low = min(low, max(0, high - 3))
            x, y = self.table.rows(low, high)
            data = Dataset.from_arrays(x, y)
            yield _Piece(first, stop, low, size, data, kinks(data), *self._places(low, high))

    def _places(self, low: int, high: int) -> tuple[list[int], list[int]]:
        points = numpy.arange(low, high)
        index = numpy.searchsorted(self.decision.first, points, side="right") - 1
        if not len(self.decision.first):
            return [-1] * (high - low), [0] * (high - low)
        first, last = self.decision.first[index], self.decision.last[index]
        inside = (index >= 0) & (points <= last)
        return numpy.where(inside, points - first, -1).tolist(), numpy.where(inside, last - first + 1, 0).tolist()


class _Survey(NamedTuple):
    """What the statement needs of all points: their hash, the numbers of nonzero kinks and of knots, the radius."""

    digest: str
    nonzero: int
    knots: int
    radius: Tent | None


def _survey(pieces: _Pieces) -> _Survey:
    digest, nonzero, best = sha256(), 0, None
    for piece in pieces:
        for point in range(piece.first, piece.stop):
            index = point - piece.low
            numbers = (piece.data.points[index], *piece.data.labels[index])
            digest.update(" ".join(map(format_rational, numbers)).encode() + b"\n")
            if not 0 < point < piece.size - 1:
                continue
            nonzero += any(piece.kink(point))
            if point >= 2 and piece.aligned(point - 1):
                around = slice(index - 2, index + 2)
                tent = radius(Dataset(piece.data.points[around], piece.data.labels[around]))
                if tent is not None and (best is None or tent.height_squared > best.height_squared):
                    best = Tent(point - 1, tent.at, tent.descent)
    lengths = pieces.decision.last - pieces.decision.first + 1
    return _Survey(digest.hexdigest(), nonzero, nonzero - int((lengths // 2).sum()), best)


def _head(table: Table, decision: Decision, survey: _Survey, x: "ArrayLike", y: "ArrayLike") -> dict[str, Any]:
    found = enclose(x, y, decision)
    start, end = (Dataset.from_arrays(*table.rows(*ends)) for ends in ((0, 2), (table.size - 2, table.size)))
    slope = slopes(start)[0]
    odd = int(((decision.last - decision.first + 1) % 2 == 1).sum())
    statement = {
        "unique": decision.unique,
        "affine": {
            "slope": numerals(slope),
            "offset": numerals(subtract(start.labels[0], scale(start.points[0], slope))),
        },
        "cost": bounds(found.cost),
        "neurons": {
            "connect_the_dots": survey.nonzero,
            "sparsest": survey.knots,
            "sparsest_unique": odd == 0,
            "sparsest_dimension": odd,
        },
        "radius": None if survey.radius is None else _radius(survey.radius),
        "angles": None if found.angle is None else {**bounds(found.angle.value), "gap": found.angle.gap},
        "margin": None if found.squared_margin is None else _margin(found.squared_margin, found.margin),
        "sobolev": {
            "first": numerals(subtract(start.labels[0], slope)),
            "last": numerals(slopes(end)[0]),
            "norm_squared": None,
        },
    }
    reading = "binary" if "f" in (table.x.dtype.kind, table.y.dtype.kind) else "exact"
    shape = {"points": table.size, "tasks": table.tasks, "reading": reading}
    return {"schema": SCHEMA, **shape, "data_sha256": survey.digest, "statement": statement}


def _radius(tent: Tent) -> dict[str, Any]:
    return {**bounds(RootSum([tent.height_squared]).enclosure()), "gap": tent.gap, "at": format_rational(tent.at)}


def _margin(squared: Least, margin: Enclosure | None) -> dict[str, Any]:
    assert margin is not None, "there is a squared margin"
    return {**bounds(margin), **bounds(squared.value, "squared_"), "gap": squared.gap}


def _records(piece: _Piece) -> Iterator[dict[str, Any]]:
    """A record for each point, and after the right one of two interior neighbours a record for the pair."""
    for point in range(piece.first, piece.stop):
        index = point - piece.low
        record: dict[str, Any] = {"point": point, "x": format_rational(piece.data.points[index])}
        record["y"] = numerals(piece.data.labels[index])
        interior = 0 < point < piece.size - 1
        if interior:
            kink = piece.kink(point)
            record |= {"kink": numerals(kink), "square": format_rational(squared_length(kink))}
            record["knot"] = _knot(piece, point)
        yield record
        if point >= 2 and interior:
            yield {"pair": [point - 1, point], **_evidence(piece, point - 1)}


def _knot(piece: _Piece, point: int) -> dict[str, str] | None:
    """The knot of a sparsest network in the gap right of the point: the kinks of a run merge two by two (J, K)."""
    place, index = piece.place[point - piece.low], point - piece.low
    if not any(piece.kink(point)) or (place >= 0 and place % 2):
        return None
    x = piece.data.points[index]
    if place < 0 or not piece.aligned(point):
        return {"at": format_rational(x), "times": "1"}
    factor = ratio(piece.kink(point), piece.kink(point + 1))
    at = stencil.merged_knot(x, piece.data.points[index + 1], factor)
    return {"at": format_rational(at), "times": format_rational(1 + factor)}


def _evidence(piece: _Piece, left: int) -> dict[str, Any]:
    """Why the kinks at the points `left` and `left` + 1 are aligned, or why not (statement B)."""
    u, v = piece.kink(left), piece.kink(left + 1)
    if piece.aligned(left):
        factor, index = ratio(u, v), left - piece.low
        merged = stencil.merged_knot(piece.data.points[index], piece.data.points[index + 1], factor)
        return {"aligned": format_rational(factor), "merged": format_rational(merged)}
    if not any(u) or not any(v):
        return {"zero": left + any(u)}
    pivot = next(task for task, entry in enumerate(u) if entry)
    for task in range(len(u)):
        if stencil.minor(u[pivot], u[task], v[pivot], v[task]):
            return {"minor": sorted((pivot, task))}
    return {"product": format_rational(dot(u, v))}


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":")) + "\n"
