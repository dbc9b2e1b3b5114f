"""`reluproof probe` as a user calls it."""

import json
import re
import subprocess
import sys

import pytest
from command_line import command

run = command("probe")


def test_text(capsys):
    """Counts, intervals, what is known, and what 'none' does not say; nothing on standard error in a pipe."""
    status, out, err = run(capsys, "-T", "1,2", "--samples", "20000", "--seed", "3")
    assert (status, err) == (0, "")
    assert "labels gaussian, points equal, coupling l2, 20000 datasets each, seed 3" in out
    assert "known: 0.26772 (statement Q" in out
    assert "that the probability is 0 is not shown" in out


def test_workers_do_not_change_the_counts(capsys):
    """Two processes, the same bytes."""
    arguments = ["--labels", "integers:2", "-N", "4,5", "-T", "2", "--samples", "150000", "--json"]
    assert run(capsys, *arguments, "--workers", "2") == run(capsys, *arguments)


def test_json(capsys):
    """One object for each N and T."""
    status, out, _ = run(capsys, "--labels", "one-hot", "-N", "4,5", "-T", "2,3", "--samples", "5000", "--json")
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [(row["points"], row["tasks"]) for row in found] == [(4, 2), (4, 3), (5, 2), (5, 3)]
    assert all(row["interval"]["lower"] <= row["non_unique"] / 5000 <= row["interval"]["upper"] for row in found)
    assert found[0]["known"]["lower"] == "0.125"


def test_tube(capsys):
    """The exponent beside T - 1."""
    status, out, _ = run(capsys, "--tube", "-T", "2", "--samples", "200000", "--seed", "5", "--json")
    found = json.loads(out)
    assert (status, found["known"], found["margins_used"]) == (0, 1, 100)
    assert found["exponent"]["lower"] < 1 < found["exponent"]["upper"]


def test_tube_in_words(capsys):
    """The exponent with its interval and the number of margins; what is known beside it where labels have a density."""
    arguments = ["--tube", "-T", "2,3", "--samples", "100000", "--seed", "5"]
    status, out, err = run(capsys, *arguments)
    head, *rows = out.split("\n\n")
    assert (status, err) == (0, "")
    assert head == "labels gaussian, points equal, coupling l2, 100000 datasets each, seed 5"
    lines = rows[0].splitlines()
    assert lines[0].split() == ["N", "T", "exponent", "of", "P(margin", "<", "e)"]
    for tasks, line in zip((2, 3), lines[1:], strict=True):
        found = re.fullmatch(rf" +4 +{tasks}  (\S+) in \[(\S+), (\S+)\] from the 50 smallest margins; (.*)", line)
        exponent, lower, upper = map(float, found.groups()[:3])
        assert lower < exponent < upper
        assert found[4] == f"known: {tasks - 1} (statement O: T - 1, as e -> 0)"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--labels", "low-rank:1000", "--samples", "3000"],
        ["--labels", "one-hot", "-T", "100000", "--samples", "1"],
        ["--labels", "rademacher", "-N", "1000000", "--samples", "2"],
        ["--labels", "integers:1000000", "--samples", "50"],
        ["--labels", "gaussian", "-N", "1000000", "-T", "10", "--samples", "1"],
    ],
    ids=lambda arguments: arguments[1],
)
def test_large_laws_stay_small(arguments):
    """A bounded share of memory, whatever the parameters, and no exact count that takes longer than the sampling."""
    code = f"""import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
from reluproof.verify.cli import main
sys.exit(main(["probe", *{arguments!r}]))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--samples", "1000000000000", "-N", "1000"],
        ["--labels", "foo"],
        ["--labels", "integers"],
        ["--labels", "gaussian:3"],
        ["--labels", "low-rank:0"],
        ["--labels", "integers:x"],
        ["-N", "1"],
        ["-N", "4,"],
        ["-T", "0"],
        ["-T", "99999999"],
        ["--samples", "0"],
        ["--seed", "-1"],
        ["--workers", "0"],
        ["--tube", "--coupling", "l1"],
        ["--tube", "-N", "3"],
        ["--tube", "--samples", "100"],
        ["--points", "random"],
    ],
)
def test_bad_input(capsys, arguments):
    """One clear line and exit status 2."""
    status, _, err = run(capsys, *arguments)
    assert (status, err.count("\n")) == (2, 1)
