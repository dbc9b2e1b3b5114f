"""Thousands of datasets of every kind: no answer of the main job disagrees with the oracle."""

from fractions import Fraction

from oracle.kinks import kinks, runs
from reluproof.verify.arrays.dataset import all_runs, decide_dataset
from reluproof.verify.check import check
from strategies import Table, sizes, tables, tasks

from agreement.comparison import disagreements
from agreement.each_kind import each_kind


@each_kind(1.5, lambda kind: tables(kind, sizes(2, 7)))
def test_small_data(table):
    """N <= 7, where knots are counted by brute force too; T <= 8."""
    assert disagreements(table, check(table.dataset())) == []


@each_kind(0.2, lambda kind: tables(kind, sizes(8, 20)))
def test_medium_data(table):
    """8 <= N <= 20."""
    assert disagreements(table, check(table.dataset())) == []


@each_kind(0.05, lambda kind: tables(kind, sizes(40, 60), tasks(8)))
def test_long_data(table):
    """40 <= N <= 60, T <= 8."""
    assert disagreements(table, check(table.dataset())) == []


@each_kind(0.25, lambda kind: tables(kind, sizes(4, 12)))
def test_runs_by_the_filter(table):
    """The floating-point filter of long data, applied to short data, leaves the runs as they are."""
    data = table.dataset()
    found = check(data)
    decision = decide_dataset(data, found.kinks)
    assert all_runs(decision, found.kinks) == found.runs
    assert [(run.first, run.last) for run in found.runs] == runs(kinks(*table))


def test_the_longest_exponents():
    """Labels of 10^1000 beside labels of 10^-1000, the limits of a cell, in one dataset."""
    x = [Fraction(i) for i in range(12)]
    y = [[Fraction(7 * i % 5 - 2) * Fraction(10) ** (1000 if i % 3 else -1000)] for i in range(12)]
    table = Table(x, y)
    assert disagreements(table, check(table.dataset())) == []
