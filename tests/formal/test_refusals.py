"""What must not pass: an admitted lemma, an axiom, a use of `classic`; each is rejected, and for that reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from formal.sources import SOURCES, check_formal, coq_run, coq_text

Workbench = Callable[[dict[str, str]], coq_run.Coq]

THEOREM = """Theorem uniqueness : uniqueness_statement path_cost.
Proof. exact (uniqueness_for_cost _ _ path_cost_same_optima). Qed."""

ADMITTED = """Lemma planted : uniqueness_statement path_cost.
Proof. Admitted.
Theorem uniqueness : uniqueness_statement path_cost.
Proof. exact planted. Qed."""

AXIOM = """Axiom planted : uniqueness_statement path_cost.
Theorem uniqueness : uniqueness_statement path_cost.
Proof. exact planted. Qed."""

CLASSIC = """From Coq Require Import Classical_Prop.
Theorem uniqueness : uniqueness_statement path_cost.
Proof.
  destruct (classic (uniqueness_statement path_cost)) as [yes | no]; [exact yes |].
  exfalso. exact (no (uniqueness_for_cost _ _ path_cost_same_optima)).
Qed."""

# The right name for another statement.
NAMESAKE = """Theorem uniqueness : uniqueness_statement path_cost -> uniqueness_statement path_cost.
Proof. exact (fun proof => proof). Qed."""


def planted(text: str) -> dict[str, str]:
    assert SOURCES["Theorems"].count(THEOREM) == 1
    return {**SOURCES, "Theorems": SOURCES["Theorems"].replace(THEOREM, text)}


def written(folder: Path, texts: dict[str, str]) -> Path:
    for module, text in texts.items():
        (folder / f"{module}.v").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("text", "word"), [(ADMITTED, "Admitted"), (AXIOM, "Axiom")])
def test_the_words_are_refused_even_without_coq(text: str, word: str, tmp_path: Path) -> None:
    texts = planted(text)
    line = coq_text.line_of(texts["Theorems"], texts["Theorems"].index(word))
    answer = check_formal.check(written(tmp_path, texts), coqc=None)
    assert answer.status == "refused"
    assert answer.refusals == [f"Theorems.v:{line}: '{word}' is not allowed: it may assume what should be proved"]


@pytest.mark.parametrize(
    ("text", "axiom"),
    [
        (ADMITTED, "Theorems.planted"),
        (AXIOM, "Theorems.planted"),
        (CLASSIC, "Classical_Prop.classic"),
    ],
    ids=["admitted", "axiom", "classic"],
)
def test_coq_names_what_a_theorem_rests_on(text: str, axiom: str, workbench: Workbench) -> None:
    """The second line of defence, behind the words: it alone sees all three."""
    coq = workbench(planted(text))
    assert coq.compile("Theorems") is None
    found = coq_run.assumptions(
        coq, {"uniqueness": "uniqueness_statement path_cost", "balancing": "balancing_statement"}
    )
    assert coq_run.foreign_axioms(found["uniqueness"]) == [axiom]
    # Beside it, a theorem that does not use the plant is untouched.
    assert coq_run.foreign_axioms(found["balancing"]) == []


def test_classic_is_not_refused_for_its_words() -> None:
    assert coq_text.refused_words("Theorems.v", planted(CLASSIC)["Theorems"]) == []


def test_a_theorem_must_have_the_promised_type(workbench: Workbench) -> None:
    """Asked together with another, it alone is refused."""
    coq = workbench(planted(NAMESAKE))
    assert coq.compile("Theorems") is None
    wrong, right = (
        check_formal.Theorem("uniqueness", "uniqueness_statement path_cost", "Statements", 1, 1),
        check_formal.Theorem("balancing", "balancing_statement", "Statements", 1, 1),
    )
    check_formal.ask(coq, [wrong, right])
    assert (wrong.verified, right.verified, right.reason) == (False, True, "")
    assert wrong.reason.startswith("is not a proof of uniqueness_statement path_cost: ")


def test_a_missing_theorem_is_missed(tmp_path: Path) -> None:
    answer = check_formal.check(written(tmp_path, planted("")), coqc=None)
    assert answer.refusals == ["Theorems.v: uniqueness is promised and not there"]


def test_a_broken_proof_does_not_compile(workbench: Workbench) -> None:
    coq = workbench(planted(THEOREM.replace("path_cost_same_optima", "weight_decay_same_optima")))
    error = coq.compile("Theorems")
    assert error is not None
    assert 'cannot unify "optimal path_cost D f" and "optimal weight_decay D f"' in error


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Hypothesis h : False.", ["Hypothesis"]),
        ("Variables a b : nat.", ["Variables"]),
        ("Section S. Hypothesis h : False. End S.", []),
        ("Section S. End S. Context (h : False).", ["Context"]),
        ("Unset Guard Checking.", ["Unset"]),
        ("#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.", ["bypass_check"]),
        ('Notation "x < y" := True.', ["Notation"]),
        ("Lemma l : False. admit. Admitted.", ["admit", "Admitted"]),
        ("(* Axiom *) (* (* *) Admitted *) Lemma not_Axiom : True. exact I. Qed.", []),
        ('(* " *) " *) Definition s := "Axiom ""Axiom"" (*". Axiom a : False. (* *)', ["Axiom"]),
        ("Module Type M. Parameter p : False. End M.", ["Module", "Parameter"]),
    ],
)
def test_words(line: str, words: list[str]) -> None:
    """Words count in the code, not in comments nor strings; local assumptions count outside sections."""
    reasons = coq_text.refused_words("F.v", "\n" + line)
    assert [reason.split("'")[1] for reason in reasons] == words
    assert all(reason.startswith("F.v:2: ") for reason in reasons)


@pytest.mark.parametrize(
    ("printed", "axioms"),
    [
        ("Closed under the global context\n", {}),
        ("Axioms:\na : nat\nb.c\n  : forall n : nat,\n    n = n\n", {"a": "nat", "b.c": "forall n : nat, n = n"}),
        ("Axioms:\nf is assumed to be guarded.\n", {"f is assumed to be guarded.": ""}),
    ],
)
def test_what_print_assumptions_says_is_understood(printed: str, axioms: dict[str, str]) -> None:
    assert coq_run.read_assumptions(printed) == axioms


def test_an_axiom_of_the_same_name_and_another_type_is_foreign() -> None:
    name = "ClassicalDedekindReals.sig_not_dec"
    assert coq_run.foreign_axioms({name: coq_run.AXIOMS_OF_THE_REALS[name]}) == []
    assert coq_run.foreign_axioms({name: "False"}) == [name]
