"""Refusals: every input that is no dataset gives one line with its place, the mistake and the remedy."""

import io
import os
import struct
import zipfile
from pathlib import Path

import numpy
import pytest
from reluproof.verify.reading import InputError, read, read_arrays
from reluproof.verify.reading import source as input_source


def npy(array: object) -> bytes:
    stream = io.BytesIO()
    numpy.save(stream, numpy.asarray(array))
    return stream.getvalue()


def raw_npy(header: str, body: bytes = b"") -> bytes:
    return b"\x93NUMPY\x02\x00" + struct.pack("<I", len(header)) + header.encode() + body


def shape_npy(shape: str, body: bytes = b"", descr: str = "'<f8'") -> bytes:
    return raw_npy(f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}}}\n", body)


def npz(compression: int = zipfile.ZIP_STORED, **arrays: object) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, array in arrays.items():
            archive.writestr(f"{name}.npy", array if isinstance(array, bytes) else npy(array))
    return stream.getvalue()


TABLES: list[tuple[str | bytes, list[str]]] = [
    ("", ["empty", "at least 2"]),
    (b"\xef\xbb\xbf", ["no data"]),
    ("# a\n\n  \n# b", ["no data", "comments"]),
    ("1,2\n", ["1 point", "at least 2"]),
    ("x,y\n", ["no points"]),
    ("1\n2\n", ["row 1", "no label"]),
    ("x,y\n1,2\n\n3,4,5\n", ["row 4", "3 columns", "has 2"]),
    ("x,y\n1,2\n3\n", ["row 3", "1 column,"]),
    ("1,2\n3,\n", ["row 2, column 2", "missing"]),
    ("1,2,\n3,4,\n", ["row 1, column 3", "missing"]),
    (",y\n1,2\n3,4", ["row 1, column 1", "without a name"]),
    ("1,2\n3,abc\n", ["row 2, column 2", "'abc'", "not a number"]),
    ("1,a\n3,4\n", ["row 1, column 2", "header"]),
    ("# note\nx;y\n1;0,5\n2;3", ["row 3, column 2", "decimal comma"]),
    ("0,5 1,5\n1,5 2,5", ["row 1, column 2", "blank inside", "decimal commas"]),
    ("x,y\n1,nan\n2,3", ["row 2, column 2", "finite"]),
    ("nan,inf\n1,2\n3,4", ["row 1, column 1", "finite"]),
    ("x,y\n-inf,1\n2,3", ["row 2, column 1", "finite"]),
    ("0x10,1\n2,3\n4,5", ["row 1, column 1", "hexadecimal"]),
    ("1_0,2_0\n1,2\n3,4", ["row 1, column 1", "underscore"]),
    ("x,y\n1,1/0\n2,2", ["row 2, column 2", "divides by zero"]),
    ("x,y\n1/2,1\n3,4\n0.5,3\n", ["row 2 and row 4", "same x", "1/2"]),
    ("1,2\n3,\x004\n", ["row 2", "NUL", "UTF-8"]),
    ("1,2\n3,4\n".encode("utf-16"), ["UTF-16", "UTF-8"]),
    ("1,2\n3,4\n".encode("utf-16-le"), ["NUL", "UTF-8"]),
    ("1,2\n# caf\xe9\n3,4\n".encode("latin-1"), ["row 2", "0xe9", "Latin-1"]),
    ("x,y\n1,\u0663\n2,3", ["row 2, column 2", "ASCII digits"]),
    ("1,\xa02\n2,3", ["row 1, column 2", r"\xa0"]),
    ("1,1e999999999\n2,3", ["row 1, column 2", "within +-1000"]),
    ("1,1e-" + "9" * 10**5 + "\n2,3", ["row 1, column 2", "1200 characters"]),
    ("1," + "9" * 10**7 + "\n2,3", ["row 1, column 2", "1200 characters"]),
    ("1," + " " * 10**6 + "x\n2,3", ["row 1, column 2", "'x'"]),
    ("1,\x1b[31mred\x07\n2,3", ["row 1, column 2", r"\x1b[31mred\x07"]),
    ('"1","2\n3,4', ["row 1", "quotation mark"]),
    (b"\x1f\x8b123", ["gzip", "damaged"]),
]

JSONS: list[tuple[str | bytes, list[str]]] = [
    ("1,2\n3,4", ["row 1, column 2", "not JSON"]),
    ('{"x": [1,\n 2], "y": [1 2]}', ["row 2, column", "not JSON"]),
    ("[1, 2]", ["not an object"]),
    ("{}", ['no list "x"']),
    ('{"x": [1, 2], "y": 3}', ['no list "y"']),
    ('{"x": [1], "x": [2], "y": [1]}', ["key 'x' twice"]),
    ('{"x": [1], "y": [2], "z": [1]}', ["unknown key 'z'"]),
    ('{"x": [], "y": []}', ["no points"]),
    ('{"x": [1, 2], "y": [[], []]}', ["no label"]),
    ('{"x": [1, 2, 3], "y": [1, 2]}', ["3 points", "for 2"]),
    ('{"x": [1, 2], "y": [1, [2]]}', ["y[0]", "a number among lists"]),
    ('{"x": [1, 2], "y": [[1], "2"]}', ["y[1]", "a string among lists"]),
    ('{"x": [1, 2], "y": [[1], [2, 3]]}', ["y[1]", "2 labels", "has 1"]),
    ('{"x": [1, 2], "y": [[1], [NaN]]}', ["y[1][0]", "finite"]),
    ('{"x": [1, -Infinity], "y": [1, 2]}', ["x[1]", "finite"]),
    ('{"x": [1, true], "y": [1, 2]}', ["x[1]", "true is not a number"]),
    ('{"x": [1, null], "y": [1, 2]}', ["x[1]", "null is not a number"]),
    ('{"x": [1, 2], "y": [[[1]], [2]]}', ["y[0][0]", "a list is not a number"]),
    ('{"x": ["\\ud800", 2], "y": [1, 2]}', ["x[0]", r"\ud800"]),
    ('{"x": ["1/2", 0.5], "y": [1, 2]}', ["x[0] and x[1]", "same x"]),
    ('{"x": [1, 1e999999999], "y": [1, 2]}', ["x[1]", "within +-1000"]),
    ('{"x": [1, ' + "9" * 10**5 + '], "y": [1, 2]}', ["x[1]", "1200 characters"]),
    ("[" * 10**6, ["nested too deeply"]),
    ('{"x":' * 10**5, ["nested too deeply"]),
    ('{"x": [1, 2]'.encode("utf-16"), ["UTF-16"]),
]

NPYS: list[tuple[bytes, list[str]]] = [
    (b"1,2\n3,4", ["header is damaged"]),
    (b"\x93NUMPY", ["header is damaged"]),
    (b"\x93NUMPY\x03\x00xx", ["version"]),
    (b"\x93NUMPY\x02\x00\xff\xff\xff\xff ", ["header is damaged or too long"]),
    (raw_npy(" " * 10**6), ["too long"]),
    (raw_npy("-" * 9000 + "1"), ["header is damaged"]),
    (raw_npy("{[]: 1}"), ["header is damaged"]),
    (shape_npy("(1000000000000, 2)"), ["shape (1000000000000, 2)", "0 bytes"]),
    (shape_npy("(-2, -2)", b"0" * 32), ["shape (-2, -2)"]),
    (shape_npy("(" + "1," * 100 + ")", b"0" * 8), ["100 dimensions"]),
    (shape_npy("(0, 1000000000000000000000)"), ["no elements"]),
    (shape_npy("(True, 2)", b"0" * 16), ["(True, 2)", "does not agree"]),
    (shape_npy(f"({10**23}, 2)", b"0" * 16), ["does not agree", "16 bytes"]),
    (npy([[1.0, 2.0], [3.0, 4.0]])[:60], ["header is damaged"]),
    (npy([[1.0, 2.0], [3.0, 4.0]])[:-3], ["does not agree"]),
    (npy([[1.0, 2.0], [3.0, 4.0]]) + b"0", ["does not agree"]),
    (shape_npy("(True, True)", b"0" * 8), ["(True, True)", "does not agree"]),
    (npy([1.0, 2.0]), ["shape (2,)", "(N, 1 + T)"]),
    (npy([[1.0], [2.0]]), ["shape (2, 1)", "(N, 1 + T)"]),
    (npy([[1.0, 2.0]]), ["1 point"]),
    (npy([[0, 1], [1, numpy.nan]]), ["row 1, column 1", "nan", "finite"]),
    (npy([[0, 1], [-numpy.inf, 1]]), ["row 1, column 0", "-inf"]),
    (npy([[0.0, 1], [-0.0, 1]]), ["row 0, column 0 and row 1, column 0", "same x"]),
    (npy(numpy.array([[1, None]], dtype=object)), ["Python objects"]),
    (npy(numpy.ones((2, 2), complex)), ["complex128"]),
    (npy(numpy.ones((2, 2), bool)), ["bool"]),
    (npy(numpy.zeros(2, dtype=[("a", "f8")])), ["structured"]),
    (npy([["1", "2"]]), ["str32"]),
    (npy(numpy.array([["2020-01-01"] * 2] * 2, dtype="M8[D]")), ["datetime64"]),
]

NPZS: list[tuple[bytes, list[str]]] = [
    (b"PK\x03\x04junk", ["archive is damaged"]),
    (npz(x=[1, 2], y=[1, 2])[:100], ["archive is damaged"]),
    (npz(a=[1, 2], b=[1, 2]), ["a.npy, b.npy", "x and y"]),
    (npz(x=[1, 2], y=[1, 2], z=[1]), ["z.npy", "x and y"]),
    (npz(x=[1, 2], y=[1, 2, 3]), ["shape (2,)", "shape (3,)"]),
    (npz(x=[[1, 2]], y=[1, 2]), ["shape (1, 2)", "(N,)"]),
    (npz(x=[1, 2], y=[[1, numpy.nan], [1, 2]]), ["y[0, 1]", "nan"]),
    (npz(x=[1.0, 1.0], y=[1, 2]), ["x[0] and x[1]", "same x"]),
    (npz(x=numpy.array([1, None]), y=[1, 2]), ["array x", "Python objects"]),
    (npz(x=b"", y=[1, 2]), ["array x", "header is damaged"]),
    (npz(zipfile.ZIP_LZMA, x=[1, 2], y=[1, 2]), ["x.npy", "unusually"]),
]

CASES = [
    pytest.param(f"data.{suffix}", content, fragments, id=f"{suffix}-{index}-{fragments[-1][:20]}")
    for suffix, cases in (("csv", TABLES), ("json", JSONS), ("npy", NPYS), ("npz", NPZS))
    for index, (content, fragments) in enumerate(cases)
]


@pytest.mark.parametrize(("name", "content", "fragments"), CASES)
def test_refusals_name_place_mistake_and_remedy(
    tmp_path: Path, name: str, content: str | bytes, fragments: list[str]
) -> None:
    """One printable line that begins with the file's name; long cells do not make it long."""
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    with pytest.raises(InputError) as refusal:
        read(path)
    message = str(refusal.value)
    assert message.startswith(f"{path}: ")
    assert message.isprintable()
    assert len(message.removeprefix(str(path))) < 250
    for fragment in fragments:
        assert fragment in message


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    """Missing files, directories, impossible names and closed standard input."""
    for path, fragment in [
        (str(tmp_path / "none.csv"), "no such file"),
        (str(tmp_path), "directory"),
        ("", "'': there is no such file"),
        ("a\0b", "cannot be opened"),
    ]:
        with pytest.raises(InputError, match=fragment):
            read(path)


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process without standard input says so."""
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match=r"^standard input: .*closed"):
        read("-")


def test_special_files_are_refused_without_waiting(tmp_path: Path) -> None:
    """A named pipe without a writer and an endless device are not opened for reading."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(InputError, match="not a regular file"):
            read(path)


def test_the_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, standard input and unpacked arrays above the limit are refused, those at the limit are read."""
    path = tmp_path / "data.csv"
    path.write_bytes(b"1,2\n3,4\n")
    monkeypatch.setattr(input_source, "MAX_BYTES", 8)
    assert read(path).dataset.size == 2
    path.write_bytes(b"1,2\n3,4\n\n")
    with pytest.raises(InputError, match="too large"):
        read(path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1" * 9)))
    with pytest.raises(InputError, match=r"^standard input: .*too large"):
        read("-")


def test_archives_that_unpack_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small archive of a large array is refused by what it unpacks to."""
    path = tmp_path / "bomb.npz"
    path.write_bytes(npz(zipfile.ZIP_DEFLATED, x=numpy.zeros(10**6), y=[1, 2]))
    monkeypatch.setattr("reluproof.verify.reading.array_bytes.MAX_BYTES", 10**6)
    with pytest.raises(InputError, match="too large"):
        read(path)


@pytest.mark.parametrize(
    ("x", "y", "fragment"),
    [
        ([1, 2], [1, 2, 3], "shape"),
        ([[1, 2]], [1, 2], "shape"),
        ([1], [1], "1 point"),
        ([1, 2], [[], []], "no label"),
        ([1, 2], [[1], [2, 3]], "2 numbers"),
        ([1, 2], ["a", "b"], "str"),
        ([1, 2], [1, None], r"y\[1, 0\] is missing"),
        ([1, 2], [1j, 2], "complex"),
        ([True, False], [1, 2], "bool"),
        ([1, 2], [1, float("nan")], r"y\[1, 0\] is nan"),
        ([1, float("inf")], [1, 2], r"x\[1\] is inf"),
        ([2, 1, 2], [1, 2, 3], r"x\[0\] and x\[2\]"),
        ([1, 2], numpy.ma.array([1, 2], mask=[True, False]), "masked"),
    ],
)
def test_arrays_from_python(x: object, y: object, fragment: str) -> None:
    """Arrays handed over in Python are refused in the same words."""
    with pytest.raises(InputError, match=rf"^arrays: .*{fragment}") as refusal:
        read_arrays(x, y)  # type: ignore[arg-type]
    assert str(refusal.value).isprintable()
