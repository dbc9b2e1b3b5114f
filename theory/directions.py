"""The directions of the kinks as integer vectors, with the products that decide about neighbours.

Alignment, angles and margins depend on the kinks only through these; products of integers need no gcd, which makes them
several times as fast as those of rationals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul as times

from flint import fmpz

from .numbers import Vector, sign
from .vectors import integral

NOTHING = fmpz(0)


@dataclass(frozen=True, slots=True)
class Directions:
    """For kinks d_j = k_j / q_j: q_j, |k_j|^2 and <k_j, k_{j+1}>, in the order of the interior points."""

    denominators: tuple[fmpz, ...]
    squares: tuple[fmpz, ...]
    products: tuple[fmpz, ...]


def equal_unit_vectors(u: Vector, v: Vector) -> bool:
    """Whether u / |u| and v / |v| exist and are equal: coordinate by coordinate, equal signs and equal squares.

    >>> equal_unit_vectors((fmpq(3), fmpq(4)), (fmpq(6), fmpq(8)))
    True
    """
    for a, b in zip(u, v, strict=True):
        if sign(a) != sign(b):
            return False
    (k, _), (m, _) = integral(u), integral(v)
    k_square, m_square = sum(map(times, k, k), NOTHING), sum(map(times, m, m), NOTHING)
    return bool(k_square) and all(a * a * m_square == b * b * k_square for a, b in zip(k, m, strict=True))


def directions(all_kinks: Sequence[Vector]) -> Directions:
    """The directions of a sequence of kinks.

    >>> directions([(fmpq(3, 5), fmpq(4, 5)), (fmpq(6), fmpq(8))])
    Directions(denominators=(5, 1), squares=(25, 100), products=(50,))
    """
    cleared = [integral(d) for d in all_kinks]
    return Directions(
        tuple([q for _, q in cleared]),
        tuple([sum(map(times, k, k), NOTHING) for k, _ in cleared]),
        tuple([sum(map(times, u, v), NOTHING) for (u, _), (v, _) in pairwise(cleared)]),
    )
