"""`reluproof claims`: computed from runs, in every form, and honest about what was not run."""

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest
from reluproof.theory import Refuted
from reluproof.theory.verdict import Undecided
from reluproof.verify.claims.claim import NotApplicable
from reluproof.verify.claims.registry import REGISTRY, with_foundations
from reluproof.verify.cli import main
from reluproof.verify.standing.formal import Theorems
from reluproof.verify.standing.graph import dot_text, svg_drawing
from reluproof.verify.standing.note import NOTES
from reluproof.verify.standing.runs import Outcome, Standing, run_exact, run_formal, stand
from reluproof.verify.standing.scale import SCALE, status, word
from reluproof.verify.standing.table import cell, latex_table, standings_json, text_of, text_table
from reluproof.verify.standing.textbook import DATASETS


@pytest.fixture(scope="module")
def standings():
    """All claims, tested with few examples."""
    runs = stand(REGISTRY.values(), DATASETS, Theorems("not there", "not asked"), 8, 0)
    return {standing.claim.letter: standing for standing in runs}


def test_how_the_statements_stand(standings):
    """Without the formal record: identities where there are formulas, else tests; O has a note and no more."""
    words = {letter: status(letter, standings) for letter in REGISTRY}
    assert {letter for letter, words_of in words.items() if words_of == "argued"} == {"O"}
    for letter, claim in REGISTRY.items():
        if letter != "O":
            assert words[letter] == ("tested" if isinstance(claim.symbolic, NotApplicable) else "identities")
    assert set(words.values()) <= set(SCALE)


def test_a_proof_needs_another_way(standings):
    """Theorems, checked now or recorded, make a tested statement proved; by themselves they only come with the note."""
    for state in ("passed", "recorded"):
        assert status("B", changed(standings, "B", "formal", state)) == "proved"
    bare = {way: Outcome("not applicable", "") for way in ("symbolic", "exact", "search")}
    for note, expected in (("passed", "argued"), ("failed", "open")):
        outcomes = {"note": Outcome(note, ""), **bare, "formal": Outcome("recorded", "")}
        assert word(Standing(REGISTRY["A"], outcomes)) == expected


def changed(standings, letter, way, state):
    """The same standings with one outcome replaced."""
    standing = standings[letter]
    outcomes = {**standing.outcomes, way: Outcome(state, "changed")}
    return {**standings, letter: Standing(standing.claim, outcomes)}


def test_standing_firmly_needs_everything_below(standings):
    """A hole in A shows in all that rest on A, directly or not, and nowhere else."""
    holed = changed(standings, "A", "note", "failed")
    assert status("A", holed) == "identities; note failed"
    assert status("M", holed) == "identities, but for A"
    assert status("X", holed) == "identities, but for B, K, N"
    assert status("F", holed) == "identities"


@pytest.mark.parametrize("way", ["symbolic", "exact", "search", "formal"])
def test_a_failed_way_refutes(standings, way):
    """One way is enough; an undecided one leaves the claim undecided."""
    assert status("B", changed(standings, "B", way, "failed")) == "refuted"
    assert status("B", changed(standings, "B", way, "undecided")) == "undecided"


def test_a_recorded_proof_is_no_run(standings):
    """The theorems of an earlier run alone do not make a claim tested; a refusal refutes."""
    assert (
        cell("formal", run_formal(REGISTRY["B"], Theorems("recorded", "", {"uniqueness": "u"})))
        == "1 theorem, recorded"
    )
    assert run_formal(REGISTRY["C"], Theorems("passed", "", {"uniqueness": "u"})).state == "not applicable"
    bare = {way: Outcome("not applicable", "") for way in ("symbolic", "exact", "search")}
    outcomes = {"note": Outcome("passed", ""), **bare, "formal": Outcome("recorded", "")}
    assert status("A", {"A": Standing(REGISTRY["A"], outcomes)}) == "argued"


def test_exact_outcomes():
    """Refuted and undecided datasets are named; a check that applies nowhere is not a success."""
    claim = REGISTRY["A"]
    wrong = replace(claim, exact=lambda findings: Refuted(findings.data, "no"))
    outcome = run_exact(wrong, DATASETS)
    assert outcome.state == "failed"
    assert outcome.detail.startswith("two points: no\nwitness: Dataset(")
    assert run_exact(replace(claim, exact=lambda *_: Undecided("?")), DATASETS).state == "undecided"
    assert run_exact(REGISTRY["E"], {"two points": DATASETS["two points"]}).state == "undecided"
    assert run_exact(replace(claim, exact=NotApplicable("so")), DATASETS) == Outcome("not applicable", "so")


def test_text_latex_and_json(standings):
    """The table has a row per claim in each form; JSON carries versions, seed, counts and reasons."""
    letters = list(REGISTRY)
    text = text_table(standings, letters, 8, 0)
    assert [row.split()[0] for row in text.splitlines()[1 : 1 + len(letters)]] == letters
    assert "hypothesis" in text
    assert "seed 0" in text
    assert latex_table(standings, letters).count(r"\\") == len(letters) + 1
    found = standings_json(standings, letters, 8, 0)
    assert json.loads(json.dumps(found)) == found
    assert set(found["versions"]) == {"python", "reluproof", "python-flint", "sympy", "hypothesis"}
    (b,) = [claim for claim in found["claims"] if claim["letter"] == "B"]
    assert (b["file"], b["rests_on"], b["ways"]["exact"]["count"]) == ("b_uniqueness", ["A", "J", "M"], len(DATASETS))
    assert b["ways"]["symbolic"]["detail"] == "all N, all T"


def test_one_claim_explained(standings):
    """Statement, hypotheses, ways with reasons, status."""
    text = text_of(standings, "O")
    assert "P(margin < e)" in text
    assert "not applicable: a law about the limit" in text
    assert text.endswith("status    argued")
    assert "assumes   T>=2" in text_of(standings, "D")
    for letter in standings:
        assert max(map(len, text_of(standings, letter).splitlines())) < 100


@pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz is installed (Debian: apt-get install graphviz)")
def test_graphs(standings):
    """Every arrow leads to what a claim rests on and has a head; a box per claim, none on another; a legend."""
    letters = list(REGISTRY)
    source = dot_text(standings, letters)
    arrows = {(letter, lower) for letter in letters for lower in REGISTRY[letter].rests_on}
    assert set(re.findall(r"(?m)^  (\w+) -> (\w+) ", source)) == arrows
    drawn = list(ET.fromstring(svg_drawing(source)).iter("{http://www.w3.org/2000/svg}g"))
    nodes = [group for group in drawn if group.get("class") == "node"]
    edges = [group for group in drawn if group.get("class") == "edge"]
    assert sorted(title(group) for group in nodes) == sorted(letters)
    assert {tuple(title(group).split("->")) for group in edges} == arrows
    assert all(group.find(".//{*}polygon") is not None for group in edges)
    said = {text.text for group in drawn for text in group.findall(".//{*}text")}
    assert {word(standing) for standing in standings.values()} <= said
    boxes = [box(group.find(".//{*}path")) for group in nodes]
    assert not any(overlaps(one, other) for one, other in combinations(boxes, 2))


def title(group):
    """What Graphviz calls a node or an edge."""
    return group.find("{*}title").text


def box(path):
    """The least and the largest coordinates of an outline."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]
    return min(numbers[::2]), max(numbers[::2]), min(numbers[1::2]), max(numbers[1::2])


def overlaps(one, other):
    """Whether two boxes share a place."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def test_no_graphviz(capsys, tmp_path, monkeypatch):
    """One line before anything is tested; the source needs none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["claims", "J", "--graph", str(tmp_path / "c.svg")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("a drawing needs Graphviz (Debian: apt-get install graphviz); FILE.dot does not\n")
    assert main(["claims", "J", "--examples", "2", "--graph", str(tmp_path / "c.dot")]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["c.dot"]


def test_the_command(capsys, tmp_path):
    """A name in, everything about it out; the graph holds what it rests on too."""
    target = tmp_path / "c.dot"
    assert main(["claims", "uniqueness", "--examples", "2", "--seed", "5", "--graph", str(target)]) == 0
    assert "B. uniqueness [paper, section 3]" in capsys.readouterr().out
    assert set(target.read_text().split()) >= set(with_foundations(["B"]))
    assert main(["claims", "J", "--json", "--examples", "2"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "reluproof.claims/1"
    assert main(["claims", "J", "--latex", "--examples", "2"]) == 0
    assert capsys.readouterr().out.startswith(r"\begin{tabular}")


def test_stored_counterexamples(capsys):
    """--without prints, for each hypothesis that may not be dropped, a dataset for `check -`, decided again."""
    assert main(["claims", "D", "--without"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# D without 'T>=2'")
    assert "\nx,y\n0,0\n" in text
    assert main(["claims", "U", "H", "--without", "--json"]) == 0
    assert [found["claim"] for found in json.loads(capsys.readouterr().out)] == ["U", "H"]


def test_a_stored_counterexample_that_fails(capsys, monkeypatch):
    """One line and exit status 1, if it refutes no more."""

    def broken(_letters):
        raise ArithmeticError("one_task: the stored counterexample is not the smallest")

    monkeypatch.setattr("reluproof.verify.hunt.stored.stored_text", broken)
    assert main(["claims", "D", "--without"]) == 1
    assert capsys.readouterr().err == "reluproof: one_task: the stored counterexample is not the smallest\n"


def test_a_refuted_claim_sets_the_status(capsys, monkeypatch):
    """Exit status 1, and the witness is printed."""
    wrong = replace(REGISTRY["J"], exact=lambda findings: Refuted(findings.data, "wrong"))
    monkeypatch.setitem(REGISTRY, "J", wrong)
    assert main(["claims", "J", "--examples", "2"]) == 1
    assert "witness: Dataset(" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["T"], "no statement is called 'T'"),
        (["J", "--graph", "x.png"], "must end in .dot or .svg"),
        (["J", "--graph", "/nowhere/x.svg"], "no such folder"),
        (["J", "--examples", "0"], "at least 1 example"),
        (["J", "--examples", "many"], "invalid"),
        (["J", "--json", "--latex"], "not allowed"),
        (["J", "--without", "--latex"], "neither --latex nor --graph"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(arguments, message):
    """No traceback; nothing is left half-written."""
    command = [sys.executable, "-m", "reluproof.verify.cli", "claims", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert message in done.stderr


def test_notes_are_printed(capsys):
    """`claims B --note` prints the file; without a name it says what to do."""
    assert main(["claims", "B", "--note"]) == 0
    assert capsys.readouterr().out == (NOTES / "b_uniqueness.md").read_text()
    assert main(["claims", "--note"]) == 2
    assert "claims B --note" in capsys.readouterr().err


def test_the_table_that_the_command_prints_by_default(standings, monkeypatch, capsys):
    """One row for each statement below the headings, then what the words mean, the budget of the searches, versions."""
    monkeypatch.setattr("reluproof.verify.commands.claims._standings", lambda _letters, _arguments: standings)
    assert main(["claims", "--examples", "8"]) in (0, 3)
    table, notes = capsys.readouterr().out.split("\n\n", 1)
    headings, *rows = table.splitlines()
    assert headings.split()[0] == "statement"
    assert [row.split()[0] for row in rows] == list(REGISTRY)
    for row, (letter, claim) in zip(rows, REGISTRY.items(), strict=True):
        assert claim.name in row
        assert row.rstrip().endswith(status(letter, standings))
    assert "Searches of 8 examples, seed 0." in notes
    assert "hypothesis " in notes
