"""How fast the probability of uniqueness decays with N: the largest eigenvalue of the transfer matrix, enclosed.

For a nonnegative irreducible matrix A and any positive vector x the spectral radius lies between the smallest and the
largest of (A x)_i / x_i (Collatz and Wielandt; Horn and Johnson, Matrix Analysis, 8.1). x comes from floating point and
may be wrong; the quotients are exact. A reducible matrix has the largest of the radii of its irreducible blocks.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO

if TYPE_CHECKING:
    from numpy.typing import NDArray

Matrix = Mapping[tuple[int, int], int]
"""Nonzero entries {(row, column): positive integer}."""


def spectral_radius(matrix: Matrix, size: int) -> Enclosure:
    """An enclosure of the largest eigenvalue of a nonnegative matrix, of relative width about 1e-14."""
    lower = upper = ZERO
    for block in _irreducible_blocks(matrix, size):
        places = {state: place for place, state in enumerate(block)}
        inner = {(places[i], places[j]): w for (i, j), w in matrix.items() if i in places and j in places}
        if inner:
            low, high = _collatz_wielandt(inner, len(block))
            lower, upper = max(lower, low), max(upper, high)
    return Enclosure(lower, upper)


def _irreducible_blocks(matrix: Matrix, size: int) -> list[list[int]]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    rows, columns = [i for i, _ in matrix], [j for _, j in matrix]
    graph: Any = coo_array(([1] * len(rows), (rows, columns)), shape=(size, size)).tocsr()
    count, member = connected_components(graph, directed=True, connection="strong")
    blocks: list[list[int]] = [[] for _ in range(count)]
    for state, block in enumerate(member):
        blocks[block].append(state)
    return blocks


def _collatz_wielandt(matrix: Matrix, size: int) -> tuple[fmpq, fmpq]:
    vector = [_dyadic(value) for value in _perron_vector(matrix, size)]
    images = [ZERO] * size
    for (i, j), weight in matrix.items():
        images[i] += weight * vector[j]
    quotients = [image / value for image, value in zip(images, vector, strict=True)]
    return min(quotients), max(quotients)


def _perron_vector(matrix: Matrix, size: int) -> "NDArray[Any]":
    """Approximate, and positive."""
    import numpy

    dense = numpy.zeros((size, size))
    for (i, j), weight in matrix.items():
        dense[i, j] = weight
    dense /= dense.max()
    vector = numpy.ones(size)
    # Adding the identity makes the block aperiodic without moving the eigenvector; squaring makes the power long.
    power = dense + numpy.eye(size)
    for _ in range(60):
        power = power @ power
        power /= power.max()
    vector = power @ vector
    positive: NDArray[Any] = numpy.maximum(vector / vector.max(), 1e-300)
    return positive


def _dyadic(value: float) -> fmpq:
    return fmpq(*value.as_integer_ratio())
