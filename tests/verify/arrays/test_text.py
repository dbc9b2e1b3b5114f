"""Decimals: float-rounded numbers are not the data, and the verdicts are those of the numbers as written."""

import random
from decimal import Decimal
from fractions import Fraction

import array_sets as sets
import numpy
import pytest
from reluproof.theory.alignment import runs
from reluproof.theory.dataset import Dataset
from reluproof.theory.optimum import kinks
from reluproof.verify.arrays.dataset import all_runs, decide_dataset
from reluproof.verify.arrays.decide import decide
from reluproof.verify.arrays.files import decide_file
from reluproof.verify.arrays.text import RADIUS, plain_table
from reluproof.verify.reading import read
from reluproof.verify.reading.source import InputError


def runs_of(found):
    return list(zip(found.first.tolist(), found.last.tolist(), strict=True))


def exact_runs(data):
    return [(run.first, run.last) for run in runs(data) if run.length > 1]


def table(source, size, tasks):
    """Decimals with ties that floats miss and near-ties in the last decimal, rows in any order."""
    labels = [[f"{source.gauss(0, 1):.{source.choice((1, 6, 17, 25))}f}" for _ in range(tasks)] for _ in range(3)]
    rows = []
    for i in range(size):
        cells = list(source.choice(labels))
        if source.random() < 0.1:
            cells[0] += "0000000000000000001"
        rows.append([f"{i // 3}.{i % 3}{source.randrange(10)}", *cells])
    source.shuffle(rows)
    return rows


@pytest.mark.parametrize("separator", [",", ";", "\t", " "])
@pytest.mark.parametrize("tasks", [1, 2, 3])
def test_verdicts_are_those_of_the_exact_decimals(tmp_path, separator, tasks):
    """Tables in which float rounding hides exact ties and ties differ in the 20th decimal."""
    source = random.Random(tasks)
    path = tmp_path / "data.csv"
    open_windows = 0
    for size in (2, 3, 4, 5, 60, 60, 60):
        lines = [separator.join(row) for row in table(source, size, tasks)]
        path.write_text("\n".join(["x" + separator + separator.join("abc"[:tasks]), *lines, ""]))
        found = decide_file(path).decision
        assert runs_of(found) == exact_runs(read(path).dataset)
        assert plain_table(path.read_bytes()) is not None
        open_windows += found.stages.exact
    assert open_windows > 10


def test_rounded_decimals_are_not_the_data(tmp_path):
    """0.1, 0.2, 0.3 are in line as decimals; as floats they are not."""
    path = tmp_path / "data.csv"
    path.write_text("0,0.1,1\n1,0.2,2\n2,0.3,3\n3,0.4,4\n4,0.6,5\n")
    assert decide_file(path).decision.unique
    path.write_text("0,0,0\n1,0,0\n2,0.1,0.3\n3,0.3,0.9\n")
    assert not decide_file(path).decision.unique
    cells = numpy.loadtxt(path, delimiter=",")
    assert runs_of(decide(cells[:, 0], cells[:, 1:])) == sets.exact_runs(cells[:, 0], cells[:, 1:]) == []


def test_decimals_of_few_digits_are_decided_as_integers(tmp_path):
    """Below 2^50 units of the last decimal, nothing is left to the text; up to there the integers are exact."""
    source = random.Random(6)
    path = tmp_path / "data.csv"
    rows = [f"{i}.5,{source.randrange(3)}.{source.randrange(10)},{source.randrange(2)}" for i in range(400)]
    path.write_text("\n".join(rows) + "\n")
    found = decide_file(path).decision
    assert runs_of(found) == exact_runs(read(path).dataset) != []
    assert found.stages.exact == 0
    assert found.stages.modular > 20
    for decimals in (0, 1, 7, 15, 22):
        numbers = [source.randrange(-(2**50), 2**50) // 10 ** source.randrange(16) for _ in range(3000)]
        numbers += [2**50 - 1, 1 - 2**50, 0, 1]
        cells = [f"{Decimal(number).scaleb(-decimals):f}" for number in numbers]
        table = plain_table("\n".join(f"{cell},{cell}" for cell in cells).encode())
        assert table.decimals == decimals
        assert table.integers()[:, 1].tolist() == numbers
    assert plain_table(f"0,1\n1,{2**50}".encode()).integers() is None
    assert plain_table(b"0,1\n1,2e3").integers() is None


def test_the_reader_rounds_within_the_radius():
    """Decimals of all lengths and exponents, halfway cases and subnormals: within RADIUS, or 2^-1074."""
    source = random.Random(4)
    cells = [
        f"{source.uniform(-1, 1) * 10 ** source.randint(-320, 300):.{source.randint(0, 25)}e}" for _ in range(4000)
    ]
    halfway = [str(Decimal(2**53 + 1 + 2 * k)) for k in range(50)] + [
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
    ]
    cells += [*halfway, "0", "-0.0", "5.", ".5", "+3"]
    values = plain_table(("\n".join(f"{i},{cell}" for i, cell in enumerate(cells))).encode()).values[:, 1]
    for cell, value in zip(cells, values.tolist(), strict=True):
        exact = Fraction(cell.rstrip("."))
        assert abs(Fraction(value) - exact) <= abs(exact) * Fraction(RADIUS) + Fraction(2) ** -1074


@pytest.mark.parametrize(
    "text",
    [
        "0,1/3\n1,2\n2,3\n3,4\n",
        '"0","1"\n1,2\n2,3\n3,4\n',
        "# note\n0,1\n1,2\n2,3\n",
        "0,1e-1000\n1,2\n2,3\n3,4\n",
        "0,1e400\n1,2e400\n2,3e400\n3,5e400\n",
        "0,1\n0.00000000000000000000001,2\n0.00000000000000000000002,3\n3,5\n",
        f"0,{9 * 10**290}\n1,0.0000000000000000000001\n2,{8 * 10**290}\n3,1\n",
        "x,y\n0,1\n\n1,2\n  \n2,4\n3,9\n",
        "x,y\r\n0,1\r\n1,2\r\n2,4\r\n3,9\r\n",
        "\ufeffx,y\n0,1\n1,2\n2,4\n3,9\n",
    ],
)
def test_what_is_not_plain_is_read_exactly(tmp_path, text):
    """Fractions, quotes, comments, numbers beyond float64, points that floats merge; also blank lines and marks."""
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode())
    assert runs_of(decide_file(path).decision) == exact_runs(read(path).dataset)


@pytest.mark.parametrize(
    "text",
    [
        "0,1\n1\n",
        "0,1\n1,nan\n",
        "0,1\n1,inf\n",
        "0,1\n0,2\n",
        "0,1\n1,1e-2000\n",
        "0,1\n1,--2\n",
        "a,b\n",
        "0,1\n",
        "0\n1\n",
    ],
)
def test_refusals_are_those_of_the_exact_reader(tmp_path, text):
    """The same line, whatever the fast reader might have taken."""
    path = tmp_path / "data.csv"
    path.write_text(text.replace("|", "\n"))
    with pytest.raises(InputError) as expected:
        read(path)
    with pytest.raises(InputError) as found:
        decide_file(path)
    assert str(found.value) == str(expected.value)


def test_files_that_cannot_be_read_are_named(tmp_path):
    """As by the exact reader: no such file, a directory, an empty file."""
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "empty.csv").write_text("")
    for name in ("none.csv", "folder.csv", "empty.csv", "none.json"):
        with pytest.raises(InputError, match=name):
            decide_file(tmp_path / name)


@pytest.mark.parametrize("kind", sets.KINDS, ids=lambda kind: kind.__name__)
def test_exact_datasets_are_decided_by_their_rounded_values(kind):
    """Rationals of all sizes; all runs, also those of length 1."""
    source = numpy.random.default_rng(19)
    for tasks in (1, 2, 3):
        data = Dataset.from_arrays(*kind(source, 30, tasks))
        third = Dataset(data.points, tuple(tuple(value / 3 for value in label) for label in data.labels))
        for exact in (data, third):
            found = decide_dataset(exact)
            assert runs_of(found) == exact_runs(exact)
            assert all_runs(found, kinks(exact)) == runs(exact)


def test_rationals_beyond_float64():
    """Numbers that no float holds, or that floats merge, are decided exactly."""
    huge = Dataset.from_fractions([0, 1, 2, 3], [10**400 * k for k in (0, 0, 1, 3)])
    merged = Dataset.from_fractions([0, 1, Fraction(10**30 + 1, 10**30), 3], [0, 0, 1, 3])
    for data in (huge, merged):
        found = decide_dataset(data)
        assert runs_of(found) == exact_runs(data)
        assert found.stages.exact == 1


@pytest.mark.parametrize(("number", "fits"), [(2**50 - 1, True), (2**50, False), (-(2**50), False), (1 - 2**50, True)])
def test_integers_below_two_to_the_50(number, fits):
    """There a decimal times its power of ten is the nearest integer; at the bound nothing is claimed."""
    for cell, decimals in ((f"{number}", 0), (f"{Decimal(number).scaleb(-6):f}", 6)):
        found = plain_table(f"0,1\n1,{cell}\n".encode()).integers()
        assert (found is not None) == fits
        if fits:
            assert found.tolist() == [[0, 10**decimals], [10**decimals, number]]


@pytest.mark.parametrize(("cell", "plain"), [("1.25", True), ("0." + "3" * 297, True), ("0." + "3" * 299, False)])
def test_long_lines_are_plain_and_long_numbers_are_not(cell, plain):
    """Two hundred tasks, or one with many digits: only 300 characters of one number are too many."""
    rows = [[str(x), *["7"] * 200, cell] for x in range(4)]
    assert (plain_table("\n".join(map(",".join, rows)).encode()) is not None) == plain


@pytest.mark.parametrize(("cheap", "said"), [(12, True), (11, False)])
def test_floats_are_read_in_both_ways_where_that_is_cheap(cheap, said, monkeypatch, tmp_path):
    """Twelve numbers that are aligned as decimals and not as floats: a note says so up to that many, not beyond."""
    monkeypatch.setattr("reluproof.verify.arrays.files.CHEAP", cheap)
    path = tmp_path / "data.npz"
    numpy.savez(path, x=[0.0, 1, 2, 3], y=[[0, 0], [0, 0], [0.1, 0.3], [0.3, 0.9]])
    found = decide_file(path)
    assert found.decision.unique
    assert any(["decimals" in note for note in found.source.notes]) == said


@pytest.mark.parametrize("unit", ["1", "1e400", "1e-400"])
def test_windows_with_a_zero_kink_are_named_by_their_left_inner_point(unit):
    """Kinks 1, 0, 2, 3, 0, 0, 5 at the points 1 to 7; beyond float64 exact numbers decide alone."""
    labels = [0, 0, 1, 2, 5, 11, 17, 23, 34]
    scale = Fraction(unit)
    found = decide_dataset(Dataset.from_fractions([scale * i for i in range(9)], [scale * y for y in labels]))
    assert found.zero_kinks.tolist() == [1, 2, 4, 5, 6]
    assert runs_of(found) == [(3, 4)]
