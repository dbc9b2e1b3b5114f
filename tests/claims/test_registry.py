"""The registry: one file, one note and, where it says so, one symbolic check per statement, all of one name."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.theory.label_balls import Ball
from reluproof.verify.claims import CLAIMS
from reluproof.verify.claims.claim import NotApplicable
from reluproof.verify.claims.registry import REGISTRY, claim_named, with_foundations
from reluproof.verify.claims.without import CHANGED
from reluproof.verify.standing.formal import ABOUT, formal_answer
from reluproof.verify.standing.note import MISSING, NOTES, SECTIONS, plain, problem_of_note, sections_of

ROOT = Path(__file__).parents[2]


def lettered(folder, suffix):
    """The stems of the files that a statement's letter or letters begin: a_..., bf_..."""
    return {path.stem for pattern in ("[a-z]_*", "[a-z][a-z]_*") for path in folder.glob(pattern + suffix)}


CLAIM_FILES = lettered(ROOT / "verify" / "claims", ".py")
SYMBOLIC_FILES = lettered(ROOT / "verify" / "claims" / "symbolic", ".py")


def test_the_folder_is_the_table_of_contents():
    """Every statement A to Z but T (which names the number of tasks) has one file, named by its letter."""
    assert {claim.stem for claim in REGISTRY.values()} == CLAIM_FILES
    letters = [*"ABCDEFGHIJKLMNOPQRSUVWXYZ", "AA", "AB", "AC", "AD", "AE", "AF", "BA", "BB", "BC", "BD", "BE", "BF"]
    assert list(REGISTRY) == letters
    assert all(claim.stem.startswith(f"{letter.lower()}_") for letter, claim in REGISTRY.items())
    assert all(REGISTRY[claim.letter] is claim for claim in CLAIMS)


def test_every_claim_has_its_note_and_every_note_its_claim():
    """The files correspond one to one."""
    assert lettered(NOTES, ".md") == CLAIM_FILES


@pytest.mark.parametrize("claim", REGISTRY.values(), ids=REGISTRY)
def test_the_note_is_complete_and_says_what_the_registry_says(claim):
    """Title, every section, and the statement word for word."""
    assert problem_of_note(claim) is None


def test_the_index_of_the_notes_is_complete():
    """proofs_notes/README.md has one line per statement: letter, link, source, what it rests on."""
    lines = [line for line in (NOTES / "README.md").read_text().splitlines() if re.match(r"\| [A-Z]+ \|", line)]
    assert lines == [
        f"| {letter} | [{claim.name}]({claim.stem}.md) | {claim.source} | {', '.join(claim.rests_on) or '-'} |"
        for letter, claim in REGISTRY.items()
    ]


def test_a_wrong_note_is_noticed(tmp_path):
    """No note, another statement, a missing section, an empty one, another title: each for its reason."""
    claim = REGISTRY["B"]
    good = (NOTES / f"{claim.stem}.md").read_text()
    assert problem_of_note(claim, tmp_path) == MISSING
    for text, reason in (
        (good.replace("strictly between two", "between two", 1), "statement differs"),
        (good.replace("## Proof", "## Prose"), "missing or empty: Proof"),
        (good[: good.index(f"## {SECTIONS[-1]}")] + f"## {SECTIONS[-1]}\n", f"missing or empty: {SECTIONS[-1]}"),
        (good.replace("# B.", "# C.", 1), "first line"),
    ):
        (tmp_path / f"{claim.stem}.md").write_text(text)
        assert reason in problem_of_note(claim, tmp_path)
    (tmp_path / f"{claim.stem}.md").write_text(good)
    assert problem_of_note(claim, tmp_path) is None
    assert "statement differs" in problem_of_note(replace(claim, statement=claim.statement + "!"), tmp_path)


@pytest.mark.parametrize("changed", CHANGED, ids=lambda changed: changed.stem)
def test_the_note_names_the_stored_counterexamples(changed):
    """Every hypothesis that may not be dropped is named with its file, which is there."""
    section = sections_of((NOTES / f"{REGISTRY[changed.letter].stem}.md").read_text())["What would refute it"]
    link = f"[{changed.stem}.csv](../examples/counterexamples/{changed.stem}.csv)"
    assert f"without '{changed.without}': {link}" in plain(section)
    assert (ROOT / "examples" / "counterexamples" / f"{changed.stem}.csv").is_file()


def test_symbolic_checks_exist_exactly_where_the_registry_says():
    """A claim without a symbolic module gives a reason; the others have one of their name."""
    assert {
        claim.stem for claim in REGISTRY.values() if not isinstance(claim.symbolic, NotApplicable)
    } == SYMBOLIC_FILES


@pytest.mark.parametrize("claim", REGISTRY.values(), ids=REGISTRY)
def test_what_is_not_applicable_has_a_reason(claim):
    """No way is left out silently; a claim without a conclusion has neither an exact way nor a search."""
    ways = (claim.conclusion, claim.exact, claim.symbolic, claim.strategy)
    assert all(len(way.reason) > 20 for way in ways if isinstance(way, NotApplicable))
    if isinstance(claim.conclusion, NotApplicable):
        assert isinstance(claim.exact, NotApplicable)
        assert isinstance(claim.strategy, NotApplicable)
        assert claim.holds(None).word == "does_not_apply"


def test_nothing_rests_on_itself():
    """What a claim rests on exists, and following it never leads back."""
    for letter, claim in REGISTRY.items():
        for lower in claim.rests_on:
            assert letter not in with_foundations([lower])


def test_claims_are_found_by_letter_name_and_file():
    """Whatever the case."""
    for name in ("b", "B", "Uniqueness", "b_uniqueness"):
        assert claim_named(name) is REGISTRY["B"]
    assert claim_named("T") is None


def test_a_hypothesis_can_be_dropped():
    """Without T >= 2 statement D is refuted, by a ball of failures; only what is assumed can be dropped."""
    claim, data = REGISTRY["D"], Dataset.from_fractions(range(4), [0, 0, 1, 3])
    assert claim.holds(data).word == "does_not_apply"
    changed = claim.without("T>=2")
    assert (changed.dropped, changed.hypotheses, claim.dropped) == (("T>=2",), (), ())
    verdict = changed.holds(data)
    assert verdict.word == "refuted"
    assert verdict.witness == Ball(data, fmpq(1, 6))
    with pytest.raises(ValueError, match="it has 'T>=2'"):
        claim.without("N>=4")
    with pytest.raises(ValueError, match="none that can be dropped"):
        REGISTRY["A"].without("T>=2")


def test_the_theorems_exist():
    """Every machine-checked theorem that the registry assigns to a statement is one that the formal check names."""
    answer = formal_answer()
    assert {name for names in ABOUT.values() for name in names} <= set(answer.places)
    assert answer.state in {"recorded", "not there"}


@pytest.mark.parametrize("letter", ABOUT)
def test_notes_name_their_theorems(letter):
    """The note of a statement names the machine-checked theorems about it (a name may stand for both costs)."""
    note = (NOTES / f"{REGISTRY[letter].stem}.md").read_text(encoding="utf-8")
    assert "proofs_notes/formal/" in note
    unnamed = [name for name in ABOUT[letter] if f"`{name}`" not in note]
    assert [name for name in unnamed if f"`{name.removesuffix('_weight_decay')}`" not in note] == []


def test_no_formal_proofs(tmp_path):
    """An installed package has none; a check that answers nonsense is not believed."""
    assert formal_answer(check=tmp_path / "check_formal.py").state == "not there"
    (tmp_path / "check_formal.py").write_text("print('verified')")
    assert formal_answer(check=tmp_path / "check_formal.py").state == "not there"


def test_the_registry_is_light():
    """Importing all claims pulls in neither sympy nor hypothesis nor scipy."""
    code = (
        "import sys, reluproof.verify.claims.registry, reluproof.verify.standing.runs;"
        "print({'sympy', 'hypothesis', 'scipy'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
