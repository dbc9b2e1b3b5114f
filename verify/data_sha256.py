"""Reads a dataset in a text and prints its hash, as certificates name it:  python -I -S data_sha256.py DATA

Standard library only, importing nothing of this project; reading/GRAMMAR.md says what the text may be. The hash is the
SHA-256 of one line `x y_1 ... y_T` per point, in increasing x, each number in lowest terms. Exit status: 0, or 2
if there is no dataset. checker.py, which lies beside this file, uses it.
"""

import hashlib
import itertools
import json
import os
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

LONGEST_DATA, LONGEST_CELL, LARGEST_EXPONENT = 1 << 28, 1200, 1000  # the first: bytes, also with exponents written out
CELL_NUMBER = re.compile(r"[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?)")
EXPONENT_MARK = re.compile(r"(?<=[\d.])[eEdD](?=[+-]?\d)")
MISWRITTEN = re.compile(r"[+-]?(?:(?:nan|inf|infinity|0[xbo][0-9a-f_]+)\Z|nan\(|[0-9]+\.#)", re.IGNORECASE | re.ASCII)
ERROR_WORD = re.compile(r"#(?:N/[A-Z]+|NV|[A-Z0-9_/.]+[!?])")  # of a spreadsheet
PASSED_OVER = re.compile(r"[ \t]*(#[^\n]*)?(?:\n|\Z)")
NAMED_SEPARATOR = re.compile(r'(?:sep=([;,|\t])|"sep=([;,|\t])")(?:\n|\Z)', re.IGNORECASE)
BLANKS = " "


class Unreadable(Exception):
    """These are no data; one line says why."""


def data_sha256(path: str, *, repeated: bool = False) -> str:
    """The hash of the points and labels in DATA, rows in any order; - is standard input.

    repeated: whether points may repeat, as they may in observations; the rows of one point are then in order of labels.
    """
    try:
        with open(path if path != "-" else 0, "rb") as file:
            content = file.read(LONGEST_DATA + 1)
        digest = hashlib.sha256()
        for point in dataset(content, path.lower().endswith(".json"), repeated=repeated):
            digest.update(" ".join(map(str, point)).encode() + b"\n")
    except MemoryError:
        raise Unreadable("the memory does not suffice to read them") from None
    except OSError as error:
        raise Unreadable(f"they cannot be read: {error.strerror}") from None
    return digest.hexdigest()


def dataset(content: bytes, is_json: bool = False, *, repeated: bool = False) -> list[list[Fraction]]:
    """The points with their labels, in increasing order of the points, which differ unless they may be repeated."""
    if len(content) > LONGEST_DATA or b"\0" in content:
        raise Unreadable(f"longer than {LONGEST_DATA} bytes, or with a NUL byte")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None
    rows = rows_of_json(text) if is_json or text.lstrip(" \t\n").startswith("{") else rows_of_table(text)
    points, room = [], LONGEST_DATA
    for row in rows:
        points.append([cell_number(cell) for cell in row])
        room -= sum([number.numerator.bit_length() + number.denominator.bit_length() for number in points[-1]]) // 3
        if room < 0:
            raise Unreadable(f"more than {LONGEST_DATA} digits, exponents written out")
    points.sort()
    pairs = list(itertools.pairwise(points))
    if not pairs or any((a[0] == b[0] and not repeated) or len(a) != len(b) or len(a) < 2 for a, b in pairs):
        raise Unreadable("fewer than 2 points, two equal ones, or labels of different lengths")
    return points


def quoted(value: Any, most: int = 40) -> str:
    """A value as messages show it, cut where it is long."""
    text = repr(value)
    size = len(value) if isinstance(value, str) else len(text)
    return text if len(text) <= most else f"{text[:most]}...{text[-1]} ({size} characters)"


def cell_number(text: Any) -> Fraction:
    """The rational that a cell spells; Unreadable if it is none, too long, or divides by zero."""
    found = CELL_NUMBER.fullmatch(text) if isinstance(text, str) and len(text) <= LONGEST_CELL else None
    if found is None or abs(int(found[1] or 0)) > LARGEST_EXPONENT:
        raise Unreadable(f"{quoted(text)} is no number within the limits")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise Unreadable(f"{quoted(text)} divides by zero") from None


# ---- Tables ---------------------------------------------------------------------------------------------------------


def cell_of(separator: str) -> re.Pattern[str]:
    """One cell, its text in group 1 if it is quoted, else in group 2; in group 3 the separator, unless its row ends."""
    if separator == BLANKS:
        blank, behind, others, mark, end = r"[ \t]*+", "", r" \t", r"[ \t]++(?!\n|\Z)", r"[ \t]*(?:\n|\Z)"
    else:
        blank = behind = " *+" if separator == "\t" else r"[ \t]*+"
        others, mark, end = separator, re.escape(separator), r"(?:\n|\Z)"
    return re.compile(rf'{blank}(?:"([^"]*+(?:""[^"]*+)*+)"{behind}|(?!")([^{others}\n]*+))(?:({mark})|{end})')


def cut(text: str, separator: str) -> Iterator[tuple[str, list[str]]]:
    """The comments (line, []) and the rows ("", cells) of a text."""
    cell, place = cell_of(separator), 0
    while place < len(text):
        if (line := PASSED_OVER.match(text, place)) is not None:
            place = line.end()
            if line[1] is not None:
                yield line[1].rstrip(" \t"), []
            continue
        cells, more = [], True
        while more:
            if (piece := cell.match(text, place)) is None:
                raise Unreadable("a quotation mark is out of place")
            cells.append((piece[2] if piece[1] is None else piece[1].replace('""', '"')).strip(" \t"))
            place, more = piece.end(), piece[3] is not None
        yield "", cells


def first_width(text: str, separator: str) -> int:
    """How many cells the first row has with this separator; 0 if there is no row."""
    try:
        return next((len(cells) for _, cells in cut(text, separator) if cells), 0)
    except Unreadable:
        return 0


def rectangle(text: str, separator: str) -> tuple[list[list[str]], list[tuple[str, bool]]] | None:
    """The rows, all of one width from 2, and the comments (line, whether it stands below a row); None if not so."""
    rows: list[list[str]] = []
    comments: list[tuple[str, bool]] = []
    try:
        for comment, cells in cut(text, separator):
            if comment:
                comments.append((comment, len(rows) > 0))
            elif len(cells) < 2 or (rows and len(cells) != len(rows[0])):
                return None
            else:
                rows.append(cells)
    except Unreadable:
        return None
    return rows, comments


def rows_of_table(text: str) -> list[list[str]]:
    """The rows without the header; Unreadable if there is no separator for them, or if a row would vanish."""
    named = NAMED_SEPARATOR.match(text)
    if named:
        separator, text = named[1] or named[2], text[named.end() :]
        found = rectangle(text, separator)
    else:
        marks = BLANKS if all(first_width(text, mark) < 2 for mark in ";\t,") else ";\t,"
        separator, found = next(((m, r) for m in marks if (r := rectangle(text, m)) is not None), ("", None))
    if found is None or not found[0]:
        raise Unreadable("no table of rows with the same number of cells, 2 or more")
    rows, comments = found
    if any(may_be_row(comment, separator, len(rows[0]), below) for comment, below in comments):
        raise Unreadable("a comment looks like a row")
    if any(attempts_number(cell) for cell in rows[0]):
        return rows
    if "" in rows[0]:
        raise Unreadable("the header leaves a column without a name")
    return rows[1:]


def attempts_number(cell: str) -> bool:
    """Whether a first row with this cell is no header."""
    bare = EXPONENT_MARK.sub("", cell)
    digits = any(c.isdecimal() for c in bare) and not any(c.isalpha() for c in bare)
    return digits or MISWRITTEN.match(cell) is not None or ERROR_WORD.fullmatch(cell) is not None


def may_be_row(comment: str, separator: str, width: int, below: bool) -> bool:
    """Whether a comment looks like a row of numbers, or like a row that begins with an error word (#N/A)."""

    def cells(line: str) -> list[str]:
        parts = re.split(r"[ \t]+", line) if separator == BLANKS else line.split(separator)
        return [part.strip(" \t").strip('"') for part in parts]

    word, bare = cells(comment), cells(comment.lstrip("# \t"))
    if ERROR_WORD.fullmatch(word[0]) and (below or len(word) == width):
        return True
    return below and len(bare) == width and any(CELL_NUMBER.fullmatch(cell) for cell in bare)


# ---- JSON -----------------------------------------------------------------------------------------------------------


def rows_of_json(text: str) -> list[list[Any]]:
    """The rows x, y_1, ..., y_T of {"x": [...], "y": [...]}, numbers as they are spelled."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=members)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    if type(found) is not dict or found.keys() != {"x", "y"} or any(type(part) is not list for part in found.values()):
        raise Unreadable('no object with the lists "x" and "y"')
    kinds = {type(label) for label in found["y"]}
    if len(found["x"]) != len(found["y"]) or len(kinds) > 1:
        raise Unreadable("not one label, or one list of labels, for each point")
    return [[x, *(y if type(y) is list else [y])] for x, y in zip(found["x"], found["y"], strict=True)]


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object with these members; Unreadable if a key occurs twice."""
    if len(dict(pairs)) < len(pairs):
        raise Unreadable("a key occurs twice in one object")
    return dict(pairs)


def main(arguments: list[str]) -> int:
    """Prints the hash of DATA; the exit status: 0, or 2 if they are no dataset."""
    try:
        if len(arguments) != 1:
            raise Unreadable("usage: data_sha256.py DATA")
        print(data_sha256(arguments[0]), flush=True)
    except (Unreadable, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))  # at once: nothing is left to be printed that could fail
