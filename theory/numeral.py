"""The grammar of one number: what a numeral is, exactly, and how long it may be.

    number   := sign? ( integer | fraction | decimal )
    fraction := digits "/" digits
    decimal  := ( digits "."? digits? | "." digits ) ( [eE] sign? digits )?

Digits are the ASCII digits 0-9; a decimal is read exactly (0.1 is 1/10). A numeral has at most `MAX_LENGTH`
characters and its exponent at most `MAX_EXPONENT` in absolute value, so that no single cell can exhaust memory.
"""

import re

from flint import fmpq, fmpz

MAX_LENGTH = 1200
MAX_EXPONENT = 1200

_NUMBER = re.compile(r"([+-]?)(?:(\d+)/(\d+)|(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?)", re.ASCII)
_POWERS_OF_TEN = tuple([fmpz(10) ** k for k in range(MAX_LENGTH + MAX_EXPONENT + 1)])


class NumeralError(ValueError):
    """The text is not a number of the grammar; the message says what is wrong and what would be right."""


def parse_rational(text: str) -> fmpq:
    """The exact rational that `text` denotes; raises `NumeralError` otherwise."""
    match = _NUMBER.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise NumeralError(_what_is_wrong(text))
    minus, numerator, denominator, whole, fraction, exponent = match.groups()
    if denominator is not None:
        value = _ratio(text, numerator, denominator)
    else:
        if not whole and not fraction:
            raise NumeralError(_what_is_wrong(text))
        value = _decimal(whole, fraction or "", exponent)
    return -value if minus == "-" else value


def _ratio(text: str, numerator: str, denominator: str) -> fmpq:
    divisor = fmpz(denominator)
    if not divisor:
        raise NumeralError(f"{shown(text)} has denominator 0; a fraction needs a nonzero denominator")
    return fmpq(fmpz(numerator), divisor)


def _decimal(whole: str, fraction: str, exponent: str | None) -> fmpq:
    digits = fmpz(whole + fraction)
    power = -len(fraction)
    if exponent is not None:
        power += _exponent(exponent)
    if power < 0:
        return fmpq(digits, _POWERS_OF_TEN[-power])
    return fmpq(digits * _POWERS_OF_TEN[power]) if power else fmpq(digits)


def _exponent(text: str) -> int:
    digits = text.lstrip("+-").lstrip("0")
    if len(digits) > len(str(MAX_EXPONENT)) or int(digits or "0") > MAX_EXPONENT:
        raise NumeralError(f"the exponent {shown(text)} is too large; exponents go from -{MAX_EXPONENT} to {MAX_EXPONENT}")
    return int(text)


def _what_is_wrong(text: str) -> str:
    """One clause for a text that is not a numeral: the likely mistake, and what to write instead."""
    if not text.strip():
        return "a number is missing; write one, such as 0"
    cell = shown(text)
    if len(text) > MAX_LENGTH:
        return f"{cell} has {len(text)} characters; a number has at most {MAX_LENGTH}"
    if text != text.strip() or re.search(r"\s", text):
        return f"{cell} has blanks in it; write the number without them"
    for pattern, message in _MISTAKES:
        if pattern.fullmatch(text):
            return f"{cell} {message}"
    return f"{cell} is not a number; write an integer, a fraction -7/3, a decimal 0.1 or scientific 1e-3"


_MISTAKES = (
    (re.compile(r"[+-]?(nan|inf|infinity)", re.I), "is not a finite number; remove the row or write a number"),
    (re.compile(r"[+-]?\d+,\d+(e[+-]?\d+)?", re.I | re.ASCII), "has a decimal comma; write a decimal point"),
    (re.compile(r"[+-]?[\d.]+(_[\d.]+)+(e.*)?", re.I | re.ASCII), "has underscores; write the digits without them"),
    (re.compile(r"[+-]?0x[\da-f.]+(p[+-]?\d+)?", re.I), "is hexadecimal; write it in decimal digits"),
    (re.compile(r"[+-]?[\d.]+/[+-][\d.]+", re.ASCII), "has a sign in the denominator; write the sign in front"),
    (re.compile(r"[+-]?[\d.e]+/[\d.e]+", re.I | re.ASCII), "is a fraction of decimals; write both parts as integers"),
    (re.compile(r"(?=.*[^\x00-\x7f])[+-]?[\d./e+-]+", re.I), "has digits that are not the ASCII digits 0 to 9"),
    (re.compile(r"\u2212[\d./e+-]+", re.I), "has a typographic minus; write -"),
)


def shown(text: str) -> str:
    """A cell as it may appear in a one-line message: quoted, control characters escaped, long ones cut."""
    short = text if len(text) <= 40 else f"{text[:30]}...{text[-5:]}"
    return repr(short)


def format_rational(value: fmpq) -> str:
    """The canonical numeral: "5", "-7/3"."""
    return str(value.p) if value.q == 1 else f"{value.p}/{value.q}"
