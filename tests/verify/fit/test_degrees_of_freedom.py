"""Degrees of freedom of several tasks: the trace formula against difference quotients of certified fits."""

import numpy as np
import pytest
from reluproof.verify.fit import fit

CASES = [(8, 2, 0.3), (12, 3, 0.5), (20, 2, 2.0), (15, 2, 0.05), (9, 4, 1.0), (4, 6, 0.3), (6, 12, 0.8)]


@pytest.mark.parametrize(("size", "tasks", "penalty"), CASES)
def test_against_difference_quotients(size, tasks, penalty):
    """Every entry of the labels moved in turn, both ways; the fits are certified to 1e-11 and better."""
    rng = np.random.default_rng(size)
    x = np.cumsum(rng.uniform(0.5, 1.5, size))
    y = rng.standard_normal((size, tasks))
    found = fit((x, y), penalty)
    step, total = 1e-5, 0.0
    for i in range(size):
        for t in range(tasks):
            moved = [y.copy(), y.copy()]
            moved[0][i, t] -= step
            moved[1][i, t] += step
            low, high = (fit((x, labels), penalty) for labels in moved)
            if low.support != high.support:
                pytest.skip("the step crosses a change of support")
            total += (high.labels[i, t] - low.labels[i, t]) / (2 * step)
    kinks = len(found.support)
    assert found.degrees_of_freedom == pytest.approx(total, abs=1e-4)
    assert 2 * tasks + kinks - 1e-9 <= found.degrees_of_freedom <= tasks * (kinks + 2) + 1e-9


def test_one_task_is_exact():
    """K + 2, an integer."""
    rng = np.random.default_rng(1)
    found = fit((np.arange(30.0), rng.standard_normal(30)), 1)
    assert found.degrees_of_freedom == len(found.support) + 2
    assert isinstance(found.degrees_of_freedom, int)
