"""Columns by name, lines skipped, marks in numbers, dates, repeated points: on the command line and in Python."""

import json

import pytest
from reluproof.theory import Dataset
from reluproof.verify import check
from reluproof.verify.cli import main
from reluproof.verify.reading import Choices, InputError, read

WIDE = 'index,"a, b",year,gdp_us,gdp_uk\n0,5,1990,1,4\n1,6,1991,2,4\n2,8,1992,4,5\n3,7,1993,8,7\n'


def run(capsys, *arguments):
    """(exit status, standard output, standard error)."""
    try:
        status = main([*map(str, arguments)])
    except SystemExit as stop:
        status = stop.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def written(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def labels(columns):
    return [list(row) for row in zip(*columns, strict=True)]


GDP = labels([[1, 2, 4, 8], [4, 4, 5, 7]])
YEARS = [1990, 1991, 1992, 1993]


@pytest.mark.parametrize(
    ("options", "x", "y", "names"),
    [
        (["--x", "year", "--y", "gdp_us,gdp_uk"], YEARS, GDP, ["gdp_us", "gdp_uk"]),
        (["--x", "3", "--y", "4", "--y", "5"], YEARS, GDP, ["gdp_us", "gdp_uk"]),
        (["--x", "year", "--y", "gdp*"], YEARS, GDP, ["gdp_us", "gdp_uk"]),
        (["--x", "year", "--y", '"a, b",gdp_u[s]'], YEARS, labels([[5, 6, 8, 7], [1, 2, 4, 8]]), ["a, b", "gdp_us"]),
        (["--y", "gdp_us"], [0, 1, 2, 3], [[1], [2], [4], [8]], ["gdp_us"]),
        (
            ["--x", "year"],
            YEARS,
            labels([[0, 1, 2, 3], [5, 6, 8, 7], *labels(GDP)]),
            ["index", "a, b", "gdp_us", "gdp_uk"],
        ),
    ],
)
def test_columns_by_name(capsys, tmp_path, options, x, y, names):
    """Names, numbers, patterns and quoted names; the output says which column is which."""
    path = written(tmp_path, WIDE)
    status, out, _ = run(capsys, "check", path, *options, "--json")
    found = json.loads(out)
    assert (status, found["input"]["tasks"]) == (0, names)
    assert found["input"]["x"] == (names and ("index" if x[0] == 0 else "year"))
    expected = check(Dataset.from_fractions(x, y)).to_json()
    assert [found[key] for key in ("cost", "runs", "optimum")] == [expected[key] for key in ("cost", "runs", "optimum")]
    for command in (["nearest"], ["solve"], ["decide"], ["check"]):
        status, out, _ = run(capsys, *command, path, *options)
        assert (status, f"x is {found['input']['x']!r}; labels: {', '.join(map(repr, names))}" in out) == (0, True), (
            command
        )


@pytest.mark.parametrize(
    ("options", "fragments"),
    [
        (["--x", "yaer"], ["no column 'yaer'", "'year'"]),
        (["--x", "9"], ["no column 9", "1 to 5"]),
        (["--x", "0"], ["no column 0"]),
        (["--y", "index"], ["1 ('index')", "both x and a label", "--x"]),
        (["--x", "year", "--y", "year"], ["both x and a label"]),
        (["--y", "gdp*,gdp_us"], ["twice"]),
        (["--y", "nothing*"], ["no column 'nothing*'"]),
        (["--y", "a,,b"], ["a name is missing"]),
        (["--y", '"a'], ["--y"]),
        (["--skip-rows", "-1"], ["0 or more"]),
        (["--skip-rows", "99"], ["skips them all"]),
        (["--sheet", "1"], ["--sheet does not apply to a text table"]),
        (["--floats", "shortest"], ["--floats does not apply"]),
        (["--decimal", ";"], ["--decimal"]),
        (["--decimal", ",", "--thousands", ","], ["same mark"]),
        (["--date-format", "%Y"], ["--x-dates"]),
        (["--x-dates"], ["row 2, column 1", "'0' is not a date"]),
    ],
)
def test_choices_that_cannot_be_met(capsys, tmp_path, options, fragments):
    """One line, exit status 2."""
    status, out, err = run(capsys, "check", written(tmp_path, WIDE), *options)
    assert (status, out, err.count("\n")) == (2, "", 1)
    for fragment in fragments:
        assert fragment in err


def test_a_column_that_only_counts_is_not_taken_silently(capsys, tmp_path):
    """0, 1, 2, ... named index, beside a monotone column; a header without a name is refused with the remedy."""
    path = written(tmp_path, WIDE)
    note = "x is 'index', which only counts the rows; 'year' is monotone too (--x chooses)"
    assert note in run(capsys, "check", path)[1]
    assert json.loads(run(capsys, "check", path, "--json")[1])["input"]["notes"] == [note]
    assert "only counts" not in run(capsys, "check", path, "--x", "index")[1]
    assert "only counts" not in run(capsys, "check", written(tmp_path, "index,y\n0,3\n1,1\n2,2\n"))[1]
    assert "only counts" not in run(capsys, "check", written(tmp_path, "t,y\n0,3\n1,5\n2,9\n"))[1]
    unnamed = written(tmp_path, ",year,y\n0,1990,3\n1,1991,5\n2,1992,4\n")
    status, _, err = run(capsys, "check", unnamed)
    assert (status, "row 1, column 1" in err, "--x" in err) == (2, True, True)
    assert read(unnamed, Choices(x="year", y=("y",))).source.task_names == ("y",)


@pytest.mark.parametrize(
    ("text", "choices", "x", "y"),
    [
        (
            "Title; of it\nx;y\n0;0,5\n1;1.299,99\n",
            {"skip_rows": 1, "decimal": ",", "thousands": "."},
            [0, 1],
            ["1/2", "129999/100"],
        ),
        ("x\ty\n0\t1,5\n1\t-2,25e1\n", {"decimal": ","}, [0, 1], ["3/2", "-45/2"]),
        ("x,y\n0,5\n1,1/2\n", {"decimal": "."}, [0, 1], [5, "1/2"]),
        ('0,"1,234"\n1,"1,234,567.5"\n', {"thousands": ","}, [0, 1], [1234, "2469135/2"]),
        ("0;1'234\n1;12\n", {"thousands": "'"}, [0, 1], [1234, 12]),
        ("0;1 234\n1;1\u202f234,5\n", {"thousands": " ", "decimal": ","}, [0, 1], [1234, "2469/2"]),
        ("x,1995,1996\n0,1,2\n1,3,4\n", {"x": "x", "y": ("1996",)}, [0, 1], [2, 4]),
        ("x,1995,1996\n0,1,2\n1,3,4\n", {"y": ("1996",)}, [0, 1], [2, 4]),  # there is no column number 1996
        ("1,2,3\n0,1,2\n4,3,4\n", {"y": ("2",)}, [0, 1, 4], [1, 2, 3]),  # but there is a column number 2
        ("d,y\n2000-03-01,1\n2000-02-28,2\n2000-03-01T12:00,4\n", {"x_dates": True}, [2, 0, "5/2"], [1, 2, 4]),
        ("d,y\n1999Q4,1\n2000Q1,2\n2000-05,4\n", {"x_dates": True}, [0, 92, 213], [1, 2, 4]),
        ("d;y\n31.12.1999;1\n02.01.2000;2\n", {"x_dates": True, "date_format": "%d.%m.%Y"}, [0, 2], [1, 2]),
        ("d,y\n2000-01-01T00:00+02:00,1\n2000-01-01T00:00Z,2\n", {"x_dates": True}, [0, "1/12"], [1, 2]),
        (
            "d,y\n2000-01-01T00:00:00.0000000001,1\n2000-01-01T00:00:00,2\n",  # finer than Python's microseconds
            {"x_dates": True},
            [f"1/{86_400 * 10**10}", 0],
            [1, 2],
        ),
        ("d,y\n0001-01-01T00:00+05:00,1\n0001-01-01T00:00Z,2\n", {"x_dates": True}, [0, "5/24"], [1, 2]),
        ("d,y\n9999-12-31T23:00-05:00,1\n9999-12-31T23:00Z,2\n", {"x_dates": True}, ["5/24", 0], [1, 2]),
        ("x;y\n1 000;1\n2 001;2\n", {"thousands": " "}, [1000, 2001], [1, 2]),
    ],
)
def test_numbers_as_they_are_written_elsewhere(tmp_path, text, choices, x, y):
    """Decimal commas, thousands, titles, years as names, dates: exact, and only because it was said."""
    assert read(written(tmp_path, text), Choices(**choices)).dataset == Dataset.from_fractions(x, y)


@pytest.mark.parametrize(
    ("text", "choices", "fragment"),
    [
        ("0;1.5\n1;2\n", {"decimal": ","}, "row 1, column 2: '1.5' has a point"),
        ('0,"12,34"\n1,2\n', {"thousands": ","}, "out of place"),
        ('0,"1,2345"\n1,2\n', {"thousands": ","}, "out of place"),
        ("2000-13-01,1\n2001-01-01,2\n", {"x_dates": True}, "row 1, column 1: '2000-13-01' is not a date"),
        ("2000-01-01,1\n2001-01-01T00:00Z,2\n", {"x_dates": True}, "time zone"),
        ("1/2/2000,1\n2/2/2000,2\n", {"x_dates": True}, "--date-format"),
        ("2000-01-01,1\n2000-01-01,2\n", {"x_dates": True}, "the same x, '2000-01-01'"),
        ("1 000\n2 001\n", {"thousands": " "}, "one column"),  # and not x = 1 and y = 0
        ("1 UTC,1\n2 CET,2\n", {"x_dates": True, "date_format": "%d %Z"}, "%Z names time zones"),
    ],
)
def test_what_they_do_not_mean(tmp_path, text, choices, fragment):
    """Nothing is guessed."""
    with pytest.raises(InputError) as refusal:
        read(written(tmp_path, text), Choices(**choices))
    assert fragment in str(refusal.value)


def test_repeated_points(capsys, tmp_path):
    """Refused, averaged exactly, or the first taken; said in the output."""
    path = written(tmp_path, "x,y,z\n0,1,1\n1,1,0\n1.0,2,0\n2,5,1\n1,4,1\n3,0,0\n")
    status, _, err = run(capsys, "check", path)
    assert (status, "row 3 and row 4 have the same x, '1' and '1.0'" in err, "--duplicates" in err) == (2, True, True)
    mean = read(path, Choices(duplicates="mean"))
    assert mean.dataset == Dataset.from_fractions([0, 1, 2, 3], [[1, 1], ["7/3", "1/3"], [5, 1], [0, 0]])
    assert mean.source.rows == (2, 3, 5, 7)
    first = read(path, Choices(duplicates="first"))
    assert first.dataset == Dataset.from_fractions([0, 1, 2, 3], [[1, 1], [1, 0], [5, 1], [0, 0]])
    out = run(capsys, "check", path, "--duplicates", "mean")[1]
    assert "3 rows have the x of another: at 1 point their labels are averaged, exactly" in out
    assert "the first row is taken" in run(capsys, "decide", path, "--duplicates", "first")[1]
    with pytest.raises(InputError, match="all rows have the same x"):
        read(written(tmp_path, "1,2\n1,3\n"), Choices(duplicates="mean"))


def test_every_command_that_takes_data_takes_the_options(capsys):
    """One place adds them."""
    for command in ("check", "decide", "nearest", "solve", "recheck", "fit", "judge", "train", "explore", "kernel"):
        status, out, _ = run(capsys, command, "--help")
        assert status == 0
        for option in (
            "--x ",
            "--y ",
            "--skip-rows",
            "--sheet",
            "--decimal",
            "--thousands",
            "--x-dates",
            "--duplicates",
            "--floats",
        ):
            assert option in out, (command, option)


def test_recheck_reads_data_as_check_did(capfd, tmp_path):
    """A certificate of chosen columns is accepted with the same choices, and rejected with others."""
    path, certificate = written(tmp_path, WIDE), tmp_path / "c.jsonl"
    options = ["--x", "year", "--y", "gdp*"]
    assert run(capfd, "check", path, *options, "--certificate", certificate)[0] == 0
    assert run(capfd, "recheck", certificate, path, *options)[0] == 0
    assert run(capfd, "recheck", certificate, path)[0] != 0


def test_columns_of_data_with_many_inputs(capsys, tmp_path):
    """The first --inputs of the columns that were chosen are the inputs, whatever order the file has."""
    path = written(tmp_path, "id,rate,lat,lon\n1,1,0,0\n2,0,1,0\n3,0,0,1\n4,3,1,1\n")
    plain = written(tmp_path, "lat,lon,rate\n0,0,1\n1,0,0\n0,1,0\n1,1,3\n", "plain.csv")
    options = ["--inputs", "2", "--labels-only", "--json"]
    chosen = json.loads(run(capsys, "kernel", path, *options, "--x", "lat", "--y", "lon,rate")[1])
    expected = json.loads(run(capsys, "kernel", plain, *options)[1])
    assert chosen.pop("input")["name"] != expected.pop("input")["name"]
    assert chosen == expected
    status, _, err = run(capsys, "kernel", path, *options, "--duplicates", "mean")
    assert (status, "--duplicates does not apply to data with many inputs" in err) == (2, True)


def test_choices_of_a_fit(capsys, tmp_path):
    """Weights beside chosen columns; repeated points stay observations."""
    path = written(tmp_path, "w;id;t;y\n1;7;0;0,5\n2;8;1;1\n1;9;1;2\n1;10;3;0\n")
    options = ["--lambda", "1/10", "--decimal", ",", "--json"]
    chosen = json.loads(run(capsys, "fit", path, *options, "--weights", "w", "--x", "t", "--y", "y")[1])
    plain = written(tmp_path, "t,y,w\n0,0.5,1\n1,1,2\n1,2,1\n3,0,1\n", "plain.csv")
    expected = json.loads(run(capsys, "fit", plain, "--lambda", "1/10", "--json", "--weights", "w")[1])
    assert (chosen.pop("input")["x"], expected.pop("input")["x"]) == ("t", "t")
    assert chosen == expected
    status, _, err = run(capsys, "fit", path, *options, "--duplicates", "mean")
    assert (status, "--duplicates does not apply to a fit" in err) == (2, True)
