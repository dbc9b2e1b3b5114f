"""How exact numbers, bounds and networks are written: for machines and for readers, the same in every output.

Numerals are exact; decimals are rounded outwards, and where both bounds do not round to one number, both are shown.
"""

import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from flint import fmpq

from ..theory.enclosure import Enclosure, round_decimal
from ..theory.numbers import Vector, sign
from ..theory.numeral import format_rational
from ..theory.spline import LinearSpline

JSON_DIGITS = 20
TEXT_DIGITS = 15
SHOWN_NEURONS = 6
SHOWN_ENTRIES = 8
SHOWN_LINES = 5
LONGEST_NUMERAL = 40
WIDTH = 99
"""Columns of text that goes to no terminal."""

READINGS = {
    "decimal": "numbers read exactly as written",
    "binary": "floats read as the dyadic rationals that they are",
    "shortest": "floats read as the shortest decimals that they print as",
    "exact": "exact numbers",
}
"""How the numbers of the input were read."""


def numerals(v: Vector) -> list[str]:
    """A vector as a list of exact numerals."""
    return [format_rational(entry) for entry in v]


def bounds(enclosure: Enclosure, prefix: str = "") -> dict[str, str]:
    """{"lower": ..., "upper": ...} with the names prefixed."""
    lower, upper = enclosure.decimals(JSON_DIGITS)
    return {f"{prefix}lower": lower, f"{prefix}upper": upper}


def network(spline: LinearSpline) -> dict[str, Any]:
    """A spline as a network with one neuron (input weight 1) per knot."""
    return {
        "affine": {"slope": numerals(spline.slope), "offset": numerals(spline.offset)},
        "neurons": [
            {"knot": format_rational(knot), "kink": numerals(kink)}
            for knot, kink in zip(spline.knots, spline.kinks, strict=True)
        ],
    }


def between(value: Enclosure, digits: int = TEXT_DIGITS) -> str:
    """An enclosure as text: one number if both bounds round to it exactly, else the two true bounds."""
    lower, upper = value.decimals(digits)
    return lower if lower == upper else f"between {lower} and {upper}"


def shortly(value: Enclosure, digits: int = 6) -> str:
    """An enclosure by the digits that both bounds agree on: "0.25" is exact, "3.14159..." goes on.

    Where the bounds share fewer than `digits` significant digits, they are shown instead.
    """
    if value.lower == value.upper:
        exact, above = value.decimals(digits)
        if exact == above:
            return exact
    towards_zero = [round_decimal(bound, digits, up=sign(bound) < 0) for bound in (value.lower, value.upper)]
    return f"{towards_zero[0]}..." if towards_zero[0] == towards_zero[1] else between(value, digits)


def numeral(value: fmpq) -> str:
    """An exact number, or, where its numeral is too long to read, an outward-rounded pair that says so."""
    text = format_rational(value)
    return text if len(text) <= LONGEST_NUMERAL else f"[{between(Enclosure.exactly(value), 12)}]"


def tuple_text(v: tuple[fmpq, ...]) -> str:
    """A vector in parentheses, cut where it is long; for one task, the number."""
    inner = enumerated([numeral(entry) for entry in v[: SHOWN_ENTRIES + 1]], SHOWN_ENTRIES, len(v))
    return inner if len(v) == 1 and not inner.startswith("-") else f"({inner})"


def network_text(spline: LinearSpline) -> str:
    """A network with one neuron per knot as a formula; long ones are cut and say how many neurons follow."""
    terms = [f"{tuple_text(m)} {ramp_text(t)}" for t, m in zip(spline.knots, spline.kinks, strict=True)]
    more = len(terms) - SHOWN_NEURONS
    shown = terms[:SHOWN_NEURONS] + ([f"... and {counted(more, 'more neuron')}"] if more > 0 else [])
    return " + ".join([f"{tuple_text(spline.slope)} x + {tuple_text(spline.offset)}", *shown])


def ramp_text(knot: fmpq) -> str:
    """The ramp that bends at the knot: (x - knot)_+."""
    if not knot:
        return "x_+"
    return f"(x - {numeral(knot)})_+" if sign(knot) > 0 else f"(x + {numeral(-knot)})_+"


def enumerated(texts: Sequence[str], most: int = SHOWN_ENTRIES, count: int | None = None) -> str:
    """'a, b, c'; a long list is cut and says how many follow. count: how many there are, if not all texts are given."""
    more = (len(texts) if count is None else count) - most
    return ", ".join([*texts[:most], f"and {more} more"] if more > 0 else texts)


def cut(lines: list[str], count: int) -> list[str]:
    """The first `SHOWN_LINES` of `count` lines, of which no more need be given, and how many more there are."""
    more = count - SHOWN_LINES
    return [*lines[:SHOWN_LINES], f"and {more} more"] if more > 0 else lines


def wrapped(text: str, width: int = WIDTH, hanging: int = 4) -> list[str]:
    """The text in lines of at most `width` columns, broken at blanks; `hanging` blanks begin all but the first.

    A word that is longer than a line, a number for example, is never broken: it stands on a line of its own.
    """
    if len(text) <= width:
        return [text]
    return textwrap.wrap(text, width, subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False)


def fitted(lines: Iterable[str], width: int = WIDTH) -> list[str]:
    """The lines wrapped, each below its second column, which two blanks or more set off from the first.

    >>> fitted(["name  one two three"], 16)
    ['name  one two', '      three']
    """
    return [part for line in lines for part in wrapped(line, width, _second_column(line))]


def _second_column(line: str) -> int:
    found = re.match(r" +|\S+(?: \S+)* {2,}", line)
    return 4 if found is None or found.end() > WIDTH // 2 else found.end()


def aligned_rows(rows: list[tuple[str, str]], width: int = WIDTH) -> list[str]:
    """Names and texts as lines, the texts below each other and wrapped."""
    longest = max(len(name) for name, _ in rows) + 2
    return [
        line for name, text in rows for line in wrapped(f"{name:<{longest}}{text}".rstrip(), width, hanging=longest)
    ]


def counted(number: int, noun: str) -> str:
    """'1 run', '2 runs'."""
    return f"{number} {noun}{'' if number == 1 or noun == 'more' else 's'}"
