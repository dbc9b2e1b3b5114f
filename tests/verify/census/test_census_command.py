"""`reluproof census` as a user calls it."""

import json

import pytest
from command_line import command
from reluproof.verify.census import enumeration

run = command("census")


def test_text(capsys):
    """Exact fractions, bounds, and how it was decided."""
    status, out, _ = run(capsys, "--labels", "one-hot:3", "--points", "5", "--runs", "--width")
    assert status == 0
    assert "P(not unique)  4/27, between 0.148148" in out
    assert "aligned runs   probability" in out
    assert "fewest neurons probability" in out
    assert out.endswith("again by deciding all 243 label sequences\n")


def test_json(capsys):
    """One object with exact strings; a thousand points are no trouble."""
    status, out, _ = run(capsys, "--labels", "one-hot:10", "--points", "1000", "--json")
    found = json.loads(out)
    assert (status, found["schema"], found["enumeration"]) == (0, "reluproof.census/1", None)
    numerator, denominator = found["unique"]["exact"].split("/")
    assert float(found["unique"]["lower"]) == pytest.approx(int(numerator) / int(denominator))
    assert 0.99 < float(found["decay"]["lower"]) <= float(found["decay"]["upper"]) < 0.991


def test_lists_weights_and_places(capsys):
    """An explicit list at given points; numerals as everywhere."""
    arguments = ["--labels", "0,1; 1,0; 1/2,3", "--weights", "1/2,0.25,2.5e-1", "--at", "0,1,3,7", "--json"]
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    assert json.loads(out)["non_unique"]["exact"] == "9/128"


def test_weights_beyond_floats(capsys):
    """Exact as ever: one label in 10^1000 and one in 10^2000 make a window of the form a, b, b, a very rare."""
    arguments = ["--labels", "0;1;3", "--weights", "1e1000,1,1e-1000", "--points", "6"]
    status, out, err = run(capsys, *arguments)
    assert (status, err) == (0, "")
    assert "P(not unique)  between 5.99999999999e-2000 and 6e-2000" in out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--labels", "one-hot:0", "--points", "5"], "whole numbers"),
        (["--labels", "one-hot:2:3", "--points", "5"], "write one-hot:T"),
        (["--labels", "grid:3", "--points", "5"], "write one-hot:T"),
        (["--labels", "grid:9:9", "--points", "5"], "too many"),
        (["--labels", "binary:1000", "--points", "5"], "too many"),
        (["--labels", "one-hot:3", "--points", "100000", "--width"], "MiB"),
        (["--labels", "binary:2", "--points", "1"], "from 2 to"),
        (["--labels", "binary:2", "--points", "x"], "invalid int"),
        (["--labels", "binary:2"], "required"),
        (["--labels", "0;x", "--points", "4"], "not a number"),
        (["--labels", "0;1,2", "--points", "4"], "same number"),
        (["--labels", "0;0", "--points", "4"], "distinct"),
        (["--labels", "0;1", "--at", "3,2"], "increasing"),
        (["--labels", "0;1", "--at", "3,nan"], "not a finite number"),
        (["--labels", "0;1", "--points", "4", "--weights", "1"], "1 weights for 2 labels"),
        (["--labels", "0;1", "--points", "4", "--weights", "1,0"], "positive"),
        (["--labels", "one-hot:2", "--points", "4", "--weights", "1,2"], "explicit list"),
    ],
)
def test_bad_input(capsys, arguments, complaint):
    """One clear line and exit status 2."""
    status, out, err = run(capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert complaint in err


def test_a_disagreement_is_refuted(capsys, monkeypatch):
    """If enumeration and transfer matrix differ, the exit status is 1 and both are printed."""
    true = enumeration.enumeration
    monkeypatch.setattr(enumeration, "enumeration", lambda *a: true(*a)._replace(unique=true(*a).unique / 2))
    status, out, _ = run(capsys, "--labels", "one-hot:2", "--points", "4")
    assert status == 1
    assert "REFUTED: all 16 label sequences give P(unique) = 7/16" in out
