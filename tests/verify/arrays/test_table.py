"""The order of the points, wherever in a large array it is broken, and points that are equal, wherever they are."""

import numpy
import pytest
from reluproof.verify.arrays.table import Table
from reluproof.verify.reading import InputError

SIZE = (1 << 17) + 5
PLACES = [0, 1, (1 << 14) - 1, 1 << 14, (1 << 14) + 1, 25_000, (1 << 15) - 1, 1 << 15, 1 << 16, (1 << 16) + 1, 100_000]


@pytest.mark.parametrize("place", [*PLACES, (1 << 17) - 1, 1 << 17, SIZE - 2])
def test_two_points_exchanged(place):
    """Anywhere among 131,077 points: they are put in order, with their labels."""
    x = numpy.arange(float(SIZE))
    x[[place, place + 1]] = x[[place + 1, place]]
    points, labels = Table.of(x, -x).in_order().rows(0, SIZE)
    assert (points == numpy.arange(float(SIZE))).all()
    assert (labels[:, 0] == -points).all()


@pytest.mark.parametrize("size", [2, 3, (1 << 16) + 1, (1 << 16) + 2, SIZE])
@pytest.mark.parametrize("back", [0, 1, 40_000])
def test_two_equal_points(size, back):
    """The last two, the two before, two in the middle: named, whatever the order of the rows."""
    place = max(size - 2 - back, 0)
    x = numpy.arange(float(size))
    x[place + 1] = x[place]
    rows = numpy.random.default_rng(5).permutation(size)
    with pytest.raises(InputError, match=f"have the same x, {x[place]}: keep one of them"):
        Table.of(x[rows], x[rows]).sorted()
