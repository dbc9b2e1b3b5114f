"""`reluproof fit`: what it prints, writes and refuses."""

import json
from pathlib import Path

import jsonschema
import pytest
from command_line import command
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.theory.numeral import parse_rational
from reluproof.verify.cli import main
from reluproof.verify.fit.certified import fit

ROOT = Path(__file__).parents[3]
MACRO = ROOT / "examples" / "us_macro.csv"


run = command("fit")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("0,0\n1,1\n2,0\n2,1\n3,4\n4,4\n")
    return path


def validated(text, name="fit-1"):
    found = json.loads(text)
    jsonschema.validate(found, json.loads((ROOT / "verify" / "schema" / f"{name}.json").read_text()))
    return found


def test_one_task_is_exact(capsys, table):
    """Repeated points are merged; values are rationals; the objective counts the scatter."""
    status, out, _ = run(capsys, table, "--lambda", "1/10", "--json", "--exact-value")
    found = validated(out)
    assert (status, found["exact"], found["points"], found["observations"]) == (0, True, 5, 6)
    merged = fit(Dataset.from_fractions([0, 1, 2, 3, 4], [0, 1, "1/2", 4, 4]), "1/10", weights=[1, 1, 2, 1, 1])
    assert found["values"] == [[str(v) for v in row] for row in merged.exact_values()]
    assert parse_rational(found["exact_objective"][0]) == (merged.exact_objective().as_rational() + fmpq(1, 4)) ** 2
    assert found["distance"] == found["relative_gap"] == "0"


def test_several_tasks(capsys):
    """The values lie within the distance of those of a run with more digits."""
    status, out, _ = run(capsys, MACRO, "--lambda", "0.1max", "--json")
    found = validated(out)
    assert (status, found["exact"], found["kinks"], found["unique"]) == (
        0, False, {"zero": 197, "nonzero": 4, "undecided": 0}, True,
    )  # fmt: skip
    _, out, _ = run(capsys, MACRO, "--lambda", "0.1max", "--digits", "40", "--json")
    better = validated(out)
    assert parse_rational(better["distance"]) <= fmpq(1, 10**40)
    off = sum(
        (parse_rational(a) - parse_rational(b)) ** 2
        for rows in zip(found["values"], better["values"], strict=True)
        for a, b in zip(*rows, strict=True)
    )
    assert off <= (parse_rational(found["distance"]) + parse_rational(better["distance"])) ** 2


def test_weights_column(capsys, tmp_path):
    """A named column of weights fits like the row repeated."""
    weighted, repeated = tmp_path / "weighted.csv", tmp_path / "repeated.csv"
    weighted.write_text("x,n,y\n0,1,0\n1,2,3\n2,1,0\n3,3,5\n")
    repeated.write_text("0,0\n1,3\n1,3\n2,0\n3,5\n3,5\n3,5\n")
    _, first, _ = run(capsys, weighted, "--lambda", "1/3", "--weights", "n", "--json")
    _, second, _ = run(capsys, repeated, "--lambda", "1/3", "--json")
    assert validated(first)["values"] == validated(second)["values"]
    assert json.loads(first)["objective"] == json.loads(second)["objective"]


def test_weight_decay(capsys, table):
    """MSELoss over 6 observations of one task: lambda is three times the weight decay."""
    status, out, _ = run(capsys, table, "--weight-decay", "0.1", "--loss", "mse", "--json")
    assert (status, json.loads(out)["lambda"]) == (0, "3/10")


def test_path(capsys):
    """From the largest lambda down; the residual falls, the cost rises."""
    status, out, _ = run(capsys, MACRO, "--path", "6", "--json")
    fits = validated(out, "fit-path-1")["fits"]
    norms = [parse_rational(found["residual_norm"]["upper"]) for found in fits]
    assert (status, len(fits)) == (0, 6)
    assert norms == sorted(norms, reverse=True)


def test_exact_path(capsys, table):
    """Between breakpoints the number of kinks is the one printed."""
    status, out, _ = run(capsys, table, "--path", "exact", "--json")
    found = validated(out, "fit-path-1")["breakpoints"]
    assert status == 0
    data = Dataset.from_fractions([0, 1, 2, 3, 4], [0, 1, "1/2", 4, 4])
    penalties = [parse_rational(b["lambda"]) for b in found]
    for b, high, low in zip(found, penalties, [*penalties[1:], fmpq(0)], strict=True):
        assert len(fit(data, (high + low) / 2, weights=[1, 1, 2, 1, 1]).support) == b["kinks"]


def test_choices(capsys):
    """The discrepancy principle is certified; the others are said to be estimates."""
    status, out, _ = run(capsys, MACRO, "--choose", "discrepancy:1", "--json")
    found = validated(out)
    assert status == 0
    assert parse_rational(found["residual_norm"]["upper"]) ** 2 <= 203 * 3
    assert "does not fall as lambda grows" in found["notes"]["chosen by"]
    for rule in ("gcv", "df:30"):
        status, out, _ = run(capsys, MACRO, "--choose", rule)
        assert (status, "estimated" in out) == (0, True)


def test_out(capsys, table, tmp_path):
    """The file holds x and the fitted labels; `check` says of it what `fit` said."""
    target = tmp_path / "fitted.csv"
    status, out, _ = run(capsys, table, "--lambda", "1/10", "--out", target)
    assert (status, f"written to {target}" in out) == (0, True)
    status = main(["check", str(target), "--require", "unique"])
    assert status == (0 if "yes: no two" in out else 1)


def test_refusals(capsys, table, tmp_path):
    """One line and status 2."""
    for arguments in (
        (table, "--lambda", "0"),
        (table, "--lambda", "-1"),
        (table, "--lambda", "abc"),
        (table, "--lambda", "nan"),
        (table, "--weight-decay", "1"),
        (table, "--lambda", "1", "--loss", "mse"),
        (table, "--lambda", "1", "--digits", "0"),
        (table, "--lambda", "1", "--weights", "n"),
        (table, "--lambda", "1", "--weights", "1"),
        (table, "--path", "1"),
        (table, "--path", "5", "--digits", "20"),
        (table, "--choose", "best"),
        (table, "--choose", "discrepancy:0"),
        (table, "--choose", "discrepancy:1/100"),
        (table, "--lambda", "1", "--out", table),
        (tmp_path / "none.csv", "--lambda", "1"),
        (MACRO, "--path", "exact"),
    ):
        status, out, err = run(capsys, *arguments)
        assert (status, out, err.count("\n")) == (2, "", 1), arguments


def test_independent(capsys):
    """Clarabel's value stands beside ours."""
    status, out, _ = run(capsys, MACRO, "--lambda", "1", "--independent")
    assert (status, "Clarabel" in out) == (0, True)


@pytest.mark.parametrize(("penalty", "kinks"), [("1", 2), ("1e-300", 2), ("0.1max", 2), ("1e300", 0)])
def test_labels_beyond_float64(penalty, kinks, capsys, tmp_path):
    """One task is exact all the same, with bounds that mean something; several are refused in one line."""
    path = tmp_path / "big.csv"
    path.write_text("0,1e300\n1,-1e300\n2,1e300\n3,0\n")
    status, out, err = run(capsys, path, "--lambda", penalty, "--json")
    found = validated(out)
    lower, upper = (parse_rational(found["objective"][end]) for end in ("lower", "upper"))
    assert (status, err, found["exact"], len(found["support"])) == (0, "", True, kinks)
    assert 0 < lower <= upper <= lower * (1 + fmpq(1, 10**12))
    path.write_text("0,1e300,1\n1,-1e300,2\n2,1e300,3\n3,0,4\n")
    status, out, err = run(capsys, path, "--lambda", penalty)
    assert (status, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("scale", ["e-160", "e-200", "e-300"])
def test_labels_whose_squares_underflow(scale, capsys, tmp_path):
    """Never a certified 0: exact for one task, one line for several."""
    path, rows = tmp_path / "tiny.csv", ((0, 1, 1), (1, 2, 0), (2, 0, 3), (3, 1, 0))
    path.write_text("".join([f"{x},{a}{scale}\n" for x, a, _ in rows]))
    status, out, _ = run(capsys, path, "--lambda", "0.1max", "--json")
    found = validated(out)
    assert (status, found["exact"], len(found["support"]), found["objective"]["lower"] != "0") == (0, True, 2, True)
    path.write_text("".join([f"{x},{a}{scale},{b}{scale}\n" for x, a, b in rows]))
    status, out, err = run(capsys, path, "--lambda", "0.1max")
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_gaps_whose_squares_are_beyond_float64(capsys, tmp_path):
    """One line, no warning of numpy."""
    path = tmp_path / "gaps.csv"
    path.write_text("0,0,1\n1e-300,1,0\n2,3,1\n1e300,1,1\n")
    status, out, err = run(capsys, path, "--lambda", "1")
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_weights_beyond_float64(capsys, tmp_path):
    """No warning of numpy reaches the user."""
    path = tmp_path / "weights.csv"
    path.write_text("0,1,1e300\n1,2,1e-300\n2,0,1\n3,4,1\n")
    status, _, err = run(capsys, path, "--lambda", "1", "--weights", "3")
    assert (status, err) == (0, "")


def test_thousands_of_digits():
    """As many as are asked."""
    found = fit(Dataset.from_fractions(range(5), [[0, 1], [1, 0], [3, 1], [1, 1], [0, 0]]), 1, digits=4000)
    assert 0 < found.distance <= fmpq(1, 10**4000)
