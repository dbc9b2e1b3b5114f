"""Single edits to the program break a proof, or are explained: what runs is what was proved."""

import re
from collections.abc import Callable

import pytest

from formal.mutants import Mutant
from formal.mutants.program import PROGRAM
from formal.sources import SOURCES, coq_run

Workbench = Callable[[dict[str, str]], coq_run.Coq]

PROOFS = ("Directions", "Clearing", "Walk", "LinearDecision", "Numerals")
STATED = ("sign", "program_statement", "program_answers_statement", "numerals_statement")
QUICK = {"one_direction: same_sign a b && => nothing", "collect: open && aligned => aligned"}
IMPORTS = """From Coq Require Import Reals Lra Lia Arith ZArith NArith QArith Qreals List Bool.
From ReluProof Require Import Statements Sums Decision.
Import ListNotations.
"""
IMPORT = re.compile(r"^From \w+ Require Import [^.]*\.\n", re.MULTILINE)


def sentence(module: str, name: str) -> str:
    """The sentence of a module that defines `name`."""
    found = re.search(rf"^(Definition|Fixpoint|Record) {name}\b.*?\.\n", SOURCES[module], re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found.group()


def with_edit(mutant: Mutant) -> str:
    """Program, its statements and their proofs as one module, which needs only what is compiled without the program."""
    original = sentence("Program", mutant.definition)
    assert original.count(mutant.old) == 1, f"{mutant.label}: the text to replace must occur exactly once"
    program = IMPORT.sub("", SOURCES["Program"].replace(original, original.replace(mutant.old, mutant.new)))
    stated = "".join(sentence("StatementsProgram", name).replace("Program.", "") for name in STATED)
    proofs = "".join(IMPORT.sub("", SOURCES[name]) for name in PROOFS)
    return f"{IMPORTS}{program}Open Scope R_scope.\n{stated}{proofs}"


def first_error(coq: coq_run.Coq, text: str) -> str | None:
    (coq.directory / "Edited.v").write_text(text, encoding="utf-8")
    return coq.compile("Edited")


@pytest.mark.parametrize(
    "mutant", [pytest.param(m, id=m.label, marks=[] if m.label in QUICK else pytest.mark.slow) for m in PROGRAM]
)
def test_an_edited_program_is_not_proved(mutant: Mutant, workbench: Workbench) -> None:
    coq = workbench({})
    text = with_edit(mutant)
    error = first_error(coq, text)
    if mutant.explained:
        assert error is None, f"{mutant.label} is explained ({mutant.explained}), yet: {error}"
        return
    assert error is not None
    # An edit that is no Coq would show nothing: the definitions alone compile.
    assert first_error(coq, text[: text.index("(** The program's quick arithmetic")]) is None


def test_unedited_it_is_proved(workbench: Workbench) -> None:
    """The one module, without an edit, compiles: it is the edits that break it."""
    assert first_error(workbench({}), with_edit(Mutant("vanishes", "=? 0", "=? 0"))) is None


def test_every_definition_of_the_program_is_edited() -> None:
    defined = set(re.findall(r"^(?:Definition|Fixpoint|Record) (\w+)", SOURCES["Program"], re.MULTILINE))
    assert defined - {"row", "seen", "answer"} == {mutant.definition for mutant in PROGRAM}
    assert {mutant.label for mutant in PROGRAM} > QUICK
