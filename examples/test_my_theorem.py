"""A theorem of one's own, tested by `pytest examples/test_my_theorem.py` and by `reluproof hunt`."""

from itertools import pairwise

from hypothesis import given
from reluproof.theory import Dataset, connect_the_dots, is_unique
from reluproof.verify.strategies import datasets


def claim(data: Dataset) -> bool:
    """With the midpoint of every gap of connect-the-dots added to the data, it is the only optimum."""
    points = sorted([*data.points, *[(left + right) / 2 for left, right in pairwise(data.points)]])
    return is_unique(Dataset(points, [connect_the_dots(data)(x) for x in points]))


@given(datasets(max_size=8))
def test_midpoints_make_the_optimum_unique(data: Dataset) -> None:
    """Between two kinks there is a zero kink then, and so no run."""
    assert claim(data)
