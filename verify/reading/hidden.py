"""What a workbook hides of the cells that are read: it is read all the same, and said."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree
from xml.parsers import expat

from ...theory.numeral import shown

_LISTED = 5
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SUSPICIOUS = re.compile(rb"hidden|(?:ht|width)\s*=\s*[\"']0")


def hidden_note(content: bytes, title: str, numbers: Sequence[int], columns: Iterable[int]) -> str | None:
    """The sentence on rows and columns that are hidden, filtered out or of no height, and on a hidden sheet.

    numbers: the rows of the sheet that are read, from 1. columns: those that are read, from 0.
    """
    visible, text = _sheet(content, title)
    rows, spans = _hidden(text) if _SUSPICIOUS.search(text) else (set(), [])
    hidden_rows = [str(number) for number in numbers if number in rows]
    hidden_columns = [letters(column) for column in columns if any(a <= column + 1 <= b for a, b in spans)]
    found = [_listed("row", hidden_rows), _listed("column", hidden_columns)]
    words = [part for part in ([] if visible else [f"the sheet {shown(title)}"]) + found if part]
    return f"hidden in the workbook, and read all the same: {', '.join(words)}" if words else None


def _listed(noun: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"{noun} {names[0]}" if len(names) == 1 else f"{len(names)} {noun}s ({', '.join(names[:_LISTED])}{more})"


def _sheet(content: bytes, title: str) -> tuple[bool, bytes]:
    """Whether the sheet is visible, and its XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        targets = {part.get("Id"): part.get("Target", "") for part in ElementTree.fromstring(archive.read(_RELATIONS))}
        for part in ElementTree.fromstring(archive.read(_WORKBOOK)).iter():
            if _local(part.tag) == "sheet" and part.get("name") == title:
                relation = next(value for key, value in part.items() if _local(key) == "id")
                path = posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/")
                return part.get("state", "visible") == "visible", archive.read(path)
    raise KeyError(title)


def _hidden(text: bytes) -> tuple[set[int], list[tuple[int, int]]]:
    """Numbers of hidden rows, and first and last numbers of hidden columns, from 1."""
    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    number = 0

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal number
        tag = _local(name)
        if tag == "row":
            number = int(given.get("r", number + 1))
            if _is_hidden(given, "ht"):
                rows.add(number)
        elif tag == "col" and _is_hidden(given, "width"):
            columns.append((int(given["min"]), int(given["max"])))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(text, True)
    return rows, columns


def _is_hidden(given: dict[str, str], size: str) -> bool:
    return given.get("hidden", "0") in ("1", "true") or float(given.get(size, "1")) == 0


def _local(name: str) -> str:
    """A name without its namespace, or its prefix."""
    return re.split("[}:]", name)[-1]


def letters(column: int) -> str:
    """A, B, ..., Z, AA, ... for 0, 1, ...

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
