"""The proved program at work, and what the theory room should have it say."""

import json
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from reluproof.theory.alignment import runs
from reluproof.theory.dataset import Dataset
from reluproof.theory.optimum import kinks
from reluproof.theory.solution_set import sparsest_width

Answer = dict[str, Any]


def run(program: str, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program], input=text, capture_output=True, text=True, check=False)


def written(rows: Sequence[tuple[Fraction, Sequence[Fraction]]]) -> str:
    return "".join(" ".join(map(str, [x, *y])) + "\n" for x, y in rows)


def answered(program: str, rows: Sequence[tuple[Fraction, Sequence[Fraction]]]) -> Answer | None:
    """What the program says of the rows, without where it came from; None if they are no dataset."""
    result = run(program, written(rows))
    if result.returncode == 2:
        assert "no dataset" in result.stderr
        return None
    assert (result.returncode, result.stderr) == (0, "")
    answer: Answer = json.loads(result.stdout)
    assert answer.pop("schema") == "reluproof.verified/1"
    assert len(answer.pop("sources_sha256")) == 64
    assert answer.pop("coq")
    return answer


def expected(data: Dataset | None) -> Answer | None:
    if data is None:
        return None
    found = runs(data)
    gaps = [gap for run_ in found for gap in range(run_.first, run_.last)]
    return {
        "points": data.size,
        "tasks": data.tasks,
        "unique": not gaps,
        "aligned_gaps": gaps,
        "zero_kinks": [j + 1 for j, kink in enumerate(kinks(data)) if not any(kink)],
        "fewest_neurons": sparsest_width(found),
    }
