"""Text cut into rows of cells: lines, comments, quotation marks, as in GRAMMAR.md (sections 1 and 2)."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

BLANKS = " \t"

Separator = str | None
"""What stands between two cells; None: blanks, any number of them."""

_QUOTED = r'"([^"]*+(?:""[^"]*+)*+)"'


class Misplaced(Exception):
    """A quotation mark that is never closed, or that has something behind it."""


class Rows(NamedTuple):
    """Text as one separator cuts it: the cells of each row, its first line (from 1), and the comments with theirs.

    broken: the line with a misplaced quotation mark at which cutting stopped, else None.
    """

    separator: Separator
    cells: list[list[str]]
    lines: list[int]
    comments: list[tuple[int, str]]
    broken: int | None = None

    @property
    def rectangular(self) -> bool:
        """Whether all rows have the same number of cells, two or more."""
        widths = set(map(len, self.cells))
        return self.broken is None and len(widths) == 1 and widths.pop() >= 2

    def common_width(self) -> tuple[int, int]:
        """The commonest number of cells from two on, and how many rows have it; (1, 0) if none has two."""
        widths = Counter([len(row) for row in self.cells if len(row) >= 2])
        return widths.most_common(1)[0] if widths else (1, 0)


def lines_of(text: str) -> list[str]:
    """The lines: ended by LF, CR LF or CR and by nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def is_comment(line: str) -> bool:
    """Whether the first character that is not a blank is #."""
    return line.lstrip(BLANKS).startswith("#")


def cut(lines: list[str], start: int, separator: Separator) -> Rows:
    """The rows from line number `start` (from 0) on."""
    found = Rows(separator, [], [], [])
    plainly, quoted = cutter(separator), None
    number = start
    while number < len(lines):
        line, number = lines[number], number + 1
        if not (stripped := line.strip(BLANKS)):
            continue
        if stripped[0] == "#":
            found.comments.append((number, stripped))
            continue
        found.lines.append(number)
        if '"' not in line:
            found.cells.append(plainly(line))
            continue
        quoted = quoted or _QuotedRows(lines, separator)
        try:
            row, number = quoted.cut(number - 1)
        except Misplaced:
            return found._replace(broken=number)
        found.cells.append(row)
    return found


def first_row(lines: list[str], start: int, separator: Separator) -> list[str]:
    """The cells of the first row from line number `start` on; none if it has a misplaced quotation mark."""
    number = next(n for n in range(start, len(lines)) if lines[n].strip(BLANKS) and not is_comment(lines[n]))
    if '"' not in lines[number]:
        return cutter(separator)(lines[number])
    try:
        return _QuotedRows(lines, separator).cut(number)[0]
    except Misplaced:
        return []


def cutter(separator: Separator) -> Callable[[str], list[str]]:
    """The function that cuts a line without regard to quotation marks."""
    if separator is None:
        # str.split() alone would also cut at form feeds and at the blanks of other scripts.
        return lambda line: [cell for cell in line.replace("\t", " ").split(" ") if cell]

    def cut_line(line: str) -> list[str]:
        if " " in line or "\t" in line:
            return [cell.strip(BLANKS) for cell in line.split(separator)]
        return line.split(separator)

    return cut_line


class _QuotedRows:
    """Cuts rows with quoted cells, which may go on over several lines, in one pass over the text of all lines."""

    def __init__(self, lines: list[str], separator: Separator) -> None:
        self.text = "\n".join(lines)
        self.starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
        self.end = re.compile(r"\n|\Z")
        if separator is None:
            self.cell = re.compile(rf'[ \t]*+(?:{_QUOTED}(?=[ \t\n]|\Z)|([^" \t\n][^ \t\n]*+))[ \t]*+')
            self.separator = re.compile("")
        else:
            mark = re.escape(separator)
            blanks = "[ ]" if separator == "\t" else r"[ \t]"
            self.cell = re.compile(rf'{blanks}*+(?:{_QUOTED}{blanks}*+(?=[{mark}\n]|\Z)|(?!")([^{mark}\n]*+))')
            self.separator = re.compile(mark)

    def cut(self, number: int) -> tuple[list[str], int]:
        """The cells of the row that begins at a line (from 0), and the number of the line behind it."""
        cells: list[str] = []
        place = self.starts[number]
        while True:
            found = self.cell.match(self.text, place)
            if found is None:
                raise Misplaced
            quoted, plain = found.groups()
            cells.append((plain if quoted is None else quoted.replace('""', '"')).strip(BLANKS))
            number += 0 if quoted is None else quoted.count("\n")
            if self.end.match(self.text, found.end()):
                return cells, number + 1
            mark = self.separator.match(self.text, found.end())
            assert mark is not None, "a cell ends at a separator or at the end of its line"
            place = mark.end()
