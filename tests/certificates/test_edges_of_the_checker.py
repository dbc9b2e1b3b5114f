"""The checker where one step further something else holds: lengths of runs, sizes, uneven gaps, exits, words."""

import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from reluproof.theory import Dataset

from certificates.judges import ACCEPTED, CHECKER, REJECTED, UNREADABLE, checker, first_verdict, second_verdict
from certificates.samples import certificate, encoded

CORRECT = Path(__file__).parent / "correct"


def with_kinks(kinks: list[int]) -> Dataset:
    """Connect-the-dots has these kinks at 1, 2, ...; it begins flat at 0."""
    labels, slope = [0, 0], 0
    for kink in kinks:
        slope += kink
        labels.append(labels[-1] + slope)
    return Dataset.from_fractions(list(range(len(labels))), labels)


@pytest.mark.parametrize("length", range(1, 10))
@pytest.mark.parametrize("behind", [[], [-1], [0, 2]], ids=["to the end", "before a turn", "before a gap"])
def test_runs_of_every_length(length: int, behind: list[int]) -> None:
    """K: half as many neurons, rounded up; a parameter for each run of odd length >= 3, else only one that sparse."""
    records = certificate(with_kinks([1] * length + behind))
    neurons = records[0]["statement"]["neurons"]
    free, others = int(length >= 3 and length % 2 == 1), sum(map(bool, behind))
    assert neurons["sparsest"] == (length + 1) // 2 + others
    assert (neurons["sparsest_dimension"], neurons["sparsest_unique"]) == (free, not free)
    assert (first_verdict(encoded(records)), second_verdict(encoded(records))) == ((ACCEPTED, ""), ACCEPTED)
    neurons["sparsest_dimension"], neurons["sparsest_unique"] = 1 - free, bool(free)
    assert first_verdict(encoded(records)) == (REJECTED, "K-count")
    assert second_verdict(encoded(records)) == REJECTED


@pytest.mark.parametrize("size", [999, 1000, 1001])
def test_norms_of_a_thousand_points(size: int) -> None:
    """Up to there they are proved, beyond they are left out; both checkers accept."""
    records = certificate(Dataset.from_fractions(list(range(size)), [i * i % 7 for i in range(size)]))
    assert (records[0]["statement"]["sobolev"]["norm_squared"] is None) == (size > 1000)
    assert (first_verdict(encoded(records)), second_verdict(encoded(records))) == ((ACCEPTED, ""), ACCEPTED)


@pytest.mark.parametrize("end", ["lower", "upper"])
def test_margins_of_uneven_gaps(end: str) -> None:
    """The gaps enter as 1 / h: bounds that are a tenth off are rejected, the right ones are not."""
    records = certificate(Dataset.from_fractions([0, 2, "7/3", 6, 11], [(0, 0), (1, 0), (3, 2), (1, 4), (0, "1/2")]))
    assert first_verdict(encoded(records)) == (ACCEPTED, "")
    margin = records[0]["statement"]["margin"]
    for name in (end, f"squared_{end}"):
        margin[name] = f"{float(margin[name]) * (1.1 if end == 'lower' else 0.9):.6f}"
    assert first_verdict(encoded(records)) == (REJECTED, "N-margin")


def run(redirections: str, *arguments: Path | str) -> subprocess.CompletedProcess[str]:
    """The checker in a shell, with its streams redirected."""
    command = [
        "bash",
        "-c",
        f'"$@" {redirections}',
        "-",
        sys.executable,
        "-I",
        "-S",
        str(CHECKER),
        *map(str, arguments),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("redirections", [">/dev/full", ">/dev/full 2>/dev/full", "2>/dev/full", ">&-", ">&- 2>&-"])
def test_what_cannot_be_said_is_no_verdict(redirections: str) -> None:
    """Neither the answer nor the complaint about it can be written: status 2, as for what cannot be read."""
    silent = redirections == "2>/dev/full"
    assert run(redirections, CORRECT / "run_of_two.jsonl").returncode == (ACCEPTED if silent else UNREADABLE)
    assert run(redirections, "missing.jsonl").returncode == UNREADABLE


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (ValueError("a\nb"), 4)])
def test_errors_of_the_checker_are_no_verdict(error, status, monkeypatch, capsys) -> None:
    """130 when interrupted, as shells have it, without a word; 4 and one line for whatever nobody thought of."""

    def answer(_arguments: list[str]) -> tuple[int, str]:
        raise error

    monkeypatch.setattr(checker, "answer", answer)
    before = sys.get_int_max_str_digits()
    try:
        assert checker.main([]) == status
    finally:
        sys.set_int_max_str_digits(before)
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", int(status == 4))


def test_bounds_in_words() -> None:
    """One number where it is exact; else both ends, which differ."""
    _, text = checker.answer([str(CORRECT / "run_of_two.jsonl")])
    assert re.search(r"^optimal cost   2$", text, re.MULTILINE)
    _, text = checker.answer([str(CORRECT / "orthogonal_kinks.jsonl")])
    (lower, upper) = re.search(
        r"^margin         between (\S+) and (\S+), between x = 1 and x = 2$", text, re.M
    ).groups()
    assert Fraction(lower) < Fraction(upper)
