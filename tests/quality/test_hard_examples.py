"""The hard example is found: each strategy reaches what is rare, within a few hundred draws."""

from itertools import pairwise
from random import Random

import pytest
from flint import fmpq
from hypothesis import Phase, find, settings
from reluproof.theory import aligned, is_unique, kinks, optimal_cost, runs
from reluproof.theory.margin import margin
from reluproof.theory.root_sum import RootSum
from reluproof.theory.solution_set import aligned_gaps, sparsest_is_unique
from reluproof.theory.vectors import dot, scale
from reluproof.verify import strategies

FIND = settings(max_examples=600, database=None, deadline=None, phases=[Phase.generate])


def found(strategy, wanted):
    """An example with the property, not shrunk; `find` raises where there is none."""
    return find(strategy, wanted, settings=FIND, random=Random(0))


def long_runs(data):
    """The lengths of runs of length 2 and more."""
    return [run.length for run in runs(data) if run.length > 1]


def opposite(data):
    """Whether neighbouring kinks point in opposite directions."""
    return any(aligned(u, scale(-1, v)) for u, v in pairwise(kinks(data)))


def on_an_axis(data):
    """Whether the nearest aligned pair has one kink 0, at a positive distance."""
    best = margin(data)
    return best is not None and best.determinant is None and not best.is_zero


def irrational(data):
    """Whether the squared margin is irrational."""
    best = margin(data)
    return best is not None and best.squared().as_rational() is None


HARD = {
    "non-unique for three tasks": (strategies.datasets(), lambda data: data.tasks == 3 and not is_unique(data)),
    "a run of four": (strategies.datasets(), lambda data: max(long_runs(data), default=0) >= 4),
    "two runs": (strategies.datasets(), lambda data: len(long_runs(data)) == 2),
    "a run on the grid with two tasks": (
        strategies.grid_datasets(tasks=(2,)),
        lambda data: max(long_runs(data), default=0) >= 2,
    ),
    "a zero kink between two runs": (
        strategies.planted_datasets(),
        lambda data: len(long_runs(data)) == 2 and not all(map(any, kinks(data))),
    ),
    "opposite kinks, several tasks": (strategies.datasets(), lambda data: data.tasks > 1 and opposite(data)),
    "unique on the boundary": (
        strategies.datasets(),
        lambda data: is_unique(data) and data.size >= 4 and data.tasks > 1 and margin(data).is_zero,
    ),
    "a margin on an axis": (strategies.datasets(), on_an_axis),
    "an irrational margin": (strategies.generic_datasets(), irrational),
    "a sparsest optimum with freedom": (strategies.datasets(), lambda data: not sparsest_is_unique(runs(data))),
    "one-hot labels of three classes": (
        strategies.one_hot_datasets(),
        lambda data: len(set(data.labels)) == 3 and not is_unique(data),
    ),
    "huge points, tiny labels": (
        strategies.extreme_datasets(),
        lambda data: (
            data.points[-1] > 10**90 and any(any(y) and abs(y[0]) < 1 / (data.points[-1]) for y in data.labels)
        ),
    ),
    "gaps of every size, non-unique": (
        strategies.extreme_datasets(),
        lambda data: max(data.gaps) > 10**12 * min(data.gaps) and not is_unique(data),
    ),
    "extreme and non-unique for two tasks": (
        strategies.extreme_datasets(),
        lambda data: data.tasks == 2 and not is_unique(data),
    ),
}


@pytest.mark.parametrize(("strategy", "wanted"), HARD.values(), ids=HARD)
def test_a_hard_dataset_is_found(strategy, wanted):
    """Each within 600 draws."""
    assert wanted(found(strategy, wanted))


def test_misalignment_below_what_floats_see():
    """Unique by less than 10^-60 in 1 - cos^2, with an exactly degenerate dataset beside it."""

    def hidden(pair):
        data, _ = pair
        products = [(dot(u, v), dot(u, u) * dot(v, v)) for u, v in pairwise(kinks(data))]
        return any(inner > 0 and 0 < 1 - inner * inner / square < fmpq(1, 10**60) for inner, square in products)

    data, beside = found(strategies.near_datasets(), hidden)
    assert is_unique(data)
    assert not is_unique(beside)
    assert margin(data).squared() <= RootSum.of_rational("1e-40")


def test_optima_beside_the_merged_one_are_found():
    """Two knots in one gap, knots in every gap of a run, and an optimum that bends at no data point."""
    drawn = strategies.non_unique_with_optima()

    def per_gap(pair):
        data, f = pair
        gaps = aligned_gaps(runs(data))
        return [sum(data.points[gap] < t < data.points[gap + 1] for t in f.knots) for gap in gaps]

    assert max(per_gap(found(drawn, lambda pair: max(per_gap(pair)) == 2))) == 2
    spread = found(drawn, lambda pair: len(per_gap(pair)) > 1 and min(per_gap(pair)) > 0)
    assert spread[1].path_cost() == optimal_cost(spread[0])
    away = found(drawn, lambda pair: pair[1].knots and not set(pair[1].knots) & set(pair[0].points))
    assert away[1].interpolates(away[0].points, away[0].labels)


def test_networks_with_everything_at_once_are_found():
    """One network with a redundant, a turned, an unbalanced and a dead neuron."""

    def messy(pair):
        network, f = pair
        turned = any(neuron.w < 0 and neuron.is_active for neuron in network.neurons)
        return turned and f.width < network.active_width < network.width and not network.is_balanced

    drawn = strategies.non_unique_with_optima().flatmap(
        lambda pair: strategies.networks(pair[1]).map(lambda network: (network, pair[1]))
    )
    network, f = found(drawn, messy)
    assert network.to_spline() == f
