"""The documented command: verified with Coq, skipped without it, never the one for the other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from formal.sources import FOLDER, SOURCES, check_formal

PATH_WITHOUT_COQ = "/nonexistent"
# The statements of the notes that are promised; a statement that vanishes from Statements.v is missed here.
PROMISED = {
    "connect_the_dots_straight",
    "optimal_value",
    "optimal_weight_decay",
    "balancing",
    "uniqueness",
    "uniqueness_weight_decay",
    "non_uniqueness",
    "non_uniqueness_weight_decay",
    "unique_iff",
    "unique_iff_weight_decay",
    "pointwise",
    "pointwise_weight_decay",
    "neurons",
    "neurons_weight_decay",
    "decision",
    "decision_weight_decay",
    "count",
    "sparsest",
    "sparsest_weight_decay",
    "fewest_over_runs",
    "certificate",
    "certificate_weight_decay",
    "stability",
    "stability_weight_decay",
    "convexity",
    "convexity_weight_decay",
    "all_optima",
    "all_optima_weight_decay",
    "envelope",
    "envelope_weight_decay",
    "tent_height",
    "merging",
    "merging_weight_decay",
    "unique_sparsest",
    "unique_sparsest_weight_decay",
    "odd_run",
    "odd_run_weight_decay",
    "moving_a_knot",
    "descent",
    "program",
    "program_answers",
    "program_answers_weight_decay",
    "numerals",
    "stability_table",
    "stability_table_weight_decay",
    "sharpness",
    "sharpness_weight_decay",
    "attained",
    "attained_weight_decay",
    "outside",
    "outside_weight_decay",
    "steepness",
    "steepness_weight_decay",
    "generalisation",
    "generalisation_weight_decay",
    "enough_neurons",
    "enough_neurons_weight_decay",
    "adding",
    "adding_weight_decay",
    "relabelling",
    "relabelling_weight_decay",
    "moving_points",
    "moving_points_weight_decay",
    "nowhere_dense",
    "nowhere_dense_weight_decay",
    "minors",
    "minors_weight_decay",
    "one_task_balls",
    "one_task_balls_weight_decay",
    "abba",
    "abba_weight_decay",
    "regularised_fit",
    "regularised_fit_weight_decay",
    "duality",
    "duality_weight_decay",
    "generalisation_attained",
    "one_task",
    "parameters",
    "can_add",
    "functionals",
    "gap",
    "any_norm",
    "l1_coupling",
    "other_norms",
    "zero_kinks",
    "zero_kinks_weight_decay",
    "leverage",
    "two_optima",
    "sobolev",
    "kernel_coefficients",
}


def run(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path} if path is not None else dict(os.environ)
    command = [sys.executable, str(FOLDER / "check_formal.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.usefixtures("coqc")
def test_every_theorem_is_verified_from_source() -> None:
    """The whole command, with its JSON answer; `make formal` is the same in every run of CI."""
    result = run("--json")
    answer = json.loads(result.stdout)
    assert (result.returncode, result.stderr, answer["refusals"]) == (0, "", [])
    assert (answer["schema"], answer["status"]) == ("reluproof.formal/1", "verified")
    assert {theorem["name"] for theorem in answer["theorems"]} == PROMISED
    for theorem in answer["theorems"]:
        assert theorem["verified"] is True
        assert set(theorem["axioms"]) <= set(check_formal.coq_run.AXIOMS_OF_THE_REALS)


def test_every_theorem_is_where_the_command_says() -> None:
    """The promised names, and every line number in the JSON answer, which needs no Coq."""
    theorems = json.loads(run("--json", path=PATH_WITHOUT_COQ).stdout)["theorems"]
    assert {theorem["name"] for theorem in theorems} == PROMISED
    for theorem in theorems:
        for place, start in [
            (theorem, f"Theorem {theorem['name']} : {theorem['statement']}."),
            (theorem["statement_at"], f"Definition {theorem['statement'].split()[0]}"),
        ]:
            lines = (FOLDER.parents[1] / place["file"]).read_text(encoding="utf-8").splitlines()
            assert lines[place["line"] - 1].startswith(start)


def test_without_coq_it_is_skipped_and_nothing_is_verified() -> None:
    result = run("--json", path=PATH_WITHOUT_COQ)
    answer = json.loads(result.stdout)
    assert (result.returncode, answer["status"], answer["coq"]) == (3, "skipped", None)
    assert {theorem["verified"] for theorem in answer["theorems"]} == {None}
    assert {theorem["reason"] for theorem in answer["theorems"]} == {"not rerun here"}
    assert answer["last_verified"]["current"] is True


def test_without_coq_the_text_says_skipped() -> None:
    result = run(path=PATH_WITHOUT_COQ)
    assert result.stdout.splitlines()[-1] == "skipped: there is no coqc here; nothing was proved"
    assert "verified:" not in result.stdout
    assert "passed" not in result.stdout


def test_the_record_is_of_these_sources() -> None:
    """Who changes a source runs `check_formal.py --record` again."""
    record = check_formal.last_verified(FOLDER)
    assert record is not None
    assert record["current"] is True


def test_a_changed_source_invalidates_the_record(tmp_path: Path) -> None:
    for module, text in SOURCES.items():
        (tmp_path / f"{module}.v").write_text(text, encoding="utf-8")
    (tmp_path / check_formal.RECORD).write_bytes((FOLDER / check_formal.RECORD).read_bytes())
    (tmp_path / "Sums.v").write_text(SOURCES["Sums"] + "\n", encoding="utf-8")
    result = run("--sources", str(tmp_path), path=PATH_WITHOUT_COQ)
    assert "last verified, not rerun here: Coq 8.16.1, other sources: they have changed since" in result.stdout
    assert run("--sources", str(tmp_path), "--record", path=PATH_WITHOUT_COQ).returncode == 3
    assert check_formal.last_verified(tmp_path)["current"] is False


def test_a_folder_without_sources_is_bad_usage(tmp_path: Path) -> None:
    result = run("--sources", str(tmp_path))
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].endswith("there is no Statements.v")


def test_a_required_module_that_is_not_there_is_named(tmp_path: Path) -> None:
    for module in ("Statements", "Theorems"):
        (tmp_path / f"{module}.v").write_text(SOURCES[module], encoding="utf-8")
    result = run("--sources", str(tmp_path), path=PATH_WITHOUT_COQ)
    assert result.returncode == 1
    assert "refused: Theorems.v requires AddedPoint, Agreement, Balance" in result.stdout


def _answer(status: str, *verified: bool, refusals: tuple[str, ...] = ()) -> check_formal.Answer:
    theorems = [
        check_formal.Theorem(f"theorem_{n}", "statement of it", "Statements", 7, 10 + n, ["an axiom"], held)
        for n, held in enumerate(verified)
    ]
    return check_formal.Answer(status, "8.16.1", "0123", theorems, list(refusals))


def test_the_text_of_a_verified_run() -> None:
    """A line for each theorem with its place and axioms, then the total with Coq's version and the sources' hash."""
    assert check_formal.as_text(_answer("verified", True, True), FOLDER).splitlines() == [
        "theorem_0: Theorems.v:10, proves statement of it, on 1 axioms of the reals",
        "theorem_1: Theorems.v:11, proves statement of it, on 1 axioms of the reals",
        "verified: 2 theorems, Coq 8.16.1, sources 0123",
    ]


def test_the_text_of_a_refused_run() -> None:
    """The theorems that did pass, every reason, and a last line that cannot be taken for success."""
    answer = _answer("refused", True, False, refusals=("theorem_1 rests on a lemma that is admitted",))
    assert check_formal.as_text(answer, FOLDER).splitlines() == [
        "theorem_0: Theorems.v:10, proves statement of it, on 1 axioms of the reals",
        "refused: theorem_1 rests on a lemma that is admitted",
        "refused: 1 reasons",
    ]
