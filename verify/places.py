"""Points by their names: x under the name of its column, and the line of the file or row of the sheet that it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from ..theory.enclosure import round_decimal
from .reading.provenance import Source
from .words import LONGEST_NUMERAL, numeral

LONGEST_DECIMAL = 12


def readable(value: fmpq) -> str:
    """A number as people write it: a short decimal where that is exact, else a fraction, or bounds if it is long."""
    text = numeral(value)
    if "/" not in text or len(text) > LONGEST_NUMERAL:
        return text
    below, above = (round_decimal(value, LONGEST_DECIMAL, up=up) for up in (False, True))
    return below if below == above else text


@dataclass(frozen=True, slots=True)
class Places:
    """The names of the points of one dataset, counted from 0."""

    points: Sequence[fmpq]
    source: Source

    @property
    def name(self) -> str:
        """What x is called."""
        return self.source.x_name or "x"

    def at(self, *indices: int) -> str:
        """'year = 1995.25 (line 151)', 'x = 1 and 2'."""
        return self._named([readable(self.points[index]) for index in indices], indices, " and ")

    def span(self, first: int, last: int) -> str:
        """'year = 1995 to 1995.25 (lines 150 to 151)'."""
        return self._named([readable(self.points[index]) for index in (first, last)], (first, last), " to ")

    def between(self, value: fmpq, gap: int) -> str:
        """'year = 1995.1, between 1995 and 1995.25 (lines 150 and 151)': a place inside the gap right of a point."""
        ends = [readable(self.points[index]) for index in (gap, gap + 1)]
        return f"{self.name} = {readable(value)}, between {' and '.join(ends)}{self._lines((gap, gap + 1), ' and ')}"

    def _named(self, values: Sequence[str], indices: Sequence[int], joint: str) -> str:
        return f"{self.name} = {joint.join(values)}{self._lines(indices, joint)}"

    def _lines(self, indices: Sequence[int], joint: str) -> str:
        rows, word = self.source.rows, self.source.row_word
        if rows is None or word is None:
            return ""
        return f" ({word}{'' if len(indices) == 1 else 's'} {joint.join(str(rows[index]) for index in indices)})"
