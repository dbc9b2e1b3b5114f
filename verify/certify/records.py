"""The one writer: the records of a certificate, one line at a time, in the order that SPECIFICATION.md gives.

Nothing is decided here. Every number comes from the source, or is a quotient that names what it holds: where two
kinks are aligned, their ratio; where they are not, coordinates that show it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from ...theory import stencil
from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum
from ...theory.solution_set import Tent, ratio
from ...theory.vectors import dot, squared_length
from ..words import bounds, numerals

SCHEMA = "reluproof.certificate/1"

Knot = tuple[fmpq, fmpq]
"""A place, and the multiple of the kink at the data point left of it that bends there."""


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What is claimed of the whole dataset, with the bounds that are printed elsewhere.

    slope, offset: of connect-the-dots left of x_1. radius, angle (value, gap) and margin (value, its square, gap) are
    None where there is none. first, last: the kernel coefficients at the ends. norm_squared: None if it is left out.
    """

    slope: Vector
    offset: Vector
    cost: Enclosure
    connect_the_dots: int
    sparsest: int
    sparsest_dimension: int
    radius: Tent | None
    angle: tuple[Enclosure, int] | None
    margin: tuple[Enclosure, Enclosure, int] | None
    first: Vector
    last: Vector
    norm_squared: Vector | None


@dataclass(frozen=True, slots=True)
class Place:
    """A data point: what its record says, and whether its kink is aligned with the one before it.

    kink: None at the first and the last point. knot: of the sparsest network, in the gap to the right.
    """

    x: fmpq
    label: Vector
    kink: Vector | None = None
    knot: Knot | None = None
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """All that a certificate needs; `places` are asked for once, from left to right."""

    points: int
    tasks: int
    reading: str
    data_sha256: str
    aligned_pairs: int
    statement: Statement
    places: Iterable[Place]


def lines_of(source: Source) -> Iterator[str]:
    """The lines of the certificate, each a JSON object and a newline; memory does not grow with their number."""
    yield _line(_head(source))
    count = 2
    for record in _body(source):
        yield _line(record)
        count += 1
    counts = {"records": count, "aligned_pairs": source.aligned_pairs, "knots": source.statement.sparsest}
    yield _line({"conclusion": "proved", **counts})


def data_line(x: fmpq, label: Vector) -> bytes:
    """What the hash of the data is taken of: one such line per point, in increasing x."""
    return " ".join(map(format_rational, (x, *label))).encode() + b"\n"


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":")) + "\n"


def _head(source: Source) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "points": source.points,
        "tasks": source.tasks,
        "reading": source.reading,
        "data_sha256": source.data_sha256,
        "statement": _statement(source.statement, unique=not source.aligned_pairs),
    }


def _statement(found: Statement, *, unique: bool) -> dict[str, Any]:
    tent = found.radius
    height = None if tent is None else RootSum([tent.height_squared]).enclosure()
    return {
        "unique": unique,
        "affine": {"slope": numerals(found.slope), "offset": numerals(found.offset)},
        "cost": bounds(found.cost),
        "neurons": {
            "connect_the_dots": found.connect_the_dots,
            "sparsest": found.sparsest,
            "sparsest_unique": not found.sparsest_dimension,
            "sparsest_dimension": found.sparsest_dimension,
        },
        "radius": tent and height and {**bounds(height), "gap": tent.gap, "at": format_rational(tent.at)},
        "angles": found.angle and {**bounds(found.angle[0]), "gap": found.angle[1]},
        "margin": found.margin
        and {**bounds(found.margin[0]), **bounds(found.margin[1], "squared_"), "gap": found.margin[2]},
        "sobolev": {
            "first": numerals(found.first),
            "last": numerals(found.last),
            "norm_squared": None if found.norm_squared is None else numerals(found.norm_squared),
        },
    }


def _body(source: Source) -> Iterator[dict[str, Any]]:
    """A record for each point, and after the right one of two interior neighbours a record for the pair."""
    before = None
    for index, place in enumerate(source.places):
        record: dict[str, Any] = {"point": index, "x": format_rational(place.x), "y": numerals(place.label)}
        if place.kink is not None:
            record |= {"kink": numerals(place.kink), "square": format_rational(squared_length(place.kink))}
            record["knot"] = place.knot and dict(zip(("at", "times"), map(format_rational, place.knot), strict=True))
        yield record
        if before is not None and before.kink is not None and place.kink is not None:
            yield {"pair": [index - 1, index], **_evidence(index - 1, before, place)}
        before = place


def _evidence(left: int, before: Place, here: Place) -> dict[str, Any]:
    """Why the kinks of two neighbours are aligned, or why not (statement B)."""
    u, v = before.kink, here.kink
    assert u is not None
    assert v is not None
    if here.aligned:
        factor = ratio(u, v)
        merged = stencil.merged_knot(before.x, here.x, factor)
        return {"aligned": format_rational(factor), "merged": format_rational(merged)}
    if not any(u) or not any(v):
        return {"zero": left + any(u)}
    pivot = next(task for task, entry in enumerate(u) if entry)
    for task in range(len(u)):
        if stencil.minor(u[pivot], u[task], v[pivot], v[task]):
            return {"minor": sorted((pivot, task))}
    return {"product": format_rational(dot(u, v))}
