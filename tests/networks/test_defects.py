"""Defects add up to the excess, exactly, and agree with a computation of their own."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from oracle.networks import DIGITS, judged, largest_distance
from reluproof.theory import Dataset, Neuron, ReLUNetwork, RootSum
from reluproof.theory.defect import Defect, defects, excess, outputs_of
from reluproof.verify.networks import judge

from networks.drawn import built, networks_on_points

CLOSE = mpmath.mpf(10) ** (10 - DIGITS)


def enclosed(enclosure):
    """The bounds as numbers of mpmath."""
    with mpmath.workdps(DIGITS):
        return tuple(mpmath.mpf(int(end.p)) / int(end.q) for end in (enclosure.lower, enclosure.upper))


def assert_encloses(enclosure, value, size):
    """The value lies between the bounds, up to the oracle's own rounding at this size."""
    with mpmath.workdps(DIGITS):
        low, high = enclosed(enclosure)
        assert low - CLOSE * size <= value <= high + CLOSE * size
        assert high - low <= mpmath.mpf(2) ** -60 * size


def agree(network, points):
    """The package and the oracle on one network."""
    cost, cheapest, of_neurons = judged(network, points)
    ours, data = built(network, points)
    outputs = outputs_of(ours, data.points)
    found = list(defects(ours, outputs))
    assert RootSum([term for defect in found for term in defect.terms]) == excess(ours, outputs)
    assert [defect.index for defect in found] == list(of_neurons)
    judgement = judge(data, ours)
    size = cost + 1
    for defect in found:
        assert_encloses(defect.enclosure(), of_neurons[defect.index], size)
        assert defect.is_zero == (abs(of_neurons[defect.index]) < CLOSE * size)
    assert_encloses(judgement.path_cost, cost, size)
    assert_encloses(judgement.cheapest, cheapest, size)
    with mpmath.workdps(DIGITS):
        assert_encloses(judgement.excess, cost - cheapest, size)
        for distance in judgement.distances:
            measured = largest_distance(network, points, distance.gap)
            assert_encloses(distance.measured, measured, size + measured)
            # The bound is statement S, which the measured distance must meet.
            assert distance.bound is None or distance.measured.lower <= distance.bound.upper


@settings(max_examples=1000)
@given(networks_on_points())
def test_defects_add_up_and_agree(drawn):
    """Dead, doubled, constant and turned neurons, knots on data points, weights from 2^-60 to 2^60."""
    agree(*drawn)


@settings(max_examples=500)
@given(networks_on_points(float32=True))
def test_float32_weights(drawn):
    """Weights as float32 has them, denormal ones included."""
    agree(*drawn)


def test_the_oracle_is_no_echo():
    """One neuron between two data points serves both hats and wastes nothing; moved outside it wastes all it costs."""
    points = list(map(Fraction, range(4)))
    for knot, wasted in ((Fraction(3, 2), 0), (Fraction(1, 2), 1), (Fraction(7, 2), 2)):
        network = ([(Fraction(1), -knot, [Fraction(2)])], [Fraction(0)], [Fraction(0)])
        cost, cheapest, of_neurons = judged(network, points)
        assert (cost, cheapest, of_neurons[0]) == (2, 2 - wasted, wasted)
        agree(network, points)


@pytest.mark.parametrize(
    ("neurons", "why"),
    [
        ([(1, "-3/2", [1])], {0: "needed"}),
        ([(0, 1, [1])], {0: "inactive"}),
        ([(1, 0, [0])], {0: "inactive"}),
        ([(1, -3, [1])], {0: "dead"}),
        ([(-1, 0, [1])], {0: "dead"}),
        ([(1, 0, [1])], {0: "linear on the data"}),
        ([(-1, 5, [1])], {0: "linear on the data"}),
        ([(1, "-1/2", [1])], {0: "misplaced"}),
        ([(1, -1, [1]), (1, -1, [2])], {0: "duplicate", 1: "duplicate"}),
        ([(1, "-5/4", [1]), (1, "-7/4", [2])], {0: "mergeable", 1: "mergeable"}),
        ([(1, -1, [1]), (1, "-7/4", [2])], {0: "mergeable", 1: "mergeable"}),
        ([(1, -1, [1]), (1, -2, [2])], {0: "mergeable", 1: "mergeable"}),
        ([(1, -1, [1]), (1, -2, [-2])], {0: "needed", 1: "needed"}),
        ([(1, -1, [3]), (1, -1, [-1])], {0: "needed", 1: "misdirected"}),
    ],
)
def test_what_a_neuron_is(neurons, why):
    """Every word, on the points 0, 1, 2, 3."""
    network = ReLUNetwork.from_parameters(neurons, [0], [0])
    judgement = judge(Dataset.from_fractions([0, 1, 2, 3], [0, 0, 0, 0]), network)
    assert {share.index: share.why for share in judgement.shares} == why


def test_misplacement_is_what_no_direction_avoids():
    """Between kinks at a right angle, |eta| = sqrt(1/2) half-way: a neuron along eta is misplaced, and only that."""
    one, nothing = fmpq(1), fmpq(0)
    support = ((fmpq(1, 2), (one, nothing)), (fmpq(1, 2), (nothing, one)))
    along = Defect(0, fmpq(3, 2), (one, one), 1, support)
    across = Defect(0, fmpq(3, 2), (one, -one), 1, support)
    assert (along.misplacement() - along.ball()).contains(0)
    assert (across.misplacement() - (arb(2).sqrt() - 1)).contains(0)
    assert (across.ball() - arb(2).sqrt()).contains(0)


def test_a_neuron_has_a_defect_only_if_it_is_active():
    """w = 0 and v = 0 cost and waste nothing."""
    network = ReLUNetwork((Neuron(0, 1, (1,)), Neuron(1, 0, (0,))), (0,), (0,))
    outputs = outputs_of(network, Dataset.from_fractions([0, 1], [0, 0]).points)
    assert list(defects(network, outputs)) == []
    assert excess(network, outputs) == RootSum([])
