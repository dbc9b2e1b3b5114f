"""Thousands of datasets of every kind: no answer of the main job disagrees with the oracle."""

import pytest
from hypothesis import given, settings
from reluproof.verify.check import check
from strategies import KINDS, sizes, tables, tasks

from agreement.comparison import disagreements

EXAMPLES = settings.default.max_examples


@pytest.mark.parametrize("kind", KINDS)
def test_small_data(kind):
    """N <= 7, where knots are counted by brute force too; T <= 8."""

    @settings(max_examples=2 * EXAMPLES)
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
