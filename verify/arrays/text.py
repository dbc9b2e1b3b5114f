"""Tables of decimals: rounded to float64 by numpy's reader, filtered with the rounding, exact only where that is open.

Decimals of few digits are integers over one power of ten, which their rounded values determine; as such they are
decided. Only plain tables take this way: the characters of decimals, one separator, rows of equal length. For all
others, and whenever anything is to be refused, the exact reader has the word (`reading`).
"""

import re
from typing import Any, NamedTuple

import numpy
from flint import fmpq

from ...theory.alignment import aligned
from ...theory.dataset import Dataset
from ...theory.numeral import parse_rational
from ...theory.optimum import kinks
from ..reading.cells import cutter
from ..reading.header import attempts_number
from ..reading.separator import MARKS
from ..reading.source import InputError, printable
from .arithmetic import UNIT
from .decide import Decision, decide_table
from .sweep import Rounded
from .table import Table
from .windows import ALIGNED, APART

RADIUS = 2 * UNIT
"""Twice the radius of correct rounding, which numpy's reader gives."""

_NOT_PLAIN = b'"#=\r\0'
_PLAIN = b"0123456789+-.eE,;\t \n"
_LONG_EXPONENT = re.compile(rb"[eE][+-]?[0-9]{4}")
_LONG_NUMBER = re.compile(r"[0-9.]{300}")
_LONG_LINE = 300

MOST_DECIMALS = 22
"""10^22 is the largest power of ten that is a float64."""

LARGEST_INTEGER = 2.0**50
"""Below it, a decimal times its power of ten is the integer nearest to the rounded product."""


class PlainTable(NamedTuple):
    """The lines of a table, the separator of its cells (None: blanks), and the cells rounded to float64, (N, 1 + T).

    decimals: the most digits behind a decimal point, None if a number has an exponent. names: those of the header.
    """

    lines: list[str]
    separator: str | None
    values: Any
    decimals: int | None
    names: tuple[str, ...] | None = None

    def integers(self) -> Any | None:
        """All cells times 10^decimals, exactly, as int64; None if they are too large, or have exponents."""
        if self.decimals is None or self.decimals > MOST_DECIMALS:
            return None
        with numpy.errstate(over="ignore"):
            scaled = self.values * 10.0**self.decimals  # off by at most 4 u times its size, less than 1/2
        if not numpy.abs(scaled).max() < LARGEST_INTEGER:
            return None
        return numpy.rint(scaled, out=scaled).astype(numpy.int64)

    def point(self, row: int) -> fmpq:
        """The first number of a row, exactly."""
        return parse_rational(self.lines[row].split(self.separator)[0].strip())

    def window(self, rows: Any) -> Dataset:
        """The rows with these indices, exactly."""
        cells = [self.lines[row].split(self.separator) for row in rows]
        numbers = [[parse_rational(cell.strip()) for cell in row] for row in cells]
        return Dataset.from_fractions([row[0] for row in numbers], [row[1:] for row in numbers])


def plain_table(content: bytes) -> PlainTable | None:
    """The table of a content that is plain, else None.

    Plain: no quotation mark, no # and no line that CR alone ends; below the first line, only the characters of decimals
    and separators. numpy's reader insists on rows of equal length, so the first mark in the first row separates.
    """
    start = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    head, _, body = start.partition(b"\n")
    if body.translate(None, _PLAIN) or any([mark in head for mark in _NOT_PLAIN]) or _LONG_EXPONENT.search(start):
        return None
    try:
        lines = [line for line in body.decode("ascii").split("\n") if line and not line.isspace()]
        first = head.decode("utf-8")
        separator = next((mark for mark in MARKS if mark in first), None)
        cells = cutter(separator)(first)
        names = None if any(map(attempts_number, cells)) else tuple(map(printable, cells))
        if names is None:
            if head.translate(None, _PLAIN):
                return None
            lines.insert(0, first)
        if len(lines) < 2 or not all(cells):
            return None
        if any([len(line) > _LONG_LINE and _LONG_NUMBER.search(line) for line in lines]):
            return None
        values = numpy.loadtxt(lines, dtype=numpy.float64, delimiter=separator, comments=None, ndmin=2)
    except ValueError:
        return None
    table = PlainTable(lines, separator, values, _most_decimals("\n".join(lines).encode()), names)
    return table if values.shape == (len(lines), len(cells)) and len(cells) > 1 else None


def line_numbers(content: bytes, *, header: bool) -> list[int]:
    """The number, from 1, of the line on which each row of a plain table stands."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [number for number, line in enumerate(lines, start=1) if line and not line.isspace()][1 if header else 0 :]


def _most_decimals(content: bytes) -> int | None:
    if b"e" in content or b"E" in content:
        return None
    characters = numpy.frombuffer(content + b"\n", numpy.uint8)
    points = numpy.flatnonzero(characters == ord("."))
    ends = numpy.flatnonzero((characters < ord("0")) | (characters > ord("9")))
    lengths = ends[numpy.searchsorted(ends, points, side="right")] - points - 1
    return int(lengths.max()) if len(lengths) else 0


def _decide_integers(whole: Any) -> Decision | None:
    """The decision about integers, to which points and labels are proportional (statement X)."""
    try:
        return decide_table(Table.of(whole[:, 0], whole[:, 1:]))
    except InputError:
        return None


def decide_plain(table: PlainTable) -> Decision | None:
    """The decision, None if the rounded points or labels are no dataset."""
    whole = table.integers()
    if whole is not None:
        return _decide_integers(whole)
    order = None
    points = table.values[:, 0]

    def exactly(left: int) -> tuple[int, bool]:
        rows = range(left, left + 4) if order is None else order[left : left + 4].tolist()
        u, v = kinks(table.window(rows))
        return (ALIGNED if aligned(u, v) else APART), not (any(u) and any(v))

    try:
        arrays = Table.of(points, table.values[:, 1:]).in_order()
        order = arrays.order
        return decide_table(arrays, Rounded(RADIUS, exactly))
    except InputError:
        return None
