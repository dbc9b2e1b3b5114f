"""Reading a dataset: a file, standard input or arrays in; exact rationals out, or one line that says why not.

CSV and TSV (`table_text`): the first column is x, each further one a task. JSON (`json_text`): {"x": ..., "y": ...}.
.npz (`array_bytes`): arrays x of shape (N,) and y of shape (N,) or (N, T). .npy: one array of shape (N, 1 + T) whose
first column is x. Text is read as the decimals it shows; binary floats as the dyadic rationals that they are.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.numeral import shown
from .array_bytes import NPY_MAGIC, ZIP_MAGIC, dtype_name, parse_npy, parse_npz
from .json_text import parse_json
from .source import MAX_BYTES, InputError, decoded, printable, read_bytes
from .table_text import parse_table

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["MAX_BYTES", "InputError", "ReadData", "Reading", "read", "read_arrays"]

Reading = Literal["decimal", "binary"]


@dataclass(frozen=True, slots=True)
class ReadData:
    """A dataset and where it came from.

    name: the path as given, control characters escaped, or "-", or "arrays". sha256: of the bytes as read, None for
    arrays from Python. reading: "binary" if some number was a binary float, else "decimal". task_names: the header's
    T names, None without a header. rows: for each point, in increasing order, the line of the file (table) or the
    index (else) that it came from.
    """

    dataset: Dataset
    name: str
    sha256: str | None
    reading: Reading
    task_names: tuple[str, ...] | None
    rows: tuple[int, ...]


def read(path: str | os.PathLike[str]) -> ReadData:
    """The dataset in the file `path`, or on standard input for "-"; InputError, one line, if there is none.

    The format follows the suffix (.json, .npy, .npz, .csv, .tsv, .txt); for other names and for standard input the
    content decides.
    """
    place = os.fsdecode(path)
    try:
        content = read_bytes(place)
        dataset, reading, task_names, rows = _parser(place, content)(content)
    except InputError as error:
        raise InputError(f"{named(place)}: {error}") from None
    return ReadData(dataset, printable(place), hashlib.sha256(content).hexdigest(), reading, task_names, rows)


def read_arrays(x: "ArrayLike", y: "ArrayLike") -> ReadData:
    """The dataset of arrays x of shape (N,) and y of shape (N,) or (N, T), rows in any order.

    Integers are exact; binary floats are the dyadic rationals that they are. InputError for other shapes and types.
    """
    import numpy

    try:
        points, labels = numpy.asarray(x), numpy.asarray(y)
    except ValueError as error:
        raise InputError(f"arrays: {error}") from None
    try:
        if numpy.ma.is_masked(x) or numpy.ma.is_masked(y):
            raise InputError("masked values are missing ones: remove their rows")
        dataset, reading, task_names, rows = _from_arrays(points, labels, "x[{0}]", "y[{0}, {1}]")
    except InputError as error:
        raise InputError(f"arrays: {error}") from None
    return ReadData(dataset, "arrays", None, reading, task_names, rows)


_Parsed = tuple[Dataset, Reading, tuple[str, ...] | None, tuple[int, ...]]


def _parser(path: str, content: bytes) -> Callable[[bytes], _Parsed]:
    suffix = os.path.splitext(path)[1].lower()
    if content.startswith(b"\x1f\x8b"):
        raise InputError("the file is compressed by gzip: unpack it first")
    if suffix == ".npy" or content.startswith(NPY_MAGIC):
        return _read_npy
    if suffix == ".npz" or content.startswith(ZIP_MAGIC):
        return _read_npz
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if suffix == ".json" or (suffix not in (".csv", ".tsv", ".txt") and start in (b"{", b"[")):
        return _read_json
    return _read_table


def _read_table(content: bytes) -> _Parsed:
    table = parse_table(decoded(content))
    points = [row[0] for row in table.rows]
    labels = [tuple(row[1:]) for row in table.rows]
    task_names = tuple(table.header[1:]) if table.header else None
    dataset, order = _sorted_dataset(
        points, labels, lambda index: f"row {table.lines[index]}", lambda index: table.cells[index][0]
    )
    return dataset, "decimal", task_names, tuple([table.lines[index] for index in order])


def _read_json(content: bytes) -> _Parsed:
    points, labels = parse_json(decoded(content))
    if len(points) != len(labels):
        raise InputError(f"x has {len(points)} points, y has labels for {len(labels)}: give one label per point")
    dataset, order = _sorted_dataset(points, [tuple(row) for row in labels], "x[{}]".format)
    return dataset, "decimal", None, order


def _read_npy(content: bytes) -> _Parsed:
    array = parse_npy(content)
    if array.ndim != 2 or array.shape[1] < 2:
        raise InputError(f"the array has shape {array.shape}: it must be (N, 1 + T), x in the first column")
    return _from_arrays(array[:, 0], array[:, 1:], "row {0}, column 0", "row {0}, column {1}", label_column=1)


def _read_npz(content: bytes) -> _Parsed:
    return _from_arrays(*parse_npz(content), "x[{0}]", "y[{0}, {1}]")


def _from_arrays(x: Any, y: Any, x_place: str, y_place: str, label_column: int = 0) -> _Parsed:
    """The dataset of two numpy arrays; the places are how a refusal names an element, counted from 0."""
    if x.ndim != 1 or y.ndim not in (1, 2) or len(x) != len(y):
        raise InputError(f"x has shape {x.shape} and y has shape {y.shape}: they must be (N,) and (N,) or (N, T)")
    labels = y.reshape(-1, 1) if y.ndim == 1 else y
    points = exact_column(x, x_place.format)
    columns = [
        exact_column(labels[:, task], partial(_place, y_place, task + label_column)) for task in range(labels.shape[1])
    ]
    rows = list(zip(*columns, strict=True)) if columns else [() for _ in points]
    dataset, order = _sorted_dataset(points, rows, x_place.format)
    return dataset, "binary" if "f" in (x.dtype.kind, y.dtype.kind) else "decimal", None, order


def _place(template: str, column: int, row: int) -> str:
    return template.format(row, column)


def exact_column(values: Any, place: Callable[[int], str]) -> list[fmpq]:
    """The exact values of a one-dimensional array of floats (at most 64 bits) or integers."""
    if values.dtype.kind in "iu":
        return [fmpq(value) for value in values.tolist()]
    if values.dtype.kind != "f" or values.dtype.itemsize > 8:
        raise InputError(f"the array holds {dtype_name(values.dtype)}: give floats of at most 64 bits, or integers")
    column = []
    for index, value in enumerate(values.tolist()):
        try:
            column.append(fmpq(*value.as_integer_ratio()))
        except (OverflowError, ValueError):
            raise InputError(f"{place(index)} is {value}: a dataset needs finite values") from None
    return column


def _sorted_dataset(
    points: Sequence[fmpq],
    labels: Sequence[tuple[fmpq, ...]],
    place: Callable[[int], str],
    written: Callable[[int], str] | None = None,
) -> tuple[Dataset, tuple[int, ...]]:
    """The dataset in increasing order, and the order: indices into `points`; written: a point as the input has it."""
    if len(points) < 2:
        raise InputError(f"there {'is 1 point' if points else 'are no points'}: at least 2 are needed")
    if not labels[0]:
        raise InputError("there is no label: give at least one task")
    order = sorted(range(len(points)), key=points.__getitem__)
    for i, j in pairwise(order):
        if points[i] == points[j]:
            texts = [str(points[i]) if written is None else written(index) for index in (i, j)]
            both = " and ".join(map(shown, dict.fromkeys(texts)))
            raise InputError(f"{place(i)} and {place(j)} have the same x, {both}: keep one of them")
    return Dataset(tuple([points[i] for i in order]), tuple([labels[i] for i in order])), tuple(order)


def named(path: str) -> str:
    return "standard input" if path == "-" else printable(path) or "''"
