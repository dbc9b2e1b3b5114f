"""What the user decides about the input: none of it is ever guessed."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

from .source import InputError

Duplicates = Literal["refuse", "mean", "first"]
Floats = Literal["binary", "shortest"]
Column = str | int
"""A column by its name, or by its number, counted from 1; a name that matches wins."""

_ALLOWED: dict[str, tuple[str | None, ...]] = {
    "decimal": (".", ","),
    "thousands": (None, ",", ".", "'", " "),
    "duplicates": ("refuse", "mean", "first"),
    "floats": (None, "binary", "shortest"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """How to take the input; the defaults take what the first column and the first row say.

    x, y: columns; y may hold patterns such as "gdp*". skip_rows: lines (rows of a sheet) before the table. sheet: its
    name or number, from 1. decimal, thousands: the marks in numbers of text. x_dates: x holds dates and times, taken as
    days from the first; date_format: as for `datetime.strptime`, else ISO 8601. duplicates: rows with the same x.
    floats: binary floats as the dyadic rationals that they are, or as the shortest decimals that they print as.
    """

    x: Column | None = None
    y: tuple[Column, ...] | None = None
    skip_rows: int = 0
    sheet: str | int | None = None
    decimal: str = "."
    thousands: str | None = None
    x_dates: bool = False
    date_format: str | None = None
    duplicates: Duplicates = "refuse"
    floats: Floats | None = None

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            if getattr(self, name) not in allowed:
                listed = ", ".join(repr(value) for value in allowed if value is not None)
                raise InputError(f"{option(name)} is {getattr(self, name)!r}: it can be {listed}")
        if self.decimal == self.thousands:
            raise InputError(f"{option('decimal')} and {option('thousands')} are the same mark: they must differ")
        if self.skip_rows < 0:
            raise InputError(f"{option('skip_rows')} is {self.skip_rows}: it must be 0 or more")
        if self.y is not None and not self.y:
            raise InputError(f"{option('y')} names no column: name at least one")
        if self.date_format is not None and not self.x_dates:
            raise InputError(f"{option('date_format')} belongs to {option('x_dates')}: add it")

    def only(self, kind: str, names: Iterable[str]) -> None:
        """InputError if something was chosen that means nothing for this kind of input."""
        for field in fields(self):
            if field.name not in names and getattr(self, field.name) != field.default:
                raise InputError(f"{option(field.name)} does not apply to {kind}: leave it out")


DEFAULT = Choices()


def option(name: str) -> str:
    """How messages name a choice: as the option of the command line."""
    return "--" + name.replace("_", "-")
