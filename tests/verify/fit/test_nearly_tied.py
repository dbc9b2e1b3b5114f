"""Kinks that float64 cannot tell from zero: rounded labels and a small lambda tie |v| with lambda, or nearly so."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from reluproof.verify import fit_checker
from reluproof.verify.fit import fit


def rounded(seed, size, tasks):
    """Integer labels of a smooth signal: many kinks of the labels are multiples of (1, 0) or (0, 1), or 0."""
    rng = np.random.default_rng(seed)
    t = np.arange(size) / size
    signal = np.stack([3 * np.sin((5 + k) * t) + 5 * abs(t - 0.3 - 0.1 * k) for k in range(tasks)], 1)
    return np.arange(size, dtype=float), np.round(signal + 0.3 * rng.standard_normal((size, tasks)))


def judged(found):
    """The statement of the certificate, judged by the checker that stands alone."""
    lines = list(found.certificate())
    return fit_checker.Proof(iter([line.encode() for line in lines])).run()["statement"]


@pytest.mark.parametrize("seed", range(12))
def test_every_kink_is_decided(seed):
    x, y = rounded(seed, 60, 2)
    found = fit((x, y), Fraction(1, 10**8))
    assert found.undecided == ()
    assert found.unique is not None
    assert len(found.support) < 58
    statement = judged(found)
    assert sum(statement["kinks"].values()) == 58


def exact_one_task(labels, penalty):
    """The dual of one task on points 0..N-1 by all signs of all supports, for a penalty that is a fraction: N = 6."""
    n = len(labels)
    for support in itertools.product((-1, 0, 1), repeat=n - 2):
        knots = [0, *[j + 1 for j, s in enumerate(support) if s], n - 1]
        basis = [[hat(knots, k, i) for i in range(n)] for k in range(len(knots))]
        turn = [Fraction(0)] * n
        for j, s in enumerate(support):
            for place, factor in ((j, 1), (j + 1, -2), (j + 2, 1)):
                turn[place] += factor * s * penalty
        right = [sum(h * (y - t) for h, y, t in zip(row, labels, turn, strict=True)) for row in basis]
        z = solved([[sum(a * b for a, b in zip(r, q, strict=True)) for q in basis] for r in basis], right)
        values = [sum(z[k] * basis[k][i] for k in range(len(knots))) for i in range(n)]
        kinks = [values[j] - 2 * values[j + 1] + values[j + 2] for j in range(n - 2)]
        residual = [y - v for y, v in zip(labels, values, strict=True)]
        dual = [sum((j + 1 - i) * residual[i] for i in range(j + 1)) for j in range(n - 2)]
        signs_right = all(s * d > 0 if s else d == 0 for s, d in zip(support, kinks, strict=True))
        if signs_right and all(abs(v) <= penalty for v in dual):
            return {j + 1 for j, s in enumerate(support) if s}
    raise AssertionError("no support is right")


def hat(knots, k, i):
    """The hat function of knot k at the point i."""
    for a, b in itertools.pairwise(knots):
        if a <= i <= b and knots[k] in (a, b):
            return Fraction(b - i, b - a) if knots[k] == a else Fraction(i - a, b - a)
    return Fraction(0)


def solved(matrix, right):
    """Elimination with fractions."""
    n = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(n):
        pivot = next(r for r in range(k, n) if rows[r][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [v / rows[k][k] for v in rows[k]]
        for r in range(n):
            if r != k:
                rows[r] = [a - rows[r][k] * b for a, b in zip(rows[r], rows[k], strict=True)]
    return [row[-1] for row in rows]


@pytest.mark.parametrize("word", ["010101", "001011", "011010", "010010", "001100", "010110"])
@pytest.mark.parametrize("penalty", [Fraction(1, 10), Fraction(1, 3), Fraction(1, 100)])
def test_one_hot_labels_are_decided_where_the_dual_is_tied(word, penalty):
    """Two classes: one direction of length sqrt 2. The support is that of one task at lambda / sqrt 2 on both sides."""
    labels = [Fraction(int(letter)) for letter in word]
    found = fit((np.arange(6.0), np.array([[1 - int(c), int(c)] for c in word], float)), penalty)
    below, above = (penalty / root for root in (Fraction(14142136, 10**7), Fraction(14142135, 10**7)))
    supports = [exact_one_task(labels, value) for value in (below, above)]
    assert supports[0] == supports[1]
    assert found.undecided == ()
    assert set(found.support) == supports[0]


def test_weights_do_not_tie():
    """Weights over six orders: decided, and judged by exact arithmetic."""
    x, y = rounded(3, 50, 2)
    weights = 10.0 ** np.random.default_rng(3).uniform(-3, 3, 50)
    found = fit((x, y), Fraction(1, 10**8), weights=weights)
    assert found.undecided == ()
    assert Fraction(judged(found)["gap"]) < Fraction(1, 10**20)
