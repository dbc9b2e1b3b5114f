"""The table of tasks at the command line: what a person wants, in their words; what is typed; what must be said."""

import json
import os
import shlex
import subprocess
import sys

import pytest

from tasks.tables import write_frames, write_tables

EXTRA = ("run.parquet", "run.feather", ".xlsx", "completion")
NOT_UNIQUE = "only optimum  no: the kinks are aligned on 1 run"

TASKS = [
    # what is wanted, what is typed after `reluproof`, exit status, phrases of the output (a ! in front: not in it)
    ("name the columns of x and of the labels", "check counted.csv --x year --y 'gdp,\"rate, real\"'", 0,
     ["4 points, 2 tasks", "x is 'year'; labels: 'gdp', 'rate, real'"]),
    ("take all columns of a kind", "check counted.csv --x year --y 'g*' -q", 0, ["counted.csv: only optimum"]),
    ("be told that the first column only counts rows", "check counted.csv", 0,
     ["x is 'id', which only counts the rows; 'year' is monotone too (--x chooses)"]),
    ("learn which columns there are when I mistype one", "check counted.csv --x yaer", 2, ["'yaer'", "year"]),
    ("skip the title, decimal commas, thousands with dots",
     "check titled.csv --skip-rows 2 --decimal , --thousands . -q", 0, ["titled.csv: only optimum, cost 2987.75"]),
    ("read the cost in decimals, as my table has them",
     "check titled.csv --skip-rows 2 --decimal , --thousands .", 0, ["cost          exactly 2987.75"]),
    ("not have a thousands separator guessed", "check titled.csv --skip-rows 2 --decimal ,", 2, ["--thousands"]),
    ("use dates as x", "check dated.csv --x-dates", 0, ["x counts days from 2020-01-01", "x is 'day'"]),
    ("read a table packed by gzip", "check run.csv.gz", 0, [NOT_UNIQUE, "t = 1 to 2 (lines 3 to 4)"]),
    ("read a table packed by xz", "check run.csv.xz", 0, [NOT_UNIQUE]),
    ("read a table in a zip archive", "check run.zip", 0, [NOT_UNIQUE]),
    ("read Parquet", "check run.parquet", 0, [NOT_UNIQUE, "x is 't'; labels: 'a', 'b'"]),
    ("read Feather, which is Arrow", "check run.feather", 0, [NOT_UNIQUE]),
    ("read a sheet of a workbook by its name", "check run.xlsx --sheet Data", 0, [NOT_UNIQUE]),
    ("be asked which sheet", "check run.xlsx", 2, ["--sheet", "'Data'"]),
    ("know which rows have the same x", "check repeated.csv", 2, ["row 3 and row 4", "--duplicates mean|first"]),
    ("average rows with the same x", "check repeated.csv --duplicates mean", 0, [NOT_UNIQUE, "averaged, exactly"]),
    ("keep the first row of those", "check repeated.csv --duplicates first", 0, ["the first row is taken"]),
    ("see the answer in five lines", "check run.csv", 0,
     ["only optimum", "cost", "where", "how near", "Sobolev", "proofs        9 statements decided twice: all hold"]),
    ("see everything", "check run.csv -v", 0, ["B  uniqueness", "N  margin"]),
    ("see one line per dataset", "check run.csv -q", 0, ["run.csv: NOT the only optimum"]),
    ("know where it is, by x and by line", "check run.csv", 0, ["t = 1 to 2 (lines 3 to 4)", "!points 2 and 3"]),
    ("see what to change in my labels, old to new", "nearest counted.csv --x year --y gdp --decimals 1 -o near.csv", 0,
     ["gdp at year = ", " -> ", "written to near.csv"]),
    ("check a folder although a file in it is bad", "check results", 2,
     ["results/a.csv: NOT the only optimum", "results/c.csv: only optimum",
      "3 datasets: 1 unique, 1 not unique, 1 could not be read", "'two' is not a number"]),
    ("check all files that match, two at a time", "check 'results/[ac].csv' --jobs 2", 0,
     ["2 datasets: 1 unique, 1 not unique"]),
    ("put the result into a paper", "check run.csv --latex", 0, ["\\toprule", "only optimum & no: 1 aligned run"]),
    ("search a counterexample to my own claim", "hunt {examples}/my_claim.py --emit pytest", 1,
     ["def test_", "Dataset.from_fractions([0, 1, 2, 3]"]),
    ("have the shell complete what I type", "completion bash", 0, ["complete -o bashdefault -F"]),
    ("read about one command by example", "nearest --help", 0, ["examples:\n  reluproof nearest table.csv"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with everybody's tables."""
    folder = tmp_path_factory.mktemp("desk")
    write_tables(folder)
    try:
        write_frames(folder)
    except ImportError:
        (folder / "without the extras").touch()
    return folder


def typed(desk, line, **variables):
    """What `reluproof LINE` does, typed in the folder of the tables."""
    examples = os.path.join(os.path.dirname(__file__), "..", "..", "examples")
    return subprocess.run(
        [sys.executable, "-m", "reluproof.verify.cli", *shlex.split(line.replace("{examples}", examples))],
        capture_output=True, text=True, check=False, cwd=desk, timeout=120, env={**os.environ, **variables},
    )  # fmt: skip


@pytest.mark.parametrize(("line", "status", "phrases"), [task[1:] for task in TASKS], ids=[task[0] for task in TASKS])
def test_task(desk, line, status, phrases):
    """The status and every phrase; what is said of bad input is on standard error; no line of text has 100 columns."""
    if (desk / "without the extras").exists() and any(word in line for word in EXTRA):
        pytest.skip("needs the extras tables and completion: pip install 'reluproof[tables,completion]'")
    done = typed(desk, line, COLUMNS="100")
    said = done.stdout + done.stderr
    assert done.returncode == status, said
    for phrase in phrases:
        assert (phrase.lstrip("!") in said) is not phrase.startswith("!"), (phrase, said)
    if not line.startswith(("completion", "hunt")):
        assert max(map(len, done.stdout.splitlines()), default=0) < 100


def test_what_nearest_wrote_is_not_unique_and_keeps_its_names(desk):
    """The table from `-o`: names and years as they were, one decimal, and an optimum that is not the only one."""
    assert typed(desk, "nearest counted.csv --x year --y gdp --decimals 1 -o near.csv").returncode == 0
    lines = (desk / "near.csv").read_text().splitlines()
    assert lines[0] == "year,gdp"
    assert [line.partition(",")[0] for line in lines[1:]] == ["2000", "2001", "2002", "2003"]
    assert all(len(line.rpartition(".")[2]) == 1 for line in lines[1:])
    assert "NOT the only optimum" in typed(desk, "check near.csv -q").stdout


def test_json_stays_one_object_a_line(desk):
    """For programs: JSON Lines, with the names of the tasks, the bad file on standard error only."""
    done = typed(desk, "check results --json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(entry["input"]["name"], entry["unique"]) for entry in found] == [
        ("results/a.csv", False), ("results/c.csv", True),
    ]  # fmt: skip
    assert found[0]["input"]["tasks"] == ["a", "b"]
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_without_no_color(desk, no_color, coloured):
    """In a pipe never; on a terminal unless NO_COLOR is set."""
    assert "\x1b[" not in typed(desk, "check run.csv", NO_COLOR=no_color, FORCE_COLOR="").stdout
    pty = pytest.importorskip("pty", reason="terminals are tested where there are pseudo-terminals")
    master, slave = pty.openpty()
    environment = {**os.environ, "NO_COLOR": no_color, "TERM": "xterm-256color", "COLUMNS": "70"}
    command = [sys.executable, "-m", "reluproof.verify.cli", "check", "run.csv"]
    subprocess.run(command, stdout=slave, cwd=desk, env=environment, check=True, timeout=60)
    os.close(slave)
    seen = os.read(master, 65536).decode()
    os.close(master)
    assert ("\x1b[" in seen) is coloured
    assert "only optimum" in seen


def test_a_spreadsheet_without_reading_the_help(desk):
    """Somebody's routine: give the workbook, see which columns were taken, find the row, move on."""
    if (desk / "without the extras").exists():
        pytest.skip("needs the extra: pip install 'reluproof[tables]'")
    done = typed(desk, "check one_sheet.xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    for phrase in ("x is 't'; labels: 'a', 'b'", NOT_UNIQUE, "t = 1 to 2"):
        assert phrase in done.stdout


def test_a_folder_without_reading_the_help(desk):
    """Somebody's routine: give the folder; mend the file that the one error names; give it again."""
    first = typed(desk, "check results")
    assert first.returncode == 2
    assert first.stderr == (
        "reluproof: results/b.csv: row 3, column 2: 'two' is not a number: write 3, -7/3, 0.25 or 1e-3\n"
    )
    bad = desk / "results" / "b.csv"
    before = bad.read_text()
    bad.write_text(before.replace("two", "2"))
    second = typed(desk, "check results")
    bad.write_text(before)
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.endswith("\n3 datasets: 2 unique, 1 not unique\n")
