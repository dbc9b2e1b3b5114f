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
    assert "attained; squared, exactly 3/10 - sqrt(1/25)" in out
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
    assert found["margin"]["squared"] == {"rational": "3/10", "signed_root": "-1/25"}
    assert found["margin"]["attained"] is True
    assert found["nearest"]["factor_of_margin"] == "1"
    moved = Dataset.from_text(found["nearest"]["x"], found["nearest"]["y"])
    assert not is_unique(moved)


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
