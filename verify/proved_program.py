"""A third opinion from a program that is proved: runs, uniqueness and the fewest neurons (B, K).

The program is `reluproof-verified`, extracted from proofs_notes/formal/Program.v by `make verified`; it gets the points
and labels as exact numerals and shares no code with this package.
"""

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from ..theory.alignment import Run
from ..theory.dataset import Dataset
from ..theory.numeral import format_rational
from ..theory.verdict import Holds, Refuted, Verdict
from .answers.findings import Findings
from .reading import InputError

SCHEMA = "reluproof.verified/1"


@dataclass(frozen=True, slots=True)
class Proved:
    """What the program answered, which Coq checked its proofs and which sources it was built from.

    aligned_gaps: the gaps between two aligned kinks, each by its left point; zero_kinks: the interior points whose kink
    is zero; fewest_neurons: K*. Points are counted from 0.
    """

    program: str
    coq: str
    sources_sha256: str
    points: int
    tasks: int
    unique: bool
    aligned_gaps: tuple[int, ...]
    zero_kinks: tuple[int, ...]
    fewest_neurons: int

    def runs(self) -> tuple[Run, ...]:
        """The maximal rows of kinks that are not zero, joined by aligned gaps."""
        joined, zero = set(self.aligned_gaps), set(self.zero_kinks)
        inner = [j for j in range(1, self.points - 1) if j not in zero]
        first = [j for j in inner if j - 1 not in joined]
        last = [j for j in inner if j not in joined]
        return tuple([Run(a, b) for a, b in zip(first, last, strict=True)])


@dataclass(frozen=True, slots=True)
class ThirdOpinion:
    """The answer of the proved program and how the findings stand to it."""

    answer: Proved
    verdict: Verdict


def third_opinion(findings: Findings, program: str) -> ThirdOpinion:
    """The findings beside the answer of the proved program at the path `program`.

    Raises `reading.InputError` if there is no such program, it fails, or it answers in other words than it should.
    """
    answer = ask(program, findings.data)
    differences = list(_differences(findings, answer))
    if differences:
        return ThirdOpinion(answer, Refuted(findings.data, "; ".join(differences)))
    return ThirdOpinion(answer, Holds("the same runs, the same uniqueness and the same number of neurons"))


def ask(program: str, data: Dataset) -> Proved:
    """What the program answers for the dataset. Raises `reading.InputError` as `third_opinion` does."""
    rows = [" ".join(map(format_rational, [x, *y])) for x, y in zip(data.points, data.labels, strict=True)]
    text = "\n".join([*rows, ""])
    try:
        done = subprocess.run([program], input=text, capture_output=True, encoding="utf-8", check=False)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"the proved program {program!r} cannot be run: {reason}; `make verified` builds it") from None
    if done.returncode != 0:
        raise InputError(f"the proved program {program!r} ended with status {done.returncode}: {_line(done.stderr)}")
    try:
        return _read(program, json.loads(done.stdout))
    except (ValueError, KeyError, TypeError):
        raise InputError(f"the proved program {program!r} has not answered as {SCHEMA}: {_line(done.stdout)}") from None


def _line(text: str) -> str:
    """The beginning of what was printed, on one line."""
    return f"{' '.join(text.split()) or 'nothing':.100}"


def _read(program: str, found: dict[str, Any]) -> Proved:
    """The answer, if every part has its type; else ValueError, KeyError or TypeError."""
    if found["schema"] != SCHEMA:
        raise ValueError
    counts = [found[key] for key in ("points", "tasks", "fewest_neurons")]
    lists = [tuple(found[key]) for key in ("aligned_gaps", "zero_kinks")]
    if any(type(number) is not int for number in [*counts, *lists[0], *lists[1]]) or type(found["unique"]) is not bool:
        raise TypeError
    if any(type(found[key]) is not str for key in ("coq", "sources_sha256")):
        raise TypeError
    origin = found["coq"], found["sources_sha256"]
    return Proved(program, *origin, counts[0], counts[1], found["unique"], lists[0], lists[1], counts[2])


def _differences(findings: Findings, answer: Proved) -> list[str]:
    """Each point on which the program says otherwise than the findings, with both answers."""
    data = findings.data
    pairs = [
        ("points and tasks", (data.size, data.tasks), (answer.points, answer.tasks)),
        ("unique", findings.unique, answer.unique),
        ("runs", [(run.first, run.last) for run in findings.runs], [(run.first, run.last) for run in answer.runs()]),
        ("fewest neurons", findings.sparsest.width, answer.fewest_neurons),
    ]
    return [f"{what}: {ours} here, {theirs} by the proved program" for what, ours, theirs in pairs if ours != theirs]
