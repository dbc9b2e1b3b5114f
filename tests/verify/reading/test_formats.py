"""Packed files, Parquet, Arrow, .xlsx: the same dataset as from the table; other kinds are named as what they are."""

import bz2
import datetime
import gzip
import io
import lzma
import subprocess
import sys
import zipfile
from functools import partial

import numpy
import pytest
from reluproof.theory import Dataset
from reluproof.verify.reading import Choices, InputError, read
from reluproof.verify.reading import packed as packed_files
from reluproof.verify.reading import source as input_source
from reluproof.verify.reading.points import read_points

gzipped = partial(gzip.compress, mtime=0)
"""Without the time of packing: workers must agree on what the tests are."""

openpyxl = pytest.importorskip("openpyxl")
pyarrow = pytest.importorskip("pyarrow")

TABLE = b"t,a,b\n0,0.1,1\n1,0.7,3\n2,2.1,0\n3,0.3,1\n"
DECIMALS = Dataset.from_text(["0", "1", "2", "3"], [["0.1", "1"], ["0.7", "3"], ["2.1", "0"], ["0.3", "1"]])
BINARY = Dataset.from_arrays([0, 1, 2, 3], [[0.1, 1], [0.7, 3], [2.1, 0], [0.3, 1]])


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_dot_", "."), content)
    return stream.getvalue()


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def written(tmp_path, content, name="data"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


ROWS = [["t", "a", "b"], [0, 0.1, 1], [1, 0.7, 3], [2, 2.1, 0], [3, 0.3, 1]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.csv.gz", gzipped(TABLE)),
        ("data.csv.xz", lzma.compress(TABLE)),
        ("data.bz2", bz2.compress(TABLE)),
        ("data.zip", zipped(data_dot_csv=TABLE)),
        ("data.xz", lzma.compress(TABLE[:9]) + bytes(4) + lzma.compress(TABLE[9:])),
        ("data.bz2", bz2.compress(TABLE[:9]) + bz2.compress(TABLE[9:])),
        ("data.csv", gzipped(TABLE)),  # whatever the name says
        ("data", zipped(data_dot_csv_dot_gz=gzipped(TABLE))),
        ("j.json.gz", gzipped(b'{"x": [0, 1, 2, 3], "y": [[0.1, 1], [0.7, 3], [2.1, 0], [0.3, 1]]}')),
        ("data.xlsx", workbook(Sheet=ROWS)),
        ("data", workbook(Notes=[], Data=[[], *ROWS])),
    ],
)
def test_packed_tables_and_workbooks(tmp_path, name, content):
    """Told by their content; a workbook's floats are the decimals that they print as."""
    found = read(written(tmp_path, content, name))
    assert found.dataset == DECIMALS
    assert found.source.reading == ("shortest" if content[:2] == b"PK" and b"xl/" in content else "decimal")
    if found.source.reading == "shortest" or b"{" not in gzip_or(content):
        assert found.source.task_names == ("a", "b")
        assert found.source.x_name == "t"


def gzip_or(content):
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else b""


@pytest.mark.parametrize("kind", ["parquet", "feather", "stream.gz"])
def test_columnar_files(tmp_path, kind):
    """Parquet and Arrow hold floats: dyadic, unless they are to be the decimals that they print as."""
    from pyarrow import feather, parquet

    table = pyarrow.table({"t": [0, 1, 2, 3], "a": [0.1, 0.7, 2.1, 0.3], "b": [1, 3, 0, 1], "name": list("wxyz")})
    path = tmp_path / f"data.{kind}"
    if kind == "parquet":
        parquet.write_table(table, path)
    else:
        feather.write_feather(table, path)
    if kind.endswith("gz"):
        path.write_bytes(gzipped(path.read_bytes()))
    with pytest.raises(InputError, match=r"column 'name', row 0 .*'w'"):
        read(path)
    found = read(path, Choices(y=("a", "b")))
    assert (found.dataset, found.source.reading) == (BINARY, "binary")
    found = read(path, Choices(y=("a", "b"), floats="shortest"))
    assert (found.dataset, found.source.reading) == (DECIMALS, "shortest")


def test_sheets(tmp_path):
    """Sheets by name or number, titles skipped, dates, cells of text, and what is missing or no number."""
    day = datetime.date(2000, 1, 1)
    content = workbook(
        First=[["A title"], ["when", "value"], [day, 1], [day + datetime.timedelta(2), "1,5"], [day.replace(day=2), 7]],
        Second=[["x", "y"], [0, 1], [1, None]],
        Third=[["x", "y"], [0, "#N/A"], [1, True]],
        Formula=[["x", "y"], [0, 1], [1, "=1+1"]],
        Years=[["1995", "1996"], [0, 1], [1, 2], [2, 5]],
    )
    path = written(tmp_path, content, "book.xlsx")
    with pytest.raises(
        InputError, match="sheets 'First', 'Second', 'Third', 'Formula', 'Years': choose one with --sheet"
    ):
        read(path)
    for sheet in ("First", 1):
        choices = Choices(sheet=sheet, skip_rows=1, decimal=",", x_dates=True)
        found = read(path, choices)
        assert found.dataset == Dataset.from_fractions([0, 1, 2], [1, 7, "3/2"])
        assert "x counts days from 2000-01-01" in found.source.notes
        assert (found.source.rows, found.source.row_word) == ((3, 5, 4), "row")
    for choices, fragment in [
        ({"sheet": "First", "skip_rows": 1}, "cell A3 holds a date: read x as days with --x-dates"),
        ({"sheet": "Second"}, "cell B3 is empty"),
        ({"sheet": "Third"}, "cell B2: '#N/A'"),
        ({"sheet": "Fourth"}, "no sheet 'Fourth'"),
        ({"sheet": 6}, "no sheet '6'"),
        ({"sheet": "First"}, r"row 1 has 1 cell, the row below 2: if 'A title' is a title, .*--skip-rows 1"),
        ({"sheet": "Formula"}, "cell B3 has a formula without a value"),
        ({"sheet": "Years"}, r"row 1 holds numbers as text above rows of numbers.*--skip-rows 1"),
    ]:
        with pytest.raises(InputError, match=fragment):
            read(path, Choices(**choices))


@pytest.mark.parametrize(
    ("name", "content", "fragments"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), ["old Excel workbook", ".xlsx or CSV"]),
        ("a.csv", b"\x28\xb5\x2f\xfd" + bytes(9), ["zstandard"]),
        ("a.csv", b"SQLite format 3\0", ["SQLite"]),
        ("a.h5", b"\x89HDF\r\n\x1a\n", ["HDF5"]),
        ("a.pdf", b"%PDF-1.7", ["PDF"]),
        ("a.csv", b"<!DOCTYPE html><html>", ["web page"]),
        ("a.pkl", b"\x80\x04\x95" + bytes(9), ["pickle"]),
        ("a.ods", zipped(mimetype="application/vnd.oasis", content_dot_xml="<x/>"), ["OpenDocument"]),
        ("a.zip", zipped(a_dot_csv=TABLE, b_dot_csv=TABLE), ["a.csv, b.csv", "one table"]),
        ("a.zip", zipped(), ["nothing"]),
        ("a.gz", gzipped(b""), ["holds nothing"]),
        ("a.gz", gzipped(TABLE)[:-4], ["damaged"]),
        ("a.xz", lzma.compress(TABLE)[:-4], ["damaged"]),
        ("a.zip", zipped(a_dot_csv=TABLE)[:-9], ["damaged"]),
        ("a.xz", lzma.compress(TABLE) + b"4,5,6", ["damaged"]),  # what follows is not passed over
        ("a.bz2", bz2.compress(TABLE) + b"4,5,6", ["damaged"]),
        ("a.gz", gzipped(TABLE) + b"4,5,6", ["damaged"]),
        ("a.tar", b"a.csv" + bytes(252) + b"ustar" + bytes(250), ["a tar archive"]),
        ("a.gz", gzipped(gzipped(gzipped(TABLE))), ["more than 2 times"]),
        ("a.xlsx", b"0,1\n", ["damaged"]),
        ("a.parquet", b"PAR1xxxxPAR1", ["Parquet", "damaged"]),
        ("a.feather", b"ARROW1xxxx", ["Arrow", "damaged"]),
    ],
)
def test_files_that_hold_no_table_we_read(tmp_path, name, content, fragments):
    """Named as what they are, with what would be right."""
    with pytest.raises(InputError) as refusal:
        read(written(tmp_path, content, name))
    message = str(refusal.value)
    assert message.isprintable()
    for fragment in fragments:
        assert fragment in message


def test_a_small_file_that_unpacks_to_much(tmp_path, monkeypatch):
    """Refused by what it unpacks to, and numbers are counted before they are made."""
    monkeypatch.setattr(packed_files, "MAX_BYTES", 10**6)
    with pytest.raises(InputError, match="too large"):
        read(written(tmp_path, gzipped(b"0" * (10**6 + 1))))
    with pytest.raises(InputError, match="too large"):
        read(written(tmp_path, zipped(a_dot_csv=b"0" * (10**6 + 1))))
    monkeypatch.undo()
    stream = io.BytesIO()
    numpy.savez_compressed(stream, x=numpy.arange(2 * 10**6), y=numpy.zeros((2 * 10**6, 16), numpy.int8))
    assert len(stream.getvalue()) < 4 * 10**6
    with pytest.raises(InputError, match="34000000 numbers: at most 10000000"):
        read(written(tmp_path, stream.getvalue(), "bomb.npz"))
    for content in (
        b"1,2\n" * (input_source.MAX_NUMBERS // 2 + 1),
        b'{"x": [' + b"1," * (input_source.MAX_NUMBERS + 1),
    ):
        with pytest.raises(InputError, match="at most 10000000"):
            read(written(tmp_path, content))


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_without_the_extra_one_line_names_it(tmp_path, name):
    """As in an environment without the optional libraries."""
    path = tmp_path / name
    path.write_bytes(workbook(Sheet=ROWS) if name.endswith("xlsx") else b"PAR1" + bytes(9) + b"PAR1")
    code = (
        "import sys; sys.modules.update(openpyxl=None, pyarrow=None, narwhals=None)\n"
        "from reluproof.verify.cli import main; sys.exit(main(['check', sys.argv[1]]))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "pip install 'reluproof[tables]'" in done.stderr


def with_hidden(change, rows=ROWS, title="Data"):
    """A workbook whose sheet was changed, as bytes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def hide_rows(*numbers):
    def change(_, sheet):
        for number in numbers:
            sheet.row_dimensions[number].hidden = True

    return change


def hide_columns(first, last):
    def change(_, sheet):
        sheet.column_dimensions.group(first, last, hidden=True)

    return change


def hide_sheet(book, sheet):
    book.create_sheet("Empty")
    sheet.sheet_state = "veryHidden"


HIDDEN = "hidden in the workbook, and read all the same: "


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda *_: None, None),
        (hide_rows(1), None),
        (hide_rows(7), None),
        (hide_rows(3), "row 3"),
        (hide_rows(1, 2, 4), "2 rows (2, 4)"),
        (hide_columns("B", "B"), "column B"),
        (hide_columns("A", "C"), "3 columns (A, B, C)"),
        (hide_columns("D", "F"), None),
        (hide_sheet, "the sheet 'Data'"),
    ],
)
def test_what_a_workbook_hides_is_said(tmp_path, change, words):
    """Hidden or filtered rows, columns and sheets are read, with a note; those beside the table are not said."""
    path = written(tmp_path, with_hidden(change), "book.xlsx")
    found = read(path)
    assert (found.dataset, found.source.notes) == (DECIMALS, () if words is None else (HIDDEN + words,))


def test_many_hidden_rows_are_counted_and_other_columns_do_not_count(tmp_path):
    """A long list is cut; a hidden column that is not chosen says nothing; every command says the same."""
    rows = [["t", "a", "b"], *[[index, index * index % 7, index % 3] for index in range(40)]]
    path = written(tmp_path, with_hidden(hide_rows(*range(10, 30)), rows), "book.xlsx")
    words = HIDDEN + "20 rows (10, 11, 12, 13, 14 and 15 more)"
    assert read(path).source.notes == (words,)
    assert read_points(path, 2).notes == (words,)
    path = written(tmp_path, with_hidden(hide_columns("C", "C"), rows), "other.xlsx")
    assert read(path, Choices(y=("a",))).source.notes == ()


def test_a_workbook_of_another_program(tmp_path):
    """Single quotes, rows without numbers, no height, no width: as the standard allows, not as openpyxl writes."""
    content = with_hidden(hide_rows(3))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(stream, "w") as other:
        for name in book.namelist():
            text = book.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b' hidden="1"', b" hidden = 'true'").replace(b'<row r="3"', b"<row")
                text = text.replace(b'<row r="4"', b'<row ht="0" customHeight="1"')
                text = text.replace(b"<sheetData>", b'<cols><col min="3" max="3" width="0"/></cols><sheetData>')
            other.writestr(name, text.replace(b'"/xl/worksheets', b'"worksheets'))
    notes = read(written(tmp_path, stream.getvalue(), "book.xlsx")).source.notes
    assert notes == (HIDDEN + "2 rows (3, 4), column C",)
