"""Several tasks: what float64 certifies is true, judged by exact rationals, by hundreds of digits and by Clarabel."""

import numpy as np
import pytest
from array_sets import noisy
from flint import fmpq
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle.regularised import largest_lambda
from reluproof.theory import Dataset
from reluproof.theory.knot_fit import spline_labels
from reluproof.theory.optimum import kinks
from reluproof.theory.root_sum import enclose_roots
from reluproof.theory.vectors import squared_length, subtract
from reluproof.verify.fit import bounds, solver
from reluproof.verify.fit.certified import fit, positive
from reluproof.verify.fit.clarabel_fit import solve as clarabel
from reluproof.verify.fit.noisy import Noisy
from reluproof.verify.fit.refine import Refinement
from reluproof.verify.reading import InputError
from strategies import noisy_problems


@given(noisy_problems())
@settings(max_examples=400)
def test_gap_of_every_family(problem):
    """A relative gap of 1e-12, or the exact answer."""
    _small_gap(*problem)


@pytest.mark.slow
@given(noisy_problems(largest=300))
@settings(max_examples=5000)
def test_gap_of_every_family_thoroughly(problem):
    """The same for larger data, thousands of times."""
    _small_gap(*problem)


@given(noisy_problems(), st.integers(0, 2**32 - 1))
@example(("collinear", *noisy("collinear", 14, 2, 6), 0.1), 6)
@example(("collinear", *noisy("collinear", 19, 3, 11), 0.1), 11)
@example(("collinear", *noisy("collinear", 9, 3, 21), 0.1), 21)
@settings(max_examples=150)
def test_gap_with_weights_over_six_orders(problem, seed):
    """The same. The examples have kinks of rounding size whose directions no ball arithmetic can bound."""
    weights = 10.0 ** np.random.default_rng(seed).uniform(-3, 3, len(problem[1]))
    _small_gap(*problem, weights)


def _small_gap(name, x, y, share, weights=None):
    top = largest_lambda(x, y)
    if top > 1e-300:
        found = fit((x, y), share * top, weights=weights)
        assert found.is_exact or found.relative_gap <= fmpq(1, 10**12), (name, share)


def test_thousands_of_tasks():
    """Two tasks, each given 1600 times and divided by 40: lengths are the same, and so are optimum and kinks."""
    rng = np.random.default_rng(3)
    x, y = np.arange(9.0), rng.integers(-40, 41, (9, 2)).astype(float) * 40
    few = fit((x, y), 200)
    many = fit((x, np.repeat(y / 40, 1600, axis=1)), 200)
    assert many.support == few.support
    assert many.unique is few.unique is True
    assert many.relative_gap <= fmpq(1, 10**12)
    assert many.objective.lower <= few.objective.upper
    assert few.objective.lower <= many.objective.upper


def test_too_many_tasks_for_more_digits():
    """Aligned kinks of two tasks, each given 1600 times: their exact fit would need 10 GB, so uniqueness stays open."""
    y = np.array([(0, 0), (-2, -2), (-3, -3), (-2, 0), (2, 0)]) * 40.0
    data = np.arange(5.0), np.repeat(y / 40, 1600, axis=1)
    found = fit(data, 8)
    assert found.unique is None
    assert found.support == (1, 2, 3)
    assert found.relative_gap <= fmpq(1, 10**12)
    with pytest.raises(InputError, match="more digits of 3200 tasks would take too much memory"):
        fit(data, 8, digits=40)


@given(noisy_problems(largest=25, most_tasks=3))
@settings(max_examples=200)
def test_bounds_hold_in_four_hundred_bits(problem):
    """Distance, objective, residual, zero and nonzero kinks of the float certificate against 60 certified digits."""
    _, x, y, share = problem
    top = largest_lambda(x, y)
    if not top > 1e-300:
        return
    penalty = positive(share * top)
    noisy = Noisy.of((x, y))
    arrays = noisy.problem(penalty)
    found = solver.candidate(arrays)
    proved = bounds.certify(arrays, found)
    truth = fit(noisy, penalty, digits=60)
    if truth.distance > fmpq(1, 10**40):  # a kink too near to 0 for this many digits
        return
    known = truth.exact or truth.refined

    z = spline_labels(noisy.data.points, known.knots, known.values)
    line = [
        [fmpq(*v.as_integer_ratio()) + fmpq(*o.as_integer_ratio()) + (p - 0) * fmpq(*s.as_integer_ratio())
         for v, o, s in zip(row, arrays.offset.tolist(), arrays.slope.tolist(), strict=True)]
        for row, p in zip(found.values.tolist(), [noisy.data.points[k] for k in found.knots], strict=True)
    ]  # fmt: skip
    candidate = spline_labels(noisy.data.points, found.knots.tolist(), line)
    off = sum([squared_length(subtract(tuple(a), tuple(b))) for a, b in zip(candidate, z, strict=True)], fmpq(0))
    slack = fmpq(1, 10**38)
    excess = _objective(noisy, penalty, candidate) - (truth.objective.upper - noisy.scatter)
    if np.isfinite(proved.distance):
        assert excess <= fmpq(*proved.gap.as_integer_ratio()) + slack * (1 + truth.objective.upper)
        assert off <= fmpq(*proved.distance.as_integer_ratio()) ** 2 + slack
        assert fmpq(*proved.objective[0].as_integer_ratio()) <= truth.objective.upper - truth.noisy.scatter
        assert fmpq(*proved.objective[1].as_integer_ratio()) >= truth.objective.lower - truth.noisy.scatter
        assert fmpq(*proved.residual_square[0].as_integer_ratio()) <= truth.residual_square.upper
        assert fmpq(*proved.residual_square[1].as_integer_ratio()) >= truth.residual_square.lower
    nonzero = set(truth.support)
    assert not nonzero & set(np.flatnonzero(proved.zero).tolist())
    certainly = set(found.knots[1:-1][proved.nonzero].tolist())
    assert certainly <= nonzero | set(truth.undecided)


@given(noisy_problems(largest=30, most_tasks=3, families=("smooth", "rounded", "one-hot", "noiseless", "integrated")))
@settings(max_examples=60)
def test_clarabel_agrees_within_its_accuracy(problem):
    """The same optimal value and labels from a solver that shares nothing with ours."""
    _, x, y, share = problem
    top = largest_lambda(x, y)
    if not top > 1e-9 or not 1e-5 < share < 0.99:
        return
    found = fit((x, y), share * top)
    value, labels = clarabel(x, y, np.ones(len(x)), share * top)
    # It stops at a gap of 1e-8 relative to its own objective, which leaves out the constant 1/2 |y|^2.
    accuracy = 1e-6 * (1 + 0.5 * float((y**2).sum()))
    assert abs(value - float(found.objective.upper)) <= accuracy
    assert ((labels - found.labels) ** 2).sum() <= 4 * accuracy


def _objective(noisy, penalty, z):
    """P(Z) from below, to 400 bits: every kink of the candidate counts, rounded or not."""
    lengths = [squared_length(d) for d in kinks(Dataset(noisy.data.points, tuple(z)))]
    return noisy.regularised(penalty).loss(z) + penalty * enclose_roots(lengths, 400).lower


def test_more_digits():
    """Thirty more digits: nearer, inside the old bounds, everything still decided."""
    rng = np.random.default_rng(5)
    x, y = np.arange(40.0), rng.standard_normal((40, 3))
    few, many = fit((x, y), 0.5), fit((x, y), 0.5, digits=50)
    assert many.distance <= fmpq(1, 10**50) < few.distance
    assert few.objective.lower <= many.objective.lower <= many.objective.upper <= few.objective.upper
    assert (many.support, many.undecided, many.unique) == (few.support, (), few.unique)


def test_the_refined_certificate_does_not_need_a_good_support():
    """A knot too few: the dual is too long somewhere, is projected, and the bound is large but true."""
    rng = np.random.default_rng(6)
    data = Dataset.from_arrays(np.arange(20.0), rng.standard_normal((20, 2)))
    noisy = Noisy.of(data)
    penalty = fmpq(1, 2)
    arrays = noisy.problem(penalty)
    found = solver.candidate(arrays)
    keep = np.ones(len(found.knots), bool)
    keep[len(keep) // 2] = False
    fewer = type(found)(found.knots[keep], found.values[keep], found.directions[keep[1:-1]], found.lengths[keep[1:-1]])
    refined = Refinement(noisy.regularised(penalty), noisy.sums, arrays, fewer).to(30)
    good = fit(noisy, penalty)
    assert refined.gap > fmpq(1, 10**6)
    assert refined.objective.lower <= good.objective.upper
    assert refined.objective.upper >= good.objective.lower
