"""Labels with few decimals: where all kinks at the pair vanish, the task that bends is the one where it costs least."""

import pytest
from flint import fmpq
from reluproof.theory import Dataset, decimal_labels, is_unique
from reluproof.theory.decimal_labels import nearest_with_decimals
from reluproof.theory.decimal_search import Exhausted

NEARLY_BENT, STRAIGHT = ("2/5", 0, 0, "2/5"), (0, 0, 0, 0)


@pytest.mark.parametrize("columns", [(NEARLY_BENT, STRAIGHT), (STRAIGHT, NEARLY_BENT)], ids=["first", "second"])
@pytest.mark.parametrize("search", [True, False], ids=["with the search", "by the lattices alone"])
def test_the_task_that_bends(columns, search, monkeypatch):
    """(1, 0, 0, 1) costs 2 (3/5)^2 where the labels nearly are that, and 2 where they are 0."""
    if not search:
        monkeypatch.setattr(decimal_labels, "exhaust", lambda data, unit, bound: Exhausted(False, bound))
    data = Dataset.from_fractions([0, 1, 2, 3], list(zip(*columns, strict=True)))
    found, proved = nearest_with_decimals(data, 0)
    assert proved is search
    assert found.squared_distance == fmpq(18, 25)
    assert not is_unique(found.dataset)
