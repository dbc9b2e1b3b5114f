"""Certificates on disk: whole, and within the limits of the checker, or not at all."""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from .. import checker
from ..reading.source import printable
from ..whole_file import write_whole

SHORT = 10_000
"""Bytes. Lines so short cannot meet a limit: a sum over what two of them hold has a denominator below 2^18 bits."""


class CertificateError(ValueError):
    """The certificate cannot be written; one line says why."""


def write_certificate(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    """Write the lines; nothing half-written is ever at `path`, and nothing that the checker cannot accept.

    Raises CertificateError if something is beyond the checker's limits, or if the file cannot be written.
    """
    try:
        write_whole(path, lines, _judge)
    except (checker.Rejected, checker.Unreadable) as error:
        raise CertificateError(f"{printable(os.fsdecode(path))}: no certificate is written: {_why(error)}") from None
    except BrokenPipeError:  # the reader has gone: no fault of the file
        raise
    except OSError as error:
        raise CertificateError(
            f"{printable(os.fsdecode(path))}: the certificate cannot be written: {error.strerror}"
        ) from None


def judged_certificate(lines: Iterable[str]) -> bytes:
    """The certificate as the bytes of a file; CertificateError if the checker cannot accept it."""
    content = "".join(lines).encode()
    try:
        _judge(io.BytesIO(content))
    except (checker.Rejected, checker.Unreadable) as error:
        raise CertificateError(_why(error)) from None
    return content


def _why(error: Exception) -> str:
    return f"{error.args[-1]}, beyond the limits of the checker"


def _judge(written: IO[bytes]) -> None:
    """Raises what the checker raises, if its limits could be met at all: by the head, a norm or a long line.

    Elsewhere a limit cannot be met, and judging everything would take as long as `recheck` does.
    """
    first = written.readline(checker.LONGEST_LINE + 1)
    if max(map(len, written), default=0) <= SHORT >= len(first):
        head = checker.read(checker.HEAD, json.loads(first))
        if head["statement"]["sobolev"]["norm_squared"] is None:
            return
    written.seek(0)
    with _long_integers():
        checker.Proof(iter(lambda: written.readline(checker.LONGEST_LINE + 1), b"")).run()


@contextmanager
def _long_integers() -> Iterator[None]:
    """Inside, Python converts integers of any length from text, as it does in the checker's own process."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)
