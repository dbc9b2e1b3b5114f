"""The grammar of one exact number, and its limits.

    number   = [sign] ( digits "/" digits  |  decimal [ ("e" | "E") [sign] digits ] )
    decimal  = digits [ "." [digits] ]  |  "." digits
    sign     = "+" | "-"            digits = one or more of 0-9 (ASCII)

`-7/3`, `0.1` (= 1/10), `.5`, `5.` and `1e-3` are numbers and mean exactly what they say. The grammar is our own because
Python's parsers also take `1_000`, Arabic digits and `nan`, and refuse integers above 4300 digits. At most
`MAX_LENGTH` characters, and an exponent within +-`MAX_EXPONENT`, so that no single cell can exhaust the memory; every
finite float64 fits, also when all its decimals are written out (5e-324 has 1074 of them).
"""

import re
import sys

from flint import fmpq, fmpz

MAX_LENGTH = 1200
"""The most characters that a number may have."""

MAX_EXPONENT = 1000
"""The largest absolute value of a decimal exponent."""

_LONGEST_SHOWN = 40
_PYTHON_INT_DIGITS = sys.int_info.str_digits_check_threshold  # int() takes at least so many, however it is limited

_NUMBER = re.compile(r"([+-]?(?:[0-9]+|(?=\.[0-9])))(?:/([0-9]+)|(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?)")
_SHORT = 64
_SIGNS = frozenset("+-")
_TENTH_POWERS = [10**k for k in range(_SHORT + 1)]

_EXAMPLES = "write 3, -7/3, 0.25 or 1e-3"
_MISWRITTEN = (
    (r"[+-]?(?:nan(?:\(.*\))?|inf|infinity|1\.#\w*)", "is not a finite number: a dataset needs finite values"),
    (r"[+-]?0[xX].*", "is hexadecimal: write it in decimal"),
    (r"[+-]?0[bBoO][0-9_]+", "is not decimal: write it with the digits 0-9 in base ten"),
    (r"[+-]?[0-9.]+_[0-9_.eE+-]*", "has an underscore: write the digits without separators"),
    (
        r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}",
        "has commas as thousands separators: write the digits without them",
    ),
    (
        r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]*|[+-]?[0-9]{1,3}(?:\.[0-9]{3}){2,}",
        "has points as thousands separators: write the digits without them, and a decimal point",
    ),
    (
        r"[+-]?[1-9][0-9]{0,2},[0-9]{3}",
        "has a comma that separates thousands or decimals: write it without, or a decimal point",
    ),
    (
        r"[+-]?[0-9]{1,3}(?:['’\u00a0\u202f ][0-9]{3})+(?:[.,][0-9]*)?",
        "has thousands separators: write the digits without them",
    ),
    (r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?", "has a decimal comma: write a decimal point"),
    (r"[+-]?[0-9.]+/[+-]?[0-9.]+", "is not a fraction of integers with its sign in front: write it like -7/3"),
    (r"[+-]?[0-9.]+[dD][+-]?[0-9]+", "has an exponent marked by d: mark it by e"),
    (r"[+-]?[0-9.]+%", "has a percent sign: write the number alone"),
    (r"[+-]?[0-9.]+[eE][+-]?[0-9]*(?:\.[0-9]*)?", "has no whole exponent: write it like 1e-3"),
    (r"[+-]?[0-9.]*[jJ]", "is complex: write a real number"),
    (r"[+-]?[0-9]*\.[0-9]*\.[0-9.]*", "has more than one decimal point: write one"),
    (
        r"[+-]?[0-9.]*,?[0-9]+[ \t]+[0-9+.-][0-9.,eE+-]*",
        "has a blank inside: write one number in a cell, without decimal commas",
    ),
    (
        r"[+-]?[ \t]*[0-9.][0-9./eE+-]*(?:[ \t]+[0-9./eE+-]+)*[ \t]*",
        "has a sign, mark or blank out of place: " + _EXAMPLES,
    ),
)
_MISWRITTEN_PATTERNS = [(re.compile(pattern, re.IGNORECASE | re.ASCII), clause) for pattern, clause in _MISWRITTEN]


class NumeralError(ValueError):
    """The text is not a number of the grammar, or exceeds its limits; one line says why and what would be right."""


def parse_rational(text: str, longest: int = MAX_LENGTH) -> fmpq:
    """The exact rational that `text` denotes; NumeralError if it is none.

    longest: the most characters accepted. Only text from a trusted source, such as the repr of a value that was
    computed from long numbers, should be given more than the default.

    >>> parse_rational('1.5e-1')
    3/20
    """
    # Plain decimals, nearly all of what tables hold, take half the time without the regular expression.
    whole, _, decimals = text.partition(".")
    digits = whole + decimals
    if len(digits) <= _SHORT and digits.isascii():
        unsigned = digits[1:] if text[0:1] in _SIGNS else digits
        if unsigned.isdecimal():
            return fmpq(int(digits), _TENTH_POWERS[len(decimals)])
    return _general(text, longest)


def _general(text: str, longest: int) -> fmpq:
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > longest:
        raise NumeralError(_complaint(text, longest))
    whole, denominator, decimals, exponent = match.groups()
    integer = int if len(text) <= _PYTHON_INT_DIGITS else _long_integer
    if exponent is not None:
        return _scientific(text, whole + (decimals or ""), len(decimals or ""), exponent)
    if decimals:
        return fmpq(integer(whole + decimals), _power_of_ten(len(decimals)))
    if denominator is None:
        return fmpq(integer(whole))
    if not (divisor := integer(denominator)):
        raise NumeralError(f"{shown(text)} divides by zero: the denominator of a fraction must not be 0")
    return fmpq(integer(whole), divisor)


def format_rational(value: fmpq) -> str:
    """The canonical numeral: lowest terms, positive denominator, which is left out if it is 1 ("-7/3", "5").

    >>> format_rational(fmpq(3, 20))
    '3/20'
    """
    return str(value)


def shown(text: str) -> str:
    """Quoted for a one-line message: control characters escaped, the middle of a long text left out.

    >>> shown('1' * 200)
    "'11111111111111111111'...'1111111111' (200 characters)"
    """
    if len(text) <= _LONGEST_SHOWN:
        return repr(text)
    half = _LONGEST_SHOWN // 2
    return f"{text[:half]!r}...{text[-half // 2 :]!r} ({len(text)} characters)"


def _long_integer(text: str) -> fmpz:
    return fmpz(text.removeprefix("+"))


def _power_of_ten(exponent: int) -> int | fmpz:
    return _TENTH_POWERS[exponent] if exponent < len(_TENTH_POWERS) else fmpz(10) ** exponent


def _scientific(text: str, digits: str, decimals: int, exponent: str) -> fmpq:
    # The exponent is bounded before anything is raised to it: its digits are compared as a short text first.
    if len(exponent.lstrip("+-0")) > len(str(MAX_EXPONENT)) or abs(int(exponent)) > MAX_EXPONENT:
        raise NumeralError(f"{shown(text)} has an exponent beyond the limit: it must be within +-{MAX_EXPONENT}")
    shift = int(exponent) - decimals
    integer = _long_integer(digits)
    if shift < 0:
        return fmpq(integer, _power_of_ten(-shift))
    return fmpq(integer * _power_of_ten(shift))


def _foreign_digit(text: str) -> str | None:
    """The first decimal digit that is not ASCII."""
    return next((character for character in text if character.isdecimal() and not character.isascii()), None)


def _known_mistake(text: str) -> str | None:
    """What is wrong, if text is a number miswritten in a known way."""
    start = text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH]
    return next((clause for pattern, clause in _MISWRITTEN_PATTERNS if pattern.fullmatch(start)), None)


def _complaint(text: str, longest: int) -> str:
    """One line: what is wrong with text, and what would be right."""
    if not text.strip():
        return "a number is missing: " + _EXAMPLES
    if len(text) > longest:
        return f"{shown(text)} is too long: a number has at most {longest} characters"
    if "\0" in text:
        return f"{shown(text)} contains a NUL byte: write plain text"
    if (digit := _foreign_digit(text)) is not None:
        return f"{shown(text)} has the digit {digit!r}, which is not one of 0-9: write ASCII digits"
    if text[0] in "−–—" and text[1:].isascii():
        return f"{shown(text)} has a dash {text[0]!r} as its sign: write the ASCII hyphen -"
    if text != text.strip():
        return f"{shown(text)} has a blank around the number: remove it"
    return f"{shown(text)} {_known_mistake(text) or 'is not a number: ' + _EXAMPLES}"
