"""The readers agree on mutated texts: on every number, or in refusing the text."""

import random
from collections import Counter

import pytest
from reluproof.theory.numeral import parse_rational
from reluproof.verify.arrays.text import RADIUS, plain_table

from .exactly import rows_or_none
from .mutated_texts import mutated_text

COUNTS = pytest.mark.parametrize("count", [6000, pytest.param(100_000, marks=pytest.mark.slow)])


def close(rounded, exact):
    """Whether a float is the number, correctly rounded; infinite floats are for numbers that no float is near."""
    if abs(rounded) == float("inf"):
        return abs(exact) > 2**1023
    return abs(parse_rational(str(rounded)) - exact) <= abs(exact) * parse_rational(str(RADIUS))


@COUNTS
def test_the_fast_reader_takes_what_the_exact_one_reads(count):
    """Where the fast reader takes a text, the exact one reads the same cells, and the floats are those numbers."""
    source, seen = random.Random(11), Counter()
    for _ in range(count):
        content = mutated_text(source).encode()
        rows, table = rows_or_none(content), plain_table(content)
        seen[rows is not None, table is not None] += 1
        if table is None:
            continue
        assert rows is not None, content
        cells = [line.split(table.separator) for line in table.lines]
        assert rows == [[parse_rational(cell.strip()) for cell in row] for row in cells], content
        assert all(
            close(v, e) for a, b in zip(table.values.tolist(), rows, strict=True) for v, e in zip(a, b, strict=True)
        )
    assert seen[False, True] == 0
    assert min(seen.values()) * 20 > count, "texts of all kinds are drawn"
