"""The ways in: a file, standard input, arrays or a data frame; exact rationals out, or one line that says why not.

Text, sheets and data frames are tables: the first column is x and each further one a task, unless the choices say
otherwise. JSON is {"x": ..., "y": ...}. A .npz holds the arrays x, of shape (N,), and y, (N,) or (N, T); a .npy is one
of shape (N, 1 + T), whose first column is x. Any of them may be packed by gzip, xz, bzip2 or zip.
"""

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..collector import resting_collector
from .choices import DEFAULT, Choices
from .frames import frame_cells, is_of_a_frame_library, series_or_columns
from .in_order import in_order
from .provenance import ReadData, Source
from .rows import OF_ARRAYS, ReadRows, rows_of_arrays, rows_of_cells, rows_of_content
from .source import InputError, printable, read_bytes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def read(path: str | os.PathLike[str], choices: Choices = DEFAULT) -> ReadData:
    """The dataset in the file `path`, or on standard input for "-"; InputError, one line, if there is none.

    The content says what kind of file it is; where it leaves that open, the name's ending does.
    """
    place = os.fsdecode(path)
    try:
        with resting_collector():
            return read_content(place, read_bytes(place), choices)
    except InputError as error:
        raise InputError(f"{named(place)}: {error}") from None


def read_rows(path: str | os.PathLike[str], choices: Choices = DEFAULT) -> ReadRows:
    """The rows of a file as they stand: in its order, and with points that may repeat. InputError as `read`."""
    place = os.fsdecode(path)
    try:
        return rows_of_content(place, read_bytes(place), choices)
    except InputError as error:
        raise InputError(f"{named(place)}: {error}") from None


def read_content(place: str, content: bytes, choices: Choices = DEFAULT) -> ReadData:
    """The dataset in the bytes of the file `place`; InputError without its name."""
    return _in_order(rows_of_content(place, content, choices), choices)


def read_arrays(x: "ArrayLike", y: "ArrayLike", choices: Choices = DEFAULT) -> ReadData:
    """The dataset of x of shape (N,) or (N, 1) and y of shape (N,) or (N, T), rows in any order.

    Arrays, series of a data frame, or sequences of numbers, Fractions and Decimals. InputError for all others.
    """
    choices.only("arrays", OF_ARRAYS)
    try:
        (x_names, points), (y_names, labels) = _unframed(x), _unframed(y)
        x_name = x_names[0] if x_names else None
        task_names = tuple(y_names) if y_names and all(y_names) else None
        source = Source("arrays", None, "exact", x_name or None, task_names)
        return _in_order(rows_of_arrays(points, labels, source, choices), choices)
    except InputError as error:
        raise InputError(f"arrays: {error}") from None


def read_frame(frame: Any, choices: Choices = DEFAULT) -> ReadData:
    """The dataset in the columns of a data frame of pandas, polars or pyarrow."""
    try:
        cells = frame_cells(frame, choices)
        source = Source("data frame", None, "exact")
        return _in_order(rows_of_cells(cells, range(len(cells.x)), source, choices), choices)
    except InputError as error:
        raise InputError(f"data frame: {error}") from None


def named(path: str) -> str:
    """How messages name a file."""
    return "standard input" if path == "-" else printable(path) or "''"


def _in_order(found: ReadRows, choices: Choices) -> ReadData:
    """The data in increasing order, with the rows that its points came from."""
    ordered = in_order(found.data, choices.duplicates)
    rows = tuple([found.numbers[i] for i in ordered.rows])
    source = replace(found.source, rows=rows).noting(ordered.note)
    other = None if found.other is None else in_order(found.other, choices.duplicates).dataset
    return ReadData(ordered.dataset, source, other)


def _unframed(value: Any) -> tuple[list[str], Any]:
    """The names and values of series and data frames; no names for everything else."""
    if not is_of_a_frame_library(value):
        return [], value
    names, columns = series_or_columns(value)
    return names, columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
