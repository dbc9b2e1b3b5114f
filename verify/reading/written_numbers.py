"""Numbers in the marks of other places: decimal commas and thousands separators, where somebody said that they are."""

import re
from collections.abc import Callable

from flint import fmpq

from ...theory.numeral import NumeralError, parse_rational, shown
from .choices import Choices

_SPACES = "[ \u00a0\u202f]"


def number_reader(choices: Choices) -> Callable[[str], fmpq]:
    """The function that reads a number as the choices say; NumeralError as `numeral.parse_rational`.

    >>> number_reader(Choices(decimal=",", thousands="."))("1.299,99")
    129999/100
    """
    if choices.decimal == "." and choices.thousands is None:
        return parse_rational
    point, thousands = re.escape(choices.decimal), _mark(choices.thousands)
    grouped = re.compile(rf"([+-]?[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+)((?:{point}[0-9]*)?(?:[eE][+-]?[0-9]+)?)")
    separators = re.compile(thousands)

    def read_number(cell: str) -> fmpq:
        text = cell
        if match := grouped.fullmatch(cell):
            text = separators.sub("", match[1]) + match[2]
        elif choices.thousands is not None and separators.search(cell):
            raise NumeralError(f"{shown(cell)} has a thousands separator out of place: they stand before three digits")
        if choices.decimal == ",":
            if "." in text:
                raise NumeralError(
                    f"{shown(cell)} has a point, while the decimal mark is a comma: write one of them "
                    "(or --thousands . where it groups digits)"
                )
            text = text.replace(",", ".")
        return parse_rational(text)

    return read_number


def _mark(thousands: str | None) -> str:
    if thousands is None:
        return r"(?!)"
    return _SPACES if thousands == " " else re.escape(thousands)
