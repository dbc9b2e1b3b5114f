"""`reluproof decide` as a user calls it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy
import pytest
from command_line import command
from reluproof.theory import Dataset, optimal_cost, rational
from reluproof.theory.margin import margin
from reluproof.theory.nearest import window
from reluproof.verify.check import check

ROOT = Path(__file__).parents[2]


run = command("decide")


@pytest.fixture
def arrays(tmp_path):
    """Rounded labels in three tasks, shuffled rows: some runs."""
    source = numpy.random.default_rng(6)
    table = numpy.column_stack([numpy.arange(300.0), source.integers(0, 2, (300, 3))])
    path = tmp_path / "table.npy"
    numpy.save(path, source.permutation(table))
    return path


def test_arrays(capsys, arrays):
    """The verdict, runs and bounds of `check` on the same file."""
    status, out, _ = run(capsys, arrays, "--enclosures", "--json")
    found, findings = json.loads(out), check(arrays)
    assert status == 0
    assert found["unique"] is findings.unique is False
    assert found["runs"] == [{"first": r.first, "last": r.last} for r in findings.aligned_runs]
    assert sum(found["windows"].values()) == 297
    exact = optimal_cost(findings.data).enclosure()
    lower, upper = rational(found["cost"]["lower"]), rational(found["cost"]["upper"])
    assert lower <= exact.upper
    assert exact.lower <= upper
    assert upper - lower < exact.upper / 10**12
    assert (found["margin"]["lower"], found["margin"]["upper"]) == ("0", "0")
    assert margin(window(findings.data, found["margin"]["pair"])).is_zero
    assert found["angles"]["gap"] in [gap for run in findings.aligned_runs for gap in range(run.first, run.last)]


def test_places_have_names(capsys, tmp_path):
    """x and the line, in plain tables and in arrays; the line of a table is that of the file."""
    rows = "t,y\n3,4\n0,0\n\n1.5,0\n2,1\n"
    for name, text, place in [
        ("plain.csv", rows, "t = 1.5 to 2 (lines 5 to 6)"),
        ("quoted.csv", rows.replace("3,4", '"3","4"'), "t = 1.5 to 2 (lines 5 to 6)"),
        ("headless.csv", "\ufeff" + rows[4:].replace("\n", "\r\n"), "x = 1.5 to 2 (lines 4 to 5)"),
        ("integers.csv", "0,0\n1,0\n2,1\n3,3\n", "x = 1 to 2 (lines 2 to 3)"),
    ]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        assert f"no: the kinks are aligned on 1 run, {place}\n" in run(capsys, path)[1]
    path = tmp_path / "array.npy"
    numpy.save(path, [[0.3, 3.0], [0.0, 0.0], [0.1, 0.0], [0.2, 1.0]])
    assert "aligned on 1 run, x = 0.1 to 0.2\n" in run(capsys, path)[1]
    counting = tmp_path / "counting.csv"
    counting.write_text("id,t,y\n0,1,0\n1,2,0\n2,4,1\n3,5,4\n")
    assert "x is 'id', which only counts the rows; 't' is monotone too" in run(capsys, counting)[1]


def test_both_readings_of_floats_are_decided(capsys, tmp_path):
    """As `check` does: not unique as decimals, unique as floats."""
    path = tmp_path / "floats.npy"
    numpy.save(path, [[0, 0, 0], [1, 0, 0], [2, 0.1, 0.7], [3, 0.3, 2.1]])
    note = "as binary floats the optimum is unique, as printed decimals it is not unique (--floats shortest)"
    assert note in run(capsys, path)[1]
    assert json.loads(run(capsys, path, "--json")[1])["input"]["notes"] == [note]
    assert "aligned on 1 run" in run(capsys, path, "--floats", "shortest")[1]


def test_the_text_with_enclosures(capsys, arrays, tmp_path):
    """Cost, angle and margin in words, and how it was decided; without angle and margin where there are none."""
    status, out, err = run(capsys, arrays, "--enclosures")
    names = [text.partition("  ")[0] for text in out.partition("\n\n")[2].splitlines()]
    assert (status, err) == (0, "")
    assert names == ["only optimum", "optimal cost", "1 - cos theta", "margin", "decided by"]
    exact = check(arrays).cost.enclosure()
    lower, upper = re.search(r"optimal cost +between (\S+) and (\S+)", out).groups()
    assert rational(lower) <= exact.upper
    assert exact.lower <= rational(upper)
    assert re.search(r"1 - cos theta +0 at its smallest\nmargin +0\n", out)
    path = tmp_path / "three.npy"
    numpy.save(path, numpy.array([[0.0, 1.0], [1.0, 2.0], [2.0, 0.0]]))
    out = run(capsys, path, "--enclosures")[1]
    names = [text.partition("  ")[0] for text in out.partition("\n\n")[2].splitlines()]
    assert names == ["only optimum", "optimal cost", "decided by"]


def test_the_certificate_is_accepted(capsys, arrays, tmp_path):
    """Streamed, and judged by the checker alone."""
    target = tmp_path / "certificate.jsonl"
    status, out, _ = run(capsys, arrays, "--certificate", target)
    assert (status, f"certificate written to {target}" in out) == (0, True)
    judge = [sys.executable, "-I", "-S", str(ROOT / "verify" / "checker.py"), str(target)]
    assert subprocess.run(judge, capture_output=True, check=False).returncode == 0


def test_tables(capsys, tmp_path):
    """Decimals are read exactly: 0.1, 0.2, 0.3 are equally spaced, though their floats are not."""
    path = tmp_path / "data.csv"
    path.write_text("0.1,0\n0.2,0\n0.3,0.1\n0.4,0.3\n")
    status, out, _ = run(capsys, path)
    assert status == 0
    assert "no: the kinks are aligned on 1 run, x = 0.2 to 0.3 (lines 2 to 3)" in out
    assert run(capsys, path, "--require", "unique")[0] == 1
    path.write_text("0,0\n1,1\n2,0\n3,1\n")
    assert "yes: connect-the-dots, and nothing else" in run(capsys, path)[1]


def test_bad_input(capsys, tmp_path):
    """One line and exit status 2."""
    table, flat, noise, objects, bad = (tmp_path / name for name in ("t.csv", "f.npy", "n.npy", "o.npy", "b.npy"))
    table.write_text("0,0\n1,1\n")
    numpy.save(flat, numpy.arange(5.0))
    noise.write_bytes(b"noise")
    numpy.save(objects, numpy.array([[1, None]], dtype=object), allow_pickle=True)
    numpy.save(bad, numpy.array([[0.0, 1.0], [0.0, 2.0]]))
    calls = [
        (table, "--enclosures"),
        (table, "--certificate", tmp_path / "c"),
        (tmp_path / "missing.csv",),
        (tmp_path / "missing.npy",),
        (flat,),
        (noise,),
        (objects,),
        (bad,),
    ]
    for arguments in calls:
        status, out, err = run(capsys, *arguments)
        assert (status, out, err.count("\n")) == (2, "", 1), arguments


def test_an_unwritable_certificate(capsys, arrays, tmp_path):
    """One line, nothing half-written."""
    status, _, err = run(capsys, arrays, "--certificate", tmp_path / "missing" / "c.jsonl")
    assert (status, err.count("\n")) == (2, 1)


def test_small_data(capsys, tmp_path):
    """Two points: unique, with a cost and without angle or margin."""
    path = tmp_path / "two.npy"
    numpy.save(path, numpy.array([[0.0, 1.0], [1.0, 2.0]]))
    status, out, _ = run(capsys, path, "--enclosures", "--json")
    found = json.loads(out)
    assert (status, found["unique"], found["angles"], found["margin"]) == (0, True, None, None)
    assert found["cost"] == {"lower": "0", "upper": "0"}
    assert Dataset.from_fractions([0, 1], [1, 2]).size == found["points"]
