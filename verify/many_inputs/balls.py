"""Small helpers on matrices of balls (flint.arb_mat)."""

from collections.abc import Sequence

import numpy
from flint import arb, arb_mat, fmpq, fmpq_mat

from .floats import Floats


def ball_matrix(rows: Sequence[Sequence[arb | fmpq]]) -> arb_mat:
    """The matrix with these rows."""
    return arb_mat(len(rows), len(rows[0]), [arb(entry) for row in rows for entry in row])


def as_balls(exact: fmpq_mat) -> arb_mat:
    """A rational matrix at the current precision."""
    return arb_mat(exact.nrows(), exact.ncols(), [arb(entry) for entry in exact.entries()])


def from_floats(values: Floats) -> arb_mat:
    """A matrix of exact balls from a two-dimensional array."""
    return arb_mat(values.shape[0], values.shape[1], [arb(float(entry)) for entry in values.ravel()])


def midpoints(balls: arb_mat) -> Floats:
    """The middles in double precision."""
    entries = [float(entry.mid()) for entry in balls.entries()]
    return numpy.array(entries).reshape(balls.nrows(), balls.ncols())


def cholesky(gram: arb_mat) -> arb_mat:
    """The lower triangular C with C C' = gram; ValueError if a pivot is not proved positive."""
    size = gram.nrows()
    found = arb_mat(size, size)
    for j in range(size):
        for i in range(j, size):
            rest = gram[i, j] - sum([found[i, k] * found[j, k] for k in range(j)], arb(0))
            if i == j and not rest > 0:
                raise ValueError("the matrix is not proved positive definite")
            found[i, j] = rest.sqrt() if i == j else rest / found[j, j]
    return found


def is_positive_definite(gram: arb_mat) -> bool:
    """Whether a symmetric matrix of balls is proved positive definite."""
    try:
        cholesky(gram)
    except ValueError:
        return False
    return True


def nonnegative_root(ball: arb) -> arb:
    """The square root of a number known to be nonnegative, though its enclosure may reach below 0."""
    low, high = ball.lower(), ball.upper()
    return (low if low > 0 else arb(0)).sqrt().union(high.sqrt() if high > 0 else arb(0))
