"""Tables as text (CSV, TSV, blanks): rows of cells, a header if there is one, and exact numbers (see GRAMMAR.md)."""

from collections.abc import Sequence
from typing import NamedTuple

from .cells import Separator, lines_of
from .choices import DEFAULT, Choices
from .columns import pick
from .exact_cells import Cells
from .header import attempts_number, is_error_word
from .separator import MARKS, rows_of
from .source import MAX_NUMBERS, InputError, too_many

_CHOICES = ("x", "y", "skip_rows", "decimal", "thousands", "x_dates", "date_format", "duplicates")


class TextTable(NamedTuple):
    """The cells of a table below its header, the line that each row begins on, and the header if there is one."""

    cells: list[list[str]]
    lines: list[int]
    header: list[str] | None


def text_cells(text: str, choices: Choices = DEFAULT) -> tuple[Cells, list[int]]:
    """The cells of the columns that were chosen, and the line of each row, by which InputError names it."""
    choices.only("a text table", _CHOICES)
    table = text_table(text, choices)
    picked = pick(table.header, len(table.cells[0]) if table.cells else len(table.header or ()), choices)
    columns = list(zip(*table.cells, strict=True)) if table.cells else [()] * len(table.header or ())
    cells = Cells(
        picked,
        columns[picked.x],
        [columns[column] for column in picked.y],
        lambda row: f"row {table.lines[row]}",
        lambda row, column: f"row {table.lines[row]}, column {column + 1}",
        hint=lambda row, cell: _hint(table, row, cell),
    )
    return cells, table.lines


def text_table(text: str, choices: Choices = DEFAULT) -> TextTable:
    """The table that a text holds, its numbers not yet read."""
    # What groups digits or marks decimals in cells without quotation marks separates none.
    marks = [mark for mark in MARKS if mark != choices.decimal]
    separators: list[Separator] = [*marks] if choices.thousands == " " else [*marks, None]
    most = max(map(text.count, marks))
    if most and (most := most + max(text.count("\n"), text.count("\r"))) > MAX_NUMBERS:
        raise too_many(most)
    lines = lines_of(text)
    if len(lines) <= choices.skip_rows:
        raise InputError(f"there are {len(lines)} lines, and --skip-rows {choices.skip_rows} skips them all")
    found = rows_of(lines, choices.skip_rows, separators)
    if len(found.cells) * len(found.cells[0]) > MAX_NUMBERS:
        raise too_many(len(found.cells) * len(found.cells[0]))
    if not _is_header(found.cells[0], choices):
        return TextTable(found.cells, found.lines, None)
    header = found.cells[0]
    if choices.x is None and "" in header:
        raise InputError(
            f"row {found.lines[0]}, column {header.index('') + 1}: the header leaves this column without a name: "
            "name it, or choose columns with --x and --y"
        )
    return TextTable(found.cells[1:], found.lines[1:], header)


def _is_header(cells: Sequence[str], choices: Choices) -> bool:
    """No cell attempts a number, or somebody chose columns by names that stand there (1995, say)."""
    if not any(map(attempts_number, cells)):
        return True
    chosen = [choice for choice in (choices.x, *(choices.y or ())) if isinstance(choice, str)]
    return any([choice in cells and not _is_index(choice, len(cells)) for choice in chosen])


def _is_index(choice: str, width: int) -> bool:
    """Whether a choice can be the number of a column; 1995 is none in a table of three."""
    return choice.isascii() and choice.isdigit() and int(choice[:9]) <= width


def _hint(table: TextTable, row: int, cell: str) -> str:
    """Why a cell may be no number: a comment behind the numbers, or a name in a row that is no header."""
    if "#" in cell and ".#" not in cell and not is_error_word(cell):
        return " (a comment needs a line of its own)"
    if row == 0 and table.header is None and cell and not attempts_number(cell):
        return " (in a header no cell may be a number, unless --x or --y name columns)"
    return ""
