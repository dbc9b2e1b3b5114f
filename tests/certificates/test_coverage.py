"""What a certificate is said to prove, key by key: each is derived from the records alone, and is what was printed."""

import json
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from families import few_directions
from reluproof.theory import Dataset
from reluproof.verify.certify import uncertified
from reluproof.verify.certify.coverage import PROVED, SCHEMA, keys_of_output
from reluproof.verify.check import check

from certificates.samples import Records, certificate

MISSING = "missing"


def _inner(records: Records) -> Records:
    return [record for record in records if "kink" in record]


def _pairs(records: Records) -> Records:
    return [record for record in records if "aligned" in record]


def _text(value: Fraction) -> str:
    return str(value)


def _runs(records: Records) -> list[dict[str, int]]:
    """Maximal chains of aligned pairs."""
    found: list[dict[str, int]] = []
    for record in _pairs(records):
        left, right = record["pair"]
        if found and found[-1]["last"] == left:
            found[-1]["last"] = right
        else:
            found.append({"first": left, "last": right})
    return found


def _network(records: Records, neurons: list[dict[str, Any]]) -> dict[str, Any]:
    return {"affine": records[0]["statement"]["affine"], "neurons": neurons}


def _dots(records: Records) -> list[dict[str, Any]]:
    return [{"knot": r["x"], "kink": r["kink"]} for r in _inner(records) if any(map(Fraction, r["kink"]))]


def _times(factor: str | Fraction, kink: list[str]) -> list[str]:
    return [_text(Fraction(factor) * Fraction(entry)) for entry in kink]


def _sparsest(records: Records) -> list[dict[str, Any]]:
    knots = [r for r in _inner(records) if r["knot"] is not None]
    return [{"knot": r["knot"]["at"], "kink": _times(r["knot"]["times"], r["kink"])} for r in knots]


def _others(records: Records) -> list[dict[str, Any]]:
    """Connect-the-dots with one aligned pair merged, for every such pair, and the sparsest network."""
    inner = {record["point"]: record for record in _inner(records)}
    found = [_network(records, _sparsest(records))]
    for record in _pairs(records):
        left, right = record["pair"]
        kink = _times(1 + Fraction(record["aligned"]), inner[left]["kink"])
        merged = {"knot": record["merged"], "kink": kink}
        rest = [n for n in _dots(records) if n["knot"] not in (inner[left]["x"], inner[right]["x"])]
        found.append(_network(records, sorted([*rest, merged], key=lambda n: Fraction(n["knot"]))))
    return found


def _part(name: str, key: str, otherwise: Any = MISSING) -> Callable[[Records], Any]:
    def derive(records: Records) -> Any:
        part = records[0]["statement"][name]
        return otherwise if part is None else part[key]

    return derive


def _coefficients(records: Records) -> list[list[str]]:
    sobolev = records[0]["statement"]["sobolev"]
    columns = [sobolev["first"], *[_times(-1, record["kink"]) for record in _inner(records)], sobolev["last"]]
    return [list(column) for column in zip(*columns, strict=True)]


DERIVED: dict[str, Callable[[Records], Any]] = {
    "points": lambda records: sum("point" in record for record in records),
    "tasks": lambda records: len(records[1]["y"]),
    "unique": lambda records: not _pairs(records),
    "runs": _runs,
    "optimum": lambda records: _network(records, _dots(records)),
    "sparsest": lambda records: _network(records, _sparsest(records)),
    "neurons": lambda records: records[0]["statement"]["neurons"],
    "angles": lambda records: records[0]["statement"]["angles"],
    "cost.lower": _part("cost", "lower"),
    "cost.upper": _part("cost", "upper"),
    "radius.lower": _part("radius", "lower", "0"),
    "radius.upper": _part("radius", "upper", "0"),
    "radius.gap": _part("radius", "gap", None),
    "radius.at": _part("radius", "at", None),
    "margin.lower": _part("margin", "lower"),
    "margin.upper": _part("margin", "upper"),
    "margin.squared_lower": _part("margin", "squared_lower"),
    "margin.squared_upper": _part("margin", "squared_upper"),
    "margin.pair": _part("margin", "gap"),
    "sobolev.agrees": lambda records: True,  # what F-kernel checks
    "sobolev.coefficients": _coefficients,
    "sobolev.norm_squared": lambda records: records[0]["statement"]["sobolev"]["norm_squared"],
}


def _printed(output: dict[str, Any], key: str) -> Any:
    value: Any = output
    for part in key.split("."):
        value = MISSING if value is None else value[part]
    return value


def _datasets() -> list[Dataset]:
    rng = random.Random(12)
    return [
        Dataset.from_fractions([0, 1], [0, 1]),
        Dataset.from_fractions([0, 1, 2], [0, 1, 5]),
        Dataset.from_fractions(range(6), [0, 0, 0, 0, 0, 0]),
        *[few_directions(rng) for _ in range(100)],
    ]


def test_what_is_said_to_be_proved_follows_from_the_records() -> None:
    """Every key of the output: either it says that it is not certified, or the records give the value printed."""
    for data in _datasets():
        findings = check(data)
        output, records = findings.to_json(), certificate(data)
        for key in keys_of_output():
            if key in output["uncertified"]:
                continue
            printed = _printed(output, key)
            if key == "another":
                others = _others(records)
                assert printed in (others if _pairs(records) else [None])
            else:
                derived = DERIVED[key](records) if key in PROVED else MISSING  # a part of what is null
                assert (key, derived) == (key, printed)


def test_the_list_is_that_of_the_output() -> None:
    """Every key that is printed is one of the schema's, and is either derived above or said not to be certified."""
    findings = check(Dataset.from_fractions(range(5), [0, 0, 1, 3, 4]))
    output = findings.to_json()
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    outer, always = {key.split(".")[0] for key in keys_of_output()}, set(output) - {"schema", "version", "uncertified"}
    assert always <= outer <= set(schema["properties"])
    assert not (outer - always) & set(schema["required"])
    assert all(entry["certified"] is False and entry["why"] for entry in output["uncertified"].values())
    for key in always:
        inner = {name for name in keys_of_output() if name.startswith(f"{key}.")}
        assert not inner or inner == {f"{key}.{name}" for name in output[key]}
    assert set(DERIVED) | {"another"} == set(PROVED) == set(keys_of_output()) - set(uncertified(findings))
    assert {"input", "decided_by", "sobolev.norm_squared_bounds"} < set(uncertified(findings))


def test_a_key_that_nobody_thought_of_is_not_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the schema gains is not proved until somebody says so here."""
    monkeypatch.setattr("reluproof.verify.certify.coverage.keys_of_output", lambda: ("points", "novel", "cost.novel"))
    assert set(uncertified(check(Dataset.from_fractions([0, 1], [0, 1])))) == {"novel", "cost.novel"}


def test_norms_of_long_data_are_not_certified() -> None:
    """Above 1000 points the exact norms stay out of the certificate, and the output says so."""
    data = Dataset.from_fractions(range(1001), [x * x % 7 for x in range(1001)])
    records, output = certificate(data), check(data).to_json()
    assert records[0]["statement"]["sobolev"]["norm_squared"] is None
    assert output["sobolev"]["norm_squared"] is not None
    assert output["uncertified"]["sobolev.norm_squared"]["certified"] is False
