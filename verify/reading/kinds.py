"""What kind of file this is: the only place that looks at the first bytes and at the name's ending."""

import io
import os
import zipfile
from typing import Literal

from .array_bytes import NPY_MAGIC, ZIP_MAGIC
from .source import InputError

Kind = Literal["table", "json", "npy", "npz", "xlsx", "parquet", "arrow", "gzip", "xz", "bzip2", "zip"]

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (NPY_MAGIC, "npy"),
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
)
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls): save it as .xlsx or CSV"),
    (b"SQLite format 3", "an SQLite database: export the table as CSV"),
    (b"\x89HDF", "an HDF5 file: save the columns as CSV, .npz or Parquet"),
    (b"CDF\x01", "a netCDF file: save the columns as CSV, .npz or Parquet"),
    (b"CDF\x02", "a netCDF file: save the columns as CSV, .npz or Parquet"),
    (b"MATLAB ", "a MATLAB file: save the columns as CSV"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstandard: unpack it first, or use gzip, xz or zip"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"%PDF", "a PDF document: copy the table into a CSV file"),
    (b"{\\rtf", "an RTF document: save it as plain text"),
    (b"\x80\x04\x95", "a Python pickle, which is never opened: save the arrays with numpy.savez"),
)
_ENDINGS: dict[str, Kind] = {
    ".npy": "npy",
    ".npz": "npz",
    ".json": "json",
    ".parquet": "parquet",
    ".feather": "arrow",
    ".arrow": "arrow",
    ".ipc": "arrow",
    ".xlsx": "xlsx",
}
_TABLES = (".csv", ".tsv", ".txt", ".dat")


def kind_of(name: str, content: bytes) -> Kind:
    """The kind of a file by its content, or by its name's ending where the content leaves it open.

    InputError, which names what it is, for kinds that are not read.

    >>> kind_of("data.txt", b"0,1"), kind_of("-", b' {"x": []}'), kind_of("data.npy", b"PK\\x05\\x06" + bytes(18))
    ('table', 'json', 'zip')
    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    for magic, what in _FOREIGN:
        if content.startswith(magic):
            raise InputError(f"this is {what}")
    if content[257:262] == b"ustar":
        raise InputError("this is a tar archive: unpack it first")
    if content.startswith(ZIP_MAGIC):
        return _kind_of_zip(content)
    ending = os.path.splitext(name)[1].lower()
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if start[:1] == b"{" or (start[:1] == b"[" and ending not in _TABLES):
        return "json"
    if start[:14].lower().startswith((b"<!doctype html", b"<html", b"<table")):
        raise InputError("this is a web page (HTML): save the table itself as CSV")
    if start.startswith((b"<?xml", b"<svg")):
        raise InputError("this is XML: save the table as CSV")
    return "table"


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "zip"  # who unpacks it says what is wrong
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        raise InputError("this is an OpenDocument file: save it as .xlsx or CSV")
    return "npz" if any([name.endswith(".npy") for name in names]) else "zip"
