"""Vectors of very many coordinates."""

from flint import fmpq
from reluproof.theory.vectors import dots, squared_lengths


def test_inner_products_of_very_many_coordinates():
    """No stack grows with the number of tasks: nested iterators, one for each, ended the interpreter."""
    u, v = (tuple([fmpq(entry)] * 200_000) for entry in (3, 5))
    assert squared_lengths([u, v]) == [1_800_000, 5_000_000]
    assert dots([u, v], [v, u]) == [3_000_000, 3_000_000]
