"""What shrunk examples look like: few points at equal spacing, few tasks, small integers."""

from random import Random

import pytest
from flint import fmpq
from hypothesis import find, settings
from reluproof.theory import Dataset, aligned, is_unique, kinks, runs
from reluproof.theory.margin import margin
from reluproof.theory.membership import judge
from reluproof.theory.optimum import connect_the_dots
from reluproof.theory.solution_set import sparsest_is_unique
from reluproof.theory.vectors import scale
from reluproof.verify import strategies

SHRINK = settings(max_examples=1000, database=None, deadline=None)


def shrunk(strategy, wanted, seed=0):
    """The example that Hypothesis settles on."""
    return find(strategy, wanted, settings=SHRINK, random=Random(seed))


def is_plain(data, largest):
    """Whether the points are equally spaced integers and the labels integers of at most this size."""
    spaced = set(data.gaps) == {1} and data.points[0].q == 1
    return spaced and all(value.q == 1 and abs(value) <= largest for label in data.labels for value in label)


STRATEGIES = {
    "datasets": strategies.datasets(),
    "generic": strategies.generic_datasets(),
    "grid": strategies.grid_datasets(),
    "planted": strategies.planted_datasets(),
}

PROPERTIES = {
    "not unique": (lambda data: not is_unique(data), 4, 3),
    "a run of three": (lambda data: max((run.length for run in runs(data)), default=0) >= 3, 5, 8),
    "opposite kinks": (lambda data: any(aligned(u, scale(-1, v)) for u, v in pairs(data)), 4, 3),
    "a kink": (lambda data: any(map(any, kinks(data))), 3, 2),
}  # fmt: skip

UNSTRUCTURED = {"not unique", "a kink"}
"""What labels without structure have often enough for the shrinker to stay on it."""


def pairs(data):
    """Neighbouring kinks."""
    return list(zip(kinks(data), kinks(data)[1:], strict=False))


CASES = [(name, kind) for name in PROPERTIES for kind in STRATEGIES if kind != "generic" or name in UNSTRUCTURED]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_dataset_shrinks_to_a_textbook_example(name, kind):
    """The fewest points that have the property, one task, spacing 1, small integers.

    The mixture of kinds may end at one-hot labels, which bend for two classes only, or at runs for two tasks.
    """
    wanted, size, largest = PROPERTIES[name]
    data = shrunk(STRATEGIES[kind], wanted)
    assert data.size == size
    assert data.tasks <= (2 if kind == "datasets" else 1)
    assert is_plain(data, largest)


def test_the_simplest_run():
    """Kinks 1 and 1 on 0, 1, 2, 3."""
    data = shrunk(strategies.planted_datasets(non_unique=True), lambda _: True)
    assert data == Dataset.from_fractions(range(4), [0, 0, 1, 3])


@pytest.mark.parametrize("kind", ["grid", "planted"])
def test_two_tasks_are_kept_only_where_they_are_needed(kind):
    """Kinks that are not parallel need two tasks, and shrink to unit vectors or nearly so."""

    def turns(data):
        return data.tasks >= 2 and any(u[0] * v[1] != u[1] * v[0] for u, v in pairs(data))

    data = shrunk(STRATEGIES[kind], turns)
    assert (data.size, data.tasks) == (4, 2)
    assert is_plain(data, 4)


def test_one_hot_labels_shrink_to_a_b_b_a():
    """The smallest classification labels that are not unique, whatever the spacing."""
    data = shrunk(strategies.one_hot_datasets(), lambda data: not is_unique(data))
    a, b = data.labels[:2]
    assert (data.size, data.tasks) == (4, 2)
    assert is_plain(data, 1)
    assert a != b
    assert data.labels == (a, b, b, a)


def test_a_pair_at_a_distance_shrinks_but_keeps_the_distance():
    """One coordinate of the first label differs by exactly what was asked."""
    moved, data = shrunk(strategies.near_datasets("1/1000"), lambda pair: not is_unique(pair[1]))
    assert (data.size, data.tasks) == (4, 2)
    assert is_plain(data, 3)
    differences = [a - b for u, v in zip(moved.labels, data.labels, strict=True) for a, b in zip(u, v, strict=True)]
    assert sorted(map(abs, differences))[-2:] == [0, fmpq(1, 1000)]


RUN = Dataset.from_fractions(range(4), [0, 0, 1, 3])


def test_a_costly_interpolant_shrinks_to_one_more_bend():
    """An interpolant that is no optimum: at most three knots off connect-the-dots, all of them integers or halves."""
    f = shrunk(strategies.interpolants(RUN), lambda f: not judge(RUN, f).optimal)
    base = connect_the_dots(RUN)
    others = [
        t for t, m in zip(f.knots, f.kinks, strict=True) if (t, m) not in zip(base.knots, base.kinks, strict=True)
    ]
    assert len(others) <= 3
    assert all(value.q <= 2 for kink in f.kinks for value in kink)


def test_a_second_optimum_shrinks_to_one_merged_knot():
    """Connect-the-dots with kinks 1 and 1 replaced by one knot between them."""
    data, f = shrunk(strategies.non_unique_with_optima(), lambda pair: pair[1] != connect_the_dots(pair[0]))
    assert is_plain(data, 3)
    assert (data.size, data.tasks, f.width) == (4, 1, 1)


def test_networks_shrink_to_few_neurons():
    """The redundant, the dead, the turned and the unbalanced one come alone."""
    bend = connect_the_dots(Dataset.from_fractions(range(3), [0, 0, 1]))
    drawn = strategies.networks(bend)
    redundant = shrunk(drawn, lambda network: network.active_width > 1)
    assert (redundant.width, redundant.active_width) == (2, 2)
    dead = shrunk(drawn, lambda network: network.active_width < network.width)
    assert (dead.width, dead.active_width) == (2, 1)
    turned = shrunk(drawn, lambda network: any(neuron.w < 0 for neuron in network.neurons))
    assert [neuron.w for neuron in turned.neurons] == [-1]
    unbalanced = shrunk(drawn, lambda network: not network.is_balanced)
    assert unbalanced.width == 1
    assert abs(unbalanced.neurons[0].w) in {fmpq(1, 2), fmpq(2)}


def test_what_decides_shrinks_too():
    """The smallest datasets on the boundary, with a free sparsest optimum, and with an irrational margin."""

    def boundary(data):
        return is_unique(data) and data.size >= 4 and any(map(any, kinks(data))) and margin(data).is_zero

    assert is_plain(shrunk(strategies.datasets(), boundary), 2)
    free = shrunk(strategies.datasets(), lambda data: not sparsest_is_unique(runs(data)))
    assert free.size == 5
    assert is_plain(free, 8)

    def irrational(data):
        best = margin(data)
        return best is not None and best.determinant is not None and best.squared().as_rational() is None

    data = shrunk(strategies.grid_datasets(), irrational)
    assert data.size == 4
    assert is_plain(data, 4)
