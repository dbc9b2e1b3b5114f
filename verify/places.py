"""Points by their names: x under the name of its column, and the line of the file or row of the sheet that it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq

from ..theory.arrays import Reading
from ..theory.enclosure import round_decimal
from ..theory.numbers import nearest_float
from .reading.provenance import Source
from .words import LONGEST_NUMERAL, numeral

LONGEST_DECIMAL = 12
_LARGEST_FLOAT = 1 << 1023


def readable(value: fmpq) -> str:
    """A number as people write it: a short decimal where that is exact, else a fraction, or bounds if it is long."""
    text = numeral(value)
    if "/" not in text or len(text) > LONGEST_NUMERAL:
        return text
    below, above = (round_decimal(value, LONGEST_DECIMAL, up=up) for up in (False, True))
    return below if below == above else text


def as_given(value: fmpq, reading: Reading) -> str:
    """A number of the data as people write it: a binary float as it prints, not as the dyadic rational that it is.

    >>> as_given(fmpq(*(0.1).as_integer_ratio()), "binary"), as_given(fmpq(1, 10), "decimal")
    ('0.1', '0.1')
    """
    if reading != "binary" or value.q == 1:
        return readable(value)
    nearest = nearest_float(value) if abs(value) < _LARGEST_FLOAT else 0.0
    return repr(nearest) if fmpq(*nearest.as_integer_ratio()) == value else readable(value)


@dataclass(frozen=True, slots=True)
class Places:
    """The names of the points of one dataset, counted from 0; points: by these numbers, at least those to be named."""

    points: Sequence[fmpq] | Mapping[int, fmpq]
    source: Source

    @property
    def name(self) -> str:
        """What x is called."""
        return self.source.x_name or "x"

    def at(self, *indices: int) -> str:
        """'year = 1995.25 (line 151)', 'x = 1 and 2'."""
        return self._named(self._values(indices), indices, " and ")

    def span(self, first: int, last: int) -> str:
        """'year = 1995 to 1995.25 (lines 150 to 151)'."""
        return self._named(self._values((first, last)), (first, last), " to ")

    def between(self, value: fmpq, gap: int) -> str:
        """'year = 1995.1, between 1995 and 1995.25 (lines 150 and 151)': a place inside the gap right of a point."""
        ends = self._values((gap, gap + 1))
        return f"{self.name} = {readable(value)}, between {' and '.join(ends)}{self._lines((gap, gap + 1), ' and ')}"

    def _values(self, indices: Sequence[int]) -> list[str]:
        return [as_given(self.points[index], self.source.reading) for index in indices]

    def _named(self, values: Sequence[str], indices: Sequence[int], joint: str) -> str:
        return f"{self.name} = {joint.join(values)}{self._lines(indices, joint)}"

    def _lines(self, indices: Sequence[int], joint: str) -> str:
        rows, word = self.source.rows, self.source.row_word
        if rows is None or word is None:
            return ""
        return f" ({word}{'' if len(indices) == 1 else 's'} {joint.join(str(rows[index]) for index in indices)})"
