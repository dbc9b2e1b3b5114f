"""Statement N against a search in label space: no aligned dataset is nearer than the margin, and some are as near."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle.nearest import distance
from reluproof.theory.margin import pair_margins
from reluproof.verify.check import check
from strategies import Table, sizes, tables

from agreement.comparison import plain
from agreement.each_kind import examples

KINDS_OF_ORDINARY_SIZE = st.sampled_from(["integers", "mixed", "symbols"])


@examples(1)
@given(KINDS_OF_ORDINARY_SIZE.flatmap(lambda kind: tables(kind, sizes(4, 6), st.integers(1, 3))))
def test_a_search_in_label_space(table):
    """For every pair the distance found by moving labels is the margin, to the accuracy of the search."""
    nearest = []
    for found in pair_margins(table.dataset()):
        here = slice(found.pair - 1, found.pair + 3)
        nearest.append(distance(table.x[here], table.y[here]))
        assert nearest[-1] ** 2 == pytest.approx(float(found.squared().enclosure().lower), rel=1e-6, abs=1e-9)
    best = check(table.dataset()).margin
    assert min(nearest) ** 2 == pytest.approx(float(best.squared().enclosure().lower), rel=1e-6, abs=1e-9)


def test_an_eigenvector_in_the_quadrant_is_not_enough():
    """(0,0), (0,0), (1,0), (1,0): the search finds 1/6, not the 1/5 of another eigenvector."""
    x, y = [Fraction(i) for i in range(4)], [[Fraction(a), Fraction(0)] for a in (0, 0, 1, 1)]
    assert distance(x, y) ** 2 == pytest.approx(1 / 6, rel=1e-9)
    assert plain(check(Table(x, y).dataset()).margin.rational) == Fraction(1, 6)
