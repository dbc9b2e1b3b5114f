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


@dataclass(frozen=True, slots=True)
class Directions:
    """For kinks d_j = k_j / q_j: k_j, q_j, |k_j|^2 and <k_j, k_{j+1}>, in the order of the interior points."""

    multiples: tuple[tuple[fmpz, ...], ...]
    denominators: tuple[fmpz, ...]
    squares: tuple[fmpz, ...]
    products: tuple[fmpz, ...]

    def equal_at(self, index: int) -> bool:
        """Whether the unit vectors of kinks `index` and `index` + 1 exist and are equal.

        Decided coordinate by coordinate: equal signs and equal squares.
        """
        u_square, v_square = self.squares[index], self.squares[index + 1]
        if not u_square or not v_square:
            return False
        u, v = self.multiples[index], self.multiples[index + 1]
        return all(sign(a) == sign(b) and a * a * v_square == b * b * u_square for a, b in zip(u, v, strict=True))


def directions(all_kinks: Sequence[Vector]) -> Directions:
    """The directions of a sequence of kinks.

    >>> directions([(fmpq(3), fmpq(4)), (fmpq(6), fmpq(8))]).equal_at(0)
    True
    """
    cleared = [integral(d) for d in all_kinks]
    multiples = tuple([k for k, _ in cleared])
    zero = fmpz(0)
    return Directions(
        multiples,
        tuple([q for _, q in cleared]),
        tuple([sum(map(times, k, k), zero) for k in multiples]),
        tuple([sum(map(times, u, v), zero) for u, v in pairwise(multiples)]),
    )
