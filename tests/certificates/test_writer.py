"""The certificates that are written: accepted by both checkers, short, reproducible, whole or not there at all."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from families import few_directions
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.verify.certify import CertificateError, certificate_lines, write_certificate
from reluproof.verify.check import check

from certificates.judges import ACCEPTED, REJECTED, ROOT, first_verdict, run_alone, second_verdict
from certificates.samples import certificate, encoded
from certificates.truth import falsehood

LIMIT = sys.get_int_max_str_digits()
EXAMPLES = sorted((ROOT / "examples").glob("*.csv"))


def test_random_certificates_are_accepted_and_true() -> None:
    """400 datasets with runs, zeros and opposite kinks: both checkers accept, and the library agrees word for word."""
    rng = random.Random(7)
    for _ in range(400):
        records = certificate(few_directions(rng))
        lines = encoded(records)
        assert (first_verdict(lines), second_verdict(lines), falsehood(records)) == ((ACCEPTED, ""), ACCEPTED, None)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples(path: Path, tmp_path: Path) -> None:
    """Every example yields a certificate that both checkers accept, the first one also as being about that file."""
    target = tmp_path / "certificate.jsonl"
    write_certificate(target, certificate_lines(check(path)))
    answer = run_alone(tmp_path, target, path)
    assert (answer.returncode, answer.stderr) == (ACCEPTED, "")
    assert second_verdict(target.read_bytes().splitlines(keepends=True)) == ACCEPTED


def test_examples_are_there() -> None:
    """The parametrisation above is not empty."""
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("magnitude", ["1e150", "1e-150", "1e900"])
def test_magnitudes(magnitude: str, tmp_path: Path) -> None:
    """Labels and points far from 1, mixed in one dataset."""
    x = ["0", "1", f"{magnitude}", "7e900", "9e900"]
    data = Dataset.from_text(sorted(x, key=lambda text: Dataset.from_text([text, "-1"], ["0", "0"]).points[1]),
                             [["0", "1"], ["1", "3e-300"], [magnitude, "2"], ["5", "5"], ["-1", "1/7"]])  # fmt: skip
    target = tmp_path / "certificate.jsonl"
    write_certificate(target, certificate_lines(check(data)))
    assert run_alone(tmp_path, target).returncode == ACCEPTED


def test_four_points_take_fewer_than_thirty_lines() -> None:
    """A small certificate reads like a worked example."""
    lines = list(certificate_lines(check(Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3]))))
    assert len(lines) == 7
    assert max(map(len, lines[1:])) < 120


def test_bounds_are_those_that_check_prints() -> None:
    """The statement repeats the numbers of `check --json`, so that the certificate is about what was printed."""
    rng = random.Random(8)
    for _ in range(50):
        findings = check(few_directions(rng))
        printed = findings.to_json()
        claim = json.loads(next(certificate_lines(findings)))["statement"]
        assert claim["unique"] == printed["unique"]
        assert claim["affine"] == printed["optimum"]["affine"]
        assert claim["cost"].items() <= printed["cost"].items()
        assert claim["neurons"] == printed["neurons"]
        assert claim["angles"] == printed["angles"]
        assert claim["radius"] == (printed["radius"] if not findings.unique else None)
        if claim["margin"] is not None:
            assert claim["margin"].pop("gap") == printed["margin"]["pair"]
            assert claim["margin"].items() <= printed["margin"].items()
        assert claim["sobolev"]["first"] == [column[0] for column in printed["sobolev"]["coefficients"]]
        assert claim["sobolev"]["last"] == [column[-1] for column in printed["sobolev"]["coefficients"]]


def test_the_same_findings_give_the_same_bytes() -> None:
    """The certificate is a pure view."""
    findings = check(few_directions(random.Random(3)))
    assert list(certificate_lines(findings)) == list(certificate_lines(findings))


def test_nothing_half_written(tmp_path: Path) -> None:
    """If the lines fail halfway, an older file stays as it was and no temporary file is left."""
    target = tmp_path / "certificate.jsonl"
    target.write_text("older\n")

    def failing() -> "os.PathLike[str]":  # a generator of lines that breaks off
        yield "first\n"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_certificate(target, failing())
    with pytest.raises(CertificateError, match="longer than"):
        write_certificate(target, ["x" * (1 << 22) + "\n"])
    assert [path.name for path in tmp_path.iterdir()] == ["certificate.jsonl"]
    assert target.read_text() == "older\n"


def _long_fractions(digits: int, tasks: int) -> Dataset:
    rng = random.Random(3)

    def fraction() -> str:
        return f"{rng.randrange(10 ** (digits - 1), 10**digits)}/{rng.randrange(10 ** (digits - 1), 10**digits)}"

    return Dataset.from_text(["0", "1/3", "2"], [[fraction() for _ in range(tasks)] for _ in range(3)])


def test_what_is_written_is_within_the_limits_of_the_checker(tmp_path: Path) -> None:
    """Fractions of 300 digits and 14 tasks: accepted. Of 599: refused, nothing is written."""
    target = tmp_path / "certificate.jsonl"
    write_certificate(target, certificate_lines(check(_long_fractions(300, 14))))
    assert run_alone(tmp_path, target).returncode == ACCEPTED
    before = target.read_bytes()
    lines = list(certificate_lines(check(_long_fractions(599, 14))))
    with pytest.raises(
        CertificateError, match=r"no certificate is written.*beyond the limits of the checker"
    ) as caught:
        write_certificate(target, lines)
    assert "\n" not in str(caught.value)
    assert target.read_bytes() == before
    assert first_verdict([line.encode() for line in lines])[0] == REJECTED
    assert sys.get_int_max_str_digits() == LIMIT


def test_a_bound_that_no_decimal_may_name_is_said(tmp_path: Path) -> None:
    """1 - cos below 1e-9999: the head is judged even where no line is long."""
    tiny = "1e-1000"
    points = ["0", "1e1000", "2e1000", "3e1000"]
    data = Dataset.from_text(points, [["0", "0"], ["0", "0"], ["1e1000", "0"], ["3e1000", tiny]])
    assert max(map(len, certificate_lines(check(data)))) < 15_000
    write_certificate(tmp_path / "certificate.jsonl", certificate_lines(check(data)))
    lines = [line.replace('"cost":{"lower":"', '"cost":{"lower":"0e-10000') for line in certificate_lines(check(data))]
    with pytest.raises(CertificateError, match="beyond the limits"):
        write_certificate(tmp_path / "certificate.jsonl", lines)


@pytest.mark.parametrize("claimed", [True, False])
def test_a_pipe_gets_nothing_that_is_not_judged(claimed: bool, tmp_path: Path) -> None:
    """A named pipe: the whole certificate, or not one byte of it."""
    lines = list(certificate_lines(check(Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3]))))
    if not claimed:
        lines[-1] = lines[-1].replace('"records":7', '"records":8')
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        try:
            write_certificate(pipe, lines)
        except CertificateError:
            assert not claimed
        found = reader.communicate(timeout=30)[0]
    assert found == ("".join(lines) if claimed else "")


@pytest.mark.parametrize("name", ["missing/certificate.jsonl", "."])
def test_unwritable_places_give_one_line(name: str, tmp_path: Path) -> None:
    """A folder that is not there, or is one."""
    with pytest.raises(CertificateError) as caught:
        write_certificate(tmp_path / name, ["{}\n"])
    assert "\n" not in str(caught.value)


def test_a_foreign_certificate_is_rejected_with_data(tmp_path: Path) -> None:
    """DATA that are not those of the certificate: rule `data`."""
    target, other = tmp_path / "certificate.jsonl", tmp_path / "other.csv"
    write_certificate(target, certificate_lines(check(Dataset.from_fractions([0, 1], [fmpq(1, 3), 1]))))
    other.write_text("0,1/3\n1,2\n")
    answer = run_alone(tmp_path, target, other)
    assert answer.returncode == REJECTED
    assert answer.stdout.startswith("rejected: rule data,")
