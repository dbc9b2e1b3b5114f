"""How fast the probability of uniqueness decays with N: the largest eigenvalue of the transfer matrix, enclosed.

For a nonnegative irreducible matrix A and any positive vector x the spectral radius lies between the smallest and the
largest of (A x)_i / x_i (Collatz and Wielandt; Horn and Johnson, Matrix Analysis, 8.1). x comes from floating point and
may be wrong; the quotients are exact. A reducible matrix has the largest of the radii of its irreducible blocks.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CLOSE, _TINY = 1e-15, 1e-300
_MOST_STEPS, _MOST_SQUARED = 2000, 500
_FLOAT_BITS = 200
_PLAIN_STEPS = 200
_MOST_PRODUCTS = 10_000_000

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
    weights = matrix.values()
    wide = max(weights) >> _FLOAT_BITS > min(weights)
    vector = _wide_vector(matrix, size) if wide else [_dyadic(value) for value in _perron_vector(matrix, size)]
    images = [ZERO] * size
    for (i, j), weight in matrix.items():
        images[i] += weight * vector[j]
    quotients = [image / value for image, value in zip(images, vector, strict=True)]
    return min(quotients), max(quotients)


def _perron_vector(matrix: Matrix, size: int) -> "NDArray[Any]":
    """Approximate, and positive: by power iteration, and by squaring the matrix where that is slow and it is small."""
    import numpy
    from scipy.sparse import coo_array

    largest = max(matrix.values())
    entries = [weight / largest for weight in matrix.values()]
    sparse: Any = coo_array((entries, tuple(zip(*matrix, strict=True))), shape=(size, size)).tocsr()
    vector = numpy.ones(size)
    for _ in range(_MOST_STEPS):
        image = sparse @ vector
        quotients = image / vector
        if quotients.max() <= quotients.min() * (1 + _CLOSE):
            return vector
        # A share of the identity makes the block aperiodic without moving the eigenvector.
        vector = image + quotients.max() / 2 * vector
        vector = numpy.maximum(vector / vector.max(), _TINY)
    return vector if size > _MOST_SQUARED else _squared(sparse.toarray(), vector)


def _squared(dense: "NDArray[Any]", start: "NDArray[Any]") -> "NDArray[Any]":
    """The vector after 2^60 steps."""
    import numpy

    power = dense / dense.max() + numpy.eye(len(dense))
    for _ in range(60):
        power = power @ power
        power /= power.max()
    vector = power @ start
    positive: NDArray[Any] = numpy.maximum(vector / vector.max(), _TINY)
    return positive


def _wide_vector(matrix: Matrix, size: int) -> list[fmpq]:
    """The same where floats have no room for the weights: power iteration in balls, whose exponents have no bounds."""
    vector = [arb(1)] * size
    with ctx.workprec(128):
        for step in range(max(1, min(_MOST_STEPS, _MOST_PRODUCTS // len(matrix)))):
            images = [arb(0)] * size
            for (i, j), weight in matrix.items():
                images[i] += weight * vector[j]
            quotients = [(image / value).mid() for image, value in zip(images, vector, strict=True)]
            largest = max(quotients)
            if largest <= min(quotients) * (1 + _CLOSE):
                break
            # The share of the identity waits: with it, entries of 10^-1000 would take thousands of steps to get there.
            share = largest / 2 if step > _PLAIN_STEPS else arb(0)
            vector = [(image + share * value).mid() for image, value in zip(images, vector, strict=True)]
            scale = max(vector)
            vector = [(value / scale).mid() for value in vector]
    return [Enclosure.from_ball(value).lower for value in vector]


def _dyadic(value: float) -> fmpq:
    return fmpq(*value.as_integer_ratio())
