"""Excel workbooks (.xlsx), through openpyxl: the values of one sheet, as they were last calculated."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from ...theory.numeral import shown
from .choices import Choices
from .columns import Picked, pick
from .exact_cells import Cells
from .extra import needs_extra
from .header import attempts_number
from .hidden import hidden_note, letters
from .source import MAX_BYTES, MAX_NUMBERS, InputError, damaged, too_large, too_many

_CHOICES = (
    "x", "y", "skip_rows", "sheet", "decimal", "thousands", "x_dates", "date_format", "duplicates", "floats",
)  # fmt: skip

Row = tuple[Any, ...]


def sheet_cells(content: bytes, choices: Choices) -> tuple[Cells, list[int]]:
    """The cells of the columns that were chosen, and the row of the sheet that each is from (from 1).

    Numbers that are no integers are floats in a workbook, but its file spells them as decimals: unless the user says
    otherwise they are taken as the shortest decimals that they print as.
    """
    choices.only("a workbook", _CHOICES)
    name, rows, numbers = _table(content, choices)
    header = None
    if len(rows) > 1 and choices.x is None:
        _refuse_title(rows, numbers)
    if rows and _is_header(rows[0]):
        header = ["" if cell is None else str(cell).strip() for cell in rows[0]]
        rows, numbers = rows[1:], numbers[1:]
    if not rows:
        raise InputError(f"the sheet {shown(name)} has no rows of numbers: give at least 2")
    picked = pick(header, len(rows[0]), choices)
    _refuse_empty(content, name, rows, numbers, picked)
    if header is None:
        _refuse_doubtful_header(rows, numbers, picked)
    cells = Cells(
        picked,
        [row[picked.x] for row in rows],
        [[row[column] for row in rows] for column in picked.y],
        lambda row: f"row {numbers[row]}",
        lambda row, column: f"cell {letters(column)}{numbers[row]}",
        floats="shortest",
        note=_hidden(content, name, numbers, picked),
    )
    return cells, numbers


def _hidden(content: bytes, name: str, numbers: Sequence[int], picked: Picked) -> str | None:
    try:
        return hidden_note(content, name, numbers, (picked.x, *picked.y))
    except Exception as error:  # noqa: BLE001  (as for openpyxl, which has read the same parts)
        raise damaged("the workbook", error) from None


def _is_header(row: Row) -> bool:
    named = [cell for cell in row if cell is not None]
    return all([isinstance(cell, str) and not attempts_number(cell.strip()) for cell in named])


def _refuse_title(rows: Sequence[Row], numbers: Sequence[int]) -> None:
    """InputError if the first row has one cell, text, and the second has more."""
    above, below = ([cell for cell in row if cell is not None] for row in rows[:2])
    if len(above) == 1 < len(below) and isinstance(rows[0][0], str):
        raise InputError(
            f"row {numbers[0]} has 1 cell, the row below {len(below)}: if {shown(above[0])} is a title, remove it or "
            f"skip it (--skip-rows {numbers[1] - 1})"
        )


def _refuse_doubtful_header(rows: Sequence[Row], numbers: Sequence[int], picked: Picked) -> None:
    """InputError if numbers as text stand above nothing but numbers: they are names, most likely, such as years."""
    columns = (picked.x, *picked.y)
    first, *others = [[isinstance(row[column], str) for column in columns] for row in rows]
    if others and all(first) and not any(map(any, others)):
        raise InputError(
            f"row {numbers[0]} holds numbers as text above rows of numbers: if they are names, skip them "
            f"(--skip-rows {numbers[0]}), else write them as numbers"
        )


def _refuse_empty(content: bytes, name: str, rows: Sequence[Row], numbers: Sequence[int], picked: Picked) -> None:
    """InputError if a cell of the columns that were chosen has no value, or has a formula that was never calculated."""
    for row, number in zip(rows, numbers, strict=True):
        for column in (picked.x, *picked.y):
            if row[column] is None:
                place = f"{letters(column)}{number}"
                if _is_formula(content, name, place):
                    raise InputError(
                        f"cell {place} has a formula without a value: open the workbook, so that it is calculated, and "
                        "save it"
                    )
                raise InputError(f"cell {place} is empty: give a number (merged cells have theirs in the first one)")


def _is_formula(content: bytes, name: str, place: str) -> bool:
    import openpyxl

    return bool(openpyxl.load_workbook(io.BytesIO(content))[name][place].data_type == "f")


def _table(content: bytes, choices: Choices) -> tuple[str, list[Row], list[int]]:
    """The name of the sheet, its rows that are not empty, all of one width, and their numbers."""
    with needs_extra("a workbook (.xlsx)"):
        import openpyxl
    try:
        _refuse_large(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        asked = [sheet for sheet in book.worksheets if _is_asked_for(sheet, book, choices)]
        sheets = {sheet.title: _rows(sheet, choices) for sheet in asked}
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  (what openpyxl raises for damaged files is not documented)
        raise damaged("the workbook", error) from None
    filled = {title: found for title, found in sheets.items() if found[0]}
    if len(filled) > 1:
        raise InputError(f"the workbook has the sheets {', '.join(map(shown, filled))}: choose one with --sheet")
    if not filled:
        raise InputError("the sheet is empty: give at least 2 rows of a point and its labels")
    title, (rows, numbers) = next(iter(filled.items()))
    return title, rows, numbers


def _is_asked_for(sheet: Any, book: Any, choices: Choices) -> bool:
    if choices.sheet is None:
        return True
    titles = [each.title for each in book.worksheets]
    text = str(choices.sheet)
    if text in titles:
        return bool(sheet.title == text)
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= len(titles):
        return bool(titles.index(sheet.title) == int(text) - 1)
    raise InputError(f"there is no sheet {shown(text)}: the workbook has {', '.join(map(shown, titles))}")


def _rows(sheet: Any, choices: Choices) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    numbers: list[int] = []
    count = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number <= choices.skip_rows or not any([cell is not None and cell != "" for cell in row]):
            continue
        rows.append(tuple([None if cell == "" else cell for cell in row]))
        numbers.append(number)
        count += len(row)
        if count > MAX_NUMBERS:
            raise too_many(count)
    width = max([_width(row) for row in rows], default=0)
    return [(*row[:width], *[None] * (width - len(row))) for row in rows], numbers


def _width(row: Sequence[Any]) -> int:
    return max(index + 1 for index, cell in enumerate(row) if cell is not None)


def _refuse_large(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
            raise too_large()
