"""Observations from a file: like a dataset, but points may repeat and one column may hold weights."""

from dataclasses import dataclass, fields, replace

from flint import fmpq

from ...theory.numbers import Vector, sign
from ..reading import Choices, InputError, Source
from ..reading.choices import DEFAULT
from ..reading.columns import Picked
from ..reading.provenance import quoted
from ..reading.read import named, read_rows
from ..reading.rows import ReadRows
from ..reading.source import printable

CHOICES = tuple([field.name for field in fields(Choices) if field.name != "duplicates"])
"""What can be chosen for observations."""


@dataclass(frozen=True, slots=True)
class Observations:
    """Points in any order, perhaps repeated, with labels and perhaps weights; where they came from."""

    points: tuple[fmpq, ...]
    labels: tuple[Vector, ...]
    weights: tuple[fmpq, ...] | None
    source: Source


def read_observations(path: str, weights_column: str | None = None, choices: Choices = DEFAULT) -> Observations:
    """The observations in a file as `reading.read` takes it; InputError, one line, if there are none.

    weights_column: the name of a column of a table, or its number counted from 1, that holds positive weights.
    """
    choices.only("a fit, which takes repeated points as they are", CHOICES)
    asked = choices
    if weights_column is not None and choices.y is not None:
        asked = replace(choices, y=(*choices.y, weights_column))
    found = read_rows(path, asked)
    try:
        labels, weights, place = _apart(found, weights_column, last=choices.y is not None)
        if len(found.data.points) < 2:
            raise InputError("at least 2 observations are needed")
        if not labels[0]:
            raise InputError("there is no label: give at least one task")
    except InputError as error:
        raise InputError(f"{named(path)}: {error}") from None
    return Observations(tuple(found.data.points), labels, weights, _named(found.source, place))


def _named(source: Source, place: int | None) -> Source:
    """The source with the column of weights no longer among the tasks."""
    if place is None or source.task_names is None:
        return source
    names = source.task_names
    note = f"the weights are {quoted(names[place])}"
    return replace(source, task_names=names[:place] + names[place + 1 :], notes=(*source.notes, note))


def _apart(
    found: ReadRows, weights_column: str | None, *, last: bool
) -> tuple[tuple[Vector, ...], tuple[fmpq, ...] | None, int | None]:
    """The labels, the weights and where they were among the labels; last: whether as the last that was asked for."""
    rows = found.data.labels
    if weights_column is None:
        return tuple(rows), None, None
    if found.picked is None:
        raise InputError("--weights names a column of a table; arrays and JSON have none")
    place = len(found.picked.y) - 1 if last else _place(found.picked, weights_column)
    weights = tuple([row[place] for row in rows])
    for index, weight in enumerate(weights):
        if sign(weight) <= 0:
            raise InputError(
                f"{found.data.place(index)}: the weight is {weight}: weights must be positive; leave the row out"
            )
    return tuple([row[:place] + row[place + 1 :] for row in rows]), weights, place


def _place(picked: Picked, column: str) -> int:
    """The position among the labels of a column, by its name or by its number in the table."""
    names = picked.task_names or ()
    if column in names:
        return names.index(column)
    number = int(column[:9]) - 1 if column.isascii() and column.isdecimal() else None
    if number in picked.y:
        return picked.y.index(number)
    if number == picked.x or column == picked.x_name:
        raise InputError("this column is x, not weights")
    listed = (
        f"its columns are {', '.join([picked.x_name or '', *names])}"
        if names
        else (f"it has {len(picked.y) + 1} columns and no header")
    )
    raise InputError(f"there is no column {printable(column)}: {listed}; give a name, or a number from 1")
