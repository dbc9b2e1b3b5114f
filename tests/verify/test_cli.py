"""The command line as a user meets it: output, exit status, one line per error."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def reluproof(*arguments, stdin=None):
    """Run the installed command in a process of its own."""
    command = [sys.executable, "-m", "reluproof.verify.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, timeout=60, check=False)


def test_check_reports_a_unique_dataset():
    """Exit 0, the answer in words, one line per statement."""
    done = reluproof("check", EXAMPLES / "unique.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "only optimum" in done.stdout
    assert "yes: connect-the-dots, and nothing else" in done.stdout
    assert [text[0] for text in done.stdout.splitlines()[-9:]] == list("ABFIJKLMN")


def test_non_unique_is_a_result_unless_required():
    """A non-unique dataset exits 0, and 1 with --require unique."""
    assert reluproof("check", EXAMPLES / "run_of_two.csv").returncode == 0
    assert reluproof("check", EXAMPLES / "run_of_two.csv", "--require", "unique").returncode == 1
    assert reluproof("check", EXAMPLES / "unique.csv", "--require", "unique").returncode == 0


def test_standard_input_and_json():
    """- reads standard input; --json prints one object whose exact numbers are strings."""
    done = reluproof("check", "-", "--json", stdin="0 0\n1 0\n2 1\n3 3\n")
    found = json.loads(done.stdout)
    assert (done.returncode, found["unique"], found["cost"]["squares"]) == (0, False, ["4"])
    assert found["radius"]["at"] == "3/2"


def test_several_files_give_json_lines_and_the_largest_status(tmp_path):
    """One line per readable file; the bad one is named on standard error and sets the status."""
    bad = tmp_path / "bad.csv"
    bad.write_text("0,0\n1,nan\n2,1\n")
    done = reluproof("check", EXAMPLES / "unique.csv", bad, EXAMPLES / "run_of_two.csv", "--json")
    assert [json.loads(text)["unique"] for text in done.stdout.splitlines()] == [True, False]
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "bad.csv" in done.stderr
    assert "nan" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["chekc"], ["check"], ["check", "--jsn", "x"], ["check", "x", "--require", "luck"], ["check", "/nowhere.csv"]],
)
def test_bad_usage_is_one_line_and_status_2(arguments):
    """No traceback, no usage dump."""
    done = reluproof(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_standard_input_twice():
    """- can be given once only."""
    done = reluproof("check", "-", "-", stdin="0 1\n1 2\n")
    assert done.returncode == 2
    assert "only once" in done.stderr


def test_explain_shows_numbers():
    """--explain adds indented lines with the deciding numbers."""
    done = reluproof("check", "-", "--explain", stdin="0 0\n1 0\n2 1\n3 3\n")
    assert any(text.startswith("   points 2 to 3: d = (1) times 1, 1") for text in done.stdout.splitlines())


def test_a_closed_pipe_is_no_error():
    """`reluproof check ... | head -1` ends quietly."""
    command = f"{sys.executable} -m reluproof.verify.cli check {EXAMPLES}/*.csv --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""


def test_help_and_version():
    """Both print to standard output and exit 0."""
    assert "check" in reluproof("--help").stdout
    assert reluproof("--version").stdout.startswith("reluproof 0.")
