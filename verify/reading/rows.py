"""Every kind of input as rows of exact numbers, in the order in which they stand and with points that may repeat."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ...theory.arrays import X_PLACE, Y_PLACE, CellPlace, DatasetError, RowPlace, exact_arrays, untied
from .array_bytes import columns_of, parse_npy, parse_npz
from .choices import Choices
from .columns import Picked
from .exact_cells import CHEAP, Cells, exact
from .frames import file_frame, frame_cells
from .in_order import Unordered
from .json_text import parse_json
from .packed import unpacked
from .provenance import Source
from .sheets import sheet_cells
from .source import MAX_NUMBERS, InputError, decoded, printable, too_many
from .table_text import text_cells

OF_ARRAYS = ("duplicates", "floats")
"""What can be chosen for arrays."""


class ReadRows(NamedTuple):
    """Points and labels as they stand, and where they came from.

    other: the same with their floats read in the other way, where that is cheap. numbers: the line or index of each
    row. picked: the columns that were chosen, None where there are none to choose from.
    """

    data: Unordered
    other: Unordered | None
    source: Source
    numbers: Sequence[int]
    picked: Picked | None = None


def rows_of_content(place: str, content: bytes, choices: Choices) -> ReadRows:
    """The rows in the bytes of the file `place`; InputError without its name."""
    source = Source(printable(place), hashlib.sha256(content).hexdigest(), "exact")
    kind, content = unpacked(place, content)
    if kind == "json":
        return _of_json(content, source, choices)
    if kind == "npy":
        choices.only("a .npy file", OF_ARRAYS)
        x, y = columns_of(parse_npy(content))
        places: tuple[RowPlace, CellPlace] = "row {}, column 0".format, lambda row, t: f"row {row}, column {t + 1}"
        return rows_of_arrays(x, y, source, choices, places)
    if kind == "npz":
        choices.only("a .npz file", OF_ARRAYS)
        return rows_of_arrays(*parse_npz(content), source, choices)
    if kind in ("parquet", "arrow"):
        cells = frame_cells(file_frame(kind, content), choices, f"a {kind.capitalize()} file")
        return rows_of_cells(cells, range(len(cells.x)), source, choices)
    if kind == "xlsx":
        return rows_of_cells(*sheet_cells(content, choices), replace(source, row_word="row"), choices)
    return rows_of_cells(*text_cells(decoded(content), choices), replace(source, row_word="line"), choices)


def rows_of_cells(cells: Cells, numbers: Sequence[int], source: Source, choices: Choices) -> ReadRows:
    """The rows in the cells of a table."""
    data, other, notes = exact(cells, choices)
    picked = cells.picked
    known = replace(source, reading=data.reading, x_name=picked.x_name, task_names=picked.task_names)
    return ReadRows(data, other, known.noting(*notes), numbers, picked)


def rows_of_arrays(
    x: Any, y: Any, source: Source, choices: Choices, places: tuple[RowPlace, CellPlace] = (X_PLACE, Y_PLACE)
) -> ReadRows:
    """The rows of arrays or sequences."""
    x_place, y_place = places
    try:
        x, y = untied("x", x), untied("y", y)
        if (count := getattr(x, "size", 0) + getattr(y, "size", 0)) > MAX_NUMBERS:
            raise too_many(count)
        found = exact_arrays(x, y, shortest=choices.floats == "shortest", x_place=x_place, y_place=y_place)
        data, other = Unordered(*found, x_place), None
        if found.reading in ("binary", "shortest") and len(found.points) * (1 + len(found.labels[0])) <= CHEAP:
            other = Unordered(*exact_arrays(x, y, shortest=found.reading == "binary"), x_place)
    except DatasetError as error:
        raise InputError(str(error)) from None
    return ReadRows(data, other, replace(source, reading=data.reading), range(len(found.points)))


def _of_json(content: bytes, source: Source, choices: Choices) -> ReadRows:
    choices.only("JSON", ("duplicates",))
    if content.count(b",") > MAX_NUMBERS:
        raise too_many(content.count(b","))
    points, labels = parse_json(decoded(content))
    if len(points) != len(labels):
        raise InputError(f"x has {len(points)} points, y has labels for {len(labels)}: give one label per point")
    data = Unordered(points, [tuple(row) for row in labels], "decimal", "x[{}]".format)
    return ReadRows(data, None, replace(source, reading="decimal"), range(len(points)))
