"""The ways in: a file, standard input, arrays or a data frame; exact rationals out, or one line that says why not.

Text, sheets and data frames are tables: the first column is x and each further one a task, unless the choices say
otherwise. JSON is {"x": ..., "y": ...}. A .npz holds the arrays x, of shape (N,), and y, (N,) or (N, T); a .npy is one
of shape (N, 1 + T), whose first column is x. Any of them may be packed by gzip, xz, bzip2 or zip.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...theory.arrays import X_PLACE, Y_PLACE, CellPlace, DatasetError, RowPlace, exact_arrays
from .array_bytes import columns_of, parse_npy, parse_npz
from .choices import DEFAULT, Choices
from .exact_cells import CHEAP, Cells, exact
from .frames import file_frame, frame_cells, is_of_a_frame_library, series_or_columns
from .in_order import Unordered, in_order
from .json_text import parse_json
from .packed import unpacked
from .provenance import ReadData, Source
from .sheets import sheet_cells
from .source import MAX_NUMBERS, InputError, decoded, printable, read_bytes, too_many
from .table_text import text_cells

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_OF_ARRAYS = ("duplicates", "floats")


def read(path: str | os.PathLike[str], choices: Choices = DEFAULT) -> ReadData:
    """The dataset in the file `path`, or on standard input for "-"; InputError, one line, if there is none.

    The content says what kind of file it is; where it leaves that open, the name's ending does.
    """
    place = os.fsdecode(path)
    try:
        return read_content(place, read_bytes(place), choices)
    except InputError as error:
        raise InputError(f"{named(place)}: {error}") from None


def read_arrays(x: "ArrayLike", y: "ArrayLike", choices: Choices = DEFAULT) -> ReadData:
    """The dataset of x of shape (N,) or (N, 1) and y of shape (N,) or (N, T), rows in any order.

    Arrays, series of a data frame, or sequences of numbers, Fractions and Decimals. InputError for all others.
    """
    choices.only("arrays", _OF_ARRAYS)
    try:
        (x_names, points), (y_names, labels) = _unframed(x), _unframed(y)
        x_name = x_names[0] if x_names else None
        task_names = tuple(y_names) if y_names and all(y_names) else None
        return _of_arrays(points, labels, Source("arrays", None, "exact", x_name or None, task_names), choices)
    except InputError as error:
        raise InputError(f"arrays: {error}") from None


def read_frame(frame: Any, choices: Choices = DEFAULT) -> ReadData:
    """The dataset in the columns of a data frame of pandas, polars or pyarrow."""
    try:
        cells = frame_cells(frame, choices)
        return _of_cells(cells, list(range(len(cells.x))), Source("data frame", None, "exact"), choices)
    except InputError as error:
        raise InputError(f"data frame: {error}") from None


def named(path: str) -> str:
    """How messages name a file."""
    return "standard input" if path == "-" else printable(path) or "''"


def read_content(place: str, content: bytes, choices: Choices = DEFAULT) -> ReadData:
    """The dataset in the bytes of the file `place`; InputError without its name."""
    source = Source(printable(place), hashlib.sha256(content).hexdigest(), "exact")
    kind, content = unpacked(place, content)
    if kind == "json":
        return _of_json(content, source, choices)
    if kind == "npy":
        choices.only("a .npy file", _OF_ARRAYS)
        return _of_npy(parse_npy(content), source, choices)
    if kind == "npz":
        choices.only("a .npz file", _OF_ARRAYS)
        return _of_arrays(*parse_npz(content), source, choices)
    if kind in ("parquet", "arrow"):
        cells = frame_cells(file_frame(kind, content), choices, f"a {kind.capitalize()} file")
        return _of_cells(cells, list(range(len(cells.x))), source, choices)
    if kind == "xlsx":
        return _of_cells(*sheet_cells(content, choices), source, choices)
    return _of_cells(*text_cells(decoded(content), choices), source, choices, lines=True)


def _of_cells(cells: Cells, rows: Sequence[int], source: Source, choices: Choices, *, lines: bool = False) -> ReadData:
    data, other, notes = exact(cells, choices)
    picked = cells.picked
    known = Source(source.name, source.sha256, data.reading, picked.x_name, picked.task_names, lines=lines)
    return _finished(data, other, known.noting(*notes), choices, rows)


def _of_json(content: bytes, source: Source, choices: Choices) -> ReadData:
    choices.only("JSON", ("duplicates",))
    if content.count(b",") > MAX_NUMBERS:
        raise too_many(content.count(b","))
    points, labels = parse_json(decoded(content))
    if len(points) != len(labels):
        raise InputError(f"x has {len(points)} points, y has labels for {len(labels)}: give one label per point")
    data = Unordered(points, [tuple(row) for row in labels], "decimal", "x[{}]".format)
    return _finished(data, None, source, choices, range(len(points)))


def _of_npy(array: Any, source: Source, choices: Choices) -> ReadData:
    x, y = columns_of(array)
    return _of_arrays(x, y, source, choices, "row {}, column 0".format, lambda row, t: f"row {row}, column {t + 1}")


def _of_arrays(
    x: Any, y: Any, source: Source, choices: Choices, x_place: RowPlace = X_PLACE, y_place: CellPlace = Y_PLACE
) -> ReadData:
    count = getattr(x, "size", 0) + getattr(y, "size", 0)
    if count > MAX_NUMBERS:
        raise too_many(count)
    try:
        found = exact_arrays(x, y, shortest=choices.floats == "shortest", x_place=x_place, y_place=y_place)
        data, other = Unordered(*found, x_place), None
        if found.reading in ("binary", "shortest") and len(found.points) * (1 + len(found.labels[0])) <= CHEAP:
            other = Unordered(*exact_arrays(x, y, shortest=found.reading == "binary"), x_place)
    except DatasetError as error:
        raise InputError(str(error)) from None
    return _finished(data, other, source, choices, range(len(found.points)))


def _finished(
    data: Unordered, other: Unordered | None, source: Source, choices: Choices, rows: Sequence[int]
) -> ReadData:
    """The data in increasing order, with the rows that its points came from."""
    ordered = in_order(data, choices.duplicates)
    known = replace(source, reading=data.reading, rows=tuple([rows[i] for i in ordered.rows])).noting(ordered.note)
    return ReadData(ordered.dataset, known, None if other is None else in_order(other, choices.duplicates).dataset)


def _unframed(value: Any) -> tuple[list[str], Any]:
    """The names and values of series and data frames; no names for everything else."""
    if not is_of_a_frame_library(value):
        return [], value
    names, columns = series_or_columns(value)
    return names, columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
