"""The bytes of an input and its refusal: regular files and standard input, within a stated size."""

import os
import stat
import sys
from typing import BinaryIO

MAX_BYTES = 256 * 2**20
"""The largest input read, and the largest array unpacked from one: 256 MiB."""

MAX_NUMBERS = 10_000_000
"""The most numbers read exactly, some 100 bytes each in memory; seen before they are made."""

LONGEST_REASON = 80

_DIRECTORY = "this is a directory: name a file in it"


class InputError(ValueError):
    """The input is no dataset; one line names the place, what is wrong there and what would be right."""


def printable(text: str) -> str:
    """The text on one line, with every character that a terminal does not print escaped."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def read_bytes(path: str, wanted: str = "give at least 2 rows of a point and its labels") -> bytes:
    """The whole content of a regular file, or of standard input for "-"; InputError, without its name, if refused.

    wanted: what the refusal of an empty input asks for.
    """
    content = _read_standard_input() if path == "-" else _read_file(path)
    if not content:
        raise InputError(f"the input is empty: {wanted}")
    if len(content) > MAX_BYTES:
        raise too_large()
    return content


def too_large() -> InputError:
    """The refusal of an input above the limit."""
    return InputError(f"the input is too large: at most {MAX_BYTES // 2**20} MiB are read")


def damaged(what: str, error: Exception) -> InputError:
    """The refusal of a file that its library cannot read; some of them quote all of it."""
    reason = printable(str(error))
    short = reason if len(reason) <= LONGEST_REASON else reason[:LONGEST_REASON] + "..."
    return InputError(f"{what} is damaged ({short}): save it again")


def too_many(count: int) -> InputError:
    """The refusal of more numbers than are read exactly."""
    return InputError(
        f"the input holds {count} numbers: at most {MAX_NUMBERS} are read exactly (decide takes longer ones as .npy)"
    )


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed: pipe the data in, or name a file")
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"standard input cannot be read ({error}): pipe the data in, or name a file") from None


def _read_file(path: str) -> bytes:
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise too_large()
        try:
            return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise InputError(f"the file cannot be read ({error.strerror})") from None


def opened(path: str) -> BinaryIO:
    """A regular file, open for reading; InputError, without its name, if there is none."""
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for a writer before its kind can be seen.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise InputError("there is no such file") from None
    except PermissionError:
        raise InputError(_DIRECTORY if os.path.isdir(path) else "no permission to read the file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"the file cannot be opened ({getattr(error, 'strerror', None) or error})") from None
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode):
        return open(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise InputError(_DIRECTORY)
    raise InputError("this is not a regular file: pipe its content in and name -")


def decoded(content: bytes) -> str:
    """The text of UTF-8 bytes, with or without a byte order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("the text is encoded as UTF-16 (or UTF-32): save it as UTF-8")
    if (place := content.find(b"\0")) >= 0:
        raise InputError(f"row {_row_at(content, place)} contains a NUL byte: save the data as UTF-8 text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise InputError(
            f"row {_row_at(content, error.start)} has the byte 0x{byte:02x}, which is not UTF-8 "
            "(Latin-1, perhaps): save the data as UTF-8"
        ) from None


def _row_at(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1
