"""Single edits to each definition and statement break a proof, or are explained: the theorems say what is meant."""

import re
import shutil
from pathlib import Path

import pytest

from formal.mutants import DEFINITIONS, STATEMENTS, Mutant
from formal.sources import SOURCES, check_formal, coq_run, coq_text

MODULES = coq_text.statement_modules(SOURCES)
STATED = "".join(SOURCES[module] for module in MODULES)
IMPORTS = f"""From Coq Require Import Reals QArith Qreals NArith List Bool Arith.
Import ListNotations.
From ReluProof Require Import {" ".join(MODULES)}.
From ReluProof Require Theorems Program.
Open Scope R_scope.
"""
# Broken early in the order of compilation, so tried in every run; all of them are tried in the slow one.
QUICK = {"sum: | O => 0 => | O => 1", "positive_multiple: 0 < c /\\ => 0 <= c /\\", "relu: Rmax 0 x => Rabs x"}


def defined_in(name: str) -> str:
    """The module of statements that defines `name`."""
    (module,) = [
        m for m in MODULES if re.search(rf"^(Definition|Fixpoint|Inductive) {name}\b", SOURCES[m], re.MULTILINE)
    ]
    return module


def definition(name: str) -> str:
    """The sentence that defines `name`."""
    text = SOURCES[defined_in(name)]
    found = re.search(rf"^(Definition|Fixpoint|Inductive) {name}\b.*?\.\n", text, re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found.group()


def mutated(mutant: Mutant) -> str:
    """The definition with its one edit."""
    original = definition(mutant.definition)
    assert original.count(mutant.old) == 1, f"{mutant.label}: the text to replace must occur exactly once"
    return original.replace(mutant.old, mutant.new)


def first_broken(coq: coq_run.Coq, mutant: Mutant) -> str | None:
    """The first module that does not compile with the edit, or None; modules that do not see it are not tried."""
    module = defined_in(mutant.definition)
    edited = SOURCES[module].replace(definition(mutant.definition), mutated(mutant))
    (coq.directory / f"{module}.v").write_text(edited, encoding="utf-8")
    return next((name for name in coq_text.dependents(SOURCES, module) if coq.compile(name) is not None), None)


@pytest.mark.parametrize(
    "mutant",
    [pytest.param(m, id=m.label, marks=[] if m.label in QUICK else pytest.mark.slow) for m in DEFINITIONS],
)
def test_an_edited_definition_breaks_a_proof(mutant: Mutant, coqc: str, compiled: Path, tmp_path: Path) -> None:
    directory = tmp_path / "edited"
    shutil.copytree(compiled, directory)
    broken = first_broken(coq_run.Coq(coqc, directory), mutant)
    if mutant.explained:
        assert broken is None, f"{mutant.label} is explained ({mutant.explained}), yet it breaks {broken}"
    else:
        # An edit that is no Coq, or means nothing, would break the statements themselves and show nothing.
        assert broken not in (None, *MODULES)


EDITED = pytest.mark.parametrize(
    "edited",
    [pytest.param(STATEMENTS[::12], id="every twelfth"), pytest.param(STATEMENTS, id="all", marks=pytest.mark.slow)],
)


@EDITED
def test_an_edited_statement_is_not_what_was_proved(
    edited: list[Mutant], coqc: str, compiled: Path, tmp_path: Path
) -> None:
    """The edits in one file: Coq must refuse each theorem as a proof of its edited statement."""
    lines = [IMPORTS]
    for number, mutant in enumerate(edited):
        for theorem in proved_by(mutant.definition):
            lines.append(f"Module Edit_{number}_{theorem.name}.\n{mutated(mutant)}")
            lines.append(f"Fail Definition broken : {theorem.statement} := Theorems.{theorem.name}.\nEnd ")
            lines.append(f"Edit_{number}_{theorem.name}.\n")
    assert_compiles(coqc, compiled, tmp_path, "".join(lines))


@EDITED
def test_the_unedited_statements_are_what_was_proved(
    edited: list[Mutant], coqc: str, compiled: Path, tmp_path: Path
) -> None:
    """The same file without the edits, and without `Fail`: it is the edits that are refused."""
    lines = [IMPORTS]
    for name in sorted({mutant.definition for mutant in edited}):
        for theorem in proved_by(name):
            lines.append(f"Module Same_{theorem.name}.\n{definition(name)}")
            lines.append(
                f"Definition kept : {theorem.statement} := Theorems.{theorem.name}.\nEnd Same_{theorem.name}.\n"
            )
    assert_compiles(coqc, compiled, tmp_path, "".join(lines))


def proved_by(statement: str) -> list[check_formal.Theorem]:
    return [theorem for theorem in check_formal.promised_theorems(SOURCES) if theorem.statement.split()[0] == statement]


def assert_compiles(coqc: str, compiled: Path, folder: Path, text: str) -> None:
    (folder / "Edited.v").write_text(text, encoding="utf-8")
    error = coq_run.Coq(coqc, compiled).compile(str(folder / "Edited").removesuffix(".v"))
    assert error is None, error


def test_every_definition_and_statement_is_edited() -> None:
    """None is left out but the names for types."""
    defined = set(re.findall(r"^(?:Definition|Fixpoint|Inductive) (\w+)", STATED, re.MULTILINE))
    assert defined - {"vector", "rational_dataset", "line"} == {
        mutant.definition for mutant in DEFINITIONS + STATEMENTS
    }
    assert {mutant.label for mutant in DEFINITIONS} > QUICK
