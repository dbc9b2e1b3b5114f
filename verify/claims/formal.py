"""The machine-checked theorems, as the formal check answers for them."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .note import NOTES

CHECK = NOTES / "formal" / "check_formal.py"


@dataclass(frozen=True, slots=True)
class Theorems:
    """verified: whether the proofs were checked; reason: how, or why not; by_letter: theorem, file and line."""

    verified: bool
    reason: str
    by_letter: dict[str, list[str]] = field(default_factory=dict)

    def about(self, letter: str) -> list[str]:
        """The theorems about one statement."""
        return self.by_letter.get(letter, [])


def formal_answer(check: Path = CHECK) -> Theorems:
    """Ask the formal check, in a process of its own, what it verified here."""
    if not check.is_file():
        return Theorems(False, "not there")
    done = subprocess.run([sys.executable, str(check), "--json"], capture_output=True, text=True, check=False)
    try:
        answer = json.loads(done.stdout)
        by_letter: dict[str, list[str]] = {}
        for theorem in answer["theorems"]:
            place = f"{theorem['name']} ({theorem['file']}:{theorem['line']})"
            for letter in theorem["letters"]:
                by_letter.setdefault(letter, []).append(place)
        return Theorems(answer["status"] == "passed", answer["status"], by_letter)
    except (ValueError, KeyError, TypeError):
        return Theorems(False, "not rerun here")
