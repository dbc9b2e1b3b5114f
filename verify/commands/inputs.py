"""Several inputs: folders and patterns stand for the files in them."""

import glob
import os
from collections.abc import Sequence

from ..reading import InputError

SUFFIXES = (
    ".csv", ".tsv", ".txt", ".json", ".npy", ".npz", ".xlsx", ".parquet", ".arrow", ".feather",
    ".gz", ".xz", ".bz2", ".zip",
)  # fmt: skip
"""What counts as a table in a folder."""


def expanded(given: Sequence[str]) -> list[str]:
    """The inputs with folders replaced by the tables in them and patterns by the files that match, in order of name.

    Nothing below a folder's folders is looked at. InputError for a folder without tables, or a pattern without a match.
    """
    found: list[str] = []
    for path in given:
        if path != "-" and os.path.isdir(path):
            found += _tables(path)
        elif glob.has_magic(path) and not os.path.lexists(path):
            found += _matches(path)
        else:
            found.append(path)
    return found


def _tables(folder: str) -> list[str]:
    names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    tables = [os.path.join(folder, name) for name in names if name.lower().endswith(SUFFIXES) and name[0] != "."]
    if not tables:
        raise InputError(f"{folder}: no table is in this folder ({', '.join(SUFFIXES[:5])} and so on)")
    return tables


def _matches(pattern: str) -> list[str]:
    files = sorted(path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
    if not files:
        raise InputError(f"{pattern}: no file matches")
    return files
