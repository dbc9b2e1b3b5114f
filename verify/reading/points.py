"""Reading data with many inputs: the first d columns of a table are the inputs, the others the tasks.

The formats are those of `read`: CSV and TSV; JSON with "x" a list of points (each a list of d numbers) and "y"; .npy of
shape (N, d + T); .npz with x of shape (N, d) and y of shape (N,) or (N, T). Numbers are read as there.
"""

import hashlib
import os
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from flint import fmpq

from ...theory.arrays import DatasetError, Reading, exact_column, require_numbers
from ...theory.labelled_points import LabelledPoints
from .array_bytes import parse_npy, parse_npz
from .choices import DEFAULT, Choices
from .json_text import parse_json_vectors
from .packed import unpacked
from .read import named
from .rows import ReadRows, rows_of_content
from .source import InputError, decoded, printable, read_bytes

Rows = list[list[fmpq]]
_CHOICES = tuple([field.name for field in fields(Choices) if field.name != "duplicates"])


class _Table(NamedTuple):
    """Rows of inputs and labels, the header, the line (table) or index (else) of each row, sentences about them."""

    rows: Rows
    reading: Reading
    header: list[str] | None
    numbers: list[int]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """Labelled points and where they came from; `rows` in file order: the line or index that each point stands on.

    input_names, task_names: those of the columns, None without a header. notes: sentences that belong to the answer.
    """

    data: LabelledPoints
    name: str
    sha256: str
    reading: Reading
    task_names: tuple[str, ...] | None
    rows: tuple[int, ...]
    notes: tuple[str, ...] = ()
    input_names: tuple[str, ...] | None = None


def read_points(path: str | os.PathLike[str], inputs: int, choices: Choices = DEFAULT) -> ReadPoints:
    """The data in a file, or on standard input for "-"; InputError, one line, if there are none.

    Of the columns chosen, x and then y, the first `inputs` are the inputs.
    """
    place = os.fsdecode(path)
    try:
        content = read_bytes(place)
        found = _rows(place, content, inputs, choices)
        data = _labelled(found.rows, inputs, found.numbers)
    except InputError as error:
        raise InputError(f"{named(place)}: {error}") from None
    digest = hashlib.sha256(content).hexdigest()
    called, tasks = (None, None) if found.header is None else (found.header[:inputs], tuple(found.header[inputs:]))
    names = None if called is None else tuple(called)
    return ReadPoints(data, printable(place), digest, found.reading, tasks, tuple(found.numbers), found.notes, names)


def _rows(path: str, content: bytes, inputs: int, choices: Choices) -> _Table:
    kind, inside = unpacked(path, content)
    if kind not in ("json", "npy", "npz"):
        choices.only("data with many inputs", _CHOICES)
        return _of_table(rows_of_content(path, content, choices))
    choices.only(f"a .{kind} file with many inputs", ())
    if kind == "npy":
        return _of_array(parse_npy(inside))
    if kind == "npz":
        return _of_arrays(*parse_npz(inside), inputs)
    points, labels = parse_json_vectors(decoded(inside))
    if len(points) != len(labels):
        raise InputError(f"x has {len(points)} points, y has labels for {len(labels)}: give one label per point")
    if points and len(points[0]) != inputs:
        raise InputError(f"a point of x has {len(points[0])} inputs: give --inputs {len(points[0])}")
    rows = [[*point, *label] for point, label in zip(points, labels, strict=True)]
    return _Table(rows, "decimal", None, list(range(len(rows))))


def _of_table(found: ReadRows) -> _Table:
    """The columns in the order in which they were chosen, by default that of the table."""
    rows = [[point, *label] for point, label in zip(found.data.points, found.data.labels, strict=True)]
    names = found.source.task_names
    header = None if names is None else [found.source.x_name or "", *names]
    return _Table(rows, found.source.reading, header, list(found.numbers), found.source.notes)


def _of_array(array: Any) -> _Table:
    if array.ndim != 2:
        raise InputError(f"the array has shape {array.shape}: it must be (N, d + T), the inputs in the first d columns")
    try:
        require_numbers("the array", array)
        columns = [exact_column(array[:, k].tolist(), _place(k)) for k in range(array.shape[1])]
    except DatasetError as error:
        raise InputError(str(error)) from None
    rows = [list(row) for row in zip(*columns, strict=True)]
    return _Table(rows, "binary" if array.dtype.kind == "f" else "exact", None, list(range(len(rows))))


def _of_arrays(x: Any, y: Any, inputs: int) -> _Table:
    points = x.reshape(-1, 1) if x.ndim == 1 else x
    labels = y.reshape(-1, 1) if y.ndim == 1 else y
    if points.ndim != 2 or labels.ndim != 2 or len(points) != len(labels) or points.shape[1] != inputs:
        raise InputError(
            f"x has shape {x.shape} and y has shape {y.shape}: they must be (N, {inputs}) and (N,) or (N, T)"
        )
    left, right = _of_array(points), _of_array(labels)
    rows = [[*p, *q] for p, q in zip(left.rows, right.rows, strict=True)]
    return _Table(rows, "binary" if "binary" in (left.reading, right.reading) else "exact", None, left.numbers)


def _place(column: int) -> Any:
    return lambda row: f"row {row}, column {column}"


def _labelled(rows: Rows, inputs: int, lines: list[int]) -> LabelledPoints:
    if len(rows) < 2:
        raise InputError(f"there {'is 1 point' if rows else 'are no points'}: at least 2 are needed")
    if len(rows[0]) <= inputs:
        raise InputError(
            f"there are {len(rows[0])} columns, and --inputs {inputs} leaves no label: give at least one task"
        )
    seen: dict[tuple[fmpq, ...], int] = {}
    for row, line in zip(rows, lines, strict=True):
        point = tuple(row[:inputs])
        if point in seen:
            raise InputError(f"row {seen[point]} and row {line} have the same inputs: keep one of them")
        seen[point] = line
    try:
        return LabelledPoints.from_rows(rows, inputs)
    except DatasetError as error:
        raise InputError(str(error)) from None
