"""Observations from a file: like a dataset, but points may repeat and one column may hold weights."""

import hashlib
import os
from dataclasses import dataclass

from flint import fmpq

from ...theory.arrays import Reading
from ...theory.numbers import Vector, sign
from ..reading import InputError, read
from ..reading.json_text import parse_json
from ..reading.source import decoded, printable, read_bytes
from ..reading.table_text import NumberTable, parse_table


@dataclass(frozen=True, slots=True)
class Observations:
    """Points in any order, perhaps repeated, with labels and perhaps weights; where they came from."""

    points: tuple[fmpq, ...]
    labels: tuple[Vector, ...]
    weights: tuple[fmpq, ...] | None
    name: str
    sha256: str | None
    reading: Reading


def read_observations(path: str, weights_column: str | None = None) -> Observations:
    """The observations in a file as `reading.read` takes it; InputError, one line, if there are none.

    weights_column: the name of a column of a table, or its number counted from 1, that holds positive weights.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix in (".npy", ".npz"):
        if weights_column is not None:
            raise InputError(f"{printable(path)}: --weights names a column of a table; arrays have none")
        found = read(path)
        data = found.dataset
        return Observations(data.points, data.labels, None, found.name, found.sha256, found.reading)
    name = "standard input" if path == "-" else printable(path)
    try:
        content = read_bytes(path)
        text = decoded(content)
        looks_like_json = text.lstrip()[:1] in ("{", "[") and suffix not in (".csv", ".tsv", ".txt")
        if suffix == ".json" or looks_like_json:
            if weights_column is not None:
                raise InputError("--weights names a column of a table; JSON has none")
            points, rows = parse_json(text)
            if len(points) != len(rows):
                raise InputError(f"x has {len(points)} points, y has labels for {len(rows)}: give one label per point")
            labels, weights = rows, None
        else:
            points, labels, weights = _columns(parse_table(text), weights_column)
        if len(points) < 2:
            raise InputError("at least 2 observations are needed")
        if not labels[0]:
            raise InputError("there is no label: give at least one task")
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    digest = hashlib.sha256(content).hexdigest()
    exact = tuple([tuple(row) for row in labels])
    return Observations(tuple(points), exact, weights, printable(path), digest, "decimal")


def _columns(
    table: NumberTable, weights_column: str | None
) -> tuple[list[fmpq], list[list[fmpq]], tuple[fmpq, ...] | None]:
    points = [row[0] for row in table.rows]
    if weights_column is None:
        return points, [row[1:] for row in table.rows], None
    place = _place(table, weights_column)
    weights = tuple([row[place] for row in table.rows])
    for line, weight in zip(table.lines, weights, strict=True):
        if sign(weight) <= 0:
            raise InputError(f"row {line}: the weight is {weight}: weights must be positive; leave the row out instead")
    return points, [row[1:place] + row[place + 1 :] for row in table.rows], weights


def _place(table: NumberTable, column: str) -> int:
    header = table.header or []
    if column in header:
        place = header.index(column)
    elif column.isdecimal() and 1 <= int(column) <= len(table.rows[0] if table.rows else header):
        place = int(column) - 1
    else:
        names = (
            f"its columns are {', '.join(header)}" if header else f"it has {len(table.rows[0])} columns and no header"
        )
        raise InputError(f"there is no column {printable(column)}: {names}; give a name, or a number from 1")
    if place == 0:
        raise InputError("the first column is x, not weights")
    return place
