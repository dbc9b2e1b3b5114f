"""Files decided at array speed: arrays mapped into memory, tables of decimals behind a filter, all others exactly."""

import hashlib
import os
from typing import Any, NamedTuple

from ..reading.array_bytes import NPY_MAGIC, columns_of, mapped_npy, parse_npz
from ..reading.choices import DEFAULT, Choices
from ..reading.packed import unpacked
from ..reading.provenance import Source
from ..reading.read import named, read_content
from ..reading.source import InputError, opened, printable, read_bytes
from .dataset import decide_dataset
from .decide import Decision, decide
from .text import decide_plain, plain_table

Array = Any


class DecidedFile(NamedTuple):
    """The decision, where the data came from, and the arrays x and y if the file holds arrays that are the data."""

    decision: Decision
    source: Source
    arrays: tuple[Array, Array] | None = None


def decide_file(path: str | os.PathLike[str], choices: Choices = DEFAULT) -> DecidedFile:
    """Decide the dataset in a file, as `reading.read` takes them; arrays and large tables of decimals are fast.

    The verdict is that of the exact numbers. InputError, one line, if there is no dataset.
    """
    place = os.fsdecode(path)
    try:
        if choices == DEFAULT and place != "-" and _is_npy(place):
            return _of_arrays(*columns_of(mapped_npy(place)), printable(place))
        content = read_bytes(place)
        if choices == DEFAULT:
            kind, inside = unpacked(place, content)
            if kind == "npz":
                return _of_arrays(*parse_npz(inside), printable(place))
            if kind == "table" and (found := _of_decimals(place, content, inside)) is not None:
                return found
        data = read_content(place, content, choices)
    except InputError as error:
        raise InputError(f"{named(place)}: {error}") from None
    return DecidedFile(decide_dataset(data.dataset), data.source)


def _is_npy(place: str) -> bool:
    with opened(place) as file:
        return file.read(len(NPY_MAGIC)) == NPY_MAGIC


def _of_arrays(x: Array, y: Array, name: str) -> DecidedFile:
    floats = "f" in (x.dtype.kind, y.dtype.kind)
    return DecidedFile(decide(x, y), Source(name, None, "binary" if floats else "exact"), (x, y))


def _of_decimals(place: str, content: bytes, text: bytes) -> DecidedFile | None:
    """Of a plain table; None if it is not plain, or if anything is to be refused: the exact reader has the word."""
    table = plain_table(text)
    decision = None if table is None else decide_plain(table)
    if table is None or decision is None:
        return None
    x_name, tasks = (None, None) if table.names is None else (table.names[0], table.names[1:])
    return DecidedFile(
        decision,
        Source(printable(place), hashlib.sha256(content).hexdigest(), "decimal", x_name, tasks, row_word="line"),
    )
