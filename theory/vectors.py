"""Vectors of Q^T as tuples: the few operations that the theory needs."""

from flint import fmpq

from .numbers import ZERO, Vector, is_zero


def zero(tasks: int) -> Vector:
    """The zero vector of Q^tasks."""
    return (ZERO,) * tasks


def add(u: Vector, v: Vector) -> Vector:
    """u + v."""
    return tuple([a + b for a, b in zip(u, v, strict=True)])


def subtract(u: Vector, v: Vector) -> Vector:
    """u - v."""
    return tuple([a - b for a, b in zip(u, v, strict=True)])


def scale(factor: fmpq, v: Vector) -> Vector:
    """factor * v."""
    return tuple([factor * a for a in v])


def dot(u: Vector, v: Vector) -> fmpq:
    """The Euclidean inner product of u and v."""
    total = ZERO
    for a, b in zip(u, v, strict=True):
        total += a * b
    return total


def squared_length(v: Vector) -> fmpq:
    """|v|^2, exact; the length itself is in general a square root and is left to `RootSum`."""
    return dot(v, v)


def is_zero_vector(v: Vector) -> bool:
    """Whether every coordinate is zero."""
    return all([is_zero(a) for a in v])
