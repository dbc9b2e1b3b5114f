"""The value types: datasets, splines, networks, verdicts."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory import (
    ClaimRefuted,
    Dataset,
    DatasetError,
    DoesNotApply,
    Holds,
    LinearSpline,
    Neuron,
    Refuted,
    ReLUNetwork,
    Run,
    Undecided,
)
from reluproof.theory.duality import Angle, dual_certificate
from reluproof.theory.margin import margin
from reluproof.theory.membership import judge
from reluproof.theory.optimum import connect_the_dots
from reluproof.theory.solution_set import radius

small = st.builds(Fraction, st.integers(-9, 9), st.integers(1, 5))
vectors = st.tuples(small, small)
neurons = st.tuples(small, small, vectors)
networks = st.builds(ReLUNetwork.from_parameters, st.lists(neurons, max_size=5), vectors, vectors)

RUN_OF_THREE = Dataset.from_text(["0", "1", "2", "3", "4"], ["0", "0", "1/3", "1", "2"])


def test_every_public_value_round_trips_through_repr():
    """eval(repr(v)) == v, and so do copies and pickles."""
    f = connect_the_dots(RUN_OF_THREE)
    values = [
        RUN_OF_THREE,
        f,
        ReLUNetwork.from_spline(f),
        Neuron("1/2", 3, (1, "-2/7")),
        Run(1, 3),
        Angle(1, fmpq(-1, 2)),
        dual_certificate(RUN_OF_THREE),
        margin(RUN_OF_THREE),
        radius(RUN_OF_THREE),
        judge(RUN_OF_THREE, f),
        Holds("so it is"),
        DoesNotApply("N >= 4"),
        Undecided("too coarse"),
        Refuted(RUN_OF_THREE, "not so"),
    ]
    import reluproof.theory.margin as margins
    from reluproof.theory import duality, membership, root_sum, solution_set

    names = {**globals()}
    for module in (duality, margins, membership, root_sum, solution_set):
        names.update(vars(module))
    for value in values:
        assert eval(repr(value), names) == value
        assert copy.copy(value) == value
        assert pickle.loads(pickle.dumps(value)) == value
        assert hash(copy.deepcopy(value)) == hash(value)


@pytest.mark.parametrize(
    ("points", "labels", "message"),
    [
        ((0,), ((1,),), "at least 2 points"),
        ((0, 1), ((1,),), "2 points but 1 labels"),
        ((0, 1), ((1,), (1, 2)), "label 1 has 2 coordinates"),
        ((0, 1), ((), ()), "at least one coordinate"),
        ((0, 0), ((1,), (2,)), "more than once"),
        ((1, 0), ((1,), (2,)), "must increase"),
    ],
)
def test_dataset_refusals(points, labels, message):
    """Each requirement has its own message."""
    with pytest.raises(DatasetError, match=message):
        Dataset(points, labels)


def test_dataset_sorts_and_reads_exactly():
    """Rows come in any order; 1/2 and 0.5 are the same point; floats are dyadic."""
    data = Dataset.from_text(["1", "0", "1/2"], [["0.1", "1"], ["2", "3"], ["4", "5"]])
    assert data.points == (0, fmpq(1, 2), 1)
    assert data.labels[2] == (fmpq(1, 10), 1)
    assert (data.size, data.tasks, data.gaps) == (3, 2, (fmpq(1, 2), fmpq(1, 2)))
    with pytest.raises(DatasetError, match="more than once"):
        Dataset.from_text(["0.5", "1/2"], ["0", "1"])
    dyadic = Dataset.from_arrays(numpy.array([0.0, 1.0]), numpy.array([0.1, 0.2]))
    assert dyadic.labels[0][0] == fmpq(3602879701896397, 2**55)
    with pytest.raises(TypeError, match="exact number"):
        Dataset.from_fractions([0, 1], [0.1, 0.2])


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (numpy.zeros((2, 2)), numpy.zeros(2), "shape"),
        (numpy.arange(2), numpy.array([1j, 2]), "complex128"),
        (numpy.arange(2), numpy.array([numpy.nan, 2]), "finite"),
        (numpy.arange(2), numpy.array(["1", "2"]), "floats of at most 64 bits"),
        (numpy.arange(2), numpy.zeros(3), "shape"),
        (numpy.arange(2), numpy.ma.array([1.0, 2.0], mask=[False, True]), "masked"),
        ([0, 1], [numpy.ma.masked, 1.0], "masked"),
        ([0, 1], [None, 1.0], r"y\[0, 0\] is missing \(None\)"),
        ([0, 1], [True, 1], "bool"),
        ([0, 1], [numpy.longdouble(1), 1], "64 bits"),
        ([0, 1], [numpy.bool_(True), 1], "bool"),
        ([0, 1], [Decimal("1e999999999"), 1], "its exponent must be within"),
        ([0, 1], [Decimal("nan"), 1], "finite"),
        (5, [1], "sequence"),
        ([0, 1], [[1, 2], 3], "among rows"),
        ([0, 1], [[1, 2], [3]], "1 numbers"),
        ([0, 1], numpy.zeros((2, 2, 2)), "shape"),
    ],
)
def test_array_refusals(x, y, message):
    """Arrays of other shapes, types or with nan are refused."""
    with pytest.raises(DatasetError, match=message):
        Dataset.from_arrays(x, y)


def test_spline_normal_form():
    """from_knots sorts, merges and drops; the constructor insists on the normal form."""
    f = LinearSpline.from_knots((0,), (1,), [(2, (1,)), (0, (3,)), (2, (1,)), (5, (2,)), (5, (-2,))])
    assert (f.knots, f.kinks) == ((0, 2), ((3,), (2,)))
    for knots, kinks, message in [
        ((0, 0), ((1,), (1,)), "increase"),
        ((0,), ((0,),), "nonzero"),
        ((0,), (), "1 knots but 0 kinks"),
        ((0,), ((1, 2),), "same number of coordinates"),
    ]:
        with pytest.raises(ValueError, match=message):
            LinearSpline((0,), (0,), knots, kinks)


@given(networks, st.lists(small, min_size=1, max_size=5))
def test_network_and_spline_are_the_same_function(network, places):
    """to_spline and from_spline keep every value, w < 0, w = 0 and repeated knots included."""
    spline = network.to_spline()
    back = ReLUNetwork.from_spline(spline)
    ordered = sorted(set(places))
    assert spline.values_at([fmpq(p.numerator, p.denominator) for p in ordered]) == [spline(p) for p in ordered]
    for place in places:
        assert network(place) == spline(place) == back(place)
    assert back.to_spline() == spline
    assert back.path_cost() == spline.path_cost() <= network.path_cost()


@given(networks)
def test_weight_decay_bounds_path_cost(network):
    """Weight decay is at least the path cost, with equality iff every neuron is balanced."""
    from reluproof.theory import RootSum

    slack = RootSum.of_rational(network.weight_decay()) - network.path_cost()
    assert slack.sign() == (0 if network.is_balanced else 1)


def test_balancing():
    """(w, v) = (4, (3, 4)/20) scales to equal norms exactly when the factor is rational; dead neurons are cleared."""
    network = ReLUNetwork.from_parameters([(4, 1, ("3/20", "1/5")), (0, 2, (1, 1)), (3, 1, (0, 0))], (0, 0), (0, 0))
    balanced = network.balanced()
    assert balanced.is_balanced
    assert balanced.weight_decay() == 1 == network.path_cost().as_rational()
    assert all(balanced(x) == network(x) for x in range(-3, 4))
    with pytest.raises(ValueError, match="irrational"):
        ReLUNetwork.from_parameters([(1, 0, (1, 1))], (0, 0), (0, 0)).balanced()


@pytest.mark.parametrize("verdict", [Holds("e"), Refuted(1, "r"), DoesNotApply("h"), Undecided("u")])
def test_a_verdict_has_no_truth_value(verdict):
    """bool() raises for all four; only a refutation raises on demand, with a witness that pastes back."""
    with pytest.raises(TypeError, match="no truth value"):
        bool(verdict)
    if isinstance(verdict, Refuted):
        with pytest.raises(ClaimRefuted, match="witness: 1"):
            verdict.raise_if_refuted()
    else:
        verdict.raise_if_refuted()


def test_refutation_pastes_back_as_a_dataset():
    """The message of a refutation contains the dataset as Python source."""
    with pytest.raises(ClaimRefuted) as caught:
        Refuted(RUN_OF_THREE, "not so").raise_if_refuted()
    assert eval(str(caught.value).split("witness: ")[1]) == RUN_OF_THREE
