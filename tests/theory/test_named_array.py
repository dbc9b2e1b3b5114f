"""What is no rectangular array is refused in words, however its rows and numbers are mixed."""

import pytest
from reluproof.theory.layers import LayersError
from reluproof.theory.named_array import exact_array


@pytest.mark.parametrize(
    "value", [[], [[]], [[1, 2], 3], [3, [1, 2]], [[1], [1, 2]], [[1, 2], [1]], [[1], "2"]], ids=str
)
def test_what_is_not_rectangular(value):
    """Empty, ragged, or rows beside numbers."""
    with pytest.raises(LayersError, match="w is not a rectangular array of numbers"):
        exact_array("w", value)


def test_one_and_two_dimensions():
    """A list of numbers is a vector, a list of one list is a matrix of one row."""
    assert (exact_array("b", [1, 2, 3]).shape, exact_array("b", [1, 2, 3]).rows) == ((3,), ((1, 2, 3),))
    assert (exact_array("w", [[1, 2, 3]]).shape, exact_array("w", [[1], [2]]).shape) == ((1, 3), (2, 1))
