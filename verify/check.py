"""The main job: one dataset in, exact findings out, and every claim about it decided a second way."""

from dataclasses import replace
from typing import Any

from ..theory.optimum import is_unique
from .answers.answers import answers
from .answers.findings import ClaimResult, Findings, Independent
from .claims import CLAIMS
from .independent import METHOD, interior_witness
from .reading import ingest
from .reading.choices import Column
from .reading.provenance import two_readings


def check(data: Any, y: Any = None, *, x: Column | None = None, **choices: Any) -> Findings:
    """Decide one dataset exactly.

    data: a `Dataset`; the path of a file (or "-" for standard input); a data frame of pandas, polars or pyarrow; or
    arrays x and y, as two arguments or a pair, of shapes (N,) or (N, 1), and (N,) or (N, T). For files and data frames
    x and y name columns: check(frame, x="year", y=["inflation", "rate"]); the other keywords are those of
    `reading.Choices`. Raises `reading.InputError` for bad input.
    """
    found = ingest(data, y, x=x, **choices)
    findings = answers(found.dataset, found.source)
    if found.other is not None and is_unique(found.other) is not findings.unique:
        findings = replace(findings, source=found.source.noting(two_readings(findings.source.reading, findings.unique)))
    return decided(findings)


def decided(findings: Findings) -> Findings:
    """The findings with every statement decided a second way against them, and the answer of the independent solver."""
    results = [ClaimResult(claim.letter, claim.name, claim.source, claim.decide(findings)) for claim in CLAIMS]
    optimum, squares = findings.optima.connect_the_dots, findings.cost.squares
    independent = Independent(METHOD, interior_witness(findings.data, optimum, squares))
    return replace(findings, claims=tuple(results), independent=independent)
