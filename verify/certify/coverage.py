"""Which parts of the outputs of `check` the certificate does not prove, so that they can say so.

What counts is the schema of that output: a key is proved only if it is listed here, so a new one never is by accident.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from ..answers.findings import Findings
from .findings import NORM_LIMIT

SCHEMA = Path(__file__).parents[1] / "schema" / "check-1.json"

PROVED = frozenset(
    [
        *("points", "tasks", "unique", "runs", "optimum", "another", "sparsest", "neurons", "angles"),
        *("cost.lower", "cost.upper", "radius.lower", "radius.upper", "radius.gap", "radius.at"),
        *("margin.lower", "margin.upper", "margin.squared_lower", "margin.squared_upper", "margin.pair"),
        *("sobolev.agrees", "sobolev.norm_squared", "sobolev.coefficients"),
    ]
)
"""The keys that the records prove, as paths into the output."""

_WHY = {
    "input": "the certificate holds the numbers themselves; that they are those of your file is for recheck FILE DATA",
    "decided_by": "the records prove the answers, however they were found",
    "cost.squares": "the records prove the cost as a sum over all kinks and between its bounds, not its normal form",
    "gaps": "the records prove the smallest angle, not the exact number of every gap",
    "margin.squared": "the records prove the bounds of the margin, not its closed form",
    "margin.boundary": "a remark on the place where the margin is zero",
    "sobolev.norm_squared_bounds": "only the exact norms are proved, up to 1000 points",
    "independent": "a second solution by linear algebra; the certificate proves the optimum without it",
    "verified": "a second answer, by the proved program",
    "claims": "verdicts of this program; the statement of the certificate is proved without them",
}
_OTHER = "not part of the statement that the records prove"
_ABOUT_THE_OUTPUT = frozenset(["schema", "version", "uncertified"])


def uncertified(findings: Findings) -> dict[str, Any]:
    """The keys of the JSON object of `check` that the certificate does not prove: {key: {"certified": false, "why"}}.

    All other answers in it are proved by the certificate of the same findings.
    """
    keys = [key for key in keys_of_output() if key not in PROVED]
    if findings.margin is None:
        keys = [key for key in keys if not key.startswith("margin.")]
    reasons = {key: _WHY.get(key, _OTHER) for key in keys}
    if findings.sobolev.norm_squared is not None and findings.data.size > NORM_LIMIT:
        reasons["sobolev.norm_squared"] = f"norms are certified up to {NORM_LIMIT} points"
    return {key: {"certified": False, "why": why} for key, why in reasons.items()}


@cache
def keys_of_output() -> tuple[str, ...]:
    """The keys of the output, by its schema; objects of which only a part is proved are taken apart."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found: list[str] = []
    for key, part in schema["properties"].items():
        inner = sorted(_required(schema, part))
        if any(f"{key}.{name}" in PROVED for name in inner):
            found += [f"{key}.{name}" for name in inner]
        elif key not in _ABOUT_THE_OUTPUT:
            found.append(key)
    return tuple(found)


def _required(schema: dict[str, Any], part: dict[str, Any]) -> set[str]:
    """The keys of the object that a part of the schema describes, through its references and alternatives."""
    if "$ref" in part:
        return _required(schema, schema["$defs"][part["$ref"].rpartition("/")[2]])
    inner = [*part.get("oneOf", []), *part.get("allOf", [])]
    return {*part.get("properties", {})}.union(*[_required(schema, other) for other in inner])
