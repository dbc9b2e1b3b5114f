"""Thousands of datasets of every kind: no answer of the main job disagrees with the oracle."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from reluproof.verify.check import check
from strategies import KINDS, Table, sizes, tables, tasks

from agreement.comparison import disagreements

EXAMPLES = settings.default.max_examples


@pytest.mark.parametrize("kind", KINDS)
def test_small_data(kind):
    """N <= 7, where knots are counted by brute force too; T <= 8."""

    @settings(max_examples=3 * EXAMPLES // 2)
    @given(tables(kind, sizes(2, 7)))
    def agrees(table):
        assert disagreements(table, check(table.dataset())) == []

    agrees()


@pytest.mark.parametrize("kind", KINDS)
def test_medium_data(kind):
    """8 <= N <= 20."""

    @settings(max_examples=max(1, EXAMPLES // 5))
    @given(tables(kind, sizes(8, 20)))
    def agrees(table):
        assert disagreements(table, check(table.dataset())) == []

    agrees()


@pytest.mark.parametrize("kind", KINDS)
def test_long_data(kind):
    """N up to 60, T up to 8."""

    @settings(max_examples=max(1, EXAMPLES // 20))
    @given(tables(kind, sizes(40, 60), tasks(8)))
    def agrees(table):
        assert disagreements(table, check(table.dataset())) == []

    agrees()


def test_the_longest_exponents():
    """Labels of 10^1000 beside labels of 10^-1000, the limits of a cell, in one dataset."""
    x = [Fraction(i) for i in range(12)]
    y = [[Fraction(7 * i % 5 - 2) * Fraction(10) ** (1000 if i % 3 else -1000)] for i in range(12)]
    table = Table(x, y)
    assert disagreements(table, check(table.dataset())) == []
