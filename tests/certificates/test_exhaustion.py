"""Files made to keep the checker busy: they are refused, or judged, in a time that their length explains."""

import json
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from certificates.judges import ACCEPTED, CHECKER, READER, REJECTED, UNREADABLE

CORRECT = Path(__file__).parent / "correct"
SECONDS_PER_MEGABYTE = 12
DIGITS = 50_000


def _digits(rng: random.Random, count: int = DIGITS) -> str:
    """A random odd number of so many digits; two of them are hardly ever far from coprime."""
    return str(rng.randrange(1, 10)) + "".join(rng.choices("0123456789", k=count - 2)) + rng.choice("1379")


def _records() -> list[dict]:
    return [json.loads(line) for line in (CORRECT / "run_of_two.jsonl").read_text().splitlines()]


def _with_tasks(tasks: int) -> list[dict]:
    """The first records of a certificate with so many tasks, all labels 0."""
    records = _records()[:3]
    statement, zeros = records[0]["statement"], ["0"] * tasks
    records[0]["tasks"] = tasks
    statement["affine"] = {"slope": zeros, "offset": zeros}
    statement["sobolev"] = {"first": zeros, "last": zeros, "norm_squared": None}
    for record in records[1:]:
        record["y"] = zeros
    return records


def coprime_kinks(rng: random.Random) -> list[dict]:
    """One kink whose coordinates have coprime denominators: its square would have 20 times their digits, twice."""
    records = _with_tasks(20)
    records[2]["kink"] = [f"1/{_digits(rng)}" for _ in range(20)]
    return records


def many_small_denominators(rng: random.Random) -> list[dict]:
    """The same with thousands of short ones."""
    records = _with_tasks(8000)
    records[2]["kink"] = [f"1/{_digits(rng, 120)}" for _ in range(8000)]
    return records


def long_slopes(rng: random.Random) -> list[dict]:
    """An affine part of long fractions."""
    records = _with_tasks(15)
    slope = [f"{_digits(rng)}/{_digits(rng)}" for _ in range(15)]
    records[0]["statement"]["affine"] = {"slope": slope, "offset": slope}
    return records


def long_network(rng: random.Random) -> list[dict]:
    """Knots and merged places of long fractions."""
    records = _records()
    records[2]["knot"] = {"at": f"{_digits(rng)}/{_digits(rng)}", "times": f"{_digits(rng)}/{_digits(rng)}"}
    return records


def long_leading_zeros(rng: random.Random) -> list[dict]:
    """A denominator of megabytes that is worth 7."""
    records = _records()
    records[2]["square"] = "1/" + "0" * 3_000_000 + "7"
    return records


def deep_bounds(rng: random.Random) -> list[dict]:
    """Bounds as long and as far from 1 as they may be."""
    records = _records()
    far = {"lower": "1" * 1200 + "." + "3" * 1200 + "e-9999", "upper": "1" * 1200 + "." + "3" * 1200 + "e9999"}
    records[0]["statement"]["cost"] = far
    records[0]["statement"]["angles"] |= {"lower": "-" + far["lower"], "upper": far["lower"]}
    records[0]["statement"]["radius"] |= far
    return records


def _judged(tmp_path: Path, records: list[dict]) -> tuple[int, float, int]:
    """(status, seconds of the processor, bytes) of the checker on these records."""
    path = tmp_path / "hostile.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return *_run(CHECKER, path), path.stat().st_size


def _run(*command: Path, memory: int = 1 << 31) -> tuple[int, float]:
    """(status, seconds of the processor) of a run in so much memory."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory})); "
    code = limit + "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, *map(str, command)], capture_output=True, timeout=300, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert b"Traceback" not in answer.stderr
    return answer.returncode, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


@pytest.mark.parametrize(
    "make", [coprime_kinks, many_small_denominators, long_slopes, long_network, long_leading_zeros, deep_bounds]
)
def test_certificates(make: Callable[[random.Random], list[dict]], tmp_path: Path) -> None:
    """Rejected, or accepted where it is true after all; in seconds that follow the length of the file."""
    status, seconds, size = _judged(tmp_path, make(random.Random(5)))
    assert status in (ACCEPTED, REJECTED)
    assert seconds < 2 + SECONDS_PER_MEGABYTE * size / 1e6


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("exponents beyond the limit", "0,1e9999\n" * 10_000),
        ("long exponents", "0,1e" + "9" * 1000 + "\n"),
        ("exponents at the limit", "".join(f"{i},1e1000\n" for i in range(20_000))),
        ("nested lists", '{"x":' + "[" * 1_000_000),
        ("one long cell", "0," + "1" * 10_000_000),
        ("an open quotation mark", '0,"' + "1,2\n" * 1_000_000),
        ("quotation marks", "0," + '"' * 5_000_000),
        ("separators", "," * 500_000),
        ("blanks", "0 1" + " " * 5_000_000 + "\n1 2\n"),
        ("blank lines", "\n \t\r" * 500_000 + "0 1\n1 2\n"),
        ("comments", "# 1,2\n" * 100_000 + "0 1\n1 2\n"),
        ("hash marks", "0,1\n1,2\n" + "#" * 3_000_000 + "\n"),
    ],
)
def test_data(name: str, content: str, tmp_path: Path) -> None:
    """DATA of megabytes are read or refused in seconds, in 2 GiB."""
    path = tmp_path / "data"
    path.write_text(content)
    status, seconds = _run(READER, path)
    assert status in (0, UNREADABLE)
    assert seconds < 3 + 3 * len(content) / 1e6


def test_endless_files(tmp_path: Path) -> None:
    """/dev/zero as certificate and as DATA: unreadable."""
    assert _run(CHECKER, Path("/dev/zero"))[0] == UNREADABLE
    assert _run(CHECKER, CORRECT / "run_of_two.jsonl", Path("/dev/zero"))[0] == UNREADABLE


def test_too_little_memory(tmp_path: Path) -> None:
    """DATA that the memory does not hold are unreadable; they do not make a certificate look rejected."""
    path = tmp_path / "data"
    path.write_text("".join(f"{i},1\n" for i in range(2_000_000)))
    status, _ = _run(CHECKER, CORRECT / "run_of_two.jsonl", path, memory=200 << 20)
    assert status == UNREADABLE
