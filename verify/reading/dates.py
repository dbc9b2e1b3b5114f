"""Dates and times as points: exact rational days from the first."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flint import fmpq

from ...theory.numeral import shown
from .choices import Choices
from .source import InputError

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-?[qQ]([1-4])")
_YEAR = re.compile(r"[0-9]{4}")
_NANOSECONDS_A_DAY = 86_400 * 10**9


def days(cells: Sequence[Any], place: Callable[[int], str], choices: Choices) -> tuple[list[fmpq], str]:
    """The days from the earliest of some dates and times to each, exactly, and the sentence that says so.

    cells: dates, datetimes, or text: ISO 8601, a month 1995-04, a quarter 1995Q2, a year, or `choices.date_format`.
    """
    moments = [_moment(cell, place(index), choices.date_format) for index, cell in enumerate(cells)]
    zoned = {moment.tzinfo is not None for moment in moments}
    if len(zoned) > 1:
        raise InputError("some times have a time zone and some have none: give all of them one, or none")
    if not moments:
        return [], ""
    first, beyond = min(zip(moments, map(_beyond, cells), strict=True))
    points = [
        fmpq(_nanoseconds(moment - first) + _beyond(cell) - beyond, _NANOSECONDS_A_DAY)
        for moment, cell in zip(moments, cells, strict=True)
    ]
    start = first.isoformat(sep=" ").removesuffix(" 00:00:00")
    return points, f"x counts days from {start}"


def is_date(cell: Any) -> bool:
    """Whether a cell of a sheet or data frame is a date or a time."""
    return isinstance(cell, date)


def _moment(cell: Any, place: str, form: str | None) -> datetime:
    if cell is None or cell != cell:  # noqa: PLR0124  (the missing times of data frames are not equal to themselves)
        raise InputError(f"{place}: a date is missing")
    if isinstance(cell, datetime):
        return cell.astimezone(UTC) if cell.tzinfo is not None else cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    text = str(cell).strip()
    try:
        moment = datetime.strptime(text, form) if form is not None else _iso(text)
    except (ValueError, re.error):
        iso = "like 1995-04-30 or 1995-04-30T12:00 (see --date-format)"
        due = iso if form is None else f"of the form {shown(form)}"
        raise InputError(f"{place}: {shown(text)} is not a date {due}") from None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment


def _iso(text: str) -> datetime:
    if match := _MONTH.fullmatch(text):
        return datetime(int(match[1]), int(match[2]), 1)
    if match := _QUARTER.fullmatch(text):
        return datetime(int(match[1]), 3 * int(match[2]) - 2, 1)
    if _YEAR.fullmatch(text):
        return datetime(int(text), 1, 1)
    return datetime.fromisoformat(text)


def _nanoseconds(step: timedelta) -> int:
    return ((step.days * 86_400 + step.seconds) * 10**6 + step.microseconds) * 1000


def _beyond(cell: Any) -> int:
    """Nanoseconds below the microsecond, which the times of data frames can have."""
    return int(getattr(cell, "nanosecond", 0))
