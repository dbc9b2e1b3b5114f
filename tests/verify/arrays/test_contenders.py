"""What floating point leaves of the pairs of an exact dataset: all of the smallest angle and margin, and few others."""

from fractions import Fraction

import array_sets as sets
import numpy
import pytest
from flint import fmpq
from oracle import kinks as oracle_kinks
from oracle import margin as oracle_margin
from oracle import value
from reluproof.theory import Dataset
from reluproof.theory.optimum import kinks
from reluproof.verify.answers import answers as module
from reluproof.verify.arrays.contenders import contenders


def drawn(kind, source, most):
    """A dataset of the family, in plain fractions and as a value; None where it has no pair of kinks."""
    x, y = kind(source, int(source.integers(4, most)), int(source.integers(1, 5)))
    return (sets.in_fractions(x, y), Dataset.from_arrays(x, y)) if len(x) > 3 else None


@pytest.mark.parametrize("kind", sets.KINDS, ids=lambda kind: kind.__name__)
def test_the_least_are_among_those_left(kind):
    """By the oracle in plain fractions: every pair of the smallest margin, every gap of the smallest angle."""
    source = numpy.random.default_rng(53)
    for _ in range(12):
        found = drawn(kind, source, 26)
        if found is None:
            continue
        (points, labels), data = found
        left = contenders(data, kinks(data))
        for least, kept in (
            (oracle_margin.margins_squared(points, labels), left.margin),
            (value.one_minus_cosines(oracle_kinks.kinks(points, labels)), left.angle),
        ):
            smallest = min(least.values(), default=None)
            assert {pair for pair, size in least.items() if size == smallest} <= set(kept)
            assert kept == sorted(set(kept) & set(range(1, data.size - 2)))


@pytest.mark.parametrize("kind", sets.KINDS, ids=lambda kind: kind.__name__)
def test_long_data_get_the_answers_of_short_data(monkeypatch, kind):
    """The same angle and margin, the first of equals, whether floats rule pairs out before or not."""
    source = numpy.random.default_rng(59)
    for _ in range(10):
        found = drawn(kind, source, 26)
        if found is None:
            continue
        short = module.answers(found[1])
        with monkeypatch.context() as patch:
            patch.setattr(module, "LARGE", 4)
            long = module.answers(found[1])
        assert (long.smallest_angle, long.margin, long.runs) == (short.smallest_angle, short.margin, short.runs)


def test_few_are_left():
    """Of a thousand pairs without structure a handful; of those on a line, some bends that the bounds cannot part."""
    for tasks in (2, 3):
        x, y = sets.gaussian(numpy.random.default_rng(61), 1000, tasks)
        data = Dataset.from_arrays(x, y)
        left = contenders(data, kinks(data))
        assert max(len(left.angle), len(left.margin)) <= 3


@pytest.mark.parametrize("scale", [fmpq(10) ** 400, fmpq(1, 10**400), fmpq(1)])
def test_numbers_beyond_floats(scale):
    """Far beyond their range all pairs are left, and so they are where gaps differ too much; within it, few."""
    labels = [(scale * (n * n % 7), scale * (n % 5)) for n in range(40)]
    data = Dataset(tuple(range(40)), tuple(labels))
    left = contenders(data, kinks(data))
    assert (len(left.margin) == 37) == (scale != 1)
    tiny = [Fraction(0), Fraction(1, 10**60), *range(1, 39)]
    uneven = Dataset(tuple(tiny), tuple([(entry / scale, other / scale) for entry, other in labels]))
    assert len(contenders(uneven, kinks(uneven)).margin) == 37
