"""The order of counterexamples, and 'proved': brute force with formulas of its own decides every smaller dataset."""

from itertools import combinations, product

import pytest
from flint import fmpq
from hypothesis import given
from reluproof.theory import Dataset
from reluproof.theory.verdict import Holds, Refuted, Undecided
from reluproof.verify.claims.without import CHANGED
from reluproof.verify.hunt.smallest import labels_of_height, order_key, point_sets, smallest
from reluproof.verify.hunt.target import QUICK
from reluproof.verify.strategies import datasets

from hunt.rules import RULES
from hunt.stored import proved, read


def rank(number):
    """0, 1, -1, 2, -2, ..."""
    return abs(number), number < 0


def smaller(x, y, height, points_vary):
    """All (points, labels) below (x, y): integer labels up to `height`, as many points and tasks at most."""
    here = len(y), len(y[0])
    own = max(abs(a) for label in y for a in label)
    reach = max(map(abs, x)) if points_vary else 0
    mine = (here, own, x != list(range(len(x))), reach, [rank(a) for a in x], [rank(a) for label in y for a in label])
    for size, tasks in product(range(2, here[0] + 1), range(1, here[1] + 1)):
        top = height if (size, tasks) < here else own
        standard = list(range(size))
        others = map(list, combinations(range(-reach, reach + 1), size))
        for points in [standard, *[p for p in others if p != standard]]:
            for flat in product(range(-top, top + 1), repeat=size * tasks):
                far = max(map(abs, points)) if points != standard else 0
                labels = [list(flat[i : i + tasks]) for i in range(0, len(flat), tasks)]
                key = ((size, tasks), max(map(abs, flat)), points != standard, far, list(map(rank, points)))
                if (size, tasks) < here or (*key, list(map(rank, flat))) < mine:
                    yield points, labels


@pytest.mark.parametrize("changed", CHANGED, ids=lambda changed: changed.stem)
def test_proved_means_that_brute_force_agrees(changed):
    """No smaller dataset refutes, by another rule; their number is the one stated; the rule accepts the stored one."""
    fractions, labels, comments = read(changed.stem)
    x, y = [int(a) for a in fractions], [[int(a) for a in label] for label in labels]
    assert (x, y) == (fractions, labels)
    height, count = proved(comments)
    rule = RULES[changed.stem]
    assert rule(x, y)
    found = 0
    for points, others in smaller(x, y, height, changed.integer_points):
        found += 1
        assert not rule(points, others)
    assert found == count


def test_the_order():
    """Points, tasks, size of labels, points at 0, 1, 2, ..., then 0, 1, -1, 2, ... label by label; integers first."""
    ordered = [
        ([0, 1], [0, 0]),
        ([0, 1], [0, 1]),
        ([0, 1], [0, -1]),
        ([0, 1], [1, 0]),
        ([0, 1], [1, 1]),
        ([-1, 0], [0, 1]),
        ([0, 2], [0, 1]),
        ([0, "1/2"], [0, 1]),
        ([0, 1], [0, 2]),
        ([0, 1], [0, "1/2"]),
        ([0, 1], [(0, 0), (0, 0)]),
        ([0, 1, 2], [0, 0, 0]),
    ]
    keys = [order_key(Dataset.from_fractions(*entry)) for entry in ordered]
    assert keys == sorted(keys)
    assert len({str(key) for key in keys}) == len(keys)


def test_enumerations_are_in_order_and_complete():
    """Labels of one height and sets of points come in the order, each once."""
    points = tuple(fmpq(i) for i in range(3))
    keys = [order_key(Dataset(points, labels)) for labels in labels_of_height((3, 1), 2)]
    assert keys == sorted(keys)
    assert len(keys) == 5**3 - 3**3
    keys = [order_key(Dataset(x, ((0,), (0,)))) for x in point_sets(2, 2)]
    assert keys == sorted(keys)
    assert len(keys) == 10


@given(datasets())
def test_reduction_ends_and_goes_down(data):
    """From any dataset to the smallest with as many points: a claim that all datasets of that size refute."""
    size = data.size

    def verdict_on(other):
        return Refuted(other, "large enough") if other.size >= size else Holds("too small")

    best = smallest(data, verdict_on, 50)
    assert best.data == Dataset.from_fractions(range(size), [0] * size)
    assert order_key(best.data) <= order_key(data)


def test_a_true_smallest_is_found_from_afar():
    """The sum of the labels is at least 3 in size: from large fractions to (1, 1, 1) at 0, 1, 2."""

    def verdict_on(data):
        total = abs(sum(label[0] for label in data.labels))
        return Refuted(data, "large") if total >= 3 and data.size >= 3 else Holds("small")

    best = smallest(Dataset.from_fractions([0, "1/2", 3, 9], ["7/3", "-1/2", 5, 8]), verdict_on, QUICK)
    assert best.data == Dataset.from_fractions(range(3), [1, 1, 1])
    assert best.proved
    assert best.words.startswith("smallest: proved over |label| <= ")


def test_no_proof_without_budget_or_with_open_verdicts():
    """A short budget, or a smaller dataset that stays undecided: 'smallest found', with the reason."""

    def verdict_on(data):
        return Refuted(data, "four points") if data.size == 4 else Undecided("who knows")

    found = Dataset.from_fractions(range(4), [0, 0, 0, 0])
    short = smallest(found, lambda data: Refuted(data, "four") if data.size == 4 else Holds("few"), 1)
    assert not short.proved
    assert "too many" in short.words
    undecided = smallest(found, verdict_on, QUICK)
    assert not undecided.proved
    assert f"{undecided.undecided} of the smaller ones stay undecided" in undecided.words


def test_only_counterexamples_are_reduced():
    """A dataset that refutes nothing is an error of the caller."""
    with pytest.raises(ValueError, match="holds"):
        smallest(Dataset.from_fractions([0, 1], [0, 1]), lambda _: Holds("always"), 10)
