"""The margin by numerical minimisation over the ratio of the two kinks.

Kinks (d, d') equal to (p w, q w) for some w means q d - p d' = 0: for each ratio p : q with p, q >= 0 a linear subspace
of label space, the same functional in every task. Its distance from the labels Y is |q d - p d'| / |q B - p B'|, with
B, B' the functionals that give d and d'. The margin of the pair is the least of these over the quadrant; it is sought
with Decimals by sampling and golden sections, no eigenvalue anywhere.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import log10

from .decimals import decimal, precise
from .kinks import Vector, dot, kinks

Ratio = Callable[[Decimal], Decimal]
ZERO_DIGITS = 40
"""Aligned pairs come out as 10^-ZERO_DIGITS of the scale or less; they are reported as 0."""


def margins_squared(x: Vector, y: list[Vector]) -> dict[int, Decimal]:
    """The squared margin of each pair of neighbouring interior points, by the left one; 25 digits are right."""
    return {left: pair_margin_squared(x[left - 1 : left + 3], y[left - 1 : left + 3]) for left in range(1, len(x) - 2)}


def pair_margin_squared(x: Vector, y: list[Vector]) -> Decimal:
    """The least squared distance for four points."""
    (d, e), (b, c) = kinks(x, y), functionals(x)
    if not any(d) or not any(e):
        return Decimal(0)
    digits = _digits(d, e)
    with precise(digits):
        norm, other = decimal(dot(b, b)).sqrt(), decimal(dot(c, c)).sqrt()
        # p and q are measured in units of the functionals' lengths: then the denominator stays between 1 and 2.
        square, square_other = decimal(dot(d, d)) / norm**2, decimal(dot(e, e)) / other**2
        inner, cosine = decimal(dot(d, e)) / norm / other, decimal(dot(b, c)) / norm / other

        def upper(t: Decimal) -> Decimal:  # p : q = t : 1
            return (square - 2 * t * inner + t * t * square_other) / (1 - 2 * t * cosine + t * t)

        def lower(t: Decimal) -> Decimal:  # p : q = 1 : t
            return (square_other - 2 * t * inner + t * t * square) / (1 - 2 * t * cosine + t * t)

        balance = (square / square_other).sqrt()
        least = _least([(upper, _samples(balance)), (lower, _samples(1 / balance))], steps=int(2.4 * digits))
        return Decimal(0) if least <= min(square, square_other).scaleb(ZERO_DIGITS - digits) else least


def functionals(x: Vector) -> list[Vector]:
    """B and B': the kinks at the two inner ones of four points, as functionals of the four labels."""
    unit_labels = [[Fraction(row == column) for column in range(4)] for row in range(4)]
    return kinks(x, unit_labels)


def _digits(d: Vector, e: Vector) -> int:
    """So many digits that the least value keeps its own: it may be smaller than the scale by sin^2 of the angle."""
    inner, product = dot(d, e), dot(d, d) * dot(e, e)
    sine_squared = 1 - inner * inner / product
    if not sine_squared:
        return 2 * ZERO_DIGITS
    small = (sine_squared.denominator.bit_length() - sine_squared.numerator.bit_length()) * log10(2)
    return 2 * ZERO_DIGITS + 2 * int(small)


def _samples(balance: Decimal) -> list[Decimal]:
    """0, 1, and places between them around 1 and around the balance of the two kinks, each 16 times the one before."""
    powers = [Decimal(2) ** power for power in range(-32, 33, 4)]
    around = [power * centre for centre in (Decimal(1), balance) for power in powers]
    return sorted({Decimal(0), Decimal(1), *(t for t in around if t < 1)})


def _least(halves: list[tuple[Ratio, list[Decimal]]], steps: int) -> Decimal:
    """The best sample of both halves of the quadrant, and the golden sections between its neighbours."""
    values = [(ratio(t), half, place) for half, (ratio, ts) in enumerate(halves) for place, t in enumerate(ts)]
    best, half, place = min(values)
    ratio, ts = halves[half]
    left, right = ts[max(place - 1, 0)], ts[min(place + 1, len(ts) - 1)]
    return min(best, _golden(ratio, left, right, steps))


def _golden(ratio: Ratio, left: Decimal, right: Decimal, steps: int) -> Decimal:
    """The least value met while the interval shrinks by the golden section in every step."""
    section = (Decimal(5).sqrt() - 1) / 2
    a, b = right - section * (right - left), left + section * (right - left)
    at_a, at_b = ratio(a), ratio(b)
    for _ in range(steps):
        if at_a <= at_b:
            right, b, at_b = b, a, at_a
            a = right - section * (right - left)
            at_a = ratio(a)
        else:
            left, a, at_a = a, b, at_b
            b = left + section * (right - left)
            at_b = ratio(b)
    return min(at_a, at_b)
