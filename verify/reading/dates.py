"""Dates and times as points: exact rational days from the first."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from flint import fmpq, fmpz

from ...theory.enclosure import round_decimal
from ...theory.numeral import shown
from .choices import Choices
from .source import InputError

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-?[qQ]([1-4])")
_YEAR = re.compile(r"[0-9]{4}")
_FINE = re.compile(r"(.*[0-9][.,][0-9]{6})([0-9]+)(.*)")
_ZONE_NAME = re.compile(r"(?<!%)(?:%%)*%Z")
_MICROSECONDS_A_DAY = 86_400 * 10**6


class Instant(datetime):
    """A time as data frames have them: to the nanosecond, of which a `datetime` would lose the last three digits."""

    nanosecond = 0

    @classmethod
    def since_1970(cls, nanoseconds: int, *, zoned: bool) -> "Instant":
        """So many nanoseconds after the beginning of 1970; zoned: in UTC, else nowhere in particular.

        >>> str(Instant.since_1970(1500, zoned=False))
        '1970-01-01 00:00:00.000001500'
        """
        found = cls(1970, 1, 1, tzinfo=UTC if zoned else None) + timedelta(microseconds=nanoseconds // 1000)
        found.nanosecond = nanoseconds % 1000
        return found

    def __str__(self) -> str:
        text = self.isoformat(" ", "microseconds")
        return f"{text[:26]}{self.nanosecond:03}{text[26:]}"


class _Moment(NamedTuple):
    """Microseconds, exactly, since the beginning of the year 1, in UTC if zoned; text: as the notes name it."""

    at: fmpq
    text: str
    zoned: bool


def days(cells: Sequence[Any], place: Callable[[int], str], choices: Choices) -> tuple[list[fmpq], str]:
    """The days from the earliest of some dates and times to each, exactly, and the sentence that says so.

    cells: dates, datetimes, or text: ISO 8601, a month 1995-04, a quarter 1995Q2, a year, or `choices.date_format`.
    """
    if choices.date_format is not None and _ZONE_NAME.search(choices.date_format):
        raise InputError("--date-format: %Z names time zones, which are not looked up: write offsets and use %z")
    moments = [_moment(cell, place(index), choices.date_format) for index, cell in enumerate(cells)]
    if len({moment.zoned for moment in moments}) > 1:
        raise InputError("some times have a time zone and some have none: give all of them one, or none")
    if not moments:
        return [], ""
    first = min(moments)
    return [(moment.at - first.at) / _MICROSECONDS_A_DAY for moment in moments], f"x counts days from {first.text}"


def is_date(cell: Any) -> bool:
    """Whether a cell of a sheet or data frame is a date or a time."""
    return isinstance(cell, date)


def _moment(cell: Any, place: str, form: str | None) -> _Moment:
    if cell is None or cell != cell:  # noqa: PLR0124  (the missing times of data frames are not equal to themselves)
        raise InputError(f"{place}: a date is missing")
    if isinstance(cell, datetime):
        return _exactly(cell, fmpq(int(getattr(cell, "nanosecond", 0)), 1000), place)
    if isinstance(cell, date):
        return _exactly(datetime(cell.year, cell.month, cell.day), fmpq(0), place)
    text = str(cell).strip()
    try:
        if form is not None:
            return _exactly(datetime.strptime(text, form), fmpq(0), place)
        return _exactly(*_iso(text), place)
    except (ValueError, re.error):
        iso = "like 1995-04-30 or 1995-04-30T12:00 (see --date-format)"
        due = iso if form is None else f"of the form {shown(form)}"
        raise InputError(f"{place}: {shown(text)} is not a date {due}") from None


def _iso(text: str) -> tuple[datetime, fmpq]:
    """The time to the microsecond, and what is left, in microseconds, where the text has more decimals than six."""
    if match := _MONTH.fullmatch(text):
        return datetime(int(match[1]), int(match[2]), 1), fmpq(0)
    if match := _QUARTER.fullmatch(text):
        return datetime(int(match[1]), 3 * int(match[2]) - 2, 1), fmpq(0)
    if _YEAR.fullmatch(text):
        return datetime(int(text), 1, 1), fmpq(0)
    if match := _FINE.fullmatch(text):  # fromisoformat would drop them
        return datetime.fromisoformat(match[1] + match[3]), fmpq(fmpz(match[2]), fmpz(10) ** len(match[2]))
    return datetime.fromisoformat(text), fmpq(0)


def _exactly(time: datetime, beyond: fmpq, place: str) -> _Moment:
    """beyond: microseconds, less than one, after the time."""
    offset = time.utcoffset()
    try:
        plain = datetime(time.year, time.month, time.day, time.hour, time.minute, time.second, time.microsecond)
    except ValueError:  # data frames have other years, too
        raise InputError(f"{place}: the time is outside the years 1 to 9999") from None
    # Two times of one zone would be subtracted by its clocks, which daylight saving moves.
    step = plain - datetime(1, 1, 1) - (offset or timedelta())
    at = fmpq(step.days * _MICROSECONDS_A_DAY + step.seconds * 10**6 + step.microseconds) + beyond
    return _Moment(at, _text(plain, offset, beyond), offset is not None)


def _text(plain: datetime, offset: timedelta | None, beyond: fmpq) -> str:
    """As ISO 8601 writes it, with all its decimals; midnight is left out where there is no zone."""
    text = plain.replace(microsecond=0, tzinfo=None if offset is None else timezone(offset)).isoformat(" ")
    fraction = (fmpq(plain.microsecond) + beyond) / 10**6
    decimals = round_decimal(fraction, len(str(fraction.q)), up=False).removeprefix("0") if fraction else ""
    return (text[:19] + decimals + text[19:]).removesuffix(" 00:00:00")
