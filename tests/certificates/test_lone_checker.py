"""The checker as a lone file: what it needs, how it reads DATA, and what hostile files do to it."""

import ast
import json
import os
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from reluproof.theory import Dataset

from certificates.judges import (
    ACCEPTED,
    CHECKER,
    READER,
    REJECTED,
    UNREADABLE,
    checker,
    first_verdict,
    run_alone,
    second_verdict,
)
from certificates.samples import certificate, encoded

CORRECT = Path(__file__).parent / "correct"


@pytest.mark.parametrize("path", [CHECKER, READER], ids=lambda path: path.stem)
def test_imports_the_standard_library_only(path: Path) -> None:
    """No import of ours or of a package, anywhere in the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in modules} <= sys.stdlib_module_names
    assert all(node.level == 0 for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))


@pytest.mark.parametrize(
    "text",
    [
        "0,0\n1,0\n2,1\n3,3\n",
        "x,y\n3;3\n2;1\n1;0\n0;0\n".replace(";", ","),
        "\ufeffx\ty\n# a comment\n0\t0\n1\t0.0\n4/2\t+1\n\n3\t3e0\n  # the end\n",
        "0 0\n1 -0\n2 1.\n3 30e-1\n",
        '{"x": [0, 1, 2, 3], "y": [0, 0, 1, 3]}',
        '{"x": ["0", 1.0, 2, "3"], "y": [[0], ["0/5"], [1], [3e0]]}',
    ],
)
def test_data_in_every_spelling(text: str, tmp_path: Path) -> None:
    """Tables and JSON, in any order and notation, are the same data."""
    data = tmp_path / "data"
    data.write_text(text, encoding="utf-8")
    assert run_alone(tmp_path, CORRECT / "run_of_two.jsonl", data).returncode == ACCEPTED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("0,0\n1,0\n2,1\n3,4\n", REJECTED),
        ("0,0\n1,0\n2,1\n", REJECTED),
        ("0,0,0\n1,0,0\n2,1,0\n3,3,0\n", REJECTED),
        ("", UNREADABLE),
        ("0,0\n1,zero\n", UNREADABLE),
        ("0,0\n1,1_0\n", UNREADABLE),
        ("0,0\n1,1/0\n", UNREADABLE),
        ("0,0\n1,nan\n", UNREADABLE),
        ('{"x": [0, 1]}', UNREADABLE),
        ('{"x": [0, NaN], "y": [0, 0]}', UNREADABLE),
        ('{"x": [0], "x": [1], "y": [0]}', UNREADABLE),
        ("[" * 100_000, UNREADABLE),
        ("{" + '"x":[' * 100_000, UNREADABLE),
        ("1e999999,0\n", UNREADABLE),
        ("\x93NUMPY\x01\x00", UNREADABLE),
    ],
)
def test_other_or_unreadable_data(text: str, status: int, tmp_path: Path) -> None:
    """Other data are rejected; what is no data is unreadable, with one line and no traceback."""
    data = tmp_path / "data"
    data.write_text(text, encoding="utf-8")
    answer = run_alone(tmp_path, CORRECT / "run_of_two.jsonl", data)
    assert answer.returncode == status
    assert (answer.stdout + answer.stderr).count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["a", "b", "c"], ["missing.jsonl"], ["."]])
def test_bad_calls(arguments: list[str], tmp_path: Path) -> None:
    """Wrong usage, a missing file, a directory: status 2 and one line."""
    answer = run_alone(tmp_path, *arguments)
    assert (answer.returncode, answer.stdout) == (UNREADABLE, "")
    assert answer.stderr.count("\n") == 1


def test_an_endless_line_is_refused_early(tmp_path: Path) -> None:
    """A file without a newline is not read beyond the limit of a line: here it is endless."""
    answer = run_alone(tmp_path, "/dev/zero")
    assert answer.returncode == UNREADABLE


def test_a_long_line_is_refused() -> None:
    """One byte beyond the limit; a line at the limit is read (and then lacks its keys)."""
    fill = checker.LONGEST_LINE - len(b'{"schema":""}\n')
    assert first_verdict([b'{"schema":"' + b"x" * fill + b'"}\n'])[0] == UNREADABLE
    assert first_verdict([b'{"x":     "' + b"x" * fill + b'"}\n'])[0] == REJECTED
    assert first_verdict([b'{"x":      "' + b"x" * fill + b'"}\n'])[0] == UNREADABLE


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"x": "1"', '"x": "' + "1" * 5001 + '"', "number"),
        ('"square": "1"', '"square": "' + "1" * 50001 + '"', "number"),
        ('"square": "1"', '"square": "1/' + "0" * 50000 + '1"', "number"),
        ('"square": "1"', '"square": "1/1' + "0" * 50000 + '"', "number"),
        ('"square": "1"', '"square": "1/' + "0" * 50000 + '"', "number"),
        ('"square": "1"', '"square": "' + "0" * 50000 + '1"', "number"),
        ('"square": "1"', '"square": "1/1' + "0" * 49999 + '"', "A-dual"),
        ('"cost": {"lower": "2"', '"cost": {"lower": "1e-10000"', "number"),
        ('"cost": {"lower": "2"', '"cost": {"lower": "' + "0" * 1201 + '"', "number"),
        ('"points": 4', '"points": 999999999999999', "F-norm"),
        ('"points": 4, "tasks": 1', '"points": 4, "tasks": 999999999999999', "counts"),
    ],
)
def test_numbers_beyond_the_limits(old: str, new: str, rule: str, tmp_path: Path) -> None:
    """Numbers that could exhaust time or memory are refused before anything is computed with them."""
    text = (CORRECT / "run_of_two.jsonl").read_text(encoding="utf-8")
    assert old in text
    target = tmp_path / "large.jsonl"
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    answer = run_alone(tmp_path, target)
    assert answer.returncode == REJECTED
    assert f"rule {rule}," in answer.stdout
    assert len(answer.stdout) < 300


@pytest.fixture
def long_integers() -> Iterator[None]:
    """Integers of any length are read, as in the checker's own process."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    yield
    sys.set_int_max_str_digits(before)


@pytest.mark.usefixtures("long_integers")
def test_numbers_at_the_limits() -> None:
    """50,000 digits each, leading zeros included, and 5,000 characters for a datum: read by both checkers."""
    text = (CORRECT / "run_of_two.jsonl").read_text(encoding="utf-8")
    for old, new in (
        ('"square": "1"', '"square": "' + "0" * 49999 + "1/" + "0" * 49999 + '1"'),
        ('"x": "1"', '"x": "' + "0" * 2498 + "1/" + "0" * 2499 + '1"'),
    ):
        assert old in text
        lines = text.replace(old, new).encode().splitlines(keepends=True)
        assert (first_verdict(lines), second_verdict(lines)) == ((ACCEPTED, ""), ACCEPTED)


@pytest.mark.parametrize(("digits", "rule"), [(19_600, "A-dual"), (19_800, "number")])
@pytest.mark.usefixtures("long_integers")
def test_sums_over_the_tasks_have_a_limit(digits: int, rule: str) -> None:
    """The squares of two coprime denominators together: 2^18 bits are about 4 times 19,728 digits."""
    records = [json.loads(line) for line in (CORRECT / "run_of_two.jsonl").read_text(encoding="utf-8").splitlines()]
    records[0]["tasks"] = 2
    for part, key in (("affine", "slope"), ("affine", "offset"), ("sobolev", "first"), ("sobolev", "last")):
        records[0]["statement"][part][key] = ["0", "0"]
    records[0]["statement"]["sobolev"]["norm_squared"] = None
    for record in records:
        if "point" in record:
            record["y"] = ["0", "0"]
    records[2]["kink"] = ["1/1" + "0" * (digits - 1), "1/" + "1" * digits]
    assert first_verdict(encoded(records)) == (REJECTED, rule)


def test_denominators_that_grow_are_refused(tmp_path: Path) -> None:
    """Norms whose exact sum would grow with every point are refused by their rule, long before the last point."""
    labels = [Fraction((-1) ** i, (1 << 16000) + 2 * i + 1) for i in range(40)]
    records = certificate(Dataset.from_fractions(list(range(40)), labels))
    records[0]["statement"]["sobolev"]["norm_squared"] = ["1"]
    target = tmp_path / "growing.jsonl"
    target.write_bytes(b"".join(encoded(records)))
    answer = run_alone(tmp_path, target)
    assert answer.returncode == REJECTED
    assert answer.stdout.startswith("rejected: rule F-norm, record ")


def test_random_bytes(tmp_path: Path) -> None:
    """Noise is unreadable."""
    target = tmp_path / "noise"
    target.write_bytes(bytes(range(256)) * 50)
    assert os.path.getsize(target) == 12800
    assert run_alone(tmp_path, target).returncode == UNREADABLE
