"""Every dataset of a small grid, one task: B, K and L against brute force, and against a linear program."""

from fractions import Fraction
from itertools import product

import pytest
from oracle import kinks, optimal_set, sparsest
from reluproof.verify.check import check
from strategies import Table

from agreement.comparison import disagreements, plain

HALVES = [Fraction(n, 4) for n in range(-2, 40)]
"""Places at which the envelope is compared; on integer points with kinks up to 4 some tops t* are among them."""


def table(labels):
    """The labels at 0, 1, 2, ..., one task."""
    return Table([Fraction(i) for i in range(len(labels))], [[Fraction(label)] for label in labels])


def grid(values, size, first=None):
    """All labels from the values; with the first one fixed, all up to a constant."""
    return product(*([values] if first is None else [[first]]), *[values] * (size - 1))


def counted(labels):
    """B, K and L of one dataset as the main job finds them, and as brute force does."""
    data = table(labels)
    found = check(data.dataset())
    all_kinks = kinks.kinks(*data)
    tents = [tent.descent[0] ** 2 for tent in optimal_set.tents(*data)]
    tallest = found.optima.radius
    ours = found.unique, found.sparsest.width, found.sparsest.unique, found.sparsest.dimension
    assert ours == (not tents, *sparsest.sparsest(all_kinks)), labels
    assert (plain(tallest.height_squared) if tallest else None) == max(tents, default=None), labels
    return found


@pytest.mark.parametrize(("values", "size"), [(range(-2, 3), 4), (range(-1, 2), 5), (range(-1, 2), 6)])
def test_all_labels(values, size):
    """All labels from a small set, and how many of these datasets are unique."""
    every = [counted(labels) for labels in grid(values, size)]
    assert len(every) == len(values) ** size
    assert 0 < sum(found.unique for found in every) < len(every)


@pytest.mark.slow
@pytest.mark.parametrize("size", [5, 6])
def test_all_labels_up_to_two(size):
    """All labels in {-2, ..., 2}, up to a constant from the first one on."""
    for labels in grid(range(-2, 3), size):
        counted(labels)


def test_binary_labels_in_every_answer():
    """{0, 1}, N = 2 to 7: every answer agrees with the oracle; so many are not unique."""
    shares = {}
    for size in range(2, 8):
        every = [check(table(labels).dataset()) for labels in grid((0, 1), size)]
        assert all(
            disagreements(table(labels), found) == [] for labels, found in zip(grid((0, 1), size), every, strict=True)
        )
        shares[size] = Fraction(sum(not found.unique for found in every), len(every))
    assert shares == {2: 0, 3: 0, 4: Fraction(1, 8), 5: Fraction(1, 4), 6: Fraction(11, 32), 7: Fraction(27, 64)}


def test_ternary_labels():
    """{-1, 0, 1}, N = 4: 10 of 81 are not unique."""
    every = [check(table(labels).dataset()).unique for labels in grid((-1, 0, 1), 4)]
    assert Fraction(every.count(False), len(every)) == Fraction(10, 81)


def _one_of_each_shape(values, size):
    """One dataset per sequence of kinks, for the answers do not depend on the affine part."""
    chosen = {}
    for labels in grid(values, size, first=0):
        chosen.setdefault(tuple(map(tuple, kinks.kinks(*table(labels)))), labels)
    return list(chosen.values())


@pytest.mark.parametrize(("values", "size"), [(range(-2, 3), 4), (range(-1, 2), 5)])
def test_all_labels_by_a_program(values, size):
    """The least cost of any network, uniqueness and the widest spread of the optima, without kinks, runs or tents."""
    for labels in _one_of_each_shape(values, size):
        data = table(labels)
        found = check(data.dataset())
        tallest = found.optima.radius
        places = [place for place in HALVES if place <= size] + ([plain(tallest.at)] if tallest else [])
        program = optimal_set.envelope(data.x, [label for (label,) in data.y], sorted(set(places)))
        widest = max(high - low for low, high in program.ends.values())
        assert plain(found.cost.exact().as_rational()) == program.cost, labels
        assert found.unique == (widest == 0), labels
        assert (plain(tallest.height_squared) if tallest else 0) == widest**2, labels
