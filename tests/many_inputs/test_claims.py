"""AA to AF can fail: wrong subjects and broken mathematics are refuted."""

import pytest
from flint import fmpq
from mutants.mutant import Mutant, planted
from reluproof.theory import Dataset, LinearSpline
from reluproof.theory.labelled_points import LabelledPoints
from reluproof.theory.ridge_network import RidgeNetwork, RidgeNeuron
from reluproof.verify.claims.ac_kernel_of_others import positive_semidefinite
from reluproof.verify.claims.ad_one_input import TaskOfOptimum, as_ridge
from reluproof.verify.claims.exact_optima import FIVE, NetworkOnPoints, TwoOptima, two_optima
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.standing.runs import run_exact, run_search
from reluproof.verify.standing.textbook import DATASETS

LINE = Dataset.from_fractions(range(5), [(0, 0), (0, 0), (1, 2), (3, 5), (6, 10)])
WASTEFUL = LinearSpline.from_knots(
    (0, 0), (0, 0), [(1, (fmpq(1, 2), 1)), (fmpq(3, 2), (0, 1)), (2, (1, 0)), (fmpq(5, 2), (0, 2)), (3, (1, 0))]
)
"""Interpolates nothing in particular: its own values are its labels below."""


def own_labels(spline, size=5):
    """The dataset that a spline interpolates."""
    return Dataset.from_fractions(range(size), [spline(x) for x in range(size)])


def test_aa_refutes_weights_that_are_not_optimal():
    """More neurons than functionals, with weights that no kernel explains."""
    data = own_labels(WASTEFUL)
    subject = NetworkOnPoints(LabelledPoints.from_dataset(data), as_ridge(WASTEFUL))
    claim = REGISTRY["AA"]
    assert claim.holds(subject).word == "does_not_apply"
    dropped = claim.without("weights optimal for the network's own neurons")
    unequal = RidgeNetwork(
        tuple([RidgeNeuron((1,), -t, (v, 0)) for t, v in ((1, 1), (fmpq(3, 2), -1), (2, 1), (fmpq(5, 2), 2))]),
        ((0, 0),),
        (0, 0),
    )
    labels = Dataset.from_fractions(range(5), [unequal((fmpq(x),)) for x in range(5)])
    assert dropped.holds(NetworkOnPoints(LabelledPoints.from_dataset(labels), unequal)).word == "refuted"


def test_ab_refutes_a_network_beyond_the_leverages():
    """Two neurons that cancel for the second task: each serves it by more than an optimum may."""
    data = LabelledPoints(((0,), (1,), (2,), (3,)), ((0, 0), (0, 0), (1, 0), (3, 0)))
    neurons = [RidgeNeuron((1,), b, v) for b, v in ((-1, (1, -9)), (fmpq(-3, 2), (0, 18)), (-2, (1, -9)))]
    assert (
        REGISTRY["AB"].holds(NetworkOnPoints(data, RidgeNetwork(tuple(neurons), ((0, 0),), (0, 0)))).word == "refuted"
    )


def test_ad_refutes_a_function_that_is_no_optimum():
    """Knots between the data with kinks of different directions."""
    claim, subject = REGISTRY["AD"], TaskOfOptimum(own_labels(WASTEFUL), WASTEFUL, 0)
    assert claim.holds(subject).word == "does_not_apply"
    wrong = LinearSpline.from_knots((0, 0), (0, 0), [(1, (1, 1)), (fmpq(3, 2), (2, 1)), (2, (1, 3)), (3, (1, 1))])
    assert claim.without("f is optimal").holds(TaskOfOptimum(own_labels(wrong), wrong, 0)).word == "refuted"


def test_ae_refutes_two_different_kernels():
    """An optimum beside a network that costs more."""
    found = two_optima(FIVE)
    assert found is not None
    assert REGISTRY["AE"].holds(found).word == "holds"
    turned = RidgeNetwork((RidgeNeuron((1, 0), 0, (1, 0)), RidgeNeuron((0, 1), 0, (0, 2))), found.first.slopes, (0, 0))
    assert (
        REGISTRY["AE"].holds(TwoOptima(FIVE, turned, RidgeNetwork(turned.neurons[:1], turned.slopes, (0, 0)))).word
        == "refuted"
    )


def test_af_refutes_unique_data():
    """One neuron that bends at two data points: unique, and the claim says so."""
    points = ((1, 0), (-1, 1), (3, 1), (1, 4), (-2, 3), (-3, -1), (1, -3))
    labels = tuple([(max(0, x + 2 * y - 1),) for x, y in points])
    assert REGISTRY["AF"].holds(LabelledPoints(points, labels)).word == "refuted"


@pytest.mark.parametrize(
    ("letter", "place", "old", "new"),
    [
        ("AA", "theory.network_kernel:design", "(weight / neuron", "(1 / neuron"),
        ("AB", "theory.leverage:leverages_of", "basis[i, s] * solved[i, s]", "basis[i, s] * basis[i, s]"),
        ("AC", "theory.leverage:leverages_of", "tuple(found)", "tuple([f / 2 for f in found])"),
        ("AD", "theory.network_kernel:l2_relations", "sign(t) * t * t * f", "t * t * f"),
        ("AE", "theory.network_kernel:design", "(weight / neuron", "(1 / neuron"),
    ],
)
def test_broken_mathematics_is_noticed(letter, place, old, new):
    """By the exact way on the textbook datasets, or by the search."""
    with planted(Mutant("", letter, place, old, new)):
        outcomes = run_exact(REGISTRY[letter], DATASETS), run_search(REGISTRY[letter], 60, 1)
    assert "failed" in {outcome.state for outcome in outcomes}


def test_semidefinite_is_decided_exactly():
    """Zero pivots, and a direction that is negative by very little."""
    from flint import fmpq_mat

    tiny = fmpq(1, 10**40)
    assert positive_semidefinite(fmpq_mat(2, 2, [1, 1, 1, 1]))
    assert not positive_semidefinite(fmpq_mat(2, 2, [1, 1, 1, 1 - tiny]))
    assert not positive_semidefinite(fmpq_mat(2, 2, [0, 1, 1, 0]))
    assert positive_semidefinite(fmpq_mat(3, 3, [0, 0, 0, 0, 2, 1, 0, 1, 1]))
