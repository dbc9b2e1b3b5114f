"""Enclosures: two exact rationals between which a real number is proved to lie."""

from dataclasses import dataclass
from typing import NoReturn

from flint import arb, fmpq, fmpz

from .numbers import ExactRepr, canonicalise, nearest_float, sign


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Enclosure(ExactRepr):
    """A closed interval [lower, upper] that contains the number meant.

    It is not a number: it has no == and no hash, because two enclosures that look alike say nothing about whether the
    numbers inside are equal.
    """

    lower: fmpq
    upper: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "lower", "upper")
        if self.lower > self.upper:
            raise ValueError(f"the lower bound {self.lower} is above the upper bound {self.upper}")

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("an enclosure has no ==: compare its bounds, or the exact values inside")

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def exactly(cls, value: fmpq) -> "Enclosure":
        """The enclosure of a known rational, of width 0."""
        return cls(value, value)

    @classmethod
    def from_ball(cls, ball: arb) -> "Enclosure":
        """The enclosure with the exact dyadic ends of a finite ball."""
        if not ball.is_finite():
            raise ValueError(f"the ball {ball} is not finite")
        middle, radius = _dyadic(ball.mid()), _dyadic(ball.rad())
        return cls(middle - radius, middle + radius)

    def __float__(self) -> float:
        """The float nearest to the middle: for a picture or a first look, since it may lie outside the bounds."""
        return nearest_float((self.lower + self.upper) / 2)

    @property
    def width(self) -> fmpq:
        """upper - lower."""
        return self.upper - self.lower

    def contains(self, value: fmpq) -> bool:
        """Whether the rational `value` lies between the bounds, ends included."""
        return self.lower <= value <= self.upper

    def decimals(self, digits: int) -> tuple[str, str]:
        """The bounds as decimal strings of at most `digits` significant digits, rounded outward."""
        return round_decimal(self.lower, digits, up=False), round_decimal(self.upper, digits, up=True)


def _dyadic(ball: arb) -> fmpq:
    mantissa, exponent = ball.man_exp()
    power = int(exponent)
    scale = fmpz(1) << abs(power)
    return fmpq(mantissa * scale) if power >= 0 else fmpq(mantissa, scale)


def round_decimal(value: fmpq, digits: int, *, up: bool) -> str:
    """`value` rounded towards +infinity (up) or -infinity to `digits` significant decimal digits.

    Plain notation for moderate sizes, else scientific; a value with fewer digits is written exactly.

    >>> round_decimal(fmpq(2, 3), 4, up=True)
    '0.6667'
    >>> round_decimal(fmpq(2, 3), 4, up=False)
    '0.6666'
    """
    if digits < 1:
        raise ValueError("at least one digit is needed")
    if sign(value) == 0:
        return "0"
    exponent = _decimal_exponent(value)
    shift = digits - 1 - exponent
    scaled = value * fmpq(10) ** shift
    mantissa = int(scaled.ceil() if up else scaled.floor())
    return _decimal_text(mantissa, -shift)


def _decimal_exponent(value: fmpq) -> int:
    """The e with 10^e <= |value| < 10^(e+1)."""
    magnitude = abs(value)
    # The bit lengths give e to within one; exact comparisons settle it.
    guess = ((magnitude.p.bit_length() - magnitude.q.bit_length()) * 30103) // 100000
    while fmpq(10) ** guess > magnitude:
        guess -= 1
    while fmpq(10) ** (guess + 1) <= magnitude:
        guess += 1
    return guess


def _decimal_text(mantissa: int, exponent: int) -> str:
    """mantissa * 10^exponent, exactly, without trailing zeros."""
    digits = str(abs(mantissa)).rstrip("0") or "0"
    exponent += len(str(abs(mantissa))) - len(digits)
    minus = "-" if mantissa < 0 else ""
    point = len(digits) + exponent
    if digits == "0":
        return "0"
    if not -6 < point <= 21:
        fraction = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{minus}{digits[0]}{fraction}e{point - 1}"
    if point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    if exponent >= 0:
        return f"{minus}{digits}{'0' * exponent}"
    return f"{minus}{digits[:point]}.{digits[point:]}"
