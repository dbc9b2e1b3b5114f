"""Certificates on disk: whole or not at all."""

import os
from collections.abc import Iterable, Iterator

from ..whole_file import write_whole

LONGEST_LINE = 1 << 22
"""Bytes; the checker reads no longer line."""


class CertificateError(ValueError):
    """The certificate cannot be written; one line says why."""


def write_certificate(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    """Write the lines; nothing half-written is ever at `path`.

    Raises CertificateError if a line is too long for the checker, or if the file cannot be written.
    """
    try:
        write_whole(path, _short(path, lines))
    except BrokenPipeError:  # the reader has gone: no fault of the file
        raise
    except OSError as error:
        raise CertificateError(f"{path}: the certificate cannot be written: {error.strerror}") from None


def _short(path: str | os.PathLike[str], lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise CertificateError(f"{path}: a line is longer than {LONGEST_LINE} bytes, the checker's limit")
        yield line
