"""What a user has in Python: lists, fractions, arrays of any kind of float, series and data frames."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from fake_torch import KINDS, fake_torch
from flint import fmpq
from reluproof import LabelledPoints, fit, judge, nearest
from reluproof.theory import Dataset
from reluproof.verify import check
from reluproof.verify.arrays import decide
from reluproof.verify.reading import Choices, InputError, ReadData, ingest

X = [0, 1, 2, 3]
EXACT = Dataset.from_fractions(X, ["1/10", "1/5", "3/10", "1/2"])
BINARY = Dataset.from_fractions(X, [Fraction(v) for v in (0.1, 0.2, 0.3, 0.5)])


@pytest.mark.parametrize(
    ("arguments", "expected", "reading"),
    [
        (([0, 1, 2, 3], [0.1, 0.2, 0.3, 0.5]), BINARY, "binary"),
        ((((0, 1, 2, 3), [0.1, 0.2, 0.3, 0.5]),), BINARY, "binary"),
        ((range(4), (Fraction(1, 10), Decimal("0.2"), fmpq(3, 10), Fraction(1, 2))), EXACT, "exact"),
        ((numpy.arange(4.0)[:, None], numpy.array([0.1, 0.2, 0.3, 0.5])), BINARY, "binary"),
        (([[0], [1], [2], [3]], [[0.1], [0.2], [0.3], [0.5]]), BINARY, "binary"),
        ((list(numpy.arange(4)), [numpy.float64(v) for v in (0.1, 0.2, 0.3, 0.5)]), BINARY, "binary"),
        ((X, [numpy.array([v]) for v in (0.1, 0.2, 0.3, 0.5)]), BINARY, "binary"),
        ((X, [numpy.array(v) for v in (0.1, 0.2, 0.3, 0.5)]), BINARY, "binary"),
        ((numpy.array(X, dtype=object), numpy.array([Fraction(k, 10) for k in (1, 2, 3, 5)])), EXACT, "exact"),
        ((numpy.array(X, numpy.uint8), numpy.array([1, 2, 3, 5], numpy.int16)), None, "exact"),
    ],
)
def test_arrays_and_sequences(arguments, expected, reading):
    """check(x, y) and check((x, y)), each number exactly as what it is."""
    expected = expected or Dataset.from_fractions(X, [1, 2, 3, 5])
    found = check(*arguments)
    assert found.data == expected
    assert found.source.reading == reading
    assert Dataset.from_arrays(*(arguments if len(arguments) == 2 else arguments[0])) == expected


@pytest.mark.parametrize("kind", [numpy.float16, numpy.float32, numpy.float64])
def test_shortest_decimals(kind):
    """Each width of float prints in its own way: 0.1 is 1/10 in all of them."""
    values = numpy.array([0.1, 0.2, 0.3, 0.5], kind)
    for y in (values, list(values)):
        assert ingest(X, y, floats="shortest").dataset == EXACT
        assert ingest(X, y).dataset == Dataset.from_fractions(X, [Fraction(float(v)) for v in values])
    assert ingest(X, values, floats="shortest").source.reading == "shortest"


def test_integers_beside_floats_are_not_rounded():
    """2^53 + 1 is no float: an array of it and 0.5 would not be the data."""
    x = [0.5, 1, 2, 2**53 + 1]
    assert check(x, X).data.points[-1] == 2**53 + 1
    assert Dataset.from_arrays(x, X).points[-1] == 2**53 + 1
    with pytest.raises(InputError, match="x has integers among floats that no float holds"):
        decide(x, X)
    assert decide([0.5, 1, 2, 2**53], X).points == 4
    with pytest.raises(InputError, match="nan"):
        decide([0.5, 1, 2, float("nan")], X)


def test_the_readings_of_datasets():
    """A dataset knows how it came to be; equality does not."""
    binary = Dataset.from_arrays([0, 1], [0.5, 1.5])
    exact = Dataset.from_fractions([0, 1], ["1/2", "3/2"])
    text = Dataset.from_text(["0", "1"], ["0.5", "1.5"])
    assert binary == exact == text
    assert len({binary, exact, text}) == 1
    assert repr(binary) == repr(exact)
    for data, reading in ((binary, "binary"), (exact, "exact"), (text, "decimal")):
        findings = check(data)
        assert findings.source.reading == reading
        assert findings.to_json()["input"]["reading"] == reading
        assert f'"reading":"{reading}"' in next(iter(findings.certificate())).replace(" ", "")
    assert check(Dataset.from_arrays([0, 1], [1, 2])).source.reading == "exact"
    assert check(Dataset.from_arrays([0, 1], [0.1, 0.2], shortest=True)).source.reading == "shortest"


def test_both_readings_of_floats_are_decided():
    """Not unique as decimals, unique as floats: said in one sentence, whichever reading is used."""
    x, y = [0, 1, 2, 3], [[0, 0], [0, 0], [0.1, 0.7], [0.3, 2.1]]
    for floats, unique in (("binary", True), ("shortest", False)):
        found = check(x, y, floats=floats)
        assert found.unique is unique
        (note,) = found.source.notes
        used, other = ("binary floats", "printed decimals")[:: 1 if unique else -1]
        words = ("is unique", "is not unique")[:: 1 if unique else -1]
        assert note.startswith(f"as {used} the optimum {words[0]}, as {other} it {words[1]} (--floats ")
        assert found.to_json()["input"]["notes"] == [note]
    assert check(x, [[0, 0], [0, 0], [0.5, 1], [1.5, 2]]).source.notes == ()


def frames(columns):
    """The same data frame in each library that is installed."""
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    return [pandas.DataFrame(columns), polars.DataFrame(columns), pyarrow.table(columns)]


COLUMNS = {"a": [0.1, 0.2, 0.3, 0.5], "t": [0, 1, 2, 3], "b": [1, 0, 0, 2], "name": ["p", "q", "r", "s"]}
TWO = Dataset.from_arrays(COLUMNS["t"], list(zip(COLUMNS["a"], COLUMNS["b"], strict=True)))


def test_data_frames():
    """Columns by name; the first is x otherwise; names go into the findings."""
    for frame in frames(COLUMNS):
        found = check(frame, x="t", y=["a", "b"])
        assert (found.data, found.source.x_name, found.source.task_names) == (TWO, "t", ("a", "b"))
        assert found.source.reading == "binary"
        assert check(frame, y="b").data == Dataset.from_arrays(COLUMNS["a"], COLUMNS["b"])
        assert check(frame, x=2, y=["b"], floats="shortest").data == Dataset.from_fractions(X, [1, 0, 0, 2])
        with pytest.raises(InputError, match=r"data frame: column 'name', row 0 .*'p' is not a number"):
            check(frame, x="t")
        with pytest.raises(InputError, match="no column 'z'"):
            check(frame, x="z")
        with pytest.raises(InputError, match="does not apply to a data frame"):
            check(frame, x="t", y="a", skip_rows=1)


def test_series_and_parts_of_frames():
    """check(df["t"], df[["a", "b"]]) takes the names along."""
    pandas_frame, polars_frame, table = frames(COLUMNS)
    for x, y in [
        (pandas_frame["t"], pandas_frame[["a", "b"]]),
        (polars_frame["t"], polars_frame[["a", "b"]]),
        (table["t"], table.select(["a", "b"])),
    ]:
        found = check(x, y)
        assert (found.data, found.source.task_names) == (TWO, ("a", "b"))
    assert check(pandas_frame["t"], pandas_frame["b"]).source.x_name == "t"
    assert check(pandas_frame["t"], COLUMNS["b"]).data == Dataset.from_fractions(X, COLUMNS["b"])


def test_missing_values_and_kinds_of_columns():
    """Nulls and nans are refused by column and row; nullable integers and short floats are exact."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    t = [0, 1, 2, 3]
    for column, fragment in [
        (pandas.array([1, None, 2, 3], dtype="Int64"), "column 'y', row 1 .*NA"),
        ([1.0, float("nan"), 2, 3], "column 'y', row 1 .*nan"),
        ([True, False, True, True], "column 'y', row 0 .*bool"),
        (pandas.to_datetime(["2000-01-01"] * 4), "column 'y', row 0 .*date"),
    ]:
        with pytest.raises(InputError, match=fragment):
            check(pandas.DataFrame({"t": t, "y": column}))
    with pytest.raises(InputError, match=r"row 1 .*is missing \(None\)"):
        check(polars.DataFrame({"t": t, "y": [1, None, 2, 3]}))
    with pytest.raises(InputError, match="collect"):
        check(polars.LazyFrame({"t": t, "y": t}))
    short = polars.DataFrame({"t": t, "y": polars.Series([0.1, 0.2, 0.3, 0.5], dtype=polars.Float32)})
    assert check(short, floats="shortest").data == EXACT
    whole = check(pandas.DataFrame({"t": t, "y": pandas.array([1, 2, 3, 5], dtype="Int64")}))
    assert (whole.data, whole.source.reading) == (Dataset.from_fractions(t, [1, 2, 3, 5]), "exact")


def test_dates_and_index_of_a_frame():
    """Dates as x on request; an index that looks meant is not dropped silently."""
    pandas = pytest.importorskip("pandas")
    times = ["2000-01-01", "2000-01-03", "2000-01-02T12:00", "2000-01-01T00:00:00.000000001"]
    days = pandas.to_datetime(times, format="ISO8601")
    frame = pandas.DataFrame({"day": days, "y": [1, 2, 3, 4]})
    with pytest.raises(InputError, match="--x-dates"):
        check(frame)
    found = check(frame, x_dates=True)
    nano = Fraction(1, 86400 * 10**9)
    assert found.data == Dataset.from_fractions([0, 2, Fraction(3, 2), nano], [1, 2, 3, 4])
    assert "x counts days from 2000-01-01" in found.source.notes
    indexed = pandas.DataFrame({"y": [1, 5, 3], "z": [1, 1, 2]}, index=pandas.Index([1990, 1991, 1992], name="year"))
    with pytest.raises(InputError, match="index of the data frame is 'year'"):
        check(indexed)
    assert check(indexed, x="year").data == Dataset.from_fractions([1990, 1991, 1992], [[1, 1], [5, 1], [3, 2]])
    assert check(indexed, x="y").data.tasks == 1
    assert check(pandas.DataFrame({0: [1, 2], 1: [3, 4]})).source.task_names == ("1",)


def test_times_to_the_nanosecond():
    """1500 nanoseconds are not 1 microsecond, whatever Python's own times hold; days across daylight saving."""
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    expected = Dataset.from_fractions([0, Fraction(3, 2 * 86400 * 10**6), Fraction(1, 86400)], [1, 2, 4])
    steps, y = [0, 1500, 10**9], [1, 2, 4]
    for zone in (None, "Europe/Berlin"):
        series = polars.Series(steps).cast(polars.Datetime("ns", zone))
        for frame in (
            polars.DataFrame({"t": series, "y": y}),
            pyarrow.table({"t": pyarrow.array(steps, pyarrow.timestamp("ns", zone)), "y": y}),
            pandas.DataFrame({"t": pandas.to_datetime(steps).tz_localize(zone), "y": y}),
        ):
            assert check(frame, x_dates=True).data == expected
    days = pandas.date_range("2020-03-29", periods=3, tz="Europe/Berlin")
    found = check(pandas.DataFrame({"d": days, "y": y}), x_dates=True).data
    assert found.points == (0, fmpq(23, 24), fmpq(47, 24))
    for seconds in (10**12, -(10**12)):
        table = pyarrow.table({"t": pyarrow.array([0, 1, seconds], pyarrow.timestamp("s")), "y": y})
        with pytest.raises(InputError, match="out of range"):
            check(table, x_dates=True)


def test_names_that_occur_twice_and_an_index_of_numbers():
    """One line for what a library does not take; floats as an index look meant."""
    pandas, pyarrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    for frame in (pandas.DataFrame([[0, 1, 2], [1, 2, 3]], columns=[*"abb"]), pyarrow.table([[0], [1], [2]], [*"abb"])):
        with pytest.raises(InputError, match="two columns have the same name"):
            check(frame)
    columns = {"y": [1, 5, 3], "z": [1, 1, 2]}
    for index, words in (([0.1, 0.2, 0.3], "floats"), (pandas.period_range("2020", periods=3), "dates")):
        with pytest.raises(InputError, match=f"index of the data frame is {words}"):
            check(pandas.DataFrame(columns, index=index))
    assert check(pandas.DataFrame(columns, index=[0.1, 0.2, 0.3]), x="y").data.tasks == 1
    assert check(pandas.DataFrame(columns, index=[4, 7, 9])).source.x_name == "y"


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (({0, 1}, [1, 2]), "x is .* of type set"),
        (([0, 1], {1: 2, 3: 4}), "y is .* of type dict"),
        (([0, 1], [{1, 2}, {3, 4}]), "y.0. is .* of type set among rows"),
        (([0, 1], "12"), "y is '12', of type str"),
        ((5,), "this is a int"),
        (([1, 2],), "this is a list"),
        (([1, 2], [1, 2], "t"), "x names a column"),
        (("nowhere.csv",), "no such file"),
    ],
)
def test_what_is_no_dataset(arguments, fragment):
    """Named as what it is."""
    data, *rest = arguments
    with pytest.raises(InputError, match=fragment):
        check(data, *rest[:1], x=rest[1] if len(rest) > 1 else None)


def test_unknown_choices_and_complete_datasets():
    """Misspelt choices are refused; what is read once is not read again."""
    with pytest.raises(InputError, match="unexpected keyword argument 'flots'"):
        check(X, X, flots="binary")
    with pytest.raises(InputError, match="a dataset is complete"):
        check(EXACT, x="t")
    data = ingest(X, [1, 2, 3, 5])
    assert isinstance(data, ReadData)
    assert ingest(data) is data
    with pytest.raises(InputError, match="does not apply to arrays"):
        ingest(X, X, skip_rows=2)
    assert Choices() == Choices(floats=None)


def test_nothing_heavy_is_imported_for_it():
    """check(x, y) with lists, and an import of check, load neither numpy nor a library of data frames."""
    code = (
        "import sys; from reluproof.verify.reading import ingest\n"
        "ingest([0, 1, 2], [0.5, 1, 2]); ingest([0, 1], [[1], [2]], duplicates='mean')\n"
        "print(*sorted({'numpy', 'pandas', 'polars', 'pyarrow', 'narwhals', 'openpyxl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@pytest.mark.parametrize("kinds", KINDS)
def test_tensors_are_their_numbers(kinds):
    """Data as a training script has them: for check, fit with weights, nearest, decide, kernel_answer, judge."""
    x, y = numpy.arange(5, dtype="float32"), numpy.array([[0, 0], [1, 0.5], [3, 1], [4, 2], [6, 5]], dtype="float32")
    tensors = fake_torch(x, **kinds), fake_torch(y, **kinds)
    weights = numpy.array([1, 2, 1, 2, 1], dtype="float32")
    layers = {"0.weight": numpy.ones((1, 1)), "2.weight": numpy.ones((2, 1))}
    assert check(*tensors).data == check(x, y).data
    assert check(*tensors).source.reading == "binary"
    assert check(fake_torch(x[:, None], **kinds), tensors[1]).data == check(x, y).data
    weighted = fit(tensors, 0.5, weights=fake_torch(weights, **kinds))
    assert weighted.noisy.exact == fit((x, y), 0.5, weights=weights).noisy.exact
    assert nearest(*tensors).data == nearest(x, y).data
    assert decide(*tensors).points == 5
    assert LabelledPoints.from_arrays(fake_torch(y, **kinds), tensors[0]) == LabelledPoints.from_arrays(y, x)
    assert judge(tensors, layers).misfit == judge((x, y), layers).misfit


def test_a_tensor_that_numpy_cannot_hold():
    """One line, not a traceback."""
    broken = fake_torch(numpy.arange(3.0), device="meta")
    broken.cpu = lambda: broken
    broken.float = lambda: broken
    broken.detach = lambda: broken
    for call in (check, decide, lambda x, y: fit((x, y), 1)):
        with pytest.raises(InputError, match="x is no array of numbers"):
            call(broken, [0, 1, 2])
