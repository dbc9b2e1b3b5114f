"""Files decided at array speed: arrays mapped into memory, tables of decimals behind a filter, all others exactly."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy
from flint import fmpq

from ...theory.arrays import exact_column
from ...theory.dataset import Dataset
from ..reading.array_bytes import NPY_MAGIC, columns_of, mapped_npy, parse_npz
from ..reading.choices import DEFAULT, Choices
from ..reading.columns import Picked, counting_note
from ..reading.exact_cells import CHEAP
from ..reading.packed import unpacked
from ..reading.provenance import Source, two_readings
from ..reading.read import named, read_content
from ..reading.source import InputError, opened, printable, read_bytes
from .dataset import decide_dataset
from .decide import Decision, decide
from .text import decide_plain, line_numbers, plain_table

Array = Any


class DecidedFile(NamedTuple):
    """The decision, where the data came from, and the arrays x and y if the file holds arrays that are the data.

    point: the exact x of a point by its number, from 0 in increasing order; it is not computed for all of them.
    """

    decision: Decision
    source: Source
    point: Callable[[int], fmpq]
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
    return DecidedFile(decide_dataset(data.dataset), data.source, data.dataset.points.__getitem__)


def _is_npy(place: str) -> bool:
    with opened(place) as file:
        return file.read(len(NPY_MAGIC)) == NPY_MAGIC


def _of_arrays(x: Array, y: Array, name: str) -> DecidedFile:
    floats = "f" in (x.dtype.kind, y.dtype.kind)
    decision, row = decide(x, y), _rows_in_order(x)

    def point(index: int) -> fmpq:
        return exact_column([x[row(index)].item()], str)[0]

    source = Source(name, None, "binary" if floats else "exact")
    if floats and x.size + y.size <= CHEAP:
        printed = Dataset.from_arrays(x, y, shortest=True)
        if decide_dataset(printed).unique is not decision.unique:
            source = source.noting(two_readings("binary", decision.unique))
    return DecidedFile(decision, source, point, (x, y))


def _rows_in_order(x: Array) -> Callable[[int], int]:
    """The row of a point by its number in increasing order; sorted when the first is asked for."""

    @cache
    def order() -> Array:
        return numpy.argsort(x, kind="stable")

    return lambda index: int(order()[index])


def _of_decimals(place: str, content: bytes, text: bytes) -> DecidedFile | None:
    """Of a plain table; None if it is not plain, or if anything is to be refused: the exact reader has the word."""
    table = plain_table(text)
    decision = None if table is None else decide_plain(table)
    if table is None or decision is None:
        return None
    x_name, tasks = (None, None) if table.names is None else (table.names[0], table.names[1:])
    source = Source(printable(place), hashlib.sha256(content).hexdigest(), "decimal", x_name, tasks, row_word="line")
    row = _rows_in_order(table.values[:, 0])
    if tasks is not None:
        picked = Picked(0, tuple(range(1, len(tasks) + 1)), x_name, tasks)
        source = source.noting(counting_note(picked, table.values[:, 0], table.values[:, 1:]))
    if not decision.unique:  # then there are places to be named
        lines = line_numbers(text, header=table.names is not None)
        source = replace(source, rows=tuple([lines[row(index)] for index in range(decision.points)]))
    return DecidedFile(decision, source, lambda index: table.point(row(index)))
