"""`reluproof check` beside solvers that do not know the theorem: agreement, disagreement, and what is not run."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time

import jsonschema
import pytest
from command_line import run
from flint import fmpq, fmpq_mat
from hypothesis import given
from reluproof.theory import Dataset, connect_the_dots
from reluproof.theory.optimum import cost_squares
from reluproof.verify.answers.findings import Cost
from reluproof.verify.check import check
from reluproof.verify.commands import check as check_command
from reluproof.verify.independent import interior_witness, side_by_side
from reluproof.verify.solve.linear_algebra import interior_optimum
from reluproof.verify.strategies import datasets, extreme_datasets

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SCHEMA = json.loads((ROOT / "verify" / "schema" / "check-1.json").read_text())
DATA = Dataset((0, 1, 3, 4, 6), ((0, 1), (1, 0), (0, 2), (5, 1), (0, 0)))


def test_linear_algebra_always_runs(capsys):
    """The text and the JSON say so without being asked."""
    status, out, _ = run(capsys, "check", EXAMPLES / "unique.csv", "-v")
    assert status == 0
    assert "exact linear algebra over the interior data points: the N x N" in " ".join(out.split())
    found = check(DATA).to_json()
    jsonschema.validate(found, SCHEMA)
    assert found["independent"]["verdict"] == "holds"


def dense(data):
    """The N x N system with every entry written out, solved by Gauss: slope, offset, kinks."""
    knots = data.points[1:-1]
    rows = [[*[max(x - t, fmpq(0)) for t in knots], x, fmpq(1)] for x in data.points]
    solved = fmpq_mat(rows).solve(fmpq_mat([list(label) for label in data.labels])).tolist()
    *kinks, slope, offset = [tuple(row) for row in solved]
    return slope, offset, tuple(kinks)


@given(datasets() | extreme_datasets())
def test_substitution_solves_the_interpolation_system(data):
    """The solution that a dense elimination finds, zero kinks included."""
    found = interior_optimum(data)
    assert (found.slope, found.offset, found.kinks) == dense(data)
    assert found.knots == data.points[1:-1]


def test_it_runs_at_any_length():
    """The demo's 203 points, 5,000 points, and 100 points of fractions with 1,200 characters each."""
    for name in ("us_macro", "us_macro_rounded"):
        assert check(EXAMPLES / f"{name}.csv").independent.verdict.word == "holds"
    large = Dataset(range(5000), [(n * n * n % 17, n % 5) for n in range(5000)])
    assert interior_witness(large, connect_the_dots(large), cost_squares(large)).word == "holds"
    source = Random(5)
    long = [(fmpq(source.getrandbits(1990), source.getrandbits(1990) | 1),) for _ in range(100)]
    data = Dataset([fmpq(n) + fmpq(1, source.getrandbits(1990) | 3) for n in range(100)], long)
    start = process_time()
    assert check(data).independent.verdict.word == "holds"
    assert process_time() - start < 20


@pytest.mark.parametrize("candidates", ["interior", "midpoints", "adaptive", "1,5/2,0.7"])
@pytest.mark.parametrize("name", ["labels_abba", "odd_run_of_three", "run_of_two", "unique", "zero_kink_0111"])
def test_solvers_agree_on_the_examples(capsys, name, candidates):
    """Exit 0 whichever breakpoints are given; the JSON keeps to its schema."""
    given = ["--independent", "--breakpoints", candidates, "--digits", 40, "--json"]
    status, out, _ = run(capsys, "check", EXAMPLES / f"{name}.csv", *given)
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    solvers = found["independent"]["solvers"]
    assert status == 0
    assert solvers
    verdicts = {solver["verdict"] for solver in solvers}
    assert verdicts == {"holds"} if candidates != "1,5/2,0.7" else verdicts <= {"holds", "does_not_apply"}


def test_both_answers_side_by_side(capsys):
    """The text has the theorem's interval and the solver's, and 30 digits unless told otherwise."""
    status, out, _ = run(capsys, "check", EXAMPLES / "labels_abba.csv", "--independent")
    assert status == 0
    assert "the theorem: sum |d_j| is between 4.2426406871192851464050661726" in out
    assert "(breakpoints: adaptive): between 4.2426406871192851464050661726" in out
    assert "holds: agrees to 30 digits" in out


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (lambda squares: squares[1:], "multipliers prove that every network costs more than sum |d_j|"),
        (lambda squares: (*squares, fmpq(1, 10**40)), "a network that interpolates costs less than sum |d_j|"),
    ],
)
def test_a_planted_disagreement_is_refuted(capsys, monkeypatch, wrong, reason):
    """A cost that is too low, or too high in the twentieth digit: exit 1, with network and multipliers in full."""

    def altered(path, progress=None):
        findings = check(path, progress=progress)
        return replace(findings, cost=Cost(wrong(findings.cost.squares)))

    monkeypatch.setattr(check_command, "check", altered)
    status, out, _ = run(capsys, "check", EXAMPLES / "unique.csv", "--independent")
    assert status == 1
    assert f"REFUTED: {reason}" in out
    assert "network" in out
    assert "multipliers" in out
    status, out, _ = run(capsys, "check", EXAMPLES / "unique.csv", "--independent", "--json")
    solvers = json.loads(out)["independent"]["solvers"]
    assert status == 1
    assert [solver["verdict"] for solver in solvers] == ["refuted"]
    assert solvers[0]["network"]["neurons"]
    assert solvers[0]["multipliers"]


def test_a_disagreement_of_the_networks_is_refuted():
    """Solver 1 against a wrong network and against a wrong cost."""
    dots = connect_the_dots(DATA)
    squares = check(DATA).cost.squares
    assert interior_witness(DATA, dots, squares).word == "holds"
    other = interior_witness(DATA, replace(dots, offset=(1, 1)), squares)
    assert other.word == "refuted"
    assert "LinearSpline" in other.reason
    assert interior_witness(DATA, dots, squares[1:]).word == "refuted"


def test_a_refuting_witness_sets_the_status(capsys, monkeypatch):
    """Also without --independent: exit 1, and the report says REFUTED."""

    def altered(path, progress=None):
        findings = check(path, progress=progress)
        verdict = interior_witness(findings.data, findings.optima.connect_the_dots, findings.cost.squares[1:])
        return replace(findings, independent=replace(findings.independent, verdict=verdict))

    monkeypatch.setattr(check_command, "check", altered)
    status, out, _ = run(capsys, "check", EXAMPLES / "unique.csv")
    assert status == 1
    assert "REFUTED: the squared kinks" in out


def test_few_breakpoints_are_no_disagreement():
    """Breakpoints that cost more, or that cannot interpolate, do not refute: the theorem is about enough of them."""
    data = Dataset((0, 1, 2), ((0,), (0,), (1,)))
    dear, none = (side_by_side(check(data), given, 30)[0].verdict for given in ("1/2,3/2", "3"))
    assert (dear.word, none.word) == ("does_not_apply", "does_not_apply")
    assert dear.reason == "with these breakpoints alone every network costs more than sum |d_j|"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--digits", "5"], "belong to --independent"),
        (["--breakpoints", "interior"], "belong to --independent"),
        (["--independent", "--candidates", "1,x"], "numbers separated by commas"),
        (["--independent", "--digits", "0"], "digits are from 1 to 1000, not 0"),
        (["--independent", "--digits", "1001"], "digits are from 1 to 1000, not 1001"),
    ],
)
def test_bad_usage(capsys, arguments, message):
    """One line and status 2."""
    status, out, err = run(capsys, "check", EXAMPLES / "unique.csv", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_too_many_points_for_the_solvers(tmp_path, capsys):
    """--independent is refused above 200 points."""
    path = tmp_path / "long.csv"
    path.write_text("".join(f"{n} {n * n % 7}\n" for n in range(201)))
    status, out, err = run(capsys, "check", path, "--independent")
    assert (status, out) == (2, "")
    assert "at most 200 points, not 201" in err
