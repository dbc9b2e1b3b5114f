"""The command line as a user meets it: output, exit status, one line per error."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run
from reluproof.theory import ClaimRefuted
from reluproof.verify.check import check
from reluproof.verify.cli import main
from reluproof.verify.commands import check as check_command
from reluproof.verify.commands import inputs
from reluproof.verify.reading import InputError

EXAMPLES = Path(__file__).parents[2] / "examples"


def reluproof(*arguments, stdin=None):
    """Run the installed command in a process of its own."""
    command = [sys.executable, "-m", "reluproof.verify.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, timeout=60, check=False)


def test_check_reports_a_unique_dataset():
    """Exit 0, the answer in words; with -v every statement by its letter."""
    done = reluproof("check", EXAMPLES / "unique.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "only optimum  yes: connect-the-dots, and nothing else" in done.stdout
    assert "9 statements decided twice: all hold" in done.stdout
    done = reluproof("check", EXAMPLES / "unique.csv", "-v")
    statements = done.stdout.rpartition("\n\n")[2].splitlines()
    assert [text[0] for text in statements if text[0] != " "] == list("ABFIJKLMN")


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


def test_a_folder_is_looked_through_once(monkeypatch, tmp_path, capsys):
    """However many files are in it."""
    looked = []
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text("0,0\n1,1\n")
    monkeypatch.setattr(check_command, "expanded", lambda given: looked.append(given) or inputs.expanded(given))
    status, out, _ = run(capsys, "check", tmp_path)
    assert (status, len(looked), out.count("only optimum")) == (0, 1, 5)


def test_a_fault_in_one_dataset_does_not_stop_the_others(monkeypatch, capsys):
    """It is named and counted, and sets the status."""
    files = [EXAMPLES / name for name in ("unique.csv", "run_of_two.csv", "unique.csv")]

    def faulty(data, **options):
        if "run_of_two" in data.name:
            raise ZeroDivisionError("planted")
        return check(data, **options)

    monkeypatch.setattr(check_command, "check", faulty)
    status, out, err = run(capsys, "check", *files)
    assert (status, err.count("\n"), "run_of_two.csv: this is a fault of reluproof" in err) == (4, 1, True)
    assert out.endswith("\n3 datasets: 2 unique, 0 not unique, 1 failed\n")


def test_lines_are_exact_where_that_is_short(capsys, tmp_path):
    """A cost of 2.7 is not between two numbers."""
    path = tmp_path / "data.csv"
    path.write_text("0,1\n1,2.5\n3,0.1\n")
    assert run(capsys, "check", path, "-q")[1] == f"{path}: only optimum, cost 2.7\n"


@pytest.mark.parametrize(
    "arguments",
    [["chekc"], ["check"], ["check", "--jsn", "x"], ["check", "x", "--require", "luck"], ["check", "/nowhere.csv"]],
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
    assert any(text.startswith("   x = 1 to 2 (lines 2 to 3): d = (1) times 1, 1") for text in done.stdout.splitlines())


def test_a_closed_pipe_is_no_error():
    """`reluproof check ... | head -1` ends quietly."""
    command = f"{sys.executable} -m reluproof.verify.cli check {EXAMPLES}/*.csv --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""


def test_help_and_version():
    """Both print to standard output and exit 0."""
    assert "check" in reluproof("--help").stdout
    assert reluproof("--version").stdout.startswith("reluproof 0.")


def test_alone_it_prints_help():
    """`reluproof` says what there is, on standard output."""
    done = reluproof()
    assert (done.returncode, done.stderr) == (0, "")
    assert all(command in done.stdout for command in ("check", "nearest", "hunt"))


@pytest.mark.parametrize(
    ("arguments", "phrases"),
    [
        (["chekc", "x"], ["no command 'chekc'", "did you mean check?", "(see reluproof --help)"]),
        (["frobnicate"], ["no command 'frobnicate'", "there are check, ", "(see reluproof --help)"]),
        (["check", "--jsn", "x"], ["--jsn", "did you mean --json?", "(see reluproof check --help)"]),
        (["nearest", "x", "--decimal=2", "--frob"], ["--frob", "(see reluproof nearest --help)"]),
        (["solve", "x", "y"], ["unknown arguments: y", "(see reluproof solve --help)"]),
    ],
)
def test_wrong_usage_says_what_was_meant(arguments, phrases):
    """The nearest command or option, and the help of the command at fault."""
    done = reluproof(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert all(phrase in done.stderr for phrase in phrases)


@pytest.mark.parametrize(
    "arguments",
    [
        ["census", "--labels", "binary:1", "--at", "-2,-1,0,1"],
        ["census", "--labels", "-1;1", "--points", "4"],
        ["census", "--labels", "-.5;1", "--weights", "1,2", "--points", "4"],
        ["check", EXAMPLES / "run_of_two.csv", "--independent", "--candidates", "-5,1,2,10"],
        ["solve", EXAMPLES / "run_of_two.csv", "--breakpoints", "-1/2,1,2"],
    ],
)
def test_values_that_begin_with_a_minus(arguments):
    """Numbers and lists of them are values, not options."""
    done = reluproof(*arguments)
    assert (done.returncode, done.stderr) == (0, "")


def test_census_of_signs_is_that_of_bits(capsys):
    """{-1, 1} and {0, 1} are alike (statement X): 1/8 of the sequences of four."""
    for labels in ("-1;1", "0;1"):
        assert main(["census", "--labels", labels, "--at", "-2,-1,0,1", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["non_unique"]["exact"] == "1/8"


@pytest.mark.parametrize(
    ("error", "status", "phrases"),
    [
        (AssertionError("never"), 4, ["a fault of reluproof", "AssertionError", "never", "please report"]),
        (RuntimeError("two\nlines"), 4, ["a fault of reluproof", "two lines"]),
        (ClaimRefuted("claimed"), 4, ["a fault of reluproof"]),
        (MemoryError(), 2, ["not enough memory"]),
        (InputError("bad cell"), 2, ["bad cell"]),
        (FileNotFoundError(2, "No such file", "x.csv"), 2, ["x.csv: No such file"]),
        (KeyboardInterrupt(), 130, ["interrupted"]),
    ],
)
def test_whatever_goes_wrong_is_one_line_and_never_status_1(monkeypatch, capsys, error, status, phrases):
    """1 means refuted; an exception that nobody foresaw has a status of its own."""

    def fail(_arguments):
        raise error

    monkeypatch.setattr("reluproof.verify.commands.nearest.run_nearest", fail)
    assert main(["nearest", "x"]) == status
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert all(phrase in captured.err for phrase in phrases)
