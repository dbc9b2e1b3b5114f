"""Tables as text (CSV, TSV, blanks): rows of cells, a header if there is one, and exact numbers (see GRAMMAR.md)."""

from typing import NamedTuple

from flint import fmpq

from ...theory.numeral import NumeralError, parse_rational
from .cells import lines_of
from .header import attempts_number, is_error_word
from .separator import rows_of
from .source import InputError, printable


class NumberTable(NamedTuple):
    """Rows of exact numbers, with the cells as written, the line each row begins on, and the header if there is one."""

    rows: list[list[fmpq]]
    cells: list[list[str]]
    lines: list[int]
    header: list[str] | None


def parse_table(text: str) -> NumberTable:
    """The table that `text` holds: a point and its labels per row. InputError names the row, in lines of the file."""
    found = rows_of(lines_of(text))
    cells, lines, header = found.cells, found.lines, None
    if not any(map(attempts_number, cells[0])):
        header = _header(lines[0], cells[0])
        cells, lines = cells[1:], lines[1:]
    try:
        return NumberTable([[parse_rational(cell) for cell in row] for row in cells], cells, lines, header)
    except NumeralError:
        raise InputError(_bad_cell(cells, lines, has_header=header is not None)) from None


def _header(line: int, cells: list[str]) -> list[str]:
    for column, cell in enumerate(cells, start=1):
        if not cell:
            raise InputError(
                f"row {line}, column {column}: the header leaves this column without a name: "
                "name it, or remove it if it only numbers the rows"
            )
    return [printable(cell) for cell in cells]


def _bad_cell(cells: list[list[str]], lines: list[int], *, has_header: bool) -> str:
    """The complaint about the first cell that is no number; in the first row it may be a misplaced name."""
    for index, row in enumerate(cells):
        for column, cell in enumerate(row, start=1):
            try:
                parse_rational(cell)
            except NumeralError as error:
                name = index == 0 and not has_header and not attempts_number(cell)
                hint = " (in a header no cell may be a number)" if name else ""
                hint = " (a comment needs a line of its own)" if "#" in cell and not is_error_word(cell) else hint
                return f"row {lines[index]}, column {column}: {error}{hint}"
    raise AssertionError("some cell is no number")
