"""Whether a certificate that was accepted is true, decided by the oracle of the tests, which shares nothing with us.

Every number in the file is compared with what `tests/oracle` says of the data in the file: fractions where it is exact,
else decimals with many more digits than the file has.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from oracle import sobolev
from oracle.decimals import lies_between, precise
from oracle.kinks import Vector, aligned_gaps, dot, kinks
from oracle.margin import margins_squared
from oracle.optimal_set import tents
from oracle.sparsest import sparsest
from oracle.splines import Ramps
from oracle.value import cost, height, one_minus_cosines

Record = dict[str, Any]
DIGITS, MARGIN_DIGITS = 100, 24
READINGS = ("decimal", "binary", "shortest", "exact")


@dataclass(frozen=True)
class Data:
    """The points and labels in the file, and what follows from them."""

    x: Vector
    y: list[Vector]

    @cached_property
    def kinks(self) -> list[Vector]:
        """The kinks at the interior points."""
        return kinks(self.x, self.y)

    @cached_property
    def aligned(self) -> list[int]:
        """The left points of the aligned pairs."""
        return aligned_gaps(self.kinks)


def falsehood(records: list[Record]) -> str | None:
    """The first thing in the certificate that is not true, in words; None if all of it is."""
    points = [record for record in records if "point" in record]
    data = Data([Fraction(p["x"]) for p in points], [_numbers(p["y"]) for p in points])
    if any(a >= b for a, b in pairwise(data.x)):
        return "points"
    checks = (_head, _points, _pairs, _network, _kernel, _cost, _radius, _angles, _margin, _counts)
    return next((check.__name__ for check in checks if not check(data, records)), None)


def _numbers(values: list[str]) -> Vector:
    return [Fraction(value) for value in values]


def _head(data: Data, records: list[Record]) -> bool:
    head = records[0]
    text = "".join(" ".join(map(str, [x, *y])) + "\n" for x, y in zip(data.x, data.y, strict=True))
    known = head["schema"] == "reluproof.certificate/1" and head["reading"] in READINGS
    same = head["points"] == len(data.x) and all(len(label) == head["tasks"] for label in data.y)
    return known and same and head["data_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def _points(data: Data, records: list[Record]) -> bool:
    inner = [record for record in records if "kink" in record]
    found = [(_numbers(record["kink"]), Fraction(record["square"])) for record in inner]
    order = [record["point"] for record in records if "point" in record] == list(range(len(data.x)))
    return order and found == [(d, dot(d, d)) for d in data.kinks]


def _pairs(data: Data, records: list[Record]) -> bool:
    found = [record for record in records if "pair" in record]
    order = [record["pair"] for record in found] == [[left, left + 1] for left in range(1, len(data.x) - 2)]
    return order and all(_pair(data, left, record) for left, record in enumerate(found, start=1))


def _pair(data: Data, left: int, record: Record) -> bool:
    u, v = data.kinks[left - 1 : left + 1]
    if left in data.aligned:
        if "aligned" not in record:
            return False
        tent = next(tent for tent in tents(data.x, data.y) if tent.gap == left)
        return v == [Fraction(record["aligned"]) * entry for entry in u] and tent.at == Fraction(record["merged"])
    if "zero" in record:
        return not any((u, v)[record["zero"] - left])
    if "minor" in record:
        p, q = record["minor"]
        return u[p] * v[q] != u[q] * v[p]
    return dot(u, v) == Fraction(record.get("product", 1)) <= 0


def _network(data: Data, records: list[Record]) -> bool:
    """The knots given make an optimum with K* knots, and unique and neurons are right."""
    statement, best = records[0]["statement"], sparsest(data.kinks)
    places, jumps = [], []
    for record in records:
        if record.get("knot") is not None:
            places.append(Fraction(record["knot"]["at"]))
            times = Fraction(record["knot"]["times"])
            jumps.append([times * entry for entry in data.kinks[record["point"] - 1]])
    affine = statement["affine"]
    network = Ramps(_numbers(affine["slope"]), _numbers(affine["offset"]), places, jumps)
    neurons = {
        "connect_the_dots": sum(map(any, data.kinks)),
        "sparsest": best.width,
        "sparsest_unique": best.unique,
        "sparsest_dimension": best.dimension,
    }
    right = statement["neurons"] == neurons and statement["unique"] == (not data.aligned)
    with precise():
        same_cost = abs(network.cost() - cost(data.kinks)) <= cost(data.kinks).scaleb(-DIGITS)
    return right and not network.misses(data.x, data.y) and same_cost and len(set(places)) == len(places) == best.width


def _kernel(data: Data, records: list[Record]) -> bool:
    claim = records[0]["statement"]["sobolev"]
    columns = sobolev.solve(sobolev.gram(data.x), [list(column) for column in zip(*data.y, strict=True)])
    norms = [dot(column, list(labels)) for column, labels in zip(columns, zip(*data.y, strict=True), strict=True)]
    ends = (_numbers(claim["first"]), _numbers(claim["last"]))
    inner = [[-column[j] for column in columns] for j in range(1, len(data.x) - 1)]
    same = ends == ([column[0] for column in columns], [column[-1] for column in columns]) and inner == data.kinks
    return same and (claim["norm_squared"] is None or _numbers(claim["norm_squared"]) == norms)


def _between(claim: Record, value: Decimal, prefix: str = "", digits: int = DIGITS) -> bool:
    return lies_between(value, Fraction(claim[f"{prefix}lower"]), Fraction(claim[f"{prefix}upper"]), digits)


def _cost(data: Data, records: list[Record]) -> bool:
    return _between(records[0]["statement"]["cost"], cost(data.kinks))


def _radius(data: Data, records: list[Record]) -> bool:
    claim, found = records[0]["statement"]["radius"], {tent.gap: tent for tent in tents(data.x, data.y)}
    if claim is None or not found:
        return claim is None and not found
    heights = {gap: height(dot(tent.descent, tent.descent)) for gap, tent in found.items()}
    there = claim["gap"] in found and found[claim["gap"]].at == Fraction(claim["at"])
    return there and _between(claim, max(heights.values())) and _between(claim, heights[claim["gap"]])


def _angles(data: Data, records: list[Record]) -> bool:
    claim, values = records[0]["statement"]["angles"], one_minus_cosines(data.kinks)
    if claim is None or not values:
        return claim is None and not values
    values |= dict.fromkeys(data.aligned, Decimal(0))
    there = claim["gap"] in values
    return there and _between(claim, min(values.values())) and _between(claim, values[claim["gap"]])


def _margin(data: Data, records: list[Record]) -> bool:
    claim, squares = records[0]["statement"]["margin"], margins_squared(data.x, data.y)
    if claim is None or not squares:
        return claim is None and not squares
    squares |= dict.fromkeys(data.aligned, Decimal(0))
    if claim["gap"] not in squares:
        return False
    with precise():
        for square in (min(squares.values()), squares[claim["gap"]]):
            if not _between(claim, square, "squared_", MARGIN_DIGITS) or not _between(
                claim, square.sqrt(), digits=MARGIN_DIGITS
            ):
                return False
    return True


def _counts(data: Data, records: list[Record]) -> bool:
    knots = sum(record.get("knot") is not None for record in records)
    aligned = sum("aligned" in record for record in records)
    counts = {"conclusion": "proved", "records": len(records), "aligned_pairs": aligned, "knots": knots}
    return records[-1] == counts and len(records) == 2 + len(data.x) + max(0, len(data.x) - 3)
