"""The separator of a table: the one that makes it rectangular, and what to say if none does (GRAMMAR.md, 2 and 4)."""

import re
from collections.abc import Iterator, Sequence

from ...theory.numeral import NumeralError, parse_rational, shown
from .cells import BLANKS, Rows, Separator, cut, cutter, first_row, is_comment
from .header import is_error_word
from .source import InputError

MARKS = (";", "\t", ",")
"""The separators that are tried, in this order; blanks (None) come last."""

_NAMED = re.compile(r'("?)(?i:sep)=([;,|\t])\1')


def rows_of(lines: list[str], skipped: int = 0, separators: Sequence[Separator] = (*MARKS, None)) -> Rows:
    """The rows of a table, rectangular and two or more cells wide; InputError if the text is none.

    skipped: lines at the beginning that do not belong to the table. separators: what is tried, blanks (None) last.
    """
    named = None if skipped else _NAMED.fullmatch(lines[0])
    start = 1 if named else skipped
    first = next((line for line in lines[start:] if line.strip(BLANKS) and not is_comment(line)), None)
    if first is None:
        raise InputError("there are no data, only comments or empty lines: give at least 2 rows")
    for separator in (named[2],) if named else _candidates(lines, start, first, separators):
        rows = cut(lines, start, separator)
        if rows.rectangular:
            _refuse_lost_rows(rows)
            return rows
    tried: Sequence[Separator] = (named[2],) if named else separators
    complaint = _not_rectangular([cut(lines, start, separator) for separator in tried])
    raise InputError(complaint + (f" (line 1 says that the separator is {shown(named[2])})" if named else ""))


def _candidates(lines: list[str], start: int, first: str, separators: Sequence[Separator]) -> Iterator[Separator]:
    """The marks that occur in the first row, then blanks if no mark cuts that row into two cells."""
    wide = False
    for mark in separators:
        if mark is None:
            if not wide:
                yield None
        elif mark in first:
            yield mark
            wide = wide or len(first_row(lines, start, mark)) >= 2
        elif '"' in first and len(first_row(lines, start, mark)) >= 2:  # on a further line of the first row
            yield mark
            wide = True


def _refuse_lost_rows(rows: Rows) -> None:
    """InputError if a comment looks like a row of the table."""
    width, first = len(rows.cells[0]), rows.lines[0]
    cut_line = cutter(rows.separator)
    for number, comment in rows.comments:
        cells = [cell.strip('"') for cell in cut_line(comment)]
        if cells and is_error_word(cells[0]) and (number > first or len(cells) == width):
            raise InputError(f"row {number}, column 1: {shown(cells[0])} stands for a missing value: remove the row")
        if number < first:
            continue
        cells = [cell.strip('"') for cell in cut_line(comment.lstrip("#" + BLANKS))]
        if len(cells) == width and any(map(_is_number, cells)):
            raise InputError(
                f"row {number} begins with # and looks like a row of the table: remove it, or the #, "
                "or put comments above the data"
            )


def _is_number(cell: str) -> bool:
    try:
        parse_rational(cell)
    except NumeralError:
        return False
    return True


def _not_rectangular(tried: list[Rows]) -> str:
    """What is wrong with the separator that comes nearest to a table."""
    best = max([rows for rows in tried if not rows.rectangular], key=lambda rows: rows.common_width()[1])
    width, count = best.common_width()
    if best.broken is not None:
        return f"row {best.broken} has a misplaced or unclosed quotation mark: remove it, or double it in a quoted cell"
    if not count:
        return (
            f"row {best.lines[0]} has one column and no label: put the point first, then one label per task, with "
            "a comma, semicolon, tab or blanks between them"
        )
    sizes = [len(row) for row in best.cells]
    if sizes[0] != width:
        start = sizes.index(width)
        return (
            f"row {best.lines[0]} has {columns(sizes[0])}, the rows below have {width}: if "
            f"{shown(' '.join(best.cells[0]))} is a title, remove it or skip it (--skip-rows {best.lines[start] - 1})"
        )
    wrong = next(index for index, size in enumerate(sizes) if size != width)
    return (
        f"row {best.lines[wrong]} has {columns(sizes[wrong])}, the first row has {width}: "
        "give every row the same number"
    )


def columns(count: int) -> str:
    """A number of columns in words."""
    return "1 column" if count == 1 else f"{count} columns"
