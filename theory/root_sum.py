"""Sums of square roots of rationals, with one normal form: equality, order and enclosures are exact.

A term c*sqrt(q) is stored as one rational, its signed square sign(c) c^2 q. Two terms whose product is a perfect square
are rational multiples of one root and are merged. What remains is linearly independent over the rationals (square
roots of classes that differ modulo squares are independent: Besicovitch 1940), so a sum is zero iff no term is left,
and the sorted tuple of signed squares is a normal form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx, fmpq, fmpz

from .enclosure import Enclosure
from .numbers import ZERO, ExactRepr, RationalLike, nearest_float, rational, sign
from .square_classes import normal_form, rational_root


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RootSum(ExactRepr):
    """sum over t in terms of sign(t) * sqrt(|t|), in normal form.

    `RootSum(terms)` takes the signed squares in any order, mergeable or not, and normalises them. Rational roots are
    merged in linear time; the others cost more than that when many of them are alike modulo small primes: for mere
    enclosures of long sums use `enclose_roots`, which does not merge.

    It is a number: ==, <, <=, >, >= compare it, exactly, with another one and with int, Fraction, fmpz and fmpq.

    >>> RootSum([4, 8]) - RootSum([2]) == RootSum([4, 2]), RootSum([4]) == 2, RootSum([2]) < Fraction(3, 2)
    (True, True, True)
    """

    terms: tuple[fmpq, ...]

    def __init__(self, terms: Iterable[RationalLike] = ()) -> None:
        object.__setattr__(self, "terms", normal_form(rational(term) for term in terms))

    @classmethod
    def of_rational(cls, value: RationalLike) -> "RootSum":
        """The rational `value` as a sum of roots."""
        exact = rational(value)
        return cls([sign(exact) * exact * exact])

    def __add__(self, other: "RootSum") -> "RootSum":
        return RootSum(self.terms + other.terms)

    def __neg__(self) -> "RootSum":
        return RootSum([-term for term in self.terms])

    def __sub__(self, other: "RootSum") -> "RootSum":
        return RootSum(self.terms + tuple([-term for term in other.terms]))

    def scaled(self, factor: RationalLike) -> "RootSum":
        """factor * self, for a rational factor."""
        exact = rational(factor)
        signed_square = sign(exact) * exact * exact
        return RootSum([signed_square * term for term in self.terms])

    def sign(self) -> int:
        """-1, 0 or 1, decided exactly."""
        if len(self.terms) <= 1:
            return sign(self.terms[0]) if self.terms else 0
        bits = 64
        while True:
            ball = _ball(self.terms, bits)
            if not ball.contains(0):
                return sign(ball)
            bits *= 2

    def __eq__(self, other: object) -> bool:
        number = _as_root_sum(other)
        return NotImplemented if number is None else self.terms == number.terms

    def __hash__(self) -> int:
        exact = self.as_rational()
        return hash(self.terms if exact is None else exact)  # equal numbers of other types have this hash

    def __lt__(self, other: "RootSum | RationalLike") -> bool:
        number = _as_root_sum(other)
        return NotImplemented if number is None else (self - number).sign() < 0

    def __le__(self, other: "RootSum | RationalLike") -> bool:
        number = _as_root_sum(other)
        return NotImplemented if number is None else (self - number).sign() <= 0

    def __gt__(self, other: "RootSum | RationalLike") -> bool:
        number = _as_root_sum(other)
        return NotImplemented if number is None else (self - number).sign() > 0

    def __ge__(self, other: "RootSum | RationalLike") -> bool:
        number = _as_root_sum(other)
        return NotImplemented if number is None else (self - number).sign() >= 0

    def __float__(self) -> float:
        """The float nearest to the value."""
        exact = self.as_rational()
        if exact is not None:
            return nearest_float(exact)
        bits = 64
        while True:  # ends: an irrational number is not half-way between two floats
            bounds = self.enclosure(bits)
            lower, upper = nearest_float(bounds.lower), nearest_float(bounds.upper)
            if lower == upper:
                return lower
            bits *= 2

    def as_rational(self) -> fmpq | None:
        """The value if it is rational, else None."""
        if not self.terms:
            return ZERO
        root = rational_root(abs(self.terms[0])) if len(self.terms) == 1 else None
        return None if root is None else sign(self.terms[0]) * root

    def enclosure(self, bits: int = 96) -> Enclosure:
        """An enclosure of relative width about 2^-bits, exact where the value is rational."""
        exact = self.as_rational()
        if exact is not None:
            return Enclosure.exactly(exact)
        working = bits + 16
        while True:
            ball = _ball(self.terms, working)
            if ball.rel_accuracy_bits() >= bits:
                return Enclosure.from_ball(ball)
            working *= 2

    def __str__(self) -> str:
        if not self.terms:
            return "0"
        text = ""
        for term in self.terms:
            root = rational_root(abs(term))
            body = f"sqrt({abs(term)})" if root is None else str(root)
            minus = sign(term) < 0
            text += ((" - " if minus else " + ") if text else ("-" if minus else "")) + body
        return text


def enclose_roots(squares: Iterable[fmpq], bits: int = 96) -> Enclosure:
    """An enclosure of the sum of sqrt(q) over nonnegative q, in linear time and without merging.

    All terms have one sign, so the relative width is about 2^-bits however many terms there are.

    >>> enclose_roots([fmpq(4), fmpq(9)], 64).contains(fmpq(5))
    True
    """
    with ctx.workprec(bits + 32):
        total = arb(0)
        for square in squares:
            total += arb(square).sqrt()
        return Enclosure.from_ball(total)


def merged_roots(squares: Sequence[fmpq], most_roots: int, most_bits: int) -> RootSum | None:
    """The sum of sqrt(q) over nonnegative q in normal form; None where it is too long to be of use, in linear time.

    That is where more than `most_roots` of the roots are irrational, or where the rational ones have a common
    denominator of more than `most_bits` bits.

    >>> merged_roots([fmpq(1), fmpq(4), fmpq(8), fmpq(2)], 10, 100)
    RootSum(terms=(9, 18))
    """
    roots = [rational_root(square) for square in squares]
    common = fmpz(1)
    for root in roots:
        common = common if root is None else common.lcm(root.q)
        if common.bit_length() > most_bits:
            return None
    return None if roots.count(None) > most_roots else RootSum(squares)


def _ball(terms: tuple[fmpq, ...], bits: int) -> arb:
    with ctx.workprec(bits):
        total = arb(0)
        for term in terms:
            root = arb(abs(term)).sqrt()
            total = total + root if sign(term) > 0 else total - root
        return total


def _as_root_sum(value: object) -> RootSum | None:
    """An exact number as a sum of roots; None for anything else, rounded numbers and text included."""
    if isinstance(value, RootSum):
        return value
    if isinstance(value, fmpq | fmpz | int | Fraction) and not isinstance(value, bool):
        return RootSum.of_rational(value)
    return None


def square_root(square: Enclosure) -> Enclosure:
    """An enclosure of the square root of an enclosed nonnegative number.

    >>> square_root(Enclosure(fmpq(4), fmpq(4))).contains(fmpq(2))
    True
    """
    lower = RootSum([max(square.lower, fmpq(0))]).enclosure().lower
    return Enclosure(lower, RootSum([square.upper]).enclosure().upper)
