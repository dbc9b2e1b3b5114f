"""The certificate as a pure view of findings: one line at a time, in the order that SPECIFICATION.md gives.

Nothing is decided here. Every number comes from the findings, or is a quotient that names what they hold: where two
kinks are aligned, their ratio; where they are not, coordinates that show it.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ...theory import stencil
from ...theory.dataset import Dataset
from ...theory.numbers import Vector, is_zero
from ...theory.numeral import format_rational
from ...theory.solution_set import ratio
from ...theory.vectors import dot, is_zero_vector, squared_length
from ..answers.findings import Findings
from .statement import statement

SCHEMA = "reluproof.certificate/1"


def certificate_lines(findings: Findings) -> Iterator[str]:
    """The lines of the certificate, each a JSON object and a newline; memory does not grow with their number."""
    knots, pairs = _knots_by_hat(findings), _aligned_pairs(findings)
    yield _line(_head(findings))
    count = 2
    for record in _body(findings, knots, pairs):
        yield _line(record)
        count += 1
    yield _line({"conclusion": "proved", "records": count, "aligned_pairs": len(pairs), "knots": len(knots)})


def data_sha256(data: Dataset) -> str:
    """The hash of the points and labels: of one line `x y_1 ... y_T` per point, in lowest terms, in increasing x."""
    digest = sha256()
    for point, label in zip(data.points, data.labels, strict=True):
        digest.update(" ".join(map(format_rational, (point, *label))).encode() + b"\n")
    return digest.hexdigest()


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":")) + "\n"


def _head(findings: Findings) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "points": findings.data.size,
        "tasks": findings.data.tasks,
        "reading": findings.source.reading,
        "data_sha256": data_sha256(findings.data),
        "statement": statement(findings),
    }


def _body(findings: Findings, knots: dict[int, Any], pairs: set[int]) -> Iterator[dict[str, Any]]:
    """A record for each point, and after the right one of two interior neighbours a record for the pair."""
    data, kinks = findings.data, findings.kinks
    for index, (x, label) in enumerate(zip(data.points, data.labels, strict=True)):
        record: dict[str, Any] = {"point": index, "x": format_rational(x), "y": _numerals(label)}
        if 0 < index < data.size - 1:
            kink = kinks[index - 1]
            record["kink"], record["square"] = _numerals(kink), format_rational(squared_length(kink))
            record["knot"] = knots.get(index)
        yield record
        if 2 <= index < data.size - 1:
            yield {"pair": [index - 1, index], **_evidence(data, kinks, index - 1, index - 1 in pairs)}


def _evidence(data: Dataset, kinks: tuple[Vector, ...], left: int, is_aligned: bool) -> dict[str, Any]:
    """Why the kinks at the points `left` and `left` + 1 are aligned, or why not (statement B)."""
    u, v = kinks[left - 1], kinks[left]
    if is_aligned:
        c = ratio(u, v)
        merged = stencil.merged_knot(data.points[left], data.points[left + 1], c)
        return {"aligned": format_rational(c), "merged": format_rational(merged)}
    for index, kink in ((left, u), (left + 1, v)):
        if is_zero_vector(kink):
            return {"zero": index}
    minor = _nonzero_minor(u, v)
    return {"product": format_rational(dot(u, v))} if minor is None else {"minor": list(minor)}


def _nonzero_minor(u: Vector, v: Vector) -> tuple[int, int] | None:
    """The coordinates of the first 2x2 minor of (u, v) with a nonzero entry of u that does not vanish."""
    pivot = next(index for index, entry in enumerate(u) if not is_zero(entry))
    for index in range(len(u)):
        if not is_zero(stencil.minor(u[pivot], u[index], v[pivot], v[index])):
            return min(pivot, index), max(pivot, index)
    return None


def _aligned_pairs(findings: Findings) -> set[int]:
    """The left points of the aligned pairs of neighbours."""
    return {left for run in findings.aligned_runs for left in range(run.first, run.last)}


def _knots_by_hat(findings: Findings) -> dict[int, Any]:
    """The knots of the sparsest optimum, each at the last data point j not right of it, as a multiple of d_j (K)."""
    points, spline = findings.data.points, findings.sparsest.spline
    found, hat = {}, 0
    for knot, kink in zip(spline.knots, spline.kinks, strict=True):
        while points[hat + 1] <= knot:
            hat += 1
        times = ratio(findings.kinks[hat - 1], kink)
        found[hat] = {"at": format_rational(knot), "times": format_rational(times)}
    return found


def _numerals(v: Vector) -> list[str]:
    return [format_rational(entry) for entry in v]
