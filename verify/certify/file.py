"""Certificates on disk: whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LONGEST_LINE = 1 << 22
"""Bytes; the checker reads no longer line."""


class CertificateError(ValueError):
    """The certificate cannot be written; one line says why."""


def write_certificate(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    """Write the lines to a temporary file beside `path`, then rename it: nothing half-written is ever at `path`.

    Raises CertificateError if a line is too long for the checker, or if the file cannot be written.
    """
    target, temporary = Path(path), None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as file:
            for line in lines:
                if len(line) > LONGEST_LINE:
                    raise CertificateError(f"{target}: a line is longer than {LONGEST_LINE} bytes, the checker's limit")
                file.write(line)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
        temporary = None
    except OSError as error:
        raise CertificateError(f"{target}: the certificate cannot be written: {error.strerror}") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _umask() -> int:
    # The only way to read it is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
