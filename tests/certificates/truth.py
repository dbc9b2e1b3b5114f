"""Whether a certificate that was accepted is true, decided by the exact library and by nothing of the checkers.

Every number in the file is compared with what `reluproof.theory` says of the data in the file.
"""

import hashlib
from typing import Any

from flint import fmpq
from reluproof.theory import Dataset, RootSum
from reluproof.theory.directions import directions
from reluproof.theory.duality import angles
from reluproof.theory.margin import pair_margins
from reluproof.theory.membership import judge
from reluproof.theory.numeral import format_rational, parse_rational
from reluproof.theory.optimum import connect_the_dots, kinks, optimal_cost, runs, slopes
from reluproof.theory.sobolev import kernel_coefficients, norm_squared
from reluproof.theory.solution_set import sparsest_dimension, sparsest_is_unique, sparsest_width, tents
from reluproof.theory.spline import LinearSpline
from reluproof.theory.vectors import dot, scale, squared_length

Record = dict[str, Any]


def falsehood(records: list[Record]) -> str | None:
    """The first thing in the certificate that is not true, in words; None if all of it is."""
    points = [record for record in records if "point" in record]
    data = Dataset.from_text([p["x"] for p in points], [p["y"] for p in points])
    checks = (_head, _points, _pairs, _network, _kernel, _cost, _radius, _angles, _margin, _counts)
    return next((check.__name__ for check in checks if not check(data, records)), None)


def _numbers(values: list[str]) -> tuple[fmpq, ...]:
    return tuple(parse_rational(value) for value in values)


def _head(data: Dataset, records: list[Record]) -> bool:
    head = records[0]
    text = "".join(
        " ".join(map(format_rational, (x, *y))) + "\n" for x, y in zip(data.points, data.labels, strict=True)
    )
    known = head["schema"] == "reluproof.certificate/1" and head["reading"] in (
        "decimal",
        "binary",
        "shortest",
        "exact",
    )
    same = (head["points"], head["tasks"]) == (data.size, data.tasks)
    return known and same and head["data_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def _points(data: Dataset, records: list[Record]) -> bool:
    inner = [record for record in records if "kink" in record]
    found = [(_numbers(record["kink"]), parse_rational(record["square"])) for record in inner]
    order = [record["point"] for record in records if "point" in record] == list(range(data.size))
    return order and found == [(d, squared_length(d)) for d in kinks(data)]


def _pairs(data: Dataset, records: list[Record]) -> bool:
    found = [record for record in records if "pair" in record]
    aligned = {left for run in runs(data) for left in range(run.first, run.last)}
    order = [record["pair"] for record in found] == [[left, left + 1] for left in range(1, data.size - 2)]
    return order and all(_pair(data, left, left in aligned, record) for left, record in enumerate(found, start=1))


def _pair(data: Dataset, left: int, is_aligned: bool, record: Record) -> bool:
    u, v = kinks(data)[left - 1 : left + 1]
    if is_aligned:
        tent = next(tent for tent in tents(data, kinks(data), runs(data)) if tent.gap == left)
        return v == scale(parse_rational(record["aligned"]), u) and tent.at == parse_rational(record["merged"])
    if "zero" in record:
        return not any((u, v)[record["zero"] - left])
    if "minor" in record:
        p, q = record["minor"]
        return u[p] * v[q] != u[q] * v[p]
    return dot(u, v) == parse_rational(record["product"]) <= 0


def _network(data: Dataset, records: list[Record]) -> bool:
    """The knots given make an optimum with K* knots, and unique and neurons are right."""
    statement, found, optimum = records[0]["statement"], runs(data), connect_the_dots(data)
    knots = []
    for record in records:
        if record.get("knot") is not None:
            kink = kinks(data)[record["point"] - 1]
            knots.append((parse_rational(record["knot"]["at"]), scale(parse_rational(record["knot"]["times"]), kink)))
    affine = (_numbers(statement["affine"]["slope"]), _numbers(statement["affine"]["offset"]))
    network = LinearSpline.from_knots(*affine, knots)
    neurons = {
        "connect_the_dots": optimum.width,
        "sparsest": sparsest_width(found),
        "sparsest_unique": sparsest_is_unique(found),
        "sparsest_dimension": sparsest_dimension(found),
    }
    right = statement["neurons"] == neurons and statement["unique"] == all(run.length == 1 for run in found)
    return right and judge(data, network).optimal and network.width == len(knots) == neurons["sparsest"]


def _kernel(data: Dataset, records: list[Record]) -> bool:
    sobolev, columns = records[0]["statement"]["sobolev"], kernel_coefficients(data)
    norms = sobolev["norm_squared"]
    ends = (tuple(column[0] for column in columns), tuple(column[-1] for column in columns))
    inner = [tuple(-column[j] for column in columns) for j in range(1, data.size - 1)]
    same = (_numbers(sobolev["first"]), _numbers(sobolev["last"])) == ends and inner == list(kinks(data))
    return same and ends[1] == slopes(data)[-1] and (norms is None or _numbers(norms) == norm_squared(data))


def _between(claim: Record, value: RootSum, prefix: str = "") -> bool:
    lower, upper = (RootSum.of_rational(parse_rational(claim[prefix + end])) for end in ("lower", "upper"))
    return lower <= value <= upper


def _cost(data: Dataset, records: list[Record]) -> bool:
    return _between(records[0]["statement"]["cost"], optimal_cost(data))


def _extreme(claim: Record | None, values: dict[int, RootSum], least: bool, prefix: str = "") -> bool:
    """The bounds hold for the least (or greatest) value, and the gap named has a value between them."""
    if claim is None or not values:
        return claim is None and not values
    best = None
    for value in values.values():
        if best is None or (value < best if least else value > best):
            best = value
    assert best is not None
    return claim["gap"] in values and _between(claim, best, prefix) and _between(claim, values[claim["gap"]], prefix)


def _radius(data: Dataset, records: list[Record]) -> bool:
    claim, found = records[0]["statement"]["radius"], {t.gap: t for t in tents(data, kinks(data), runs(data))}
    heights = {gap: RootSum([tent.height_squared]) for gap, tent in found.items()}
    there = claim is None or (claim["gap"] in found and found[claim["gap"]].at == parse_rational(claim["at"]))
    return there and _extreme(claim, heights, least=False)


def _angles(data: Dataset, records: list[Record]) -> bool:
    values = {angle.gap: angle.one_minus_cosine() for angle in angles(directions(kinks(data)))}
    return _extreme(records[0]["statement"]["angles"], values, least=True)


def _margin(data: Dataset, records: list[Record]) -> bool:
    claim = records[0]["statement"]["margin"]
    squared = {found.pair: found.squared() for found in pair_margins(data)}
    if claim is None:
        return not squared
    ends = {end: parse_rational(claim[end]) for end in ("lower", "upper")}
    roots = {"gap": claim["gap"], **{end: format_rational(value * abs(value)) for end, value in ends.items()}}
    return _extreme(claim, squared, least=True, prefix="squared_") and _extreme(roots, squared, least=True)


def _counts(data: Dataset, records: list[Record]) -> bool:
    knots = sum(record.get("knot") is not None for record in records)
    aligned = sum("aligned" in record for record in records)
    counts = {"conclusion": "proved", "records": len(records), "aligned_pairs": aligned, "knots": knots}
    return records[-1] == counts and len(records) == 2 + data.size + max(0, data.size - 3)
