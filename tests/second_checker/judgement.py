"""The judgement of one certificate: every rule of the specification, in integers."""

import math
from hashlib import sha256
from typing import Any

from .geometry import Geometry, compare_root, equal
from .text import Broken, Illegible, Pair, datum, decimal, flag, fraction, index, items, members, parse_lines


def judge(lines: list[bytes]) -> None:
    """Returns if the certificate is accepted; raises Broken if it is rejected, Illegible if it cannot be read."""
    records = parse_lines(lines)
    if not records or "schema" not in records[0]:
        raise Broken("no first record")
    if records[0]["schema"] != "reluproof.certificate/1":
        raise Illegible("another schema")
    head = dict(zip(_HEAD, members(records[0], *_HEAD), strict=True))
    if head["reading"] not in ("decimal", "binary", "shortest", "exact") or not isinstance(head["data_sha256"], str):
        raise Broken("reading or hash")
    size, tasks = index(head["points"]), index(head["tasks"])
    points, pairs = _sorted_records(records, size)
    geometry, hats = _points(points, tasks, head["data_sha256"])
    statement = dict(zip(_STATEMENT, members(head["statement"], *_STATEMENT), strict=True))
    merged = _pairs(geometry, pairs)
    _neurons(geometry, hats, statement)
    _affine_and_kernel(geometry, statement)
    _cost(geometry, statement["cost"])
    _radius(geometry, merged, statement["radius"])
    _angles(geometry, statement["angles"])
    _margin(geometry, statement["margin"])
    _conclusion(records, len(merged), len(hats))


_HEAD = ("schema", "points", "tasks", "reading", "data_sha256", "statement")
_STATEMENT = ("unique", "affine", "cost", "neurons", "radius", "angles", "margin", "sobolev")


def _sorted_records(records: list[dict[str, Any]], size: int) -> tuple[list[Any], list[Any]]:
    """The records of points and pairs, which must come in the one order that there is."""
    if size < 2 or size > len(records):
        raise Broken("the number of points")
    order = []
    for i in range(size):
        order.append(("point", i))
        if 2 <= i <= size - 2:
            order.append(("pair", i))
    if len(records) != len(order) + 2:
        raise Broken("the number of records")
    for record, (kind, _) in zip(records[1:], order, strict=False):
        if kind not in record:
            raise Broken(f"a {kind} is due")
    body = list(zip(records[1:-1], order, strict=True))
    return [r for r, (kind, _) in body if kind == "point"], [r for r, (kind, _) in body if kind == "pair"]


def _points(records: list[Any], tasks: int, claimed: str) -> tuple[Geometry, dict[int, tuple[Pair, Pair]]]:
    """The geometry of the data, and the knots {hat: (at, times)}; kinks and squares are compared with the data."""
    if tasks < 1:
        raise Broken("no tasks")
    points, labels, evidence = [], [], {}
    for i, record in enumerate(records):
        keys = ("point", "x", "y", "kink", "square", "knot") if 0 < i < len(records) - 1 else ("point", "x", "y")
        number, x, y, *rest = members(record, *keys)
        if index(number) != i:
            raise Broken(f"point {i} is due")
        points.append(datum(x))
        labels.append([datum(value) for value in items(y, tasks)])
        if rest:
            evidence[i] = rest
    text = "".join(" ".join(map(_lowest, [x, *y])) + "\n" for x, y in zip(points, labels, strict=True))
    if sha256(text.encode()).hexdigest() != claimed:
        raise Broken("hash")
    geometry, hats = Geometry(points, labels), {}
    for j, (kink, square, knot) in evidence.items():
        claimed_kink = [fraction(entry) for entry in items(kink, tasks)]
        _short_sum([(entry, entry) for entry in claimed_kink])
        for claimed_entry, entry in zip(claimed_kink, geometry.kink(j), strict=True):
            equal(claimed_entry, entry, "kink")
        equal(fraction(square), geometry.square(j), "square")
        if knot is not None:
            at, times = members(knot, "at", "times")
            hats[j] = (fraction(at), fraction(times))
    return geometry, hats


def _short_sum(pairs: list[tuple[Pair, Pair]]) -> None:
    """Products summed over the tasks: Broken if their common denominator is too long, also where it would cancel."""
    common = 1
    for (p, q), (r, s) in pairs:
        common = math.lcm(common, (q // math.gcd(p, q)) * (s // math.gcd(r, s)))
        if common >= 1 << 2**18:
            raise Broken("a sum with a denominator of more than 2^18 bits")


def _lowest(number: Pair) -> str:
    p, q = number
    divisor = math.gcd(p, q)
    return str(p // divisor) if q == divisor else f"{p // divisor}/{q // divisor}"


def _pairs(geometry: Geometry, records: list[Any]) -> dict[int, Pair]:
    """{left point: factor} of the aligned pairs, decided from the data; the evidence must say the same."""
    factors = {}
    for left, record in enumerate(records, start=1):
        kind = next((key for key in ("aligned", "zero", "minor") if key in record), "product")
        pair, value, *more = members(record, "pair", kind, *(["merged"] if kind == "aligned" else []))
        if [index(end) for end in items(pair, 2)] != [left, left + 1]:
            raise Broken(f"pair {left} is due")
        u, v = geometry.scaled[left], geometry.scaled[left + 1]
        _short_sum(list(zip(geometry.kink(left), geometry.kink(left + 1), strict=True)))
        if geometry.aligned(left) != (kind == "aligned"):
            raise Broken("aligned or not")
        if kind == "aligned":
            factors[left] = fraction(value)
            equal(factors[left], geometry.factor(left), "factor")
            geometry.lines_meet(left, fraction(more[0]))
        elif kind == "zero":
            if index(value) not in (left, left + 1) or any(geometry.scaled[value]):
                raise Broken("zero kink")
        elif kind == "minor":
            p, q = (index(place) for place in items(value, 2))
            if max(p, q) >= len(u) or u[p] * v[q] == u[q] * v[p]:
                raise Broken("minor")
        else:
            product = geometry.product(left)
            equal(fraction(value), product, "product")
            if product[0] > 0:
                raise Broken("positive product")
    return factors


def _neurons(geometry: Geometry, hats: dict[int, tuple[Pair, Pair]], statement: dict[str, Any]) -> None:
    """The sparsest network: it interpolates, costs the optimum, and no two of its hats can share a knot."""
    dots, sparsest, one, dimension = members(
        statement["neurons"], "connect_the_dots", "sparsest", "sparsest_unique", "sparsest_dimension"
    )
    runs = geometry.runs()
    if any(geometry.aligned(j) for j in hats if j + 1 in hats):
        raise Broken("two hats of one knot")
    geometry.interpolates(hats)
    geometry.costs_the_same(hats, runs)
    odd = sum(1 for run in runs if len(run) >= 3 and len(run) % 2)
    kinks = sum(map(len, runs))
    if (index(dots), index(sparsest), index(dimension)) != (kinks, len(hats), odd) or flag(one) != (odd == 0):
        raise Broken("neurons")
    if flag(statement["unique"]) != all(len(run) == 1 for run in runs):
        raise Broken("unique")


def _affine_and_kernel(geometry: Geometry, statement: dict[str, Any]) -> None:
    tasks = geometry.tasks
    slope, offset = (items(part, tasks) for part in members(statement["affine"], "slope", "offset"))
    first, last, norms = members(statement["sobolev"], "first", "last", "norm_squared")
    geometry.line_is([fraction(s) for s in slope], [fraction(c) for c in offset])
    geometry.solves_gram([fraction(a) for a in items(first, tasks)], [fraction(a) for a in items(last, tasks)])
    if norms is not None:
        if geometry.size > 1000:
            raise Broken("norms beyond 1000 points")
        for claimed, norm in zip(items(norms, tasks), geometry.norms(), strict=True):
            equal(fraction(claimed), norm, "norm")


def _cost(geometry: Geometry, claim: Any) -> None:
    lower, upper = (decimal(end) for end in members(claim, "lower", "upper"))
    unit = 10 ** (60 + len(str(lower[1] * upper[1])))
    low = high = 0
    for j in geometry.interior:
        p, q = geometry.square(j)
        # sqrt(p / q) = sqrt(p q) / q
        root, rest = divmod(math.isqrt(p * q * unit * unit), q)
        low += root
        high += root if rest == 0 and (root * q) ** 2 == p * q * unit * unit else root + 1
    if lower[0] * unit > low * lower[1] or high * upper[1] > upper[0] * unit:
        raise Broken("cost")


def _radius(geometry: Geometry, factors: dict[int, Pair], claim: Any) -> None:
    if (claim is None) != (not factors):
        raise Broken("radius or none")
    if claim is None:
        return
    lower, upper, gap, at = members(claim, "lower", "upper", "gap", "at")
    low, high, here = decimal(lower), decimal(upper), index(gap)
    if here not in factors:
        raise Broken("radius at no aligned gap")
    geometry.lines_meet(here, fraction(at))
    if any(compare_root(high, geometry.height_squared(left)) < 0 for left in factors):
        raise Broken("an optimum reaches farther")
    if compare_root(low, geometry.height_squared(here)) > 0:
        raise Broken("the radius is not reached there")


def _angles(geometry: Geometry, claim: Any) -> None:
    cosines = geometry.cosines()
    if (claim is None) != (not cosines):
        raise Broken("angles or none")
    if claim is None:
        return
    lower, upper, gap = members(claim, "lower", "upper", "gap")
    (low, low_q), (high, high_q), here = decimal(lower), decimal(upper), index(gap)
    # 1 - cos >= low  iff  1 - low >= cos
    if any(compare_root((low_q - low, low_q), cosine) < 0 for cosine in cosines.values()):
        raise Broken("a smaller angle")
    if here not in cosines or compare_root((high_q - high, high_q), cosines[here]) > 0:
        raise Broken("a larger angle there")


def _margin(geometry: Geometry, claim: Any) -> None:
    if (claim is None) != (geometry.size < 4):
        raise Broken("margin or none")
    if claim is None:
        return
    *ends, gap = members(claim, "lower", "upper", "squared_lower", "squared_upper", "gap")
    low, high, low_squared, high_squared = (decimal(end) for end in ends)
    if not 1 <= index(gap) <= geometry.size - 3 or high[0] < 0:
        raise Broken("no such gap, or a negative bound")
    lows = [low_squared, (low[0] * abs(low[0]), low[1] ** 2)]
    highs = [high_squared, (high[0] ** 2, high[1] ** 2)]
    for left in range(1, geometry.size - 2):
        if any(geometry.compare_margin(left, bound) < 0 for bound in lows):
            raise Broken("a smaller margin")
    if any(geometry.compare_margin(gap, bound) > 0 for bound in highs):
        raise Broken("a larger margin there")


def _conclusion(records: list[dict[str, Any]], aligned: int, knots: int) -> None:
    word, total, pairs, bends = members(records[-1], "conclusion", "records", "aligned_pairs", "knots")
    if (word, index(total), index(pairs), index(bends)) != ("proved", len(records), aligned, knots):
        raise Broken("counts")
