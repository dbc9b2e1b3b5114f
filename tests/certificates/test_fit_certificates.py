"""Certificates of fits: what is written is accepted, and every falsehood that we could think of is rejected."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from oracle.regularised import largest_lambda
from reluproof.theory import Dataset
from reluproof.verify.cli import main
from reluproof.verify.fit.certificate import certificate_lines
from reluproof.verify.fit.certified import fit
from reluproof.verify.fit.noisy import Noisy
from reluproof.verify.fit.observations import Observations
from reluproof.verify.fit_checker import Proof, Rejected, Unreadable
from reluproof.verify.reading import Source
from strategies import noisy_problems

CHECKER = Path(__file__).parents[2] / "verify" / "fit_checker.py"


def judged(lines):
    """None if accepted, else the rule that is broken."""
    try:
        Proof([line.encode() for line in lines]).run()
    except Rejected as error:
        return error.args[0]
    return None


def sample(tasks=2, size=14, penalty="4"):
    rng = np.random.default_rng(tasks)
    labels = [[int(v) for v in row] for row in rng.integers(-9, 9, (size, tasks))]
    return fit(Dataset.from_fractions(range(size), labels), penalty)


@given(noisy_problems(largest=25, most_tasks=3))
@settings(max_examples=150)
def test_what_is_written_is_accepted(problem):
    """Every family, every share of lambda_max."""
    _, x, y, share = problem
    top = largest_lambda(x, y)
    if top > 1e-300:
        assert judged(certificate_lines(fit((x, y), share * top))) is None


def test_repeated_and_weighted_observations():
    """The checker merges them itself."""
    found = Observations(
        tuple(map(Fraction, (0, 1, 1, 2, 3, 3))),
        tuple((Fraction(v),) for v in (0, 2, 4, 1, 5, 0)),
        tuple(map(Fraction, (1, 2, 1, 1, 3, 1))),
        Source("here", None, "decimal"),
    )  # fmt: skip
    exact = Observations(
        *[tuple(map(_fmpq, column)) for column in (found.points, found.labels, found.weights)],
        Source("here", None, "decimal"),
    )
    lines = list(certificate_lines(fit(Noisy.of(exact), "1/5")))
    assert judged(lines) is None
    assert json.loads(lines[0])["statement"]["exact"] is True


def _fmpq(value):
    from flint import fmpq

    return tuple(map(_fmpq, value)) if isinstance(value, tuple) else fmpq(value.numerator, value.denominator)


def changed(lines, place, change):
    """The certificate with one record changed."""
    records = [json.loads(line) for line in lines]
    change(records[place])
    return [json.dumps(record) + "\n" for record in records]


def statement(key, value):
    def change(record):
        record["statement"][key] = value

    return change


@pytest.mark.parametrize("tasks", [1, 2])
@pytest.mark.parametrize(
    ("key", "value", "rules"),
    [
        ("lambda", "1/3", {"gap", "dual", "exact", "kink", "objective"}),
        ("objective", {"lower": "0", "upper": "1"}, {"objective"}),
        ("objective", {"lower": "1000", "upper": "2000"}, {"objective"}),
        ("gap", "1e-70", {"gap", "exact"}),
        ("kinks", {"zero": 12, "nonzero": 0, "undecided": 0}, {"counts"}),
        ("sparsest", 1, {"sparsest"}),
    ],
)
def test_false_statements_are_rejected(tasks, key, value, rules):
    """Each by a rule that is about it."""
    lines = list(certificate_lines(sample(tasks)))
    assert judged(lines) is None
    assert judged(changed(lines, 0, statement(key, value))) in rules


def test_uniqueness_is_not_taken_on_trust():
    """The opposite of what is so is rejected, exact or not."""
    for tasks in (1, 2):
        found = sample(tasks)
        lines = list(certificate_lines(found))
        assert judged(changed(lines, 0, statement("unique", not found.unique))) == "unique"


def test_exact_is_not_taken_on_trust():
    """A fit that is not exact may not be called so, nor an exact one be given other values."""
    lines = list(certificate_lines(sample(2)))
    head = json.loads(lines[0])
    head["statement"] |= {"exact": True, "gap": "0", "distance": "0"}
    assert judged([json.dumps(head) + "\n", *lines[1:]]) in {"exact", "gap"}
    lines = list(certificate_lines(sample(1)))
    assert judged(changed(lines, 1, lambda record: record.update(value=["7"]))) in {"exact", "gap", "dual"}


def test_kinks_are_not_taken_on_trust():
    """A knot called zero, a point called nonzero."""
    lines = list(certificate_lines(sample(2)))
    records = [json.loads(line) for line in lines]
    knot = next(i for i, r in enumerate(records[1:-1], 1) if r["kink"] == "nonzero")
    flat = next(i for i, r in enumerate(records[2:-2], 2) if r["kink"] == "zero")
    for place, kind in ((knot, "zero"), (flat, "nonzero")):
        assert judged(changed(lines, place, lambda record, kind=kind: record.update(kink=kind))) == "kink"


def test_other_data_are_noticed():
    """A label changed, a point moved, a record left out, the wrong hash."""
    lines = list(certificate_lines(sample(1)))
    assert judged(changed(lines, 3, lambda record: record.update(y=[["100"]]))) is not None
    assert judged(changed(lines, 3, lambda record: record.update(x="0"))) == "points"
    assert judged(lines[:3] + lines[4:]) == "order"
    assert judged(changed(lines, 0, lambda record: record.update(data_sha256="0" * 64))) == "hash"


def test_a_dual_too_long_is_rejected():
    """By one part in 10^30."""
    lines = list(certificate_lines(sample(2)))
    records = [json.loads(line) for line in lines]
    knot = next(i for i, r in enumerate(records[2:-2], 2) if r["dual"])
    longer = [str(Fraction(v) * (1 + Fraction(1, 10**30))) for v in records[knot]["dual"]]
    assert judged(changed(lines, knot, lambda record: record.update(dual=longer))) == "dual"


def test_floats_make_it_unreadable():
    """Only counts are JSON numbers."""
    lines = list(certificate_lines(sample(1)))
    with pytest.raises(Unreadable):
        judged([lines[0].replace('"points":14', '"points":14.0'), *lines[1:]])


def test_the_lone_file_judges(tmp_path):
    """A copy of the checker, isolated, from another folder; DATA by the reader beside it."""
    lone = tmp_path / "fit_checker.py"
    lone.write_text(CHECKER.read_text())
    (tmp_path / "data_sha256.py").write_text((CHECKER.parent / "data_sha256.py").read_text())
    data = tmp_path / "data.csv"
    found = sample(1)
    data.write_text(
        "".join(f"{x},{y[0]}\n" for x, y in zip(found.noisy.data.points, found.noisy.data.labels, strict=True))
    )
    certificate = tmp_path / "fit.jsonl"
    certificate.write_text("".join(certificate_lines(found)))
    command = [sys.executable, "-I", "-S", str(lone), str(certificate), str(data)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout.startswith("accepted")) == (0, True)
    data.write_text("0,1\n1,2\n")
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, "rule data" in done.stdout) == (1, True)


WEIGHTED = "x,n,y\n0,1,0\n1,2,2\n1,1/3,4\n2,1,1\n3,5,5\n"
LAST = "x,y,n\n3,5,5\n0,0,1\n1,4,1/3\n1,2,2\n2,1,1\n"


def rechecked(tmp_path, capfd, fitted, data, *options, fit_options=()):
    """(exit status, output) of recheck with a certificate about one table and with another one as DATA."""
    for name, text in (("fitted.csv", fitted), ("data.csv", data)):
        (tmp_path / name).write_text(text)
    target = tmp_path / "fit.jsonl"
    assert (
        main(["fit", str(tmp_path / "fitted.csv"), "--lambda", "1/10", *fit_options, "--certificate", str(target)]) == 0
    )
    capfd.readouterr()
    status = main(["recheck", str(target), str(tmp_path / "data.csv"), *options])
    return status, "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("data", "options", "same"),
    [
        (WEIGHTED, ("--weights", "n"), True),
        (WEIGHTED, ("--weights", "2"), True),
        (LAST, ("--weights", "n"), True),
        (LAST, (), True),
        (WEIGHTED, (), False),
        (WEIGHTED.replace("5,5", "4,5"), ("--weights", "n"), False),
        (WEIGHTED.replace("1/3,4", "1/3,3"), ("--weights", "n"), False),
        (WEIGHTED.replace("2,2", "1/3,2").replace("1/3,4", "2,4"), ("--weights", "n"), False),
        (WEIGHTED.replace("2,1,1\n", ""), ("--weights", "n"), False),
        ("x,y\n0,0\n1,2\n1,4\n2,1\n3,5\n", (), False),
    ],
)
def test_weights_are_compared_with_the_data(data, options, same, tmp_path, capfd):
    """A weight or a label changed, weights of one point exchanged, a row or the weights left out: all are seen."""
    status, out = rechecked(tmp_path, capfd, WEIGHTED, data, *options, fit_options=("--weights", "n"))
    assert (status, "accepted: 4 points, 1 task, weighted" in out, "rule data" in out) == (
        int(not same),
        same,
        not same,
    )


@pytest.mark.parametrize(
    ("data", "options", "same"),
    [
        ("0,0\n1,2\n1,4\n2,1\n3,5\n", (), True),
        ("0,0\n1,4\n1,2\n2,1\n3,5\n", (), True),
        ('{"x": [0, 1, 1, 2, 3], "y": [0, 2, 4, 1, 5]}', (), True),
        ("y,x\n0,0\n2,1\n4,1\n1,2\n5,3\n", ("--x", "x"), True),
        ("x,y,n\n0,0,1\n1,2,1\n1,4,1\n2,1,1\n3,5,1\n", ("--weights", "n"), True),
        ("0,0\n1,3\n2,1\n3,5\n", (), False),
        ("0,0\n1,2\n1,2\n1,4\n2,1\n3,5\n", (), False),
        (WEIGHTED, ("--weights", "n"), False),
    ],
)
def test_repeated_points_are_compared_with_the_data(data, options, same, tmp_path, capfd):
    """Each observation counts, not their mean; weights that are all 1 are none."""
    fitted = "0,0\n1,2\n1,4\n2,1\n3,5\n"
    status, out = rechecked(tmp_path, capfd, fitted, data, *options)
    assert (status, "accepted" in out, "rule data" in out) == (int(not same), same, not same)


def test_options_that_do_not_apply_are_refused(tmp_path, capsys):
    """--weights without DATA, or for a certificate of check; --duplicates, because a fit takes all rows."""
    table, of_fit, of_check = (tmp_path / name for name in ("t.csv", "fit.jsonl", "check.jsonl"))
    table.write_text("x,y,n\n0,0,1\n1,2,2\n2,1,1\n")
    assert main(["fit", str(table), "--weights", "n", "--lambda", "1", "--certificate", str(of_fit)]) == 0
    assert main(["check", str(table), "--certificate", str(of_check)]) == 0
    capsys.readouterr()
    for arguments in (
        (of_fit, "--weights", "n"),
        (of_check, table, "--weights", "n"),
        (of_fit, table, "--weights", "x"),
        (of_fit, table, "--duplicates", "mean"),
    ):
        status = main(["recheck", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert (status, out, err.count("\n")) == (2, "", 1), arguments
