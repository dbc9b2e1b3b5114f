"""Certificates about many inputs: what is written is accepted, and nothing false is."""

import json
import random
import subprocess
import sys

import pytest
from reluproof.theory.free_functions import Convention
from reluproof.theory.labelled_points import LabelledPoints
from reluproof.verify.many_inputs.certificate import data_sha256

from many_inputs import samples
from many_inputs.corruption import CHECKER, KINDS, account, checker, records_of, verdict


def lines_of(data: LabelledPoints, convention: Convention = Convention.FREE) -> list[bytes]:
    """The certificate as the checker reads it."""
    records = records_of(data, convention)
    assert records is not None
    return [json.dumps(record).encode() + b"\n" for record in records]


@pytest.mark.parametrize("data", [samples.XOR, samples.FIVE, samples.EIGHT], ids=["xor", "five", "eight"])
def test_two_optima_are_certified_exactly(data: LabelledPoints) -> None:
    """That these are not unique stands in the certificate, and is accepted."""
    lines = lines_of(data)
    assert json.loads(lines[0])["statement"]["unique"] is False
    assert verdict(lines) == "accepted"


def test_written_certificates_are_accepted() -> None:
    """All kinds of data, both conventions."""
    rng = random.Random(3)
    for _ in range(25):
        assert verdict(lines_of(samples.lattice(rng, rng.randint(4, 7), rng.randint(1, 4)))) == "accepted"
        assert verdict(lines_of(samples.gaussian(rng, rng.randint(4, 7), rng.randint(1, 4)))) == "accepted"
        one = samples.one_input(rng, rng.randint(3, 7), rng.randint(1, 3))
        assert verdict(lines_of(one)) == "accepted"
        assert verdict(lines_of(one, Convention.PENALISED)) == "accepted"


@pytest.mark.parametrize("inputs", [1, 2, 3, 5])
def test_labels_that_cost_nothing(inputs: int) -> None:
    """Affine labels on two points, any number of inputs: cost 0; from two inputs on there are two optima, exactly."""
    points = tuple([tuple([(k + 2) * t for k in range(inputs)]) for t in (0, 1)])
    lines = lines_of(LabelledPoints(points, ((1, 2), (3, 4))))
    assert json.loads(lines[0])["statement"]["unique"] is (None if inputs == 1 else False)
    assert verdict(lines) == "accepted"


def test_multipliers_prove_nothing_for_three_inputs() -> None:
    """Where a lower bound would need neurons of three inputs, it is rejected whatever it is."""
    line = LabelledPoints(((0, 0), (1, 1), (2, 2)), ((0,), (1,), (0,)))
    records = records_of(line)
    assert records is not None
    records[0]["inputs"] = 3
    for record in records:
        for key in {"x", "direction"} & set(record):
            record[key] = [*record[key], "0"]
        if "slopes" in record:
            record["slopes"] = [*record["slopes"], ["0"]]
    records[0]["data_sha256"] = data_sha256(LabelledPoints(((0, 0, 0), (1, 1, 0), (2, 2, 0)), line.labels))
    judge = checker()
    with pytest.raises(judge.base.Rejected, match="inputs"):
        judge.Proof(iter([json.dumps(record).encode() + b"\n" for record in records])).run()


def test_corruptions_are_rejected_or_still_true() -> None:
    """10^4 corruptions of every kind; what is accepted agrees with the problem solved anew."""
    found = account(10_000, seed=20)
    print(found.table())
    assert found.failures == []
    assert {kind for kind, counts in found.kinds.items() if not counts["rejected"] + counts["unreadable"]} == set()
    assert set(found.kinds) == set(KINDS)


@pytest.mark.slow
def test_a_hundred_thousand_corruptions() -> None:
    """The same, 10^5 times."""
    found = account(100_000, seed=21)
    print(found.table())
    assert found.failures == []


def test_the_checker_runs_alone(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Isolated from every installation; with DATA it compares the hash, and says what it proved."""
    certificate, table = tmp_path / "c.jsonl", tmp_path / "xor.csv"
    certificate.write_bytes(b"".join(lines_of(samples.XOR)))
    table.write_text("a,b,xor\n1,1,1\n1,-1,-1\n-1,1,-1\n-1,-1,1\n")
    command = [sys.executable, "-I", "-S", str(CHECKER), str(certificate), str(table)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "only optimum   no" in done.stdout
    table.write_text("a,b,xor\n1,1,1\n1,-1,-1\n-1,1,-1\n-1,-1,2\n")
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout[:22]) == (1, "rejected: rule data, r")
