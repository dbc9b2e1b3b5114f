"""One task: the fit is exact, and exhaustive search over supports and signs finds the same."""

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.regularised import brute_force
from reluproof.theory import Dataset
from reluproof.theory.knot_fit import dual_of
from reluproof.theory.knot_sums import KnotSums
from reluproof.theory.one_task_fit import OneTaskSystem, Signed
from reluproof.theory.regularised import Regularised, gap
from reluproof.verify.fit import pivoting
from reluproof.verify.fit.certified import fit

SMALL = st.sampled_from([Fraction(n, d) for n in range(-4, 5) for d in (1, 2, 3)])
POSITIVE = st.sampled_from([Fraction(n, d) for n in range(1, 7) for d in (1, 2, 5)])


@st.composite
def tables(draw, largest=7, smallest=2):
    """(x, y, w, lambda), small fractions, degenerate on purpose."""
    size = draw(st.integers(smallest, largest))
    gaps = draw(st.lists(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3)]), min_size=size, max_size=size))
    x = [sum(gaps[:k], Fraction(0)) for k in range(size)]
    y = draw(st.lists(SMALL, min_size=size, max_size=size))
    w = draw(st.one_of(st.just([Fraction(1)] * size), st.lists(POSITIVE, min_size=size, max_size=size)))
    return x, y, w, draw(POSITIVE)


def plain(value):
    return Fraction(int(value.p), int(value.q))


@given(tables(largest=6))
@settings(max_examples=300)
def test_exhaustive_search_finds_the_same(table):
    """Values, kinks, optimal value; with weights too."""
    x, y, w, penalty = table
    z, d, value = brute_force(x, y, w, penalty)
    found = fit(Dataset.from_fractions(x, y), penalty, weights=w)
    assert [plain(row[0]) for row in found.exact_values()] == z
    assert found.support == tuple(j + 1 for j, kink in enumerate(d) if kink)
    assert plain(found.exact_objective().as_rational() or fmpq(0)) == value
    lower, upper = found.objective.lower, found.objective.upper
    assert plain(lower) <= value <= plain(upper)
    square = sum(weight * (a - b) ** 2 for weight, a, b in zip(w, y, z, strict=True))
    assert plain(found.residual_square.lower) <= square <= plain(found.residual_square.upper)
    signs = [0, *[(k > 0) - (k < 0) for k in d], 0]
    assert found.unique == all(a * b != 1 for a, b in pairwise(signs[1:-1]))


@given(tables(smallest=7))
@settings(max_examples=20)
def test_exhaustive_search_of_seven_points(table):
    """All supports and signs of five kinks."""
    _same_values(*table)


@pytest.mark.slow
@given(tables(largest=7))
@settings(max_examples=3000)
def test_exhaustive_search_finds_the_same_thoroughly(table):
    """Up to seven points."""
    _same_values(*table)


def _same_values(x, y, w, penalty):
    z, _, _ = brute_force(x, y, w, penalty)
    assert [plain(row[0]) for row in fit(Dataset.from_fractions(x, y), penalty, weights=w).exact_values()] == z


@given(tables(largest=30), st.data())
def test_any_start_ends_in_the_same_fit(table, data):
    """Pivoting from nothing and from random signs; the exact gap of what it finds is 0."""
    x, y, w, penalty = table
    problem = Regularised(Dataset.from_fractions(x, y), penalty, tuple(map(fmpq_of, w)))
    system = OneTaskSystem(KnotSums(problem.data, problem.weights), problem.penalty)
    inner = range(1, len(x) - 1)
    signs = data.draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=len(inner), max_size=len(inner)))
    start = [(j, s) for j, s in zip(inner, signs, strict=True) if s]
    found = pivoting.solve(system, Signed(tuple(j for j, _ in start), tuple(s for _, s in start)))
    plainly = pivoting.solve(system, Signed((), ()))
    assert (found.support, found.values, found.tight) == (plainly.support, plainly.values, plainly.tight)
    candidate = system.fit(found.support, found.values, problem.penalty)
    assert gap(problem, *dual_of(problem, candidate)).is_zero


def fmpq_of(value):
    return fmpq(value.numerator, value.denominator)


@given(tables(largest=12))
def test_equality_without_a_kink_is_seen(table):
    """The points called tight are those with |v| = lambda and no kink."""
    x, y, w, penalty = table
    found = fit(Dataset.from_fractions(x, y), penalty, weights=w)
    problem = Regularised(found.noisy.data, found.penalty, found.noisy.exact[1])
    _, v = dual_of(problem, found.exact)
    square = found.penalty**2
    assert found.tight == tuple(j for j, row in enumerate(v) if row[0] ** 2 == square and j not in found.exact.knots)
