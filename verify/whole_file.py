"""Files that are written whole or not at all."""

import os
import secrets
import signal
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from .reading.source import InputError, printable

_ENDING = (signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


Judge = Callable[[IO[bytes]], object]
"""Reads a whole file from its beginning, and raises if it must not be written."""


def write_whole(path: str | os.PathLike[str], lines: Iterable[str], judge: Judge | None = None) -> None:
    """Write the lines to a temporary file beside `path`, then rename it: nothing half-written is ever at `path`.

    A link is followed. Standard output under any of its names, a device or a pipe is not replaced but written to.
    judge: what it raises keeps the file from being written; a pipe then gets nothing either. Raises OSError if writing
    is not possible; whatever `lines` raises is passed on, and an older file stays as it was. No temporary file is left,
    also where SIGTERM or SIGHUP ends the program.
    """
    with _cleared_when_ended():
        if is_standard_output(path):
            sys.stdout.writelines(lines if judge is None else _judged(lines, judge))
            sys.stdout.flush()
        elif os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
            with open(path, "w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(lines if judge is None else _judged(lines, judge))
        else:
            _replace(Path(os.path.realpath(path)), lines, judge)


def write_whole_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """The same for bytes, such as arrays; they go to a file only. Raises OSError."""
    with _cleared_when_ended():
        _replace(Path(os.path.realpath(path)), content)


@contextmanager
def in_words(path: str | os.PathLike[str]) -> Iterator[None]:
    """An OSError inside becomes an InputError that names the file, on one line; a reader that has gone is no fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{printable(os.fsdecode(path))}: cannot be written: {error.strerror}") from None


def is_standard_output(path: str | os.PathLike[str]) -> bool:
    """Whether this names what standard output goes to: -, /dev/stdout, or the very pipe or file."""
    if os.fspath(path) == "-":
        return True
    try:
        return os.path.samestat(os.stat(path), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError, AttributeError):  # no such file yet, or standard output is none or closed
        return False


def report_beside(path: str | None) -> AbstractContextManager[object]:
    """Where `path` was written to standard output, what is printed inside goes to standard error instead."""
    taken = path is not None and is_standard_output(path)
    return redirect_stdout(sys.stderr) if taken else nullcontext()


def refuse_same_file(option: str, output: str, data: str) -> None:
    """InputError if the output would overwrite the data that were read; "-" for data is standard input."""
    try:
        source = os.fstat(sys.stdin.fileno()) if data == "-" else os.stat(data)
        same = stat.S_ISREG(source.st_mode) and os.path.samestat(source, os.stat(output))
    except (OSError, ValueError, AttributeError):  # one of them is no file yet, or standard input is none or closed
        return
    if same:
        raise InputError(f"{option} {printable(output)}: that is the file with the data; name another one")


def refuse_one_output(option: str, output: str, other: str, also: str) -> None:
    """InputError if two options would write one file."""
    if os.path.realpath(output) == os.path.realpath(also):
        raise InputError(f"{option} and {other} name one file, {printable(also)}: give each its own")


def _judged(lines: Iterable[str], judge: Judge) -> Iterator[str]:
    """The same lines, once all of them are there and judged."""
    with tempfile.TemporaryFile() as held:
        held.writelines(line.encode() for line in lines)
        held.seek(0)
        judge(held)
        held.seek(0)
        for line in held:
            yield line.decode()


def _replace(target: Path, content: Iterable[str] | bytes, judge: Judge | None = None) -> None:
    # Named before it exists, so that an interrupt at any moment leaves nothing: mkstemp cannot promise that.
    temporary = target.parent / f".{target.name[:100]}.{secrets.token_hex(8)}.part"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        if isinstance(content, bytes):
            with os.fdopen(descriptor, "wb") as binary:
                binary.write(content)
        else:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(content)
        if judge is not None:
            with temporary.open("rb") as written:
                judge(written)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except FileExistsError:
        raise  # somebody else's file
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


class _Ended(BaseException):
    """A signal asks the program to end; carries its number."""


@contextmanager
def _cleared_when_ended() -> Iterator[None]:
    """Inside, signals that would end the program at once are exceptions first, so that temporary files can go."""
    if threading.current_thread() is not threading.main_thread():  # only that one may set handlers
        yield
        return
    lethal = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in lethal:
        signal.signal(number, _end)
    try:
        yield
    except _Ended as ended:
        signal.signal(ended.args[0], signal.SIG_DFL)
        os.kill(os.getpid(), ended.args[0])
        raise
    finally:
        for number in lethal:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    raise _Ended(number)


def _umask() -> int:
    # The only way to read it is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
