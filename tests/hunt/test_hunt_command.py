"""The command: what it prints and emits, its exit status, and one line for everything that is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import command
from reluproof.theory import Dataset
from reluproof.verify.check import check
from reluproof.verify.cli import main

from hunt.stored import FOLDER

ROOT = Path(__file__).parents[2]
OWN = ROOT / "examples" / "my_claim.py"


run = command("hunt")


def test_text(capsys, tmp_path):
    """The dataset, two optima, exact values, and a certificate that the checker accepts as a file too."""
    status, out, _ = run(capsys, "D", "--without", "T>=2")
    assert status == 1
    assert out.startswith((FOLDER / "one_task.csv").read_text())
    assert "seed 0" in out
    certificate = tmp_path / "certificate"
    certificate.write_text(out.partition("accepted by the checker:\n")[2])
    checker = ROOT / "verify" / "checker.py"
    command = [sys.executable, "-I", "-S", str(checker), str(certificate), str(FOLDER / "one_task.csv")]
    judged = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert judged.returncode == 0
    assert "only optimum   no\n" in judged.stdout


@pytest.mark.parametrize(
    ("letter", "without", "word"), [("B", "zero kinks", False), ("U", "no two", False), ("A", "a linear", None)]
)
def test_json(capsys, letter, without, word):
    """One object; the certificate is there where the refuted thing is uniqueness."""
    status, out, _ = run(capsys, letter, "--without", without, "--json")
    found = json.loads(out)
    assert status == 1
    assert (found["schema"], found["found"], found["seed"]) == ("reluproof.hunt/1", True, 0)
    assert found["smallest"]["proved"]
    assert (found["certificate"] is None) == (word is None)
    data = found["counterexample"]["data"]
    assert Dataset.from_fractions(data["x"], data["y"]).size <= 4


def test_emit_csv(capsys):
    """Nothing but the stored file."""
    status, out, _ = run(capsys, "B", "--without", "l2 across tasks, not l-infinity", "--emit", "csv", "--seed", "5")
    assert (status, out) == (1, (FOLDER / "linf_coupling.csv").read_text())


def test_emit_json_is_read_by_check(capsys, tmp_path):
    """The object that `check` reads."""
    _, out, _ = run(capsys, "A", "--without", "biases", "--emit", "json")
    path = tmp_path / "data.json"
    path.write_text(out)
    assert check(path).data == Dataset.from_fractions([-2, 1, 2], [0, 0, 1])


@pytest.mark.parametrize(
    "arguments", [["H", "--without", "lambda>0"], ["X", "--without", "A is injective"], [str(OWN)]]
)
def test_emit_pytest_passes(capsys, tmp_path, arguments):
    """The emitted test is run by pytest, elsewhere, and passes."""
    status, out, _ = run(capsys, *arguments, "--emit", "pytest")
    assert status == 1
    path = tmp_path / "test_emitted.py"
    path.write_text(out)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_own_claim(capsys):
    """The documented example is false, and its smallest counterexample is proved to be that."""
    status, out, _ = run(capsys, str(OWN))
    assert status == 1
    assert "With two tasks or more and labels that are all different" in out
    assert "smallest: proved over |label| <= 2" in out
    data = Dataset.from_fractions(range(4), [(0, 0), (0, 2), (0, 1), (0, -1)])
    assert "[(0, 0), (0, 2), (0, 1), (0, -1)]" in out
    assert not check(data).unique


def test_nothing_found(capsys, tmp_path):
    """Status 0 and a sentence with budget and strategy; --emit prints nothing that a program could take for data."""
    path = tmp_path / "true.py"
    path.write_text("def claim(data):\n    return data.size >= 2\n")
    status, out, _ = run(capsys, str(path), "--examples", "30", "--seed", "3")
    assert status == 0
    assert "no counterexample among 30 examples (seed 3), over all kinds of datasets" in out
    status, out, err = run(capsys, str(path), "--examples", "30", "--emit", "csv")
    assert (status, out) == (0, "")
    assert "no counterexample among 30 examples" in err
    status, out, _ = run(capsys, "A", "--examples", "10", "--json")
    assert status == 0
    found = json.loads(out)
    assert not found["found"]
    assert found["counterexample"] is found["smallest"] is found["certificate"] is None


def test_the_same_seed_gives_the_same_output(capsys):
    """Byte by byte."""
    first = run(capsys, "U", "--without", "no two", "--json", "--seed", "11")
    assert first == run(capsys, "U", "--without", "no two", "--json", "--seed", "11")


FILES = {
    "nothing.py": "x = 1\n",
    "broken.py": "def claim(data:\n",
    "raises.py": "raise RuntimeError('two\\nlines')\n",
    "leaves.py": "raise SystemExit(0)\n",
    "none.py": "def claim(data):\n    pass\n",
    "divides.py": "def claim(data):\n    return 1 // (data.size - 2)\n",
}


@pytest.mark.parametrize("name", [*FILES, "absent.py"])
def test_bad_files(capsys, tmp_path, name):
    """One line that names the file, status 2."""
    path = tmp_path / name
    if name in FILES:
        path.write_text(FILES[name])
    status, out, err = run(capsys, str(path))
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert name in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["T"],
        ["D", "--without", "sense"],
        ["Q"],
        ["B", "--examples", "0"],
        ["B", "--seed", "-1"],
        [str(OWN), "--without", "T>=2"],
        ["X", "--without", "A is injective", "--emit", "csv", "--examples", "1"],
    ],
)
def test_bad_arguments(capsys, arguments):
    """One line, status 2; the last one finds nothing in one example and says so."""
    status, out, err = run(capsys, *arguments)
    assert out == ""
    assert err.count("\n") == 1
    assert status == (0 if "csv" in arguments else 2)


def test_help_says_that_the_file_is_executed(capsys):
    """Whoever reads the help knows."""
    with pytest.raises(SystemExit) as left:
        main(["hunt", "--help"])
    assert left.value.code == 0
    assert "FILE.py is EXECUTED" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("period", [2, 3, 5, 40])
def test_a_claim_that_changes_its_mind(tmp_path, capsys, period):
    """False now and then, whatever the data: one line that says so, never a counterexample nor a fault of reluproof."""
    path = tmp_path / "mine.py"
    path.write_text(
        f"calls = 0\ndef claim(data):\n    global calls\n    calls += 1\n    return calls % {period} != 0\n"
    )
    status = main(["hunt", str(path), "--examples", "60"])
    printed = capsys.readouterr()
    assert (status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert "changes from one call to the next" in printed.err


def test_a_claim_false_once(tmp_path, capsys):
    """Refuted at the first call and never again: nothing to show."""
    path = tmp_path / "mine.py"
    path.write_text("calls = []\ndef claim(data):\n    calls.append(data)\n    return len(calls) > 1\n")
    assert main(["hunt", str(path), "--examples", "20"]) == 2
    assert "changes from one call to the next" in capsys.readouterr().err
