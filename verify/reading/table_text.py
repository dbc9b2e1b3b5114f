"""Tables as text (CSV, TSV, blanks): rows of cells, a header if there is one, and exact numbers."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from flint import fmpq

from ...theory.numeral import NumeralError, attempts_number, parse_rational
from .source import InputError, printable

_BLANKS = " \t"


class NumberTable(NamedTuple):
    """Rows of exact numbers, with the line of the file each stands on, and the header's cells if it has one."""

    rows: list[list[fmpq]]
    lines: list[int]
    header: list[str] | None


def parse_table(text: str) -> NumberTable:
    """The table that `text` holds: a point and its labels per row.

    The separator is the first of semicolon, tab and comma that occurs in the first row, else blanks. From # to the end
    of a line is a comment; lines that hold nothing else are passed over. The first row is a header if no cell in it is
    a number, nan, inf or a miswritten number. Every refusal (InputError) names the row, counted in lines of the file.
    """
    numbered = _lines(text)
    first = next(numbered, None)
    if first is None:
        raise InputError("there are no data, only comments or empty lines: give at least 2 rows")
    separator = next((mark for mark in ";\t," if mark in first[1]), None)
    cells = _cells(*first, separator)
    width = len(cells)
    if width < 2:
        raise InputError(
            f"row {first[0]} has one column and no label: put the point first, then one label per task, with "
            "a comma, semicolon, tab or blanks between them"
        )
    header = None if any(attempts_number(cell) for cell in cells) else _header(first[0], cells)
    table = NumberTable([], [], header)
    if header is None:
        _append(table, first[0], cells, width)
    for number, line in numbered:
        _append(table, number, _cells(number, line, separator), width)
    return table


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold data, without comments, numbered from 1 as an editor does."""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        data = line.partition("#")[0] if "#" in line else line
        if data and not data.isspace():
            yield number, data


def _cells(number: int, line: str, separator: str | None) -> list[str]:
    """The cells of one line, without the blanks and quotation marks around them."""
    if '"' in line:
        return _quoted_cells(number, line, separator)
    if separator is None:
        return line.split()
    if " " in line or "\t" in line:
        return [cell.strip(_BLANKS) for cell in line.split(separator)]
    return line.split(separator)


def _quoted_cells(number: int, line: str, separator: str | None) -> list[str]:
    try:
        row = next(csv.reader([line.strip(" ")], delimiter=separator or " ", skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise InputError(f"row {number} has a misplaced or unclosed quotation mark ({error}): remove it") from None
    cells = [cell.strip(_BLANKS) for cell in row]
    return cells if separator else [cell for cell in cells if cell]


def _header(number: int, cells: list[str]) -> list[str]:
    for column, cell in enumerate(cells, start=1):
        if not cell:
            raise InputError(
                f"row {number}, column {column}: the header leaves this column without a name: "
                "name it, or remove it if it only numbers the rows"
            )
    return [printable(cell) for cell in cells]


def _append(table: NumberTable, number: int, cells: list[str], width: int) -> None:
    if len(cells) != width:
        raise InputError(
            f"row {number} has {_columns(len(cells))}, the first row has {width}: give every row the same number"
        )
    try:
        table.rows.append([parse_rational(cell) for cell in cells])
    except NumeralError:
        raise InputError(_bad_cell(number, cells, first=not table.rows and table.header is None)) from None
    table.lines.append(number)


def _bad_cell(number: int, cells: list[str], first: bool) -> str:
    """The complaint about the first cell of the row that is no number; in the first row it may be a misplaced name."""
    for column, cell in enumerate(cells, start=1):
        try:
            parse_rational(cell)
        except NumeralError as error:
            hint = " (in a header no cell may be a number)" if first and not attempts_number(cell) else ""
            return f"row {number}, column {column}: {error}{hint}"
    raise AssertionError("some cell of the row is no number")


def _columns(count: int) -> str:
    return "1 column" if count == 1 else f"{count} columns"
