"""The trusted reader: every form of a number is read as the number that it is, and nothing else is read at all."""

import json
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

from formal.program import run

FORMS = [
    "0",
    "-0",
    "+7",
    "007",
    "12.50",
    ".5",
    "5.",
    "-.25",
    "1e3",
    "1E-3",
    "-2.5e+2",
    "0.000e9",
    "22/7",
    "-6/4",
    "0/5",
]
WRONG = ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "1/", "/2", "1/-2", "1.5/2", "1/2.5", "1e5x", "0x10", "1_000", "٣"]
WRONG += ["nan", "inf", "1 2/", "--1", "1e1.5", "½", "1'000"]


def gaps(program: str, text: str) -> list[int]:
    result = run(program, text)
    assert (result.returncode, result.stderr) == (0, ""), text
    found: list[int] = json.loads(result.stdout)["aligned_gaps"]
    return found


@pytest.mark.parametrize("form", FORMS)
def test_numbers(form: str, verified: str) -> None:
    """Kinks (1, a) and (1, b - 2 a): aligned iff b = 3 a, which only the right reading of `form` as a meets."""
    value = Fraction(form.rstrip(".") if "/" not in form else form)
    head = f"0 0 0\n1 0 0\n2 1 {form}\n3 3 "
    assert gaps(verified, f"{head}{3 * value}\n") == [1]
    assert gaps(verified, f"{head}{3 * value + Fraction(1, 10**20)}\n") == []
    assert gaps(verified, f"{head}{-3 * value - 1}\n") == []


@pytest.mark.parametrize("form", FORMS)
def test_points(form: str, verified: str) -> None:
    """The second task's labels are the points: its kinks are zero, and the first task's kinks aligned, only if `form`
    is read as the point that it is."""
    value = Fraction(form.rstrip(".") if "/" not in form else form)
    head = f"{value - 2} 0 {value - 2}\n{value - 1} 0 {value - 1}\n"
    assert gaps(verified, f"{head}{form} 1 {value}\n{value + 1} 3 {value + 1}\n") == [1]
    assert gaps(verified, f"{head}{value + Fraction(1, 10**20)} 1 {value}\n{value + 1} 3 {value + 1}\n") == []


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("line", [1, 3])
def test_what_is_no_number_is_refused_with_its_line(wrong: str, line: int, verified: str) -> None:
    rows = ["0,0", "1,2", "2,3", "3,4"]
    rows[line - 1] = f"{line - 1},{wrong}"
    result = run(verified, "\n".join([*rows, ""]))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"reluproof-verified: line {line}: not a number: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no dataset"),
        ("0 1\n", "no dataset"),
        ("x y\n", "no dataset"),
        ("0 1\n0 2\n", "no dataset"),
        ("1 1\n0 2\n", "no dataset"),
        ("0 1\n1/2 1\n0.5 2\n", "no dataset"),
        ("0 1\n1 2 3\n", "no dataset"),
        ("0 1 2\n1 2\n", "no dataset"),
        ("0 1\n1 1/0\n", "line 2: a denominator is zero"),
        ("0 1\n1 1e10000\n", "line 2: an exponent is longer than 4 digits"),
        ("0 1\nx y\n", "line 2: not a number: x"),
        ("x y\nx y\n0 1\n", "line 2: not a number: x"),
        ("0,5 1,5\n1,5 2\n", "line 1: not a number: 5 1"),
        ("0;1\n1;2\n", "line 1: not a number: 0;1"),
        ("0,,1\n1,,2\n", "line 1: not a number: "),
        ("0,1,\n1,2,\n", "line 1: not a number: "),
        ("\ufeff0 1\n1 2\n", "line 1: not a number: "),
    ],
)
def test_what_is_no_dataset_is_refused(text: str, said: str, verified: str) -> None:
    result = run(verified, text)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"reluproof-verified: {said}")


def test_lines(verified: str) -> None:
    """Names of columns, comments, empty lines, blanks around cells, tabs, ends of lines: no point more, none less."""
    plain = run(verified, "0 0\n1 0\n2 1\n3 3\n").stdout
    assert json.loads(plain)["points"] == 4
    for text in [
        "x,y\n0,0\n1,0\n2,1\n3,3",
        "# a comment\n\n\"time\",'y'\n".replace("'", '"') + "0,0\r\n1 , 0\r\n  2,\t1\r\n\r\n3,3 # the last\r\n",
        "x y\n0\t0\n1   0\n 2 1 \n3 3\n\n\n",
        "0 0e0\n1.0 0/7\n2 1.\n3 3\n",
    ]:
        assert run(verified, text).stdout == plain, text


def test_usage(verified: str, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("0 0\n1 1\n")
    for arguments, status in [
        ([str(tmp_path / "data")], 0),
        ([str(tmp_path / "none")], 2),
        ([str(tmp_path)], 2),
        ([""], 2),
        (["--help"], 2),
        (["a", "b"], 2),
    ]:
        result = subprocess.run([verified, *arguments], capture_output=True, text=True, check=False)
        assert result.returncode == status
        assert result.stderr.count("\n") == (status == 2)
