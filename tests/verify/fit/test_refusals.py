"""What no fit can do is said in one line; what looks odd but is right is answered."""

from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from reluproof.verify import InputError
from reluproof.verify.fit import fit
from reluproof.verify.fit.choose import choose
from reluproof.verify.fit.noisy import Noisy
from reluproof.verify.fit.observations import read_observations


def labels(tasks):
    return np.random.default_rng(0).standard_normal((12, tasks))


def weighted(largest):
    """Weights 1 but for one of this size and one of its inverse."""
    weights = np.ones(12)
    weights[3], weights[7] = largest, 1 / largest
    return weights


@pytest.mark.parametrize("largest", [1e150, 1e300])
def test_bounds_that_say_nothing_are_refused(largest):
    """One task is exact all the same; several are refused, never answered with a gap of 1e116."""
    x = np.arange(12.0)
    assert fit((x, labels(1)), 0.3, weights=weighted(largest)).is_exact
    with pytest.raises(InputError):
        fit((x, labels(2)), 0.3, weights=weighted(largest))


@pytest.mark.parametrize("largest", [1e12, 1e30, 1e100])
def test_weights_of_many_orders_are_proved(largest):
    found = fit((np.arange(12.0), labels(2)), 0.3, weights=weighted(largest))
    assert found.relative_gap < fmpq(1, 10**12)
    assert found.undecided == ()


def test_labels_that_are_nearly_a_line_are_answered():
    """Rounding of 1e-17 is noise like any other: P* is tiny and its bounds are good."""
    x = np.arange(12.0)
    found = fit((x, np.stack([0.1 * x, 0.3 * x + 0.7], 1)), 0.5)
    assert found.objective.lower > 0
    assert found.relative_gap < fmpq(1, 10**12)


@pytest.mark.parametrize("kind", [Fraction, str, int])
def test_weights_may_be_any_rationals(kind):
    given = [kind(v) for v in (1, 2, 3, 1, 1, 5)]
    x, y = [0, 0, 1, 2, 3, 4], [1, 2, 0, 3, 1, 0]
    assert (
        fit((x, y), "1/3", weights=given).exact_objective()
        == fit((x, y), "1/3", weights=[1.0, 2, 3, 1, 1, 5]).exact_objective()
    )
    assert fit((np.arange(6.0), np.sin(np.arange(6.0))), "1/3", weights=["1/3"] * 6).is_exact


@pytest.mark.parametrize("given", [["a"] * 6, [None] * 6, ["-1/2"] * 6, [0] * 6, [float("nan")] * 6, [1] * 5])
def test_weights_that_are_none(given):
    with pytest.raises(InputError):
        fit((np.arange(6.0), np.sin(np.arange(6.0))), "1/3", weights=given)


@pytest.mark.parametrize("wanted", ["1", "99", "13/2"])
def test_degrees_of_freedom_that_no_fit_has(wanted):
    """Between 2 T and N T."""
    with pytest.raises(InputError, match="between 2 T = 2 and N T = 6"):
        choose(Noisy.of((np.arange(6.0), np.sin(np.arange(6.0)))), f"df:{wanted}")


def test_weights_are_no_label(tmp_path):
    """Their column is not named among the labels."""
    path = tmp_path / "w.csv"
    path.write_text("x,y,w\n0,1,1\n1,0,1/2\n2,3,1\n")
    source = read_observations(str(path), "w").source
    assert source.task_names == ("y",)
    assert source.notes == ("the weights are 'w'",)


def test_at_lambda_max_and_beside_it():
    """Exactly there the line, with one point where |v| = lambda; the kink appears a part in 10^40 below."""
    x, y = range(5), ["0.123456789012345678901234567890", "1.1", "0.3", "-0.999999999999999999999999999999", "0"]
    top = fit((list(x), [Fraction(v) for v in y]), "0.1").lambda_max.lower
    data = (list(x), [Fraction(v) for v in y])
    step = top / 10**40
    at, below, above = (fit(data, value) for value in (top, top - step, top + step))
    assert at.support == above.support == ()
    assert len(at.tight) == 1
    assert above.tight == ()
    assert below.support == at.tight
