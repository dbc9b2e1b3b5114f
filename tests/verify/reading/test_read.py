"""Reading datasets: every format gives the same exact values; rows, names and readings are reported."""

import hashlib
import io
import json
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from time import process_time

import numpy
import pytest
from flint import fmpq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reluproof.theory import Dataset
from reluproof.verify.reading import ReadData, read, read_arrays

EXAMPLES = Path(__file__).parents[3] / "examples"


@st.composite
def datasets(draw: st.DrawFn) -> tuple[list[Fraction], list[list[Fraction]]]:
    """Distinct points in any order, with labels."""
    points = draw(st.lists(st.fractions(), min_size=2, max_size=8, unique=True))
    tasks = draw(st.integers(1, 4))
    row = st.lists(st.fractions(), min_size=tasks, max_size=tasks)
    return points, draw(st.lists(row, min_size=len(points), max_size=len(points)))


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def saved(save: Callable[..., None], *arrays: object, **named: object) -> bytes:
    stream = io.BytesIO()
    save(stream, *arrays, **named)
    return stream.getvalue()


@given(
    datasets(),
    st.sampled_from([",", ";", "\t", " ", " , ", ";\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tables_read_back(
    tmp_path: Path, data: tuple[list[Fraction], list[list[Fraction]]], separator: str, end: str, header: bool
) -> None:
    """The same dataset comes back from a table with any separator, line ending, and byte order mark or none."""
    points, labels = data
    lines = [separator.join(map(str, [x, *row])) for x, row in zip(points, labels, strict=True)]
    if header:
        lines.insert(0, separator.join(["x", *(f"task{t}" for t in range(len(labels[0])))]))
    content = end.join(["# a comment", "", *lines, ""])
    path = write(tmp_path, "table.csv", ("\ufeff" if header else "") + content)
    result = read(path)
    assert result.dataset == Dataset.from_fractions(points, labels)
    assert result.source.task_names == (tuple(f"task{t}" for t in range(len(labels[0]))) if header else None)
    first_line = 4 if header else 3
    assert [points[line - first_line] for line in result.source.rows] == sorted(points)


@given(datasets())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_json_reads_back(tmp_path: Path, data: tuple[list[Fraction], list[list[Fraction]]]) -> None:
    """The same dataset comes back from JSON strings."""
    points, labels = data
    content = json.dumps({"y": [list(map(str, row)) for row in labels], "x": list(map(str, points))})
    assert read(write(tmp_path, "data.json", content)).dataset == Dataset.from_fractions(points, labels)


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(finite, finite, finite), min_size=2, max_size=6, unique_by=lambda row: row[0]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arrays_are_dyadic(tmp_path: Path, rows: list[tuple[float, float, float]]) -> None:
    """The .npy, .npz and Python readings of floats are the exact dyadic values, and say so."""
    array = numpy.array(rows)
    expected = Dataset.from_fractions([Fraction(r[0]) for r in rows], [[Fraction(v) for v in r[1:]] for r in rows])
    results = [
        read(write(tmp_path, "a.npy", saved(numpy.save, array))),
        read(write(tmp_path, "f.npy", saved(numpy.save, numpy.asfortranarray(array.astype(">f8"))))),
        read(write(tmp_path, "a.npz", saved(numpy.savez, x=array[:, 0], y=array[:, 1:]))),
        read(write(tmp_path, "c.npz", saved(numpy.savez_compressed, x=array[:, 0], y=array[:, 1:]))),
        read_arrays(array[:, 0], array[:, 1:]),
    ]
    for result in results:
        assert result.dataset == expected
        assert result.source.reading == "binary"
        assert [rows[index][0] for index in result.source.rows] == sorted(row[0] for row in rows)


def test_decimal_and_binary_readings_differ(tmp_path: Path) -> None:
    """0.1 is 1/10 in text and a dyadic number in an array; integers are exact in both."""
    text = read(write(tmp_path, "d.json", '{"x": [0, 1], "y": [0.1, 1e-1]}'))
    array = read_arrays([0, 1], [0.1, 0.1])
    assert text.source.reading == "decimal"
    assert text.dataset.labels == ((fmpq(1, 10),),) * 2
    assert array.dataset.labels == ((fmpq(3602879701896397, 2**55),),) * 2
    integers = read_arrays([2**62, 0], numpy.array([[1], [2]], dtype="u1"))
    assert integers.source.reading == "exact"
    assert integers.dataset.points == (fmpq(0), fmpq(2**62))


@pytest.mark.parametrize(
    ("table", "names", "size"),
    [
        ("x,y\n1,2\n3,4", ("y",), 2),
        ("1,2\n3,4", None, 2),
        ("time,3m_rate\n1,2\n3,4", ("3m_rate",), 2),
        ('"a, b","c"\n"1","2"\n3,4', ("c",), 2),
        ("#x,y\n1,2\n3,4", None, 2),
        ("NA,inflation\n1,2\n3,4", ("inflation",), 2),
        ('x "first label"\n1 2\n3  4', ("first label",), 2),
    ],
)
def test_the_header_rule(tmp_path: Path, table: str, names: tuple[str, ...] | None, size: int) -> None:
    """Row 1 is a header if none of its cells is a number."""
    result = read(write(tmp_path, "t.csv", table))
    assert result.source.task_names == names
    assert result.dataset.size == size


def test_the_content_decides_without_a_known_suffix(tmp_path: Path) -> None:
    """Tables, JSON, .npy and .npz are told apart by their first bytes."""
    contents = [
        b"0,1\n1,3\n",
        b'\xef\xbb\xbf {"x": [0, 1], "y": [1, 3]}',
        saved(numpy.save, numpy.array([[0, 1], [1, 3]])),
        saved(numpy.savez, x=[0, 1], y=[1, 3]),
    ]
    results: list[ReadData] = [read(write(tmp_path, "data", content)) for content in contents]
    for result, content in zip(results, contents, strict=True):
        assert result.dataset == Dataset.from_fractions([0, 1], [1, 3])
        assert result.source.sha256 == hashlib.sha256(content).hexdigest()
        assert result.source.name == str(tmp_path / "data")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """- reads standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1;2\n0;1/3\n")))
    result = read("-")
    assert result.source.name == "-"
    assert result.source.rows == (2, 1)
    assert result.dataset == Dataset.from_fractions([0, 1], [Fraction(1, 3), 2])


def test_names_are_printable(tmp_path: Path) -> None:
    """A file name cannot put control characters into the output."""
    assert read(write(tmp_path, "a\n\x1b.csv", "1,2\n3,4")).source.name.endswith(r"a\n\x1b.csv")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.csv")), ids=lambda path: path.name)
def test_the_examples_are_what_their_notes_say(path: Path) -> None:
    """Unique or not, by cross-multiplication of plain fractions: no code of the theory takes part."""
    data = read(path).dataset
    x = [Fraction(str(value)) for value in data.points]
    y = [[Fraction(str(value)) for value in row] for row in data.labels]
    slopes = [[(b - a) / (x[i + 1] - x[i]) for a, b in zip(y[i], y[i + 1], strict=True)] for i in range(len(x) - 1)]
    kinks = [[b - a for a, b in zip(s, t, strict=True)] for s, t in pairwise(slopes)]

    def aligned(u: list[Fraction], v: list[Fraction]) -> bool:
        parallel = all(a * d == b * c for a, c in zip(u, v, strict=True) for b, d in zip(u, v, strict=True))
        return parallel and sum(a * b for a, b in zip(u, v, strict=True)) > 0

    pairs = sum(aligned(u, v) for u, v in pairwise(kinks))
    expected = {
        "unique": 0,
        "run_of_two": 1,
        "odd_run_of_three": 2,
        "second_differences_11011": 2,
        "labels_abba": 1,
        "zero_kink_0111": 0,
        "isolated_lambda": 0,
        "us_macro": 0,
        "us_macro_rounded": 7,
    }
    assert pairs == expected[path.stem]


def test_the_rounded_series_is_the_published_one_rounded() -> None:
    """us_macro_rounded.csv is us_macro.csv in whole percents, ties to even."""
    published, rounded = (read(EXAMPLES / f"us_macro{suffix}.csv").dataset for suffix in ("", "_rounded"))
    assert published.size == 203
    assert published.points == rounded.points
    assert [[round(Fraction(str(v))) for v in row] for row in published.labels] == [
        [int(v.p) for v in row] for row in rounded.labels
    ]


def test_many_columns_take_time_in_proportion(tmp_path):
    """With names and without: eight times as many tasks, at most sixteen times as long."""
    path = tmp_path / "wide.csv"
    for header in (False, True):
        spent = []
        for tasks in (4000, 32_000):
            names = ",".join(["x", *[f"y{task}" for task in range(tasks)]]) + "\n" if header else ""
            path.write_text(names + "".join(",".join([str(row), *["1"] * tasks]) + "\n" for row in range(3)))
            start = process_time()
            assert read(path).dataset.tasks == tasks
            spent.append(process_time() - start)
        assert spent[1] < 16 * spent[0]
