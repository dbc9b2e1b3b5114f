"""The search: every property holds, a false one is refuted by a small example; what the strategies promise."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from reluproof.theory import Dataset, Holds, Refuted
from reluproof.theory.alignment import is_unique
from reluproof.theory.membership import judge
from reluproof.theory.optimum import connect_the_dots
from reluproof.verify import strategies
from reluproof.verify.claims.claim import NotApplicable
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.standing.runs import run_search

SEARCHED = [letter for letter, claim in REGISTRY.items() if not isinstance(claim.strategy, NotApplicable)]

QUICK = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize("letter", SEARCHED)
def test_nothing_is_refuted(letter):
    """Thirty examples of each, most of which meet the hypotheses."""
    outcome = run_search(REGISTRY[letter], 30, seed=7)
    assert outcome.state == "passed"
    assert outcome.count >= 15


def test_a_search_repeats():
    """The same seed, the same counts."""
    assert run_search(REGISTRY["X"], 30, seed=3) == run_search(REGISTRY["X"], 30, seed=3)


def test_a_false_claim_is_refuted_by_a_small_dataset():
    """'Every dataset is unique' is refuted by four points 0, 1, 2, 3 with one task and labels in -1..1 or 0..3."""

    def unique(data):
        return Holds("unique") if is_unique(data) else Refuted(data, "not unique")

    outcome = run_search(replace(REGISTRY["A"], conclusion=unique), 300, seed=0)
    assert outcome.state == "failed"
    witness = eval(outcome.detail.split("witness: ")[1], {"Dataset": Dataset})
    assert (witness.size, witness.tasks) == (4, 1)
    assert witness.points[1] - witness.points[0] == 1
    assert all(abs(value) <= 3 and value.q == 1 for (value,) in witness.labels)


def test_an_empty_search_is_no_success():
    """If no example meets the hypotheses, the outcome is undecided."""
    never = replace(REGISTRY["D"].hypotheses[0], holds=lambda _: False)
    assert run_search(replace(REGISTRY["D"], hypotheses=(never,)), 5, seed=0).state == "undecided"


@pytest.mark.parametrize(
    "strategy",
    [strategies.datasets(), strategies.generic_datasets(), strategies.grid_datasets(), strategies.one_hot_datasets()],
)
def test_the_simplest_dataset(strategy):
    """Two points 0, 1 or nearly so, one task, labels 0 or 1."""
    data = find(strategy, lambda _: True)
    assert (data.size, data.tasks, data.gaps) == (2, 1, (1,))


def test_planted_datasets_are_not_unique():
    """As asked; the simplest has kinks 1, 1."""
    data = find(strategies.planted_datasets(non_unique=True), lambda _: True)
    assert (data.size, data.tasks) == (4, 1)
    assert not is_unique(data)


@QUICK
@given(st.data())
def test_interpolants_interpolate_and_optima_are_optimal(data):
    """Whatever the dataset; networks compute the spline they were made of."""
    points = data.draw(strategies.datasets())
    f = data.draw(strategies.interpolants(points))
    assert f.interpolates(points.points, points.labels)
    optimum = data.draw(strategies.optima(points))
    judged = judge(points, optimum)
    assert judged.optimal
    assert judged.excess.sign() == 0
    assert data.draw(strategies.networks(optimum)).to_spline() == optimum


def test_optima_reach_beyond_the_merged_one():
    """Members with several knots in one gap, and knots of both kinds, are drawn."""
    run = Dataset.from_fractions(range(5), [0, 0, 1, 3, 6])
    wide = find(strategies.optima(run), lambda f: f.width >= 5)
    assert judge(run, wide).optimal
    assert find(strategies.optima(run), lambda _: True) == connect_the_dots(run)


def test_knots_anywhere():
    """Interpolants bend outside the data, at end points and inside gaps."""
    run = Dataset.from_fractions(range(4), [0, 0, 1, 3])
    for where in (lambda t: t < 0, lambda t: t == 0, lambda t: t == 3, lambda t: t > 3, lambda t: 1 < t < 2):
        assert exists(strategies.interpolants(run), lambda f, where=where: any(where(t) for t in f.knots))


def exists(strategy, wanted):
    """Whether the strategy draws such an example, not shrunk."""
    generate = settings(max_examples=400, phases=[Phase.generate], database=None, deadline=None)
    return find(strategy, wanted, settings=generate, random=Random(1)) is not None


def test_networks_of_every_kind():
    """Split, turned, unbalanced and dead neurons occur; any network at all too."""
    drawn = strategies.networks(connect_the_dots(Dataset.from_fractions(range(3), [0, 0, 1])))
    assert exists(drawn, lambda network: network.active_width == 2)
    assert exists(drawn, lambda network: any(neuron.w < 0 for neuron in network.neurons))
    assert exists(drawn, lambda network: not network.is_balanced)
    assert exists(drawn, lambda network: network.active_width < network.width)
    assert exists(strategies.free_networks(2), lambda network: 1 <= network.active_width < network.width)
