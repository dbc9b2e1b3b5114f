"""`reluproof nearest` and the search for labels with few decimals."""

import json
import random

import pytest
from flint import fmpq
from reluproof.theory import Dataset, RootSum, is_unique
from reluproof.theory.decimal_labels import nearest_with_decimals
from reluproof.theory.margin import margin
from reluproof.verify.check import check
from reluproof.verify.cli import main


def run(capsys, *arguments):
    """(exit status, standard output, standard error)."""
    try:
        status = main(["nearest", *map(str, arguments)])
    except SystemExit as stop:
        status = stop.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("0,0,0\n1,0,0\n2,1,0\n3,2,1\n4,2,2\n")
    return path


def test_the_file_written_is_non_unique(capsys, table, tmp_path):
    """`check` reads it back and says so."""
    target = tmp_path / "near.csv"
    status, out, _ = run(capsys, table, "--output", target)
    assert status == 0
    assert "attained; squared, exactly 1/10" in out
    assert "label 1: (0, 0) becomes (-1/20, 1/20)" in out
    assert not check(target).unique
    assert main(["check", str(target), "--require", "unique"]) == 1


def test_decimals(capsys, table, tmp_path):
    """With D decimals: written so, non-unique, no nearer than the margin."""
    target = tmp_path / "near.csv"
    status, out, _ = run(capsys, table, "--decimals", 1, "--output", target)
    assert (status, "with 1 decimal, the nearest found" in out) == (0, True)
    cells = [cell for line in target.read_text().splitlines() for cell in line.split(",")[1:]]
    assert all(len(cell.partition(".")[2]) == 1 for cell in cells)
    assert not check(target).unique


def test_json(capsys, table):
    """Everything exact, as strings."""
    status, out, _ = run(capsys, table, "--json")
    found = json.loads(out)
    assert (status, found["schema"], found["unique"]) == (0, "reluproof.nearest/1", True)
    assert found["margin"]["squared"] == {"rational": "1/10", "signed_root": "0"}
    assert found["margin"]["attained"] is True
    assert found["nearest"]["factor_of_margin"] == "1"
    moved = Dataset.from_text(found["nearest"]["x"], found["nearest"]["y"])
    assert not is_unique(moved)


def test_a_dataset_that_is_non_unique_already(capsys, tmp_path):
    """It is its own nearest one, which is not the same as a margin attained elsewhere."""
    path = tmp_path / "data.csv"
    path.write_text("0,0\n1,0\n2,1\n3,3\n")
    _, out, _ = run(capsys, path)
    assert out.splitlines()[-1] == "nearest  the dataset itself"


def test_a_tie_that_is_attained_at_the_second_pair_only(capsys, tmp_path):
    """Two pairs at the squared distance 6: at the first only the closure is so near, at the second a dataset is."""
    path = tmp_path / "data.csv"
    path.write_text("0,1,1\n1,1,3\n2,2,-1\n3,0,1\n4,21,-23\n5,18,-29\n6,20,-29\n7,16,-23\n")
    _, out, _ = run(capsys, path)
    assert ", attained; squared, exactly 6" in out
    found = json.loads(run(capsys, path, "--json")[1])
    moved = [[2061, -2329], [1988, -2912], [1860, -2945], [1666, -2318]]
    assert found["nearest"]["y"][4:] == [[f"{a}/101", f"{b}/101"] for a, b in moved]
    assert (found["nearest"]["squared_distance"], found["nearest"]["optimal"]) == ("6", True)
    assert found["margin"]["attained"] is True
    assert not is_unique(Dataset.from_text(found["nearest"]["x"], found["nearest"]["y"]))


def test_check_and_nearest_say_the_same_about_a_margin_that_is_not_attained(capsys, tmp_path):
    """x = 0..3, y = 0, 1, 1, 1: unique at margin 0. No statement of `check` says that this is attained."""
    path = tmp_path / "data.csv"
    path.write_text("0,0\n1,1\n2,1\n3,1\n")
    assert "0, not attained" in run(capsys, path)[1]
    reasons = [result.verdict.reason for result in check(path).claims if result.letter == "N"]
    assert "attained" not in reasons[0]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("0,0\n1,1\n2,0\n", "none: with fewer than 4 points"),
        ("0,0\n1,0\n2,1\n3,3\n", "0: the dataset itself is not unique"),
        ("0,0\n1,1\n2,1\n3,1\n", "0, not attained"),
        ("0,0,0\n1,0,0\n2,1,0\n3,1,0\n", "not attained: only the closure"),
    ],
)
def test_how_the_margin_is_said(capsys, tmp_path, text, phrase):
    """None, zero in two ways, and not attained."""
    path = tmp_path / "data.csv"
    path.write_text(text)
    status, out, _ = run(capsys, path)
    assert (status, phrase in out) == (0, True)


def test_bad_input(capsys, table, tmp_path):
    """One line and exit status 2."""
    short = tmp_path / "short.csv"
    short.write_text("0,0\n1,1\n")
    calls = [
        (table, "--decimals", -1),
        (table, "--decimals", 101),
        (tmp_path / "missing.csv",),
        (short, "--output", tmp_path / "out.csv"),
        (table, "--output", tmp_path / "missing" / "out.csv"),
    ]
    for arguments in calls:
        status, out, err = run(capsys, *arguments)
        assert (status, out, err.count("\n")) == (2, "", 1), arguments
    assert not (tmp_path / "out.csv").exists()


def test_decimal_labels_are_never_nearer_than_the_margin():
    """Random datasets: non-unique, the decimals asked for, between the margin and what plain rounding allows."""
    source = random.Random(11)
    for _ in range(25):
        size, tasks, digits = source.choice([4, 5, 7]), source.choice([1, 2, 3]), source.choice([0, 1, 3])
        x = sorted(source.sample(range(20), size))
        rows = [[fmpq(source.randint(-3000, 3000), 1000) for _ in range(tasks)] for _ in x]
        data = Dataset.from_fractions(x, rows)
        found = nearest_with_decimals(data, digits)
        assert not is_unique(found.dataset)
        assert all((entry * 10**digits).q == 1 for label in found.dataset.labels for entry in label)
        assert RootSum.of_rational(found.squared_distance) >= margin(data).squared()


def test_a_grid_of_labels_searched_exhaustively():
    """On a small case no labels with 0 decimals are nearer than those found."""
    data = Dataset.from_fractions([0, 1, 2, 3], ["0.2", "1.4", "-0.3", "0.6"])
    found = nearest_with_decimals(data, 0)
    grid = [
        Dataset.from_fractions([0, 1, 2, 3], [a, b, c, d])
        for a in range(-2, 4) for b in range(-2, 4) for c in range(-2, 4) for d in range(-2, 4)
    ]  # fmt: skip
    nearest = min(
        sum((p[0] - q[0]) ** 2 for p, q in zip(data.labels, other.labels, strict=True))
        for other in grid
        if not is_unique(other)
    )
    assert found.squared_distance == nearest
