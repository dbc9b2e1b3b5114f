"""`make verified`: nothing is built where something is missing, assumed or not proved."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from formal.program import run
from formal.sources import FOLDER, SOURCES, build_program, check_formal, edited

PROVED = "Theorem program : program_statement.\nProof. exact program_correct. Qed."
# The right name and another statement, which is true.
NAMESAKE = "Theorem program : program_statement -> program_statement.\nProof. exact (fun proof => proof). Qed."


@pytest.mark.parametrize("missing", ["coqc", "ocamlopt"])
def test_without_coq_or_ocaml_it_is_skipped(missing: str, tmp_path: Path) -> None:
    """The one that is missing is named; status 3; no file."""
    for name in {"coqc", "ocamlopt"} - {missing}:
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    command = [sys.executable, str(FOLDER / "build_program.py"), "--output", str(tmp_path / "built")]
    environment = {**os.environ, "PATH": str(tmp_path)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (3, "")
    assert result.stdout == f"skipped: there is no {missing} here; nothing was built\n"
    assert not (tmp_path / "built").exists()


@pytest.mark.parametrize(
    ("module", "old", "new", "reason"),
    [
        ("Numerals", "discriminate.\nQed.", "Admitted.", "'Admitted' is not allowed"),
        ("Extracted", "Extraction Language OCaml.", 'Extract Constant f => "g".', "'Extract' is not allowed"),
    ],
)
def test_words_that_assume_are_refused(
    module: str, old: str, new: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An admitted lemma, or a constant whose meaning would be OCaml's: nothing is compiled."""
    source = SOURCES[module].replace(old, new, 1)
    assert source != SOURCES[module]
    monkeypatch.setattr(check_formal, "read_sources", lambda _: {**SOURCES, module: source})
    (found,) = build_program.build("/nonexistent/coqc", "/nonexistent/ocamlopt", tmp_path / "built")
    assert reason in found
    assert not (tmp_path / "built").exists()


@pytest.mark.slow
def test_what_is_not_the_theorem_is_refused(
    coqc: str, ocamlopt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything compiles, and the theorem about the program is another one."""
    monkeypatch.setattr(
        check_formal, "read_sources", lambda _: {**SOURCES, "Theorems": edited("Theorems", PROVED, NAMESAKE)}
    )
    (found,) = build_program.build(coqc, ocamlopt, tmp_path / "built")
    assert found.startswith("program is not a proof of ")
    assert not (tmp_path / "built").exists()


@pytest.mark.slow
def test_the_command_builds_what_answers(coqc: str, ocamlopt: str, tmp_path: Path) -> None:
    """From source to an answer, which names the sources."""
    assert Path(coqc).name == "coqc"
    assert Path(ocamlopt).name == "ocamlopt"
    built = tmp_path / "folder" / "built"
    assert build_program.main(["--output", str(built)]) == 0
    assert build_program.sources_sha256() in run(str(built), "0 0\n1 1\n").stdout
