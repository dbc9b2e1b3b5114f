"""The floats of claim N leave out no pair that exact arithmetic would not leave out, whatever the units."""

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory import Dataset
from reluproof.verify.answers.answers import answers
from reluproof.verify.claims.n_margin import CLAIM, _is_farther, _not_clearly_farther, _Pair
from reluproof.verify.strategies import POSITIVE, datasets, planted_datasets

SERIES = Dataset.from_fractions(range(9), [(i * i % 7, i**3 % 11) for i in range(9)])
"""Pairs at many distances, none of them 0."""


def scaled(data, by):
    """The dataset with its labels in other units."""
    return Dataset(data.points, tuple([tuple([by * entry for entry in label]) for label in data.labels]))


def left_out(data, below):
    """The left points of the pairs that the floats say are farther away, and all findings."""
    found = answers(data)
    kept = set(_not_clearly_farther(found, below))
    return [left for left in range(1, data.size - 2) if left not in kept], found


@given(datasets(min_size=4) | planted_datasets(), st.sampled_from(POSITIVE), st.integers(-40, 40))
def test_what_is_left_out_is_farther(data, below, exponent):
    """Exactly, by copositivity; for bounds of any size beside the labels."""
    bound = below * fmpq(10) ** exponent
    pairs, found = left_out(data, bound)
    assert all(_is_farther(_Pair.of(found, left), bound) for left in pairs)


@pytest.mark.parametrize("nearly", [1 - fmpq(1, 10**18), fmpq(1), 1 + fmpq(1, 10**18)])
def test_near_the_bound_floats_say_nothing(nearly):
    """Below by less than floats tell apart: the pair is kept, and decided exactly."""
    found = answers(SERIES)
    (u, v), h = found.duality.curvatures[:2], found.data.gaps[:3]
    uu, vv, uv = (sum([a * b for a, b in zip(p, q, strict=True)], fmpq(0)) for p, q in ((u, u), (v, v), (u, v)))
    bound = (uu * vv - uv * uv) / (uu + vv) / (3 * (h[0] ** -2 + 2 * h[1] ** -2 + h[2] ** -2))
    assert 1 not in left_out(SERIES, bound * nearly)[0]
    assert 1 in left_out(SERIES, bound * fmpq(999, 1000))[0]


@pytest.mark.parametrize("exponent", [-2000, -400, -160, -60, -40, 40, 60, 160, 400, 2000])
def test_beyond_the_range_of_floats(exponent):
    """Whatever underflows or overflows is decided exactly: and the claim holds."""
    data = scaled(SERIES, fmpq(10) ** exponent)
    bound = answers(data).margin.squared().enclosure(64).lower / 100
    pairs, found = left_out(data, bound)
    assert all(_is_farther(_Pair.of(found, left), bound) for left in pairs)
    assert bool(pairs) is (abs(exponent) < 50)
    assert CLAIM.verdict_on(found).word == "holds"


def test_gaps_beyond_floats():
    """A gap of 10^400 says nothing about the others."""
    data = Dataset.from_fractions([*range(8), 10**400], SERIES.labels)
    assert left_out(data, fmpq(1, 10**6))[0] == []
    assert CLAIM.verdict_on(answers(data)).word == "holds"
