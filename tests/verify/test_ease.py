"""Help that shows how, and completion: what the examples say can be typed, what the shell completes exists."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run
from reluproof.verify.cli import build_parser

EXAMPLES = Path(__file__).parents[2] / "examples"
PARSER, COMMANDS = build_parser()
COMPLETES = """
source /dev/stdin <<< "$SCRIPT"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9
$(complete -p reluproof | sed 's/.* -F \\([^ ]*\\).*/\\1/')
echo "${COMPREPLY[@]}"
"""


def examples_of(text):
    """The commands in the examples of a help text: without redirections, remarks and what surrounds them in a shell."""
    lines = text.partition("\nexamples:\n")[2].splitlines()
    found = [re.search(r"reluproof (?:(?!  | > |\)).)*", line) for line in lines]
    return [shlex.split(match[0])[1:] for match in found if match]


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_ends_with_examples_that_can_be_typed(name, monkeypatch):
    """Each has a line of its own, is short enough for a terminal, and is understood by the parser."""
    monkeypatch.setenv("COLUMNS", "100")
    parser = PARSER if name is None else COMMANDS[name]
    text = parser.format_help()
    examples = examples_of(text)
    assert len(examples) >= 2
    assert text.rpartition("\n\n")[2].startswith("examples:\n")
    assert max(map(len, text.splitlines())) < 100
    for example in examples:
        assert name is None or example[0] == name
        if "--help" not in example:
            assert PARSER.parse_args(example).command == example[0]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        (["reluproof", "ch"], ["check"]),
        (["reluproof", "che", "--x"], []),
        (["reluproof", "check", "--dup"], ["--duplicates"]),
        (["reluproof", "check", "--duplicates", "m"], ["mean"]),
        (["reluproof", "check", "table.c"], ["table.csv"]),
        (["reluproof", "judge", "table.csv", "net"], ["network.npz"]),
        (["reluproof", "recheck", "--"], None),
    ],
)
def test_bash_completes(capsys, tmp_path, monkeypatch, typed, completed):
    """Commands, options, their values and files; after `--` all options of the command and no other."""
    pytest.importorskip("shtab")
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    for name in ("table.csv", "network.npz"):
        (tmp_path / name).touch()
    _, script, _ = run(capsys, "completion", "bash")
    done = subprocess.run(
        ["bash", "-c", COMPLETES, "bash", *typed],
        capture_output=True, text=True, check=True, cwd=tmp_path, env={"SCRIPT": script, "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    if completed is None:
        assert set(done.stdout.split()) == set(COMMANDS[typed[1]].long_options())
    else:
        assert done.stdout.split() == completed


def test_zsh_script_names_every_command(capsys):
    """The script for zsh, with the help of every command."""
    pytest.importorskip("shtab")
    status, out, _ = run(capsys, "completion", "zsh")
    assert (status, out.startswith("#compdef reluproof\n")) == (0, True)
    assert all(f"    {name}:" in out for name in COMMANDS)


def test_without_the_extra_one_line_names_it(capsys, monkeypatch):
    """Where shtab is not installed."""
    monkeypatch.setitem(sys.modules, "shtab", None)
    status, out, err = run(capsys, "completion", "bash")
    assert (status, out) == (2, "")
    assert err == "reluproof: completion needs shtab: pip install 'reluproof[completion]'\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "us_macro.csv", "-v"],
        ["check", "zero_kink_0111.csv", "--independent", "--breakpoints", "1"],
        ["solve", "zero_kink_0111.csv", "--breakpoints", "1"],
        ["decide", "second_differences_11011.csv"],
        ["nearest", "isolated_lambda.csv"],
    ],
)
def test_lines_have_less_than_100_columns(capsys, monkeypatch, arguments):
    """Whatever the command; only a number or a path, which nothing breaks, may be longer."""
    monkeypatch.chdir(EXAMPLES)
    _, out, err = run(capsys, *arguments)
    assert (max(map(len, out.splitlines())) < 100, err) == (True, "")
