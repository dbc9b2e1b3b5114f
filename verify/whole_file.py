"""Files that are written whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from .reading.source import InputError


def write_whole(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    """Write the lines to a temporary file beside `path`, then rename it: nothing half-written is ever at `path`.

    A link is followed. A device or pipe is not replaced but written to. Raises OSError if that is not possible;
    whatever `lines` raises is passed on, and an older file stays as it was.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not (target.is_file() or target.is_dir()):
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(lines)
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def refuse_same_file(option: str, output: str, data: str) -> None:
    """InputError if the output would overwrite the data that were read."""
    with suppress(OSError):  # one of them is no file yet, or standard input
        if os.path.samefile(output, data):
            raise InputError(f"{option} {output}: that is the file with the data; name another one")


def _umask() -> int:
    # The only way to read it is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
