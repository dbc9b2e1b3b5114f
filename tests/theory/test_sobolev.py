"""Whether a spline is the interpolant of given kernel coefficients: against the kernel summed in plain fractions."""

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import fmpq
from hypothesis import given
from reluproof.theory import Dataset, LinearSpline, connect_the_dots
from reluproof.theory.sobolev import is_minimum_norm, kernel_coefficients
from reluproof.verify.strategies import datasets

DATA = Dataset.from_fractions([0, 1, 2, 4], [[0, 1], [0, 0], [1, 2], [3, 2]])
F = connect_the_dots(DATA)
ALPHA = kernel_coefficients(DATA)


def plain(value):
    """As a fraction of the standard library."""
    return Fraction(int(value.p), int(value.q))


@given(datasets())
def test_the_interpolant_is_connect_the_dots(data):
    """At data points and midpoints: sum alpha_i (1 + min(x, x_i) - x_1)."""
    f, coefficients = connect_the_dots(data), kernel_coefficients(data)
    assert is_minimum_norm(f, data.points, coefficients)
    places = [*data.points, *[(left + right) / 2 for left, right in pairwise(data.points)]]
    for task, alpha in enumerate(coefficients):
        for place in places:
            sections = [1 + min(plain(place), plain(x)) - plain(data.points[0]) for x in data.points]
            assert sum(plain(a) * k for a, k in zip(alpha, sections, strict=True)) == plain(f(place)[task])


@pytest.mark.parametrize(
    "other",
    [
        (ALPHA[0], (*ALPHA[1][:-1], ALPHA[1][-1] + 1)),
        (ALPHA[0], (ALPHA[1][0] + fmpq(1, 10**40), *ALPHA[1][1:])),
        (ALPHA[1], ALPHA[0]),
        (ALPHA[0], ALPHA[1][:-1]),
        (ALPHA[0], (*ALPHA[1], fmpq(0))),
        (ALPHA[0], ()),
    ],
)
def test_other_coefficients(other):
    """One entry off, however little, the tasks exchanged, too few or too many entries."""
    assert not is_minimum_norm(F, DATA.points, other)


@pytest.mark.parametrize(
    "g",
    [
        LinearSpline.from_knots((0, 0), (0, fmpq(1, 10**40)), []),
        LinearSpline.from_knots((0, 0), (0, 0), [(3, (1, 0)), ("7/2", (-2, 0)), (4, (1, 0))]),
        LinearSpline.from_knots((1, 0), (0, 0), [(1, (-1, 0))]),
        LinearSpline.from_knots((0, 0), (0, 0), [(1, (1, 0)), (2, (-1, 0))]),
        LinearSpline.from_knots((0, 0), (0, 0), [(1, (1, 0)), (2, (-2, 0))]),
        LinearSpline.from_knots((0, 0), (0, 0), [(2, (0, fmpq(1, 10**40)))]),
    ],
)
def test_another_function(g):
    """Raised by next to nothing, a bump between two points, another slope first, in the middle, last."""
    assert not is_minimum_norm(F + g, DATA.points, ALPHA)


def test_beyond_the_data_nothing_is_asked():
    """The interpolant is constant there, connect-the-dots is not."""
    assert is_minimum_norm(F + LinearSpline.from_knots((0, 0), (0, 0), [(5, (1, 1))]), DATA.points, ALPHA)
