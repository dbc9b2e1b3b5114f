"""The exhaustive search for the nearest labels with few decimals: what it may list, and that it lists no more."""

from itertools import product

import pytest
from flint import fmpq
from reluproof.theory import Dataset, decimal_search
from reluproof.theory.decimal_search import ball, exhaust

DATA = Dataset.from_fractions([0, 1, 2, 3], [0, "1/3", "-1/4", "2/5"])


@pytest.mark.parametrize("most_points", [0, 1, 100, 600, 1000, 1400, 2000, 3000, 6000])
def test_no_more_points_are_listed_than_allowed(most_points, monkeypatch):
    """The volume of a ball bounds their number beforehand; a search that would take more is not begun."""
    listed = []

    def counting(target, room):
        for choice in ball(target, room):
            listed.append(choice)
            yield choice

    monkeypatch.setattr(decimal_search, "ball", counting)
    found = exhaust(DATA, fmpq(1), fmpq(25), most_points)
    assert len(listed) <= most_points
    assert not found.complete
    assert found.square == 25


@pytest.mark.parametrize("step", [fmpq(1), fmpq(1, 2)], ids=str)
def test_the_nearest_of_all_labels_in_a_box(step):
    """Four labels, each tried at every multiple of the step nearby: kinks of one sign, both not 0."""
    found = exhaust(DATA, step, fmpq(25))

    def square(labels):
        return sum([(step * n - y) ** 2 for n, (y,) in zip(labels, DATA.labels, strict=True)], fmpq(0))

    aligned = [
        labels
        for labels in product(range(-4, 5), repeat=4)
        if (labels[0] - 2 * labels[1] + labels[2]) * (labels[1] - 2 * labels[2] + labels[3]) > 0
    ]
    assert found.complete
    assert found.square * step * step == min(map(square, aligned))
