"""Rationals modulo squares: when a root is rational, and when two roots are rational multiples of each other."""

from collections.abc import Iterable
from functools import cache

from flint import fmpq

from .numbers import is_zero, sign, total


def rational_root(square: fmpq) -> fmpq | None:
    """sqrt(square) if it is rational, else None (square >= 0).

    >>> rational_root(fmpq(9, 4))
    3/2
    >>> rational_root(fmpq(2))
    """
    numerator, denominator = square.p, square.q
    if not (numerator.is_square() and denominator.is_square()):
        return None
    return fmpq(numerator.isqrt(), denominator.isqrt())


def normal_form(terms: Iterable[fmpq]) -> tuple[fmpq, ...]:
    """The signed squares of a sum of roots, those that are multiples of one root merged, in increasing order.

    >>> normal_form([fmpq(8), fmpq(2), fmpq(-4), fmpq(1)])
    (-1, 18)
    """
    rationals: list[fmpq] = []
    buckets: dict[tuple[int, ...], list[tuple[fmpq, list[fmpq]]]] = {}
    for term in terms:
        if is_zero(term):
            continue
        square = abs(term)
        root = rational_root(square)
        if root is not None:
            rationals.append(sign(term) * root)
            continue
        classes = buckets.setdefault(_class_key(term), [])
        for representative, coefficients in classes:
            ratio = rational_root(square / representative)
            if ratio is not None:
                coefficients.append(sign(term) * ratio)
                break
        else:
            classes.append((square, [fmpq(sign(term))]))
    merged = [(fmpq(1), total(rationals))]
    merged += [(square, total(coefficients)) for classes in buckets.values() for square, coefficients in classes]
    return tuple(sorted([sign(c) * c * c * square for square, c in merged if not is_zero(c)]))


_PRIMES = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97)


@cache
def _residues(prime: int) -> frozenset[int]:
    return frozenset(k * k % prime for k in range(1, prime))


def _class_key(term: fmpq) -> tuple[int, ...]:
    """The class of |term| modulo squares at a few dozen primes: equal whenever a ratio is a perfect square."""
    number = int(abs(term.p) * term.q)
    return tuple([_local_class(number, prime) for prime in _PRIMES])


def _local_class(number: int, prime: int) -> int:
    # An odd p: a p-adic number is a square iff its valuation is even and its unit part is a quadratic residue.
    odd_valuation, unit = _without(number, prime)
    return 2 * odd_valuation + (unit % prime in _residues(prime))


def _without(number: int, prime: int) -> tuple[int, int]:
    """The parity of the valuation and the unit part; dividing by p, p^2, p^4, ... keeps 10^1000 and its like quick."""
    odd, powers = 0, [prime]
    while number % powers[-1] == 0:
        number //= powers[-1]
        odd ^= len(powers) == 1  # only p itself changes the parity
        powers.append(powers[-1] ** 2)
    for power in reversed(powers[:-1]):
        if number % power == 0:
            number //= power
            odd ^= power == prime
    return odd, number
