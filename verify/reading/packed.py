"""Compressed files, unpacked within the same limit as all others: gzip, xz, bzip2, and a zip of one file."""

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from typing import IO

from .kinds import Kind, kind_of
from .source import MAX_BYTES, InputError, damaged, printable, too_large

DEEPEST = 2
"""A table in a gzip in a zip is unpacked; what is packed more often is not."""

_ERRORS = (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError)
_ERRORS_OF_ZIP = (zipfile.BadZipFile, *_ERRORS)
_PACKED: tuple[Kind, ...] = ("gzip", "xz", "bzip2", "zip")


def unpacked(name: str, content: bytes) -> tuple[Kind, bytes]:
    """The kind of the file inside all its packings, and its bytes; InputError if it is damaged or too large."""
    for _ in range(DEEPEST + 1):
        kind = kind_of(name, content)
        if kind not in _PACKED:
            return kind, content
        name, content = _from_zip(content) if kind == "zip" else (_inner(name), _decompressed(kind, content))
        if not content:
            raise InputError(f"the {kind} file holds nothing")
    raise InputError(f"the file is packed more than {DEEPEST} times: unpack it first")


def _inner(name: str) -> str:
    base, ending = os.path.splitext(name)
    return base if ending.lower() in (".gz", ".xz", ".bz2", ".zip") else name


def _decompressed(kind: Kind, content: bytes) -> bytes:
    try:
        if kind == "gzip":
            return _limited(gzip.GzipFile(fileobj=io.BytesIO(content)))
        return _streams(lzma.LZMADecompressor if kind == "xz" else bz2.BZ2Decompressor, content)
    except _ERRORS as error:
        if isinstance(error, InputError):
            raise
        raise damaged(f"the {kind} file", error) from None


def _streams(decompressor: type[lzma.LZMADecompressor | bz2.BZ2Decompressor], content: bytes) -> bytes:
    """One stream after the other; the files of the standard library pass over what follows a stream and is none."""
    found, length = [], 0
    while content:
        stream = decompressor()
        found.append(stream.decompress(content, MAX_BYTES + 1 - length))
        length += len(found[-1])
        if length > MAX_BYTES:
            raise too_large()
        if not stream.eof:
            raise EOFError("it ends before its end is marked")
        content = stream.unused_data.lstrip(b"\0")  # xz pads with zeros
    return b"".join(found)


def _limited(file: IO[bytes] | gzip.GzipFile) -> bytes:
    found = file.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise too_large()
    return found


def _from_zip(content: bytes) -> tuple[str, bytes]:
    """The name and bytes of the one file in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if _is_data(member)]
            if len(members) != 1:
                listed = printable(", ".join([member.filename for member in members[:5]])) or "nothing"
                raise InputError(f"the archive holds {listed}: one table, or the arrays x and y, are read from one")
            if members[0].flag_bits & 1:
                raise InputError("the archive is encrypted: unpack it first")
            with archive.open(members[0]) as file:
                return members[0].filename, _limited(file)
    except InputError:
        raise
    except _ERRORS_OF_ZIP as error:
        raise damaged("the archive", error) from None


def _is_data(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    return bool(name) and not member.is_dir() and not name.startswith("__MACOSX/") and not name.endswith(".DS_Store")
