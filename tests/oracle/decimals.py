"""Decimal square roots with many digits, and what it means for two numbers to agree to a number of digits."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction

DIGITS = 160
"""Significant digits of every Decimal, unless a function says otherwise."""


@contextmanager
def precise(digits: int = DIGITS) -> Iterator[None]:
    """Decimal arithmetic with so many digits and practically no limit of the exponent."""
    with localcontext(Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN)):
        yield


def decimal(value: Fraction) -> Decimal:
    """The fraction, rounded."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def root(value: Fraction) -> Decimal:
    """The square root of a nonnegative fraction, rounded."""
    return decimal(value).sqrt()


def sum_of_roots(signed_squares: list[Fraction]) -> Decimal:
    """The sum of sign(q) sqrt|q|, by Decimal square roots."""
    with precise():
        return sum((root(abs(q)) * (1 if q > 0 else -1) for q in signed_squares), Decimal(0))


def agree(a: Decimal, b: Decimal, digits: int) -> bool:
    """Whether two numbers agree to a relative error of 10^-digits; 0 agrees with 0 only."""
    with precise():
        return abs(a - b) <= max(abs(a), abs(b)).scaleb(-digits)


def lies_between(value: Decimal, lower: Fraction, upper: Fraction, digits: int) -> bool:
    """Whether lower <= value <= upper, `value` being known to a relative error of 10^-digits only."""
    with precise():
        slack = abs(value).scaleb(-digits)
        return decimal(lower) <= value + slack and value - slack <= decimal(upper)


def is_as_small(a: Decimal, least: Decimal, digits: int) -> bool:
    """Whether a number near 1 or less is no larger than the least one, both being known to so many digits only."""
    with precise():
        return a <= least + least.scaleb(-digits) + Decimal(1).scaleb(-2 * digits)
