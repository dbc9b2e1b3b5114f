"""Vectors of Q^T as tuples: the few operations that the theory needs."""

from collections.abc import Iterator, Sequence
from operator import add as plus
from operator import itemgetter
from operator import mul as times
from operator import sub as minus

from flint import fmpq, fmpz

from .numbers import ZERO, Vector, common_denominator

# map over two tuples is about twice as fast as a comprehension over a strict zip; the lengths were checked when the
# values that hold the vectors were made.


SHORT = 64
"""Bits of a common denominator that is worth having."""


def column(rows: Sequence[Vector], task: int) -> list[fmpq]:
    """One coordinate of all the vectors; long data take half the time column by column.

    >>> column([(fmpq(1), fmpq(2)), (fmpq(3), fmpq(4))], 1)
    [2, 4]
    """
    return list(map(itemgetter(task), rows))


def zero(tasks: int) -> Vector:
    """The zero vector of Q^tasks.

    >>> zero(2)
    (0, 0)
    """
    return (ZERO,) * tasks


def add(u: Vector, v: Vector) -> Vector:
    """u + v.

    >>> add((fmpq(1), fmpq(2)), (fmpq(3), fmpq(4)))
    (4, 6)
    """
    return tuple(map(plus, u, v))


def subtract(u: Vector, v: Vector) -> Vector:
    """u - v.

    >>> subtract((fmpq(1), fmpq(2)), (fmpq(3), fmpq(4)))
    (-2, -2)
    """
    return tuple(map(minus, u, v))


def scale(factor: fmpq, v: Vector) -> Vector:
    """factor * v.

    >>> scale(fmpq(2), (fmpq(1), fmpq(1, 2)))
    (2, 1)
    """
    return tuple([factor * a for a in v])


def dot(u: Vector, v: Vector) -> fmpq:
    """The Euclidean inner product of u and v.

    >>> dot((fmpq(1), fmpq(2)), (fmpq(3), fmpq(4)))
    11
    """
    return sum(map(times, u, v), ZERO)


def squared_length(v: Vector) -> fmpq:
    """|v|^2, exact; the length itself is in general a square root and is left to `RootSum`.

    >>> squared_length((fmpq(3), fmpq(4)))
    25
    """
    return sum(map(times, v, v), ZERO)


def dots(us: Sequence[Vector], vs: Sequence[Vector]) -> list[fmpq]:
    """The inner products of each vector with the one at its place, coordinate by coordinate; none for no vectors.

    >>> dots([(fmpq(1), fmpq(2)), (fmpq(3), fmpq(4))], [(fmpq(1), fmpq(1)), (fmpq(1), fmpq(0))])
    [3, 3]
    """
    if not us:
        return []
    found = list(map(times, column(us, 0), column(vs, 0)))
    for task in range(1, len(us[0])):  # maps inside maps, one for each of 100,000 tasks, would overflow C's stack
        found = list(map(plus, found, map(times, column(us, task), column(vs, task))))
    return found


def squared_lengths(vectors: Sequence[Vector]) -> list[fmpq]:
    """|v|^2 of each.

    >>> squared_lengths([(fmpq(3), fmpq(4))])
    [25]
    """
    return dots(vectors, vectors)


def is_zero_vector(v: Vector) -> bool:
    """Whether every coordinate is zero.

    >>> is_zero_vector((fmpq(0), fmpq(0)))
    True
    """
    return not any(v)


def integral(v: Vector) -> tuple[tuple[fmpz, ...], fmpz]:
    """(k, q) with v = k / q, k integers and q the least common denominator.

    Products of integers need no gcd: what depends only on a direction, or can be scaled back at the end, is several
    times as fast on k as on v.

    >>> integral((fmpq(1, 2), fmpq(1, 3)))
    ((3, 2), 6)
    """
    q = v[0].q
    for entry in v[1:]:
        q = q.lcm(entry.q)
    return tuple([(entry * q).p for entry in v]), q


def integral_windows(v: Vector, width: int) -> Iterator[tuple[tuple[fmpz, ...], fmpz]]:
    """(k, q) with k / q the entries i to i + width - 1, for every i; q is common to all where that is short.

    >>> list(integral_windows((fmpq(1, 2), fmpq(1, 3), fmpq(1)), 2))
    [((3, 2), 6), ((2, 6), 6)]
    """
    common = common_denominator(v, SHORT)
    if common is None:
        yield from (integral(v[i : i + width]) for i in range(len(v) - width + 1))
        return
    multiples = tuple([(entry * common).p for entry in v])
    yield from ((multiples[i : i + width], common) for i in range(len(v) - width + 1))
