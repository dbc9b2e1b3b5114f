"""Which column is x and which are labels: by name, by number or by pattern, and what is said about it."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import NamedTuple

from flint import fmpq

from ...theory.numeral import shown
from .choices import Choices, Column
from .source import InputError, printable

_COUNTERS = frozenset({"", "id", "index", "idx", "no", "no.", "nr", "nr.", "row", "#", "unnamed: 0"})
_LISTED = 12


class Picked(NamedTuple):
    """Numbers of columns, counted from 0, and their names, if the table has names."""

    x: int
    y: tuple[int, ...]
    x_name: str | None
    task_names: tuple[str, ...] | None


def pick(names: Sequence[str] | None, width: int, choices: Choices) -> Picked:
    """The columns that were chosen; by default the first is x, and all that are not x are labels."""
    x = 0 if choices.x is None else _one(choices.x, names, width)
    if choices.y is None:
        y = tuple([column for column in range(width) if column != x])
    else:
        y = tuple([column for choice in choices.y for column in _some(choice, names, width, x)])
    if x in y:
        remedy = "choose another with --x" if choices.x is None else "a column is one or the other"
        raise InputError(f"column {_named(x, names)} is both x and a label: {remedy}")
    if len(set(y)) < len(y):
        twice = next(column for column in y if y.count(column) > 1)
        raise InputError(f"column {_named(twice, names)} is chosen twice: name it once")
    if names is None:
        return Picked(x, y, None, None)
    for column in (x, *y):
        if not names[column] and choices.x is None:
            raise InputError(
                f"the header leaves column {column + 1} without a name: name it, or choose columns with --x and --y"
            )
    return Picked(x, y, printable(names[x]), tuple([printable(names[column]) for column in y]))


def counting_note(picked: Picked, points: Sequence[fmpq], labels: Sequence[Sequence[fmpq]]) -> str | None:
    """What to say where x merely counts the rows though another column increases or decreases as well.

    points, labels: in the order of the rows.
    """
    if picked.x_name is None or picked.task_names is None or picked.x_name.lower() not in _COUNTERS:
        return None
    start = points[0]
    if start not in (0, 1) or any([point != start + index for index, point in enumerate(points)]):
        return None
    for name, column in zip(picked.task_names, zip(*labels, strict=True), strict=True):
        if all([a < b for a, b in pairwise(column)]) or all([a > b for a, b in pairwise(column)]):
            return f"x is {picked.x_name!r}, which only counts the rows; {name!r} is monotone too (--x chooses)"
    return None


def _one(choice: Column, names: Sequence[str] | None, width: int) -> int:
    """The column of a name that occurs once, or of a number."""
    text = str(choice)
    named = [] if names is None else [column for column, name in enumerate(names) if name == text]
    if len(named) > 1:
        raise InputError(f"{len(named)} columns are named {shown(text)}: choose by number, {named[0] + 1} to {width}")
    if named:
        return named[0]
    if text.isascii() and text.isdigit():
        if not 1 <= int(text[:9]) <= width:
            raise InputError(f"there is no column {text[:9]}: they are counted from 1 to {width}")
        return int(text) - 1
    if names is None:
        raise InputError(f"there is no header, so no column {shown(text)}: choose by number, from 1 to {width}")
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    listed = ", ".join(map(shown, names[:_LISTED])) + more
    raise InputError(f"there is no column {shown(text)}: the columns are {listed}")


def _some(choice: Column, names: Sequence[str] | None, width: int, x: int) -> list[int]:
    """The columns of a name, number or pattern; a pattern leaves x out."""
    text = str(choice)
    if names is not None and text not in names and any([mark in text for mark in "*?["]):
        matching = [column for column, name in enumerate(names) if column != x and fnmatchcase(name, text)]
        if matching:
            return matching
    return [_one(choice, names, width)]


def _named(column: int, names: Sequence[str] | None) -> str:
    return str(column + 1) if names is None else f"{column + 1} ({shown(names[column])})"
