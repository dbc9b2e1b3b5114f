"""Arrays as bytes (.npy, .npz): the numbers they hold, with nothing unpickled and nothing allocated on their word."""

import io
import math
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from ...theory.arrays import dtype_name
from .source import MAX_BYTES, InputError, damaged, opened, printable, too_large

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

NPY_MAGIC = b"\x93NUMPY"
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")

_HEADER_ERRORS = (ValueError, TypeError, SyntaxError, RecursionError, MemoryError, EOFError, tokenize.TokenError)
_OF_DATA = "save x with shape (N,), y with (N, T)"
_OF_LAYERS = "save layers of at least one neuron, weights with two dimensions, biases with one"
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class _Header(NamedTuple):
    shape: tuple[int, ...]
    fortran_order: bool
    dtype: Any

    @property
    def size(self) -> int:
        """Bytes of the array."""
        return math.prod(self.shape) * int(self.dtype.itemsize)


def parse_npy(content: bytes, shapes: str = _OF_DATA) -> "Array":
    """The array of a .npy file (versions 1 and 2); its shape must agree with the bytes that follow the header.

    shapes: what the refusal of another number of dimensions asks for.
    """
    import numpy

    stream = io.BytesIO(content)
    header = _header(stream)
    body = content[stream.tell() :]
    _require_agreement(header, len(body), shapes)
    array = numpy.frombuffer(body, dtype=header.dtype)
    return array.reshape(header.shape, order="F" if header.fortran_order else "C")


def mapped_npy(path: str) -> "Array":
    """The array of a .npy file, mapped into memory: it may be larger than that. Refused as by `parse_npy`."""
    import numpy

    with opened(path) as file:
        header = _header(file)
        start = file.tell()
        _require_agreement(header, file.seek(0, io.SEEK_END) - start)
        order: Any = "F" if header.fortran_order else "C"
        return numpy.memmap(file, dtype=header.dtype, mode="r", offset=start, shape=header.shape, order=order)


def columns_of(array: "Array") -> tuple["Array", "Array"]:
    """x and y of an array of shape (N, 1 + T), whose first column is x."""
    if array.ndim != 2 or array.shape[1] < 2:
        raise InputError(f"the array has shape {array.shape}: it must be (N, 1 + T), x in the first column")
    return array[:, 0], array[:, 1:]


def parse_npz(content: bytes) -> tuple["Array", "Array"]:
    """The arrays named x and y of a .npz file."""
    with _archive(content) as archive:
        names = sorted(member.filename for member in archive.infolist())
        if names != ["x.npy", "y.npy"]:
            raise _holds(names, "a .npz must hold the two arrays x and y (numpy.savez)")
        x, y = (_unpacked(archive, name) for name in names)
    return _member("x", x), _member("y", y)


def parse_archive(content: bytes) -> dict[str, "Array"]:
    """All arrays of a .npz file by their names."""
    with _archive(content) as archive:
        names = [member.filename for member in archive.infolist()]
        if not names or len(set(names)) < len(names) or not all(name.endswith(".npy") for name in names):
            raise _holds(names, "a .npz holds arrays (numpy.savez)")
        return {name[:-4]: _member(name[:-4], _unpacked(archive, name), _OF_LAYERS) for name in names}


@contextmanager
def _archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The zip archive in these bytes; InputError for what is damaged in it, there or inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except InputError:
        raise
    except _ZIP_ERRORS as error:
        raise damaged("the archive", error) from None


def _holds(names: list[str], wanted: str) -> InputError:
    return InputError(f"the archive holds {printable(', '.join(names[:5])) or 'nothing'}: {wanted}")


def _require_agreement(header: _Header, length: int, shapes: str = _OF_DATA) -> None:
    if header.dtype.hasobject or header.dtype.kind not in "fiubc":
        raise InputError(f"the array holds {dtype_name(header.dtype)}: save it as float64 or integers")
    if len(header.shape) > 2 or 0 in header.shape:
        what = "no elements" if 0 in header.shape else f"{len(header.shape)} dimensions"
        raise InputError(f"the array has {what}: {shapes}")
    if any([type(size) is not int or size < 0 for size in header.shape]) or header.size != length:
        shape = printable(str(header.shape))
        raise InputError(f"the array's shape {shape} does not agree with the {length} bytes that follow: save it again")


def _header(stream: IO[bytes]) -> _Header:
    from numpy.lib import format as npy

    readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy warns of headers written by Python 2, which it reads all the same
            version = npy.read_magic(stream)
            if version not in readers:
                raise InputError(f"the .npy version is {version}: save the array as float64 or integers")
            return _Header(*readers[version](stream))
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


def _member(name: str, content: bytes, shapes: str = _OF_DATA) -> "Array":
    try:
        return parse_npy(content, shapes)
    except InputError as error:
        raise InputError(f"array {name}: {error}") from None
