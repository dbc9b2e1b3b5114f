"""Cells of text, of a sheet or of a data frame as exact numbers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from flint import fmpq

from ...theory.arrays import DatasetError, Reading, exact_column, float_reading, is_float
from ...theory.numbers import Vector
from ...theory.numeral import NumeralError
from .choices import Choices, Floats
from .columns import Picked, counting_note
from .dates import days, is_date
from .in_order import Unordered
from .source import InputError
from .written_numbers import number_reader

CHEAP = 200_000
"""Floats are read in both ways, to compare, if there are at most so many numbers."""


class Cells(NamedTuple):
    """The columns that were picked, as text, numbers, dates or None.

    rows: what messages call each row, "row 3". place: the words for a cell, from its row and column (from 0) in the
    input. floats: how binary floats are taken unless the user says. hint: what to add to the refusal of a cell of text.
    note: what is to be said about where they come from.
    """

    picked: Picked
    x: Sequence[Any]
    labels: Sequence[Sequence[Any]]
    row: Callable[[int], str]
    place: Callable[[int, int], str]
    floats: Floats = "binary"
    hint: Callable[[int, str], str] = lambda row, cell: ""
    note: str | None = None


class Exact(NamedTuple):
    """Exact points and labels in the order of the rows, the same with floats read in the other way, what is to say."""

    data: Unordered
    other: Unordered | None
    notes: tuple[str | None, ...]


def exact(cells: Cells, choices: Choices) -> Exact:
    """The numbers that the cells hold, as the choices say; InputError names the first cell that holds none."""
    shortest = (choices.floats or cells.floats) == "shortest"
    data, note = _numbers(cells, choices, shortest)
    other = None
    if data.reading in ("binary", "shortest") and len(data.points) * (1 + len(cells.labels)) <= CHEAP:
        other = _numbers(cells, choices, not shortest)[0]
    chosen = choices.x is not None or not data.points
    counting = None if chosen else counting_note(cells.picked, data.points, data.labels)
    return Exact(data, other, (cells.note, note, counting))


def _numbers(cells: Cells, choices: Choices, shortest: bool) -> tuple[Unordered, str | None]:
    note = None
    if choices.x_dates:
        points, note = days(cells.x, lambda row: cells.place(row, cells.picked.x), choices)
    else:
        points = _column(cells, choices, shortest, cells.picked.x, cells.x)
    pairs = zip(cells.picked.y, cells.labels, strict=True)
    columns = [_column(cells, choices, shortest, column, values) for column, values in pairs]
    labels: list[Vector] = list(zip(*columns, strict=True)) if columns else [() for _ in points]
    reading = _reading([*([] if choices.x_dates else [cells.x]), *cells.labels], shortest)
    return Unordered(points, labels, reading, cells.row, lambda row: str(cells.x[row])), note


def _column(cells: Cells, choices: Choices, shortest: bool, column: int, values: Sequence[Any]) -> list[fmpq]:
    read_number = number_reader(choices)
    if set(map(type, values)) == {str}:
        try:
            return list(map(read_number, values))
        except NumeralError:
            pass  # the slower way knows the place
    found = []
    for row, value in enumerate(values):
        try:
            if isinstance(value, str):
                found.append(read_number(value))
            elif is_date(value):
                remedy = "read x as days with --x-dates" if column == cells.picked.x else "choose the labels with --y"
                raise InputError(f"{cells.place(row, column)} holds a date: {remedy}")
            else:
                found += exact_column([value], lambda _, row=row: cells.place(row, column), shortest=shortest)  # type: ignore[misc]
        except NumeralError as error:
            raise InputError(f"{cells.place(row, column)}: {error}{cells.hint(row, value)}") from None
        except DatasetError as error:
            raise InputError(str(error)) from None
    return found


def _reading(columns: Iterable[Sequence[Any]], shortest: bool) -> Reading:
    """Floats make it binary or shortest, else text makes it decimal."""
    text = False
    for values in columns:
        kinds = set(map(type, values))
        text = text or str in kinds
        if not kinds <= {str, int} and any(map(is_float, values)):
            return float_reading(shortest=shortest)
    return "decimal" if text else "exact"
