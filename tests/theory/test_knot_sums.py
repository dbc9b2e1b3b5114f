"""The running sums of hat functions, against hat functions evaluated at every point."""

from fractions import Fraction
from itertools import pairwise

from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory.dataset import Dataset
from reluproof.theory.knot_sums import KnotSums

COORDINATES = st.fractions(-5, 5, max_denominator=6)


@st.composite
def problems(draw):
    """Points, labels of two tasks, positive weights, and knots among the points that include both ends."""
    points = sorted(draw(st.sets(COORDINATES, min_size=3, max_size=8)))
    labels = [(draw(COORDINATES), draw(COORDINATES)) for _ in points]
    weights = [draw(st.fractions(Fraction(1, 5), 4, max_denominator=5)) for _ in points]
    inner = draw(st.sets(st.integers(1, len(points) - 2)))
    return points, labels, weights, [0, *sorted(inner), len(points) - 1]


def hat(points, knots, k, x):
    """The linear interpolant of the values 1 at knot k and 0 at the other knots, at x."""
    here = points[knots[k]]
    if x == here:
        return Fraction(1)
    neighbour = k + 1 if x > here else k - 1
    if not 0 <= neighbour < len(knots):
        return Fraction(0)
    there = points[knots[neighbour]]
    return max(Fraction(0), (there - x) / (there - here))


def exact(value):
    return Fraction(int(value.p), int(value.q))


@given(problems())
def test_gram_matrix_and_moments_are_sums_over_the_points(problem):
    """Phi^T W Phi and Phi^T W y, entry by entry, in the scaled units that the sums are kept in."""
    points, labels, weights, knots = problem
    as_flint = [fmpq(w.numerator, w.denominator) for w in weights]
    sums = KnotSums(Dataset.from_fractions(points, labels), as_flint)
    w_unit, y_unit = exact(sums.w_unit), exact(sums.y_unit)
    hats = [[hat(points, knots, k, x) for x in points] for k in range(len(knots))]
    diagonal, off = sums.gram(knots)
    assert [exact(value) for value in diagonal] == [
        sum(w_unit * w * a * a for w, a in zip(weights, row, strict=True)) for row in hats
    ]
    assert [exact(value) for value in off] == [
        sum(w_unit * w * a * b for w, a, b in zip(weights, row, after, strict=True)) for row, after in pairwise(hats)
    ]
    for task in range(2):
        missed = [y_unit * (label[task] - labels[0][task]) for label in labels]
        assert [exact(value) for value in sums.moments(knots, task)] == [
            sum(w_unit * w * a * y for w, a, y in zip(weights, row, missed, strict=True)) for row in hats
        ]
