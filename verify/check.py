"""The main job: one dataset in, exact findings out, and every claim about it decided a second way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..theory.alignment import is_unique
from ..theory.dataset import Dataset
from .answers.answers import answers
from .answers.findings import ClaimResult, Findings, Independent
from .claims import CLAIMS
from .collector import resting_collector
from .independent import METHOD, interior_witness
from .reading import ingest
from .reading.choices import Column
from .reading.provenance import Source, two_readings

Progress = Callable[[Iterable[Any], int], Iterable[Any]]


def check(
    data: Any, y: Any = None, *, x: Column | None = None, progress: Progress | None = None, **choices: Any
) -> Findings:
    """Decide one dataset exactly.

    data: a `Dataset`; the path of a file (or "-" for standard input); a data frame of pandas, polars or pyarrow; or
    arrays x and y, as two arguments or a pair, of shapes (N,) or (N, 1), and (N,) or (N, T). For files and data frames
    x and y name columns: check(frame, x="year", y=["inflation", "rate"]); the other keywords are those of
    `reading.Choices`. progress: wraps the steps of the work, of which it is told how many there are.
    Raises `reading.InputError` for bad input.
    """
    with resting_collector():
        found = ingest(data, y, x=x, **choices)
        steps: Iterable[Findings] = _steps(found.dataset, found.source)
        findings: Findings = deque(progress(steps, len(CLAIMS) + 2) if progress else steps, maxlen=1).pop()
        if found.other is not None and is_unique(found.other) is not findings.unique:
            said = two_readings(findings.source.reading, findings.unique)
            findings = replace(findings, source=found.source.noting(said))
    return findings


def _steps(data: Dataset, source: Source) -> Iterator[Findings]:
    """The answers, then with one statement after the other decided a second way, then with the independent solver's."""
    findings = answers(data, source)
    yield findings
    for claim in CLAIMS:
        result = ClaimResult(claim.letter, claim.name, claim.source, claim.verdict_on(findings))
        findings = replace(findings, claims=(*findings.claims, result))
        yield findings
    optimum, squares = findings.optima.connect_the_dots, findings.cost.squares
    independent = Independent(METHOD, interior_witness(findings.data, optimum, squares))
    yield replace(findings, independent=independent)
