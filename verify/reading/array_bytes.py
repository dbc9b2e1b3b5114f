"""Arrays as bytes (.npy, .npz): the numbers they hold, with nothing unpickled and nothing allocated on their word."""

import io
import math
import tokenize
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from .source import MAX_BYTES, InputError, printable, too_large

if TYPE_CHECKING:
    import numpy

NPY_MAGIC = b"\x93NUMPY"
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")

_HEADER_ERRORS = (ValueError, TypeError, SyntaxError, RecursionError, MemoryError, EOFError, tokenize.TokenError)
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def parse_npy(content: bytes) -> "numpy.ndarray[Any, Any]":
    """The array of a .npy file (versions 1 and 2); its shape must agree with the bytes that follow the header."""
    import numpy

    stream = io.BytesIO(content)
    shape, fortran_order, dtype = _header(stream)
    if dtype.hasobject or dtype.kind not in "fiubc":
        raise InputError(f"the array holds {dtype_name(dtype)}: save it as float64 or integers")
    body = content[stream.tell() :]
    if len(shape) > 2 or 0 in shape:
        raise InputError(f"the array has {len(shape)} dimensions or no elements: save x with shape (N,), y with (N, T)")
    if len(body) != math.prod(shape) * dtype.itemsize or any(length < 0 for length in shape):
        raise InputError(
            f"the array's shape {shape} does not agree with the {len(body)} bytes that follow: save it again"
        )
    array = numpy.frombuffer(body, dtype=dtype)
    return array.reshape([int(length) for length in shape], order="F" if fortran_order else "C")


def parse_npz(content: bytes) -> tuple["numpy.ndarray[Any, Any]", "numpy.ndarray[Any, Any]"]:
    """The arrays named x and y of a .npz file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(member.filename for member in archive.infolist())
            if names != ["x.npy", "y.npy"]:
                listed = printable(", ".join(names[:5])) or "nothing"
                raise InputError(f"the archive holds {listed}: a .npz must hold the two arrays x and y (numpy.savez)")
            contents = [_unpacked(archive, name) for name in names]
    except InputError:
        raise
    except _ZIP_ERRORS as error:
        raise InputError(f"the archive is damaged ({printable(str(error))}): save it again") from None
    return _member("x", contents[0]), _member("y", contents[1])


def parse_archive(content: bytes) -> dict[str, "numpy.ndarray[Any, Any]"]:
    """All arrays of a .npz file by their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [member.filename for member in archive.infolist()]
            if not names or len(set(names)) < len(names) or not all(name.endswith(".npy") for name in names):
                listed = printable(", ".join(names[:5])) or "nothing"
                raise InputError(f"the archive holds {listed}: a .npz holds arrays (numpy.savez)")
            return {name[:-4]: _member(name[:-4], _unpacked(archive, name)) for name in names}
    except InputError:
        raise
    except _ZIP_ERRORS as error:
        raise InputError(f"the archive is damaged ({printable(str(error))}): save it again") from None


def dtype_name(dtype: Any) -> str:
    """How a refusal names the type of an array's elements."""
    if dtype.hasobject:
        return "Python objects"
    return "structured records" if dtype.names else printable(f"{dtype.name} values")


def _header(stream: io.BytesIO) -> tuple[tuple[int, ...], bool, Any]:
    from numpy.lib import format as npy

    readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy warns of headers written by Python 2, which it reads all the same
            version = npy.read_magic(stream)
            if version not in readers:
                raise InputError(f"the .npy version is {version}: save the array as float64 or integers")
            return readers[version](stream)
    except InputError:
        raise
    except _HEADER_ERRORS:
        raise InputError("the .npy header is damaged or too long: save the array with numpy.save") from None


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    member = archive.getinfo(name)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or member.flag_bits & 1:
        raise InputError(f"the array {name} is encrypted or packed unusually: save it with numpy.savez")
    with archive.open(member) as file:
        content = file.read(MAX_BYTES + 1)  # whatever size the archive claims
    if len(content) > MAX_BYTES:
        raise too_large()
    return content


def _member(name: str, content: bytes) -> "numpy.ndarray[Any, Any]":
    try:
        return parse_npy(content)
    except InputError as error:
        raise InputError(f"array {name}: {error}") from None
