"""The nearest non-unique dataset: exactly at the margin, or within the factor, and never nearer."""

from itertools import pairwise

import pytest
from flint import fmpq
from hypothesis import assume, given
from hypothesis import strategies as st
from reluproof.theory import Dataset, RootSum, is_unique, kinks
from reluproof.theory.margin import margin, nearest_pairs, pair_margins
from reluproof.theory.nearest import (
    FACTOR,
    convergents,
    functionals,
    is_attained,
    nearest_non_unique,
    project,
    window,
)
from reluproof.theory.vectors import dot


@st.composite
def datasets(draw):
    """4 to 7 points, 1 to 3 tasks, small labels: runs, zeros and generic ones."""
    size, tasks = draw(st.integers(4, 7)), draw(st.integers(1, 3))
    gaps = draw(st.lists(st.integers(1, 4), min_size=size - 1, max_size=size - 1))
    entries = st.builds(fmpq, st.integers(-4, 4), st.sampled_from([1, 1, 1, 2, 3]))
    rows = draw(st.lists(st.lists(entries, min_size=tasks, max_size=tasks), min_size=size, max_size=size))
    return Dataset.from_fractions([sum(gaps[:i]) for i in range(size)], rows)


def squared_distance(one, two):
    return sum([(a - b) ** 2 for u, v in zip(one.labels, two.labels, strict=True) for a, b in zip(u, v, strict=True)])


@given(datasets())
def test_at_the_margin_or_just_beyond(data):
    """Non-unique, at its stated distance, no nearer than the margin, and no farther than promised."""
    near, best = nearest_non_unique(data), margin(data)
    assert not is_unique(near.dataset)
    assert near.dataset.points == data.points
    assert near.squared_distance == squared_distance(data, near.dataset)
    left, right = kinks(near.dataset)[near.pair - 1 : near.pair + 1]
    assert right == tuple(near.ratio * entry for entry in left)
    assert any(left)
    square = RootSum.of_rational(near.squared_distance)
    if near.optimal:
        assert near.attained
        assert square == best.squared()
    else:
        assert square > best.squared()
        if not best.is_zero:
            assert square <= best.squared().scaled(FACTOR * FACTOR)


@given(datasets(), st.lists(st.integers(-9, 9), min_size=21, max_size=21), st.integers(1, 99))
def test_shorter_perturbations_never_destroy_uniqueness(data, direction, percent):
    """Labels moved by less than the margin stay unique."""
    best = margin(data)
    assume(not best.is_zero)
    steps = iter(direction)
    shift = [[next(steps) for _ in label] for label in data.labels[:7]]
    length = sum(entry * entry for row in shift for entry in row)
    assume(length)
    # A rational factor so that the move is between 0 and `percent` per cent of the margin.
    reach = RootSum([best.squared().enclosure().lower / length]).enclosure().lower * fmpq(percent, 100)
    rows = [
        [y + reach * s for y, s in zip(label, row, strict=True)] for label, row in zip(data.labels, shift, strict=True)
    ]
    moved = Dataset(data.points, tuple(map(tuple, rows)))
    assert RootSum.of_rational(squared_distance(data, moved)) < best.squared()
    assert is_unique(moved)


@given(datasets(), st.integers(1, 5), st.integers(1, 5))
def test_projection_is_orthogonal(data, p, q):
    """What is moved is orthogonal to everything that keeps the ratio."""
    ratio = fmpq(p, q)
    moved, square = project(data, 1, ratio)
    assert square == squared_distance(data, moved)
    one, two = functionals(data, 1)
    normal = tuple(ratio * a - b for a, b in zip(one, two, strict=True))
    for task in range(data.tasks):
        change = tuple(data.labels[i][task] - moved.labels[i][task] for i in range(4))
        kept = tuple(moved.labels[i][task] for i in range(4))
        assert dot(normal, kept) == 0
        assert all(change[i] * normal[j] == change[j] * normal[i] for i, j in pairwise(range(4)))


def test_the_example_with_the_tempting_eigenvector():
    """Labels (0,0), (0,0), (1,0), (1,0): the squared margin is 1/6, not attained."""
    data = Dataset.from_fractions([0, 1, 2, 3], [[0, 0], [0, 0], [1, 0], [1, 0]])
    near = nearest_non_unique(data)
    assert margin(data).squared() == RootSum.of_rational(fmpq(1, 6))
    assert (near.attained, near.optimal) == (False, False)
    assert fmpq(1, 6) < near.squared_distance <= fmpq(1, 6) * FACTOR**2


@pytest.mark.parametrize(
    ("labels", "optimal"),
    [([0, 0, 1, 3], True), ([0, 1, 1, 1], False), ([0, 0, 0, 0], False), ([5, 5, 5, 5], False), ([0, 1, 2, 3], False)],
)
def test_margin_zero(labels, optimal):
    """Non-unique itself, or unique with a zero kink: then as near as the largest label allows."""
    data = Dataset.from_fractions([0, 1, 2, 3], labels)
    near = nearest_non_unique(data)
    assert near.optimal is optimal
    assert not is_unique(near.dataset)
    assert RootSum.of_rational(near.squared_distance) <= RootSum.of_rational((max(1, *labels) * (FACTOR - 1)) ** 2)


@st.composite
def mirrored(draw):
    """A window and its mirror image beside it: the two pairs tie whenever no pair between them is nearer."""
    tasks = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(st.integers(-9, 9), min_size=tasks, max_size=tasks), min_size=4, max_size=4))
    return Dataset.from_fractions(range(8), rows + rows[::-1])


@given(mirrored() | datasets())
def test_pairs_that_tie(data):
    """Exactly the pairs whose squared margin equals the smallest; the first of them is that of `margin`."""
    tied = nearest_pairs(data)
    least = margin(data)
    squares = {pair.pair: pair.squared() for pair in pair_margins(data)}
    assert tied[0] == least
    assert [pair.pair for pair in tied] == [pair for pair, square in squares.items() if square == least.squared()]


@given(mirrored() | datasets())
def test_attained_means_that_some_pair_attains_it(data):
    """The smallest margin is attained iff the four points of a tied pair alone attain it."""
    tied = nearest_pairs(data)
    alone = [is_attained(window(data, pair.pair)) for pair in tied]
    assert is_attained(data) == (any(alone) if is_unique(data) else True)
    assert nearest_non_unique(data).attained == is_attained(data)


def test_three_points():
    """There is no non-unique dataset to be near."""
    assert nearest_non_unique(Dataset.from_fractions([0, 1, 2], [0, 1, 0])) is None


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_convergents_end_at_the_number(p, q):
    """They get nearer and nearer, and the last one is the number."""
    found = list(convergents(fmpq(p, q)))
    assert found[-1] == fmpq(p, q)
    errors = [abs(value - fmpq(p, q)) for value in found]
    assert all(b < a for a, b in pairwise(errors))
