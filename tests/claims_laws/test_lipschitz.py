"""Statements Y and Z in plain fractions: many points instead of knots, and constants that are sharp."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reluproof.theory import Dataset, LinearSpline
from reluproof.theory.lipschitz import farthest, lipschitz_squared, strays, unattained
from reluproof.theory.optimum import connect_the_dots
from reluproof.verify.strategies import datasets, interpolants, non_unique_with_optima

QUICK = settings(max_examples=40, deadline=None)


def plain(number):
    """A fraction."""
    return Fraction(int(number.p), int(number.q))


def at(f, x):
    """The value of a spline from its slope, offset and ramps, in fractions."""
    knots = [(plain(t), [plain(a) for a in m]) for t, m in zip(f.knots, f.kinks, strict=True)]
    start = [plain(a) * x + plain(b) for a, b in zip(f.slope, f.offset, strict=True)]
    return [v + sum((m[i] * (x - t) for t, m in knots if x > t), Fraction(0)) for i, v in enumerate(start)]


def squared(u, v):
    """|u - v|^2."""
    return sum(((a - b) ** 2 for a, b in zip(u, v, strict=True)), Fraction(0))


def table(data):
    """Points and labels in fractions."""
    return [plain(x) for x in data.points], [[plain(a) for a in label] for label in data.labels]


def squared_slopes(x, y):
    """|s_i|^2."""
    return [squared(v, u) / (b - a) ** 2 for (a, b), (u, v) in zip(pairwise(x), pairwise(y), strict=True)]


@QUICK
@given(non_unique_with_optima(), st.lists(st.fractions(-12, 12, max_denominator=20), min_size=2, unique=True))
def test_no_two_points_of_an_optimum_are_steeper_than_the_data(pair, places):
    """Difference quotients anywhere on the line, Euclidean and in l1."""
    data, f = pair
    x, y = table(data)
    steepest = max(squared_slopes(x, y))
    segments = zip(pairwise(x), pairwise(y), strict=True)
    in_l1 = max(sum(abs(b - a) for a, b in zip(u, v, strict=True)) / (q - p) for (p, q), (u, v) in segments)
    for p, q in pairwise(sorted(places)):
        u, v = at(f, p), at(f, q)
        assert squared(u, v) <= steepest * (q - p) ** 2
        assert sum(abs(b - a) for a, b in zip(u, v, strict=True)) <= in_l1 * (q - p)


@QUICK
@given(st.data())
def test_a_lipschitz_function_is_near(draws):
    """At points everywhere, with L from the pieces between knots; the other optimum within twice the distance."""
    data = draws.draw(datasets(max_size=6))
    g = draws.draw(interpolants(data))
    x, y = table(data)
    knots = [plain(t) for t in g.knots]
    ends = [min([*knots, x[0]]) - 1, *knots, max([*knots, x[-1]]) + 1]
    square = max(squared(at(g, a), at(g, b)) / (b - a) ** 2 for a, b in pairwise(sorted(set(ends))))
    assert square == plain(lipschitz_squared(g))
    for i, (a, b) in enumerate(pairwise(x)):
        slope = squared_slopes(x, y)[i]
        for k in range(1, 12):
            tau = Fraction(k, 12)
            place = a + tau * (b - a)
            line = [u + tau * (v - u) for u, v in zip(y[i], y[i + 1], strict=True)]
            assert squared(at(g, place), line) <= (square - slope) * tau * (1 - tau) * (b - a) ** 2


@QUICK
@given(datasets(max_size=6), st.data())
def test_the_bounds_are_reached_and_no_smaller_ones_hold(data, draws):
    """The farthest function goes through the data, has its Lipschitz constant, and is exactly that far away."""
    gap = draws.draw(st.integers(0, data.size - 2))
    g, place = farthest(data, gap)
    x, y = table(data)
    assert [at(g, t) for t in x] == y
    h, slope, square = x[gap + 1] - x[gap], squared_slopes(x, y)[gap], plain(lipschitz_squared(g))
    distance = squared(at(g, plain(place)), at(connect_the_dots(data), plain(place)))
    if data.tasks > 1:
        assert plain(place) == (x[gap] + x[gap + 1]) / 2
        assert distance == (square - slope) * h**2 / 4
    else:
        assert distance * 4 * square == (h * (square - slope)) ** 2
    assert distance > 0
    assert list(unattained(data)) == []


def test_one_task_has_less_room():
    """Slope 1, L = 2 on [0, 1]: 3/4 for one task, and sqrt(3)/2 for more, which is larger."""
    one, place = farthest(Dataset.from_fractions([0, 1], [0, 1]), 0)
    assert (plain(place), at(one, plain(place))[0] - plain(place)) == (Fraction(3, 4), Fraction(3, 4))
    assert Fraction(3, 4) ** 2 < Fraction(3, 4)


@pytest.mark.parametrize(
    ("g", "beyond"),
    [
        (LinearSpline((1,), (0,), (1,), ((-3,),)), Fraction(6)),
        (LinearSpline((-2,), (0,), (0,), ((3,),)), Fraction(-5)),
    ],
)
def test_outside_the_data_the_distance_is_reached(g, beyond):
    """f_D(x) = x; g turns to slope -2, so L = 2, at one end of [0, 1]: three times the distance, which is 5."""
    data = Dataset.from_fractions([0, 1], [0, 1])
    assert list(strays(data, g)) == []
    assert abs(at(g, beyond)[0] - beyond) == (2 + 1) * 5


def test_a_function_that_strays_is_noticed():
    """Steeper outside than the bound for its own L cannot be; a wrong dataset is: g does not go through it."""
    data = Dataset.from_fractions([0, 1, 2], [0, 0, 0])
    g = connect_the_dots(Dataset.from_fractions([0, 1, 2], [5, 5, 5])).bent([("1/2", (1,))])
    assert list(strays(data, g))
