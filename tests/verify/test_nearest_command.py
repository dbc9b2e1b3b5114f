"""`reluproof nearest` and the search for labels with few decimals."""

import json
import os
import random
import subprocess
import sys
from fractions import Fraction
from itertools import product
from math import lcm

import numpy
import pytest
from command_line import command
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import kinks
from reluproof.theory import Dataset, RootSum, is_unique, rational
from reluproof.theory.decimal_labels import nearest_with_decimals
from reluproof.theory.decimal_search import ball, exhaust
from reluproof.theory.margin import margin
from reluproof.verify.check import check
from reluproof.verify.cli import main
from reluproof.verify.strategies import planted_datasets

run = command("nearest")


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
    assert "task 1 at x = 0 (line 1): 0 -> -0.05" in out
    assert "task 2 at x = 0 (line 1): 0 -> 0.05" in out
    assert not check(target).unique
    assert main(["check", str(target), "--require", "unique"]) == 1


def test_the_table_on_standard_output_stands_alone(capsys, table):
    """The report goes to standard error then; a reader that has gone is no fault of the file."""
    status, out, err = run(capsys, table, "--output", "-")
    assert (status, out.count("\n"), out.startswith("0,")) == (0, 5, True)
    assert "attained; squared, exactly 1/10" in err
    read, written = os.pipe()
    os.close(read)
    code = [sys.executable, "-m", "reluproof", "nearest", table, "-o", "-"]
    done = subprocess.run(code, stdout=written, stderr=subprocess.PIPE, text=True, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (141, "")


def test_decimals(capsys, table, tmp_path):
    """With D decimals: written so, non-unique, no nearer than the margin."""
    target = tmp_path / "near.csv"
    status, out, _ = run(capsys, table, "--decimals", 1, "--output", target)
    assert (status, "with 1 decimal, the nearest, proved, is at" in out) == (0, True)
    cells = [cell for line in target.read_text().splitlines() for cell in line.split(",")[1:]]
    assert all(len(cell.partition(".")[2]) == 1 for cell in cells)
    assert not check(target).unique


def test_floats_as_they_print(capsys, tmp_path):
    """Named by their decimals, and by the dyadic rational only where that is what changes."""
    path = tmp_path / "floats.npy"
    numpy.save(path, [[0, 0.1], [0.1, 0.3], [0.2, 0.7], [0.3, 0.5]])
    out = run(capsys, path, "--decimals", 1)[1]
    assert "at x = 0: 3602879701896397/36028797018963968 -> 0.1\n" in out
    assert "at x = 0.1: 0.3 -> 0.4\n" in out
    assert "at x = 0.1 and 0.2" in " ".join(out.split())


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
    assert ", attained; squared, exactly 6" in " ".join(out.split())
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


def test_one_label_moved_by_one_unit_is_found_and_proved(capsys, tmp_path):
    """x = 0..3, y = 0, 0, 0, 1 with 2 decimals: label 1 or label 3 becomes 0.01, nothing else moves."""
    path = tmp_path / "data.csv"
    path.write_text("0,0\n1,0\n2,0\n3,1\n")
    _, out, _ = run(capsys, path, "--decimals", 2)
    assert "with 2 decimals, the nearest, proved, is at 0.01, at x" in " ".join(out.split())
    (moved,) = [text.strip() for text in out.splitlines() if "->" in text]
    assert moved in ("label at x = 0 (line 1): 0 -> 0.01", "label at x = 2 (line 3): 0 -> 0.01")
    found = json.loads(run(capsys, path, "--decimals", 2, "--json")[1])
    assert (found["nearest"]["squared_distance"], found["nearest"]["proved"]) == ("1/10000", True)


def test_many_decimals_are_found_not_proved(capsys, tmp_path):
    """Units far below the margin: too many integers to list, and it says found."""
    path = tmp_path / "data.csv"
    path.write_text("0,0,1\n1,0,0\n2,3,1\n3,1,1\n")
    _, out, _ = run(capsys, path, "--decimals", 9)
    assert "with 9 decimals, the nearest found is at" in out
    assert json.loads(run(capsys, path, "--decimals", 9, "--json")[1])["nearest"]["proved"] is False
    assert json.loads(run(capsys, path, "--json")[1])["nearest"]["proved"] is None


def test_decimal_labels_are_never_nearer_than_the_margin():
    """Random datasets: non-unique, the decimals asked for, and no nearer than the margin."""
    source = random.Random(11)
    for _ in range(25):
        size, tasks, digits = source.choice([4, 5, 7]), source.choice([1, 2, 3]), source.choice([0, 1, 3])
        x = sorted(source.sample(range(20), size))
        rows = [[fmpq(source.randint(-3000, 3000), 1000) for _ in range(tasks)] for _ in x]
        data = Dataset.from_fractions(x, rows)
        found, _ = nearest_with_decimals(data, digits)
        assert not is_unique(found.dataset)
        assert all((entry * 10**digits).q == 1 for label in found.dataset.labels for entry in label)
        assert RootSum.of_rational(found.squared_distance) >= margin(data).squared()


@settings(max_examples=15)
@given(
    planted_datasets(non_unique=True, max_size=7),
    st.integers(0, 3),
    st.lists(st.integers(-499, 499), min_size=60, max_size=60),
)
def test_no_farther_than_plain_rounding(planted, digits, noise):
    """Non-unique labels of D decimals, moved by less than half a unit: rounding brings them back."""
    unit = fmpq(1, 10**digits)
    common = [[entry.q for entry in label] for label in planted.labels]
    scale = lcm(*[int(q) for row in common for q in row])
    steps = iter(noise * 3)
    whole = [[entry * scale * unit for entry in label] for label in planted.labels]
    moved = [[entry + unit * fmpq(next(steps), 1000) for entry in row] for row in whole]
    square = sum([(a - b) ** 2 for u, v in zip(whole, moved, strict=True) for a, b in zip(u, v, strict=True)], fmpq(0))
    found, _ = nearest_with_decimals(Dataset.from_fractions(planted.points, moved), digits)
    assert found.squared_distance <= square


def aligned_somewhere(x, y):
    """Whether two neighbouring kinks are aligned, in plain fractions."""
    return bool(kinks.aligned_gaps(kinks.kinks(x, y)))


def tables(size, tasks, digits, reach):
    """All tables of multiples of 10^-digits within `reach` units of 0."""
    cells = [Fraction(n, 10**digits) for n in range(-reach, reach + 1)]
    for entries in product(cells, repeat=size * tasks):
        yield [list(entries[i : i + tasks]) for i in range(0, size * tasks, tasks)]


@pytest.mark.parametrize(
    ("x", "y", "digits", "reach"),
    [
        ([0, 1, 2, 3], [["0.2"], ["1.4"], ["-0.3"], ["0.6"]], 0, 3),
        ([0, 1, 2, 3], [["0"], ["0"], ["0"], ["1"]], 0, 3),
        ([0, 1, 3, 4], [["0.12"], ["0.07"], ["0.11"], ["0.21"]], 1, 4),
        ([0, 1, 2, 3, 5], [["0.4"], ["0"], ["1.6"], ["1"], ["-0.5"]], 0, 3),
        ([0, 1, 2, 3], [["0.4", "1"], ["0", "-1"], ["0.6", "1"], ["0", "0.2"]], 0, 1),
        ([0, 2, 3, 4], [["0", "0"], ["0", "0"], ["1", "0"], ["0", "1"]], 0, 1),
    ],
)
def test_the_proof_against_all_labels(x, y, digits, reach):
    """Every table of a small box, decided by an oracle of its own: none non-unique is nearer than what is proved."""
    data = Dataset.from_text(list(map(str, x)), y)
    labels = [[Fraction(entry) for entry in row] for row in y]
    points = list(map(Fraction, x))
    found = nearest_with_decimals(data, digits)
    assert found.proved
    least = min(
        sum((a - b) ** 2 for one, two in zip(labels, other, strict=True) for a, b in zip(one, two, strict=True))
        for other in tables(len(x), len(y[0]), digits, reach)
        if aligned_somewhere(points, other)
    )
    assert found.nearest.squared_distance == fmpq(least.numerator, least.denominator)
    assert not is_unique(found.nearest.dataset)


@pytest.mark.parametrize("bound", [0, 1, 5, Fraction(19, 2)])
def test_the_ball_holds_all_integer_points(bound):
    """Against a box of points around."""
    target = (Fraction(1, 3), Fraction(-5, 2), Fraction(0), Fraction(7, 5))
    found = {point: cost for cost, point in ball(tuple(map(rational, target)), rational(Fraction(bound)))}
    for point in product(range(-5, 6), repeat=4):
        cost = sum((a - b) ** 2 for a, b in zip(target, point, strict=True))
        assert (point in found) == (cost <= bound)
        assert found.get(point, rational(cost)) == rational(cost)


def test_the_search_gives_up_before_it_starts():
    """A bound that would list too many points: incomplete, and nothing is claimed."""
    data = Dataset.from_fractions([0, 1, 2, 3], [[0, 1], [0, 0], [3, 1], [1, 1]])
    assert exhaust(data, fmpq(1, 10**6), fmpq(10) ** 14).complete is False
    assert exhaust(data, fmpq(1), fmpq(100), most_points=10).complete is False


def test_many_changes_are_cut_with_a_count(tmp_path, capsys):
    """Forty labels that move are listed, the others counted; --json has the whole table."""
    source = random.Random(4)
    rows = [[index, *[source.randint(-9, 9) for _ in range(100)]] for index in range(4)]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n")
    _, text, _ = run(capsys, str(path))
    _, found, _ = run(capsys, str(path), "--json")
    nearest = json.loads(found)["nearest"]
    moved = sum(
        Fraction(y) != old
        for row, new in zip(rows, nearest["y"], strict=True)
        for old, y in zip(row[1:], new, strict=True)
    )
    assert text.count(" -> ") == 40 < moved
    assert f"and {moved - 40} more labels (--json or -o gives them all)" in text
