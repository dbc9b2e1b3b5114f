"""`reluproof check --verified`: the proved program asked, its answer compared; what is no answer is refused."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from reluproof.verify.cli import main
from reluproof.verify.proved_program import Proved, ask
from reluproof.verify.reading import read

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMA = json.loads((Path(__file__).parents[2] / "verify" / "schema" / "check-1.json").read_text())
DATA = EXAMPLES / "second_differences_11011.csv"
RIGHT = {
    "schema": "reluproof.verified/1",
    "coq": "8.16.1",
    "sources_sha256": "0" * 64,
    "points": 7,
    "tasks": 1,
    "unique": False,
    "aligned_gaps": [1, 4],
    "zero_kinks": [3],
    "fewest_neurons": 2,
}


def run(capsys, *arguments):
    """Exit status, standard output and standard error of `reluproof check`."""
    status = main(["check", *map(str, arguments)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def a_program(folder: Path, answer: object, *, status: int = 0, error: str = "") -> Path:
    """A program that reads its input and gives this answer whatever it was."""
    (folder / "answer").write_text(answer if isinstance(answer, str) else json.dumps(answer), encoding="utf-8")
    (folder / "error").write_text(error, encoding="utf-8")
    program = folder / "program"
    lines = ["#!/bin/sh", "cat > asked", "cat answer", "cat error >&2", f"exit {status}", ""]
    program.write_text("\n".join([lines[0], f"cd '{folder}'", *lines[1:]]), encoding="utf-8")
    program.chmod(0o755)
    return program


def test_every_example_has_the_third_opinion(verified, capsys):
    """The program itself, on every example file."""
    paths = sorted(EXAMPLES.glob("*.csv"))
    status, out, err = run(capsys, *paths, "--json", "--verified", verified)
    assert (status, err) == (0, "")
    for line in out.splitlines():
        found = json.loads(line)
        proved = found["verified"]
        assert (proved["verdict"], proved["program"]) == ("holds", verified)
        assert (proved["unique"], proved["fewest_neurons"]) == (found["unique"], found["neurons"]["sparsest"])
        gaps = [gap for r in found["runs"] for gap in range(r["first"], r["last"])]
        assert proved["aligned_gaps"] == gaps


def test_the_text_says_so(verified, capsys, monkeypatch):
    monkeypatch.setenv("RELUPROOF_VERIFIED", verified)
    status, out, _ = run(capsys, DATA)
    line = out.splitlines()[-1]
    assert status == 0
    assert line.startswith("proved program    the same runs, the same uniqueness and the same number of neurons")
    assert f"({verified}; Coq 8" in line


def test_it_is_asked_about_the_data_exactly(tmp_path, capsys):
    data = tmp_path / "data.csv"
    data.write_text("x,y\n0,0.1\n1/3,1e-3\n2,-7\n")
    program = a_program(tmp_path, {**RIGHT, "points": 3, "unique": True, "aligned_gaps": [], "zero_kinks": []})
    run(capsys, data, "--verified", program)
    assert (tmp_path / "asked").read_text() == "0 1/10\n1/3 1/1000\n2 -7\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, None),
        ({"unique": True}, "unique: False here, True by the proved program"),
        ({"aligned_gaps": [1]}, "runs: [(1, 2), (4, 5)] here, [(1, 2), (4, 4), (5, 5)] by the proved program"),
        ({"zero_kinks": []}, "runs: [(1, 2), (4, 5)] here, [(1, 2), (3, 3), (4, 5)] by the proved program"),
        ({"fewest_neurons": 3}, "fewest neurons: 2 here, 3 by the proved program"),
        ({"points": 8}, "points and tasks: (7, 1) here, (8, 1) by the proved program"),
        ({"tasks": 2}, "points and tasks: (7, 1) here, (7, 2) by the proved program"),
    ],
)
def test_another_answer_refutes(change, said, tmp_path, capsys):
    program = a_program(tmp_path, RIGHT | change)
    status, out, _ = run(capsys, DATA, "--json", "--verified", program)
    jsonschema.validate(json.loads(out), SCHEMA)
    found = json.loads(out)["verified"]
    assert (status, found["verdict"]) == ((0, "holds") if said is None else (1, "refuted"))
    assert said is None or said in found["reason"]
    _, text, _ = run(capsys, DATA, "--verified", program)
    assert ("REFUTED" in text.splitlines()[-1]) == (said is not None)


@pytest.mark.parametrize(
    ("answer", "status", "error", "said"),
    [
        ("", 0, "", "has not answered as reluproof.verified/1: nothing"),
        ("yes\nyes\n", 0, "", "has not answered as reluproof.verified/1: yes yes"),
        ([], 0, "", "has not answered"),
        (RIGHT | {"schema": "reluproof.verified/2"}, 0, "", "has not answered"),
        (RIGHT | {"fewest_neurons": 2.0}, 0, "", "has not answered"),
        (RIGHT | {"aligned_gaps": ["1", "4"]}, 0, "", "has not answered"),
        (RIGHT | {"unique": 0}, 0, "", "has not answered"),
        (RIGHT | {"coq": None}, 0, "", "has not answered"),
        ({key: value for key, value in RIGHT.items() if key != "zero_kinks"}, 0, "", "has not answered"),
        (RIGHT, 2, "no dataset\n", "ended with status 2: no dataset"),
    ],
)
def test_what_is_no_answer_is_bad_input(answer, status, error, said, tmp_path, capsys):
    program = a_program(tmp_path, answer, status=status, error=error)
    found, out, err = run(capsys, DATA, "--verified", program)
    assert (found, out) == (2, "")
    assert err.startswith(f"reluproof: the proved program {str(program)!r} ")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["/nonexistent/program", "", "a\0b"])
def test_no_such_program(name, capsys):
    status, out, err = run(capsys, DATA, "--verified", name)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "`make verified` builds it" in err


def test_an_empty_variable_asks_nobody(capsys, monkeypatch):
    monkeypatch.setenv("RELUPROOF_VERIFIED", "")
    assert run(capsys, DATA)[0] == 0
    monkeypatch.setenv("RELUPROOF_VERIFIED", os.devnull)
    assert run(capsys, DATA)[0] == 2


def test_asked_from_python(verified):
    """`ask` by itself, from Python."""
    answer = ask(verified, read(str(DATA)).dataset)
    assert isinstance(answer, Proved)
    assert [(r.first, r.last) for r in answer.runs()] == [(1, 2), (4, 5)]
