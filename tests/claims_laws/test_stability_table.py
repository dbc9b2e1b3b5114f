"""Statement S: the bounds are never exceeded, and every line marked sharp or attained is reached to 0.99 at least."""

from itertools import pairwise

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory import Dataset, LinearSpline, RootSum
from reluproof.theory.optimum import connect_the_dots
from reluproof.theory.stability import end_slopes, excess, gap_bounds, violations
from reluproof.theory.vectors import scale, squared_length, subtract, zero
from reluproof.verify.strategies import datasets, from_kinks, interpolants, optima, points, through

TINY, NEAR = fmpq(1, 10**9), fmpq(1, 1000)
UNIFORM, UNEVEN = (0, 1, 2, 3), (-3, "-1/2", 7, "22/3")
ALMOST = fmpq(99, 100)


def data_with(x, *all_kinks):
    """The dataset at x with these kinks, a first slope and a first label."""
    vectors = [tuple(map(fmpq, kink)) for kink in all_kinks]
    tasks = len(vectors[0]) if vectors else 1
    return from_kinks(
        [RootSum.of_rational(p).as_rational() for p in x], vectors, (fmpq(1, 3),) * tasks, (fmpq(2),) * tasks
    )


def nudged(data, gap, part, kink):
    """Connect-the-dots with one more kink in a gap, taken from what lies beside it; and the place."""
    place = data.points[gap] + part * data.gaps[gap]
    flat = zero(data.tasks)
    return through(data, LinearSpline.from_knots(flat, flat, [(place, kink)])), place


def deviation_squared(data, f, x):
    """|f(x) - f_D(x)|^2."""
    return squared_length(subtract(f(x), connect_the_dots(data)(x)))


def share(data, gap, part, kink):
    """(|f - f_D| times the divisor, length times e), whose ratio is at most 1, for a nudge in the gap."""
    f, place = nudged(data, gap, part, kink)
    assert f.interpolates(data.points, data.labels)
    assert list(violations(data, f)) == []
    bound = list(gap_bounds(data))[gap]
    square = deviation_squared(data, f, place)
    return RootSum([square * term for term in bound.divisor.terms]), excess(data, f).scaled(bound.length)


ANGLES = {
    "acute": ((1, 0), (3, 4)),
    "small": ((10, 1), (10, -1)),
    "right": ((2, 0), (0, 5)),
    "obtuse": ((1, 1), (-3, 1)),
    "opposite": ((1, 2), (-2, -4)),
    "opposite, one task": ((1,), (-3,)),
    "three tasks": ((1, 2, 2), (0, -1, 4)),
}


@pytest.mark.parametrize("x", [UNIFORM, UNEVEN])
@pytest.mark.parametrize(("left", "right"), ANGLES.values(), ids=ANGLES)
def test_between_two_kinks_it_is_sharp(x, left, right):
    """A tiny kink along the one at an end, near that end: h e / (1 - cos theta), from either side."""
    data = data_with(x, left, right)
    for part, kink in ((NEAR, left), (1 - NEAR, right)):
        reached, bound = share(data, 1, part, scale(TINY, tuple(map(fmpq, kink))))
        assert bound.scaled(ALMOST) <= reached <= bound


@pytest.mark.parametrize("x", [UNIFORM, UNEVEN])
@pytest.mark.parametrize("kinks", [((1,), (0,)), ((-2, 1), (0, 0))])
def test_beside_one_zero_kink_it_is_sharp(x, kinks):
    """h e / 2, with the zero kink on either side."""
    for pair, part in ((kinks, NEAR), (kinks[::-1], 1 - NEAR)):
        data = data_with(x, *pair)
        reached, bound = share(data, 1, part, scale(TINY, tuple(map(fmpq, kinks[0]))))
        assert bound.scaled(ALMOST) <= reached <= bound


@pytest.mark.parametrize("x", [UNIFORM, UNEVEN])
@pytest.mark.parametrize("size", [fmpq(1, 100), fmpq(7), fmpq(-3)])
def test_between_zero_kinks_it_is_attained(x, size):
    """h e / 8 in the middle, at any size and in any direction."""
    for direction in ((1,), (3, 4), (1, -1)):
        data = data_with(x, zero(len(direction)), zero(len(direction)))
        reached, bound = share(data, 1, fmpq(1, 2), scale(size, tuple(map(fmpq, direction))))
        assert reached == bound


@pytest.mark.parametrize("x", [UNIFORM[:3], UNEVEN[:3]])
@pytest.mark.parametrize("kink", [(1,), (-2, 1)])
def test_in_the_outer_gaps_it_is_sharp(x, kink):
    """h e where the inner kink is not zero, near it, in the first gap and in the last."""
    data = data_with(x, kink)
    for gap, part in ((0, 1 - NEAR), (1, NEAR)):
        reached, bound = share(data, gap, part, scale(TINY, tuple(map(fmpq, kink))))
        assert bound.scaled(ALMOST) <= reached <= bound


def test_for_two_points_it_is_attained():
    """h e / 4 in the middle."""
    for size in (fmpq(5), fmpq(-1, 9)):
        reached, bound = share(data_with((-1, "5/2")), 0, fmpq(1, 2), (size,))
        assert reached == bound


@pytest.mark.parametrize("kink", [(1,), (3, -4)])
def test_outside_the_data_it_is_sharp(kink):
    """A kink on the last point: |f - f_D| = e dist(x, [x_1, x_N]) at every x beyond; on the first one likewise."""
    data, kink = data_with(UNEVEN, kink, kink), tuple(map(fmpq, kink))
    base = connect_the_dots(data)
    right = through(data, LinearSpline.from_knots(zero(data.tasks), zero(data.tasks), [(data.points[-1], kink)]))
    turned = subtract(base.slope, kink), tuple(o + data.points[0] * m for o, m in zip(base.offset, kink, strict=True))
    bent = [*zip(base.knots, base.kinks, strict=True), (data.points[0], kink)]
    left = LinearSpline.from_knots(*turned, bent)
    for f, x, distance in ((right, data.points[-1] + 9, 9), (left, data.points[0] - fmpq(1, 3), fmpq(1, 3))):
        assert f.interpolates(data.points, data.labels)
        assert list(violations(data, f)) == []
        assert RootSum([deviation_squared(data, f, x)]) == excess(data, f).scaled(distance)
    assert end_slopes(right)[0] == base.slope


@given(st.data())
def test_the_bounds_are_never_exceeded(data):
    """At the knots and between and beyond them, where the bound of the gap is evaluated here once more."""
    drawn = data.draw(datasets())
    f = data.draw(interpolants(drawn) | optima(drawn))
    assert list(violations(drawn, f)) == []
    e, bounds = excess(drawn, f), list(gap_bounds(drawn))
    part = data.draw(st.sampled_from([fmpq(k, 8) for k in range(1, 8)]))
    for gap, (left, right) in enumerate(pairwise(drawn.points)):
        if bounds[gap] is not None:
            square = deviation_squared(drawn, f, left + part * (right - left))
            assert RootSum([square * term for term in bounds[gap].divisor.terms]) <= e.scaled(right - left)
    for x, distance in ((drawn.points[0] - 40 * part, 40 * part), (drawn.points[-1] + part, part)):
        assert RootSum([deviation_squared(drawn, f, x)]) <= e.scaled(distance)


@given(points(4), st.sampled_from(list(ANGLES.values())))
def test_the_divisors_are_those_of_the_table(x, pair):
    """Written out: 1, 1 - cos theta, 1 for two kinks; 1, 2, 3 + sqrt 8 for one; 3 + sqrt 8, 8, 3 + sqrt 8 for none."""
    (u, v), flat = pair, zero(len(pair[0]))
    inner = sum(a * b for a, b in zip(u, v, strict=True))
    square = fmpq(inner * abs(inner), sum(a * a for a in u) * sum(b * b for b in v))
    one, outer = RootSum.of_rational(1), RootSum([9, 8])
    for kinks, expected in (
        ((u, v), [one, RootSum([1, -square]), one]),
        ((u, flat), [one, RootSum.of_rational(2), outer]),
        ((flat, flat), [outer, RootSum.of_rational(8), outer]),
    ):
        bounds = list(gap_bounds(data_with(x, *kinks)))
        assert [bound.divisor for bound in bounds] == expected
    aligned_pair = data_with(x, u, scale(fmpq(2), tuple(map(fmpq, u))))
    assert list(gap_bounds(aligned_pair))[1] is None
    assert next(gap_bounds(Dataset(x[:2], ((1,), (5,))))).divisor == RootSum.of_rational(4)
