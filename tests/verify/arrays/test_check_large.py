"""`check` on large input: the filter decides, says so, and finds the runs of exact arithmetic."""

import numpy
from reluproof.theory.alignment import runs_of
from reluproof.theory.dataset import Dataset
from reluproof.theory.optimum import kinks
from reluproof.verify.answers.answers import LARGE, answers
from reluproof.verify.check import check


def test_large_input_is_decided_by_the_filter_and_says_so():
    """Ties planted among Gaussian labels with two decimals: the same runs, of all lengths, as window by window."""
    source = numpy.random.default_rng(23)
    labels = source.integers(-200, 200, (LARGE, 2))
    labels[3::100], labels[2::100] = labels[::100], labels[1::100]
    data = Dataset.from_fractions(range(LARGE), [[f"{a}e-2", f"{b}e-2"] for a, b in labels.tolist()])
    found = answers(data)
    assert found.runs == runs_of(kinks(data))
    assert len(found.aligned_runs) >= 100
    assert found.decided_by.startswith("floating-point filter with error bounds (")
    numbers = [int(word.strip("()")) for word in found.decided_by.split() if word.strip("()").isdigit()]
    assert sum(numbers) == LARGE - 3
    assert 100 <= numbers[1] < LARGE / 2


def test_small_input_is_decided_exactly():
    """Below the limit nothing is rounded."""
    assert check(([0, 1, 2, 3], [0, 0, 1, 3])).decided_by == "exact rational arithmetic"
