"""The machine-checked theorems, as the formal check answers for them."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .note import NOTES

CHECK = NOTES / "formal" / "check_formal.py"

FormalState = Literal["passed", "recorded", "failed", "not there"]

ABOUT: dict[str, tuple[str, ...]] = {
    "A": ("connect_the_dots_straight", "optimal_value", "optimal_weight_decay", "any_norm"),
    "B": (
        "uniqueness",
        "uniqueness_weight_decay",
        "non_uniqueness",
        "non_uniqueness_weight_decay",
        "unique_iff",
        "unique_iff_weight_decay",
        "pointwise",
        "pointwise_weight_decay",
        "neurons",
        "decision",
        "decision_weight_decay",
        "program",
        "program_answers",
        "program_answers_weight_decay",
        "numerals",
        "zero_kinks",
        "zero_kinks_weight_decay",
        "other_norms",
        "l1_coupling",
    ),
    "C": ("moving_a_knot", "descent"),
    "D": ("nowhere_dense", "nowhere_dense_weight_decay", "minors", "minors_weight_decay"),
    "E": ("one_task_balls", "one_task_balls_weight_decay"),
    "F": ("sobolev", "kernel_coefficients"),
    "G": ("convexity", "convexity_weight_decay"),
    "H": ("regularised_fit", "regularised_fit_weight_decay"),
    "I": ("all_optima", "all_optima_weight_decay"),
    "J": ("merging", "merging_weight_decay"),
    "K": (
        "sparsest",
        "sparsest_weight_decay",
        "fewest_over_runs",
        "count",
        "program_answers",
        "unique_sparsest",
        "unique_sparsest_weight_decay",
        "odd_run",
        "odd_run_weight_decay",
    ),
    "L": ("envelope", "envelope_weight_decay", "tent_height"),
    "M": ("certificate", "certificate_weight_decay", "functionals"),
    "P": ("abba", "abba_weight_decay"),
    "S": (
        "stability",
        "stability_weight_decay",
        "stability_table",
        "stability_table_weight_decay",
        "sharpness",
        "sharpness_weight_decay",
        "attained",
        "attained_weight_decay",
        "outside",
        "outside_weight_decay",
    ),
    "V": ("balancing", "neurons_weight_decay", "parameters", "enough_neurons", "enough_neurons_weight_decay"),
    "W": ("adding", "adding_weight_decay", "can_add"),
    "X": ("relabelling", "relabelling_weight_decay", "moving_points", "moving_points_weight_decay"),
    "Y": ("steepness", "steepness_weight_decay"),
    "Z": ("generalisation", "generalisation_weight_decay", "generalisation_attained", "one_task"),
    "AB": ("leverage",),
    "AF": ("two_optima",),
    "BA": ("gap", "duality", "duality_weight_decay"),
}
"""Which statement a theorem is about."""


@dataclass(frozen=True, slots=True)
class Theorems:
    """state: "passed" if the proofs were checked in this run, "recorded" if an earlier run checked these very sources.

    reason: how, or why not. places: the name, file and line of every theorem.
    """

    state: FormalState
    reason: str
    places: dict[str, str] = field(default_factory=dict)

    def about(self, letter: str) -> list[str]:
        """The theorems about one statement, with file and line."""
        return [self.places[name] for name in ABOUT.get(letter, ()) if name in self.places]


def formal_answer(*, rerun: bool = False, check: Path = CHECK) -> Theorems:
    """What the formal check says, in a process of its own: of its last recorded run, or, with `rerun`, of one now.

    Without `rerun` the check finds no Coq, so that it only compares the sources with those of its recorded run.
    """
    if not check.is_file():
        return Theorems("not there", "there are no formal proofs beside the notes")
    environment = dict(os.environ) if rerun else {**os.environ, "PATH": ""}
    command = [sys.executable, str(check), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    try:
        return _read(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError):
        return Theorems("not there", f"the formal check gave no answer (exit status {done.returncode})")


def _read(answer: dict[str, Any]) -> Theorems:
    places = {
        theorem["name"]: f"{theorem['name']} ({theorem['file']}:{theorem['line']})" for theorem in answer["theorems"]
    }
    record = answer["last_verified"]
    if answer["status"] == "verified":
        return Theorems("passed", f"verified now by Coq {answer['coq']}", places)
    if answer["status"] == "refused":
        return Theorems("failed", f"refused: {'; '.join(answer['refusals'])}", places)
    if record is not None and record["current"]:
        known = f"Coq {record['coq']} verified sources {record['sources_sha256'][:12]}, which are unchanged"
        return Theorems("recorded", f"not rerun here; {known}", places)
    return Theorems("not there", "not rerun here, and the sources have changed since the last recorded run", places)
