"""Between exact rationals and arrays in double precision."""

from fractions import Fraction

import numpy
from flint import fmpq, fmpq_mat

from ...theory.numbers import Vector, nearest_float
from ...theory.vectors import scale

Floats = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]


_LEVELS = ((360, 1e-6), (60, 1e-4), (12, 2e-3))
"""How large a denominator may be, and how far the float from the fraction, relative to 1 + |value|."""


def floats(exact: fmpq_mat) -> Floats:
    """The entries in double precision."""
    rows = [[nearest_float(entry) for entry in row] for row in exact.tolist()]
    return numpy.array(rows).reshape(exact.nrows(), exact.ncols())


def dyadic(value: float, bits: int = 64) -> fmpq:
    """The multiple of 2^-bits nearest to a finite float."""
    return fmpq(round(fmpq(*float(value).as_integer_ratio()) * (1 << bits)), 1 << bits)


def simple(value: float, level: int = 0) -> fmpq | None:
    """The fraction with a small denominator that a float seems to mean, None if there is none: a guess, to be proved.

    level: 0 for few and near ones, 1 and 2 for ever smaller denominators, farther off.
    """
    largest, near = _LEVELS[level]
    found = Fraction(value).limit_denominator(largest)
    return fmpq(found.numerator, found.denominator) if abs(value - found) < near * (1 + abs(value)) else None


def simple_direction(u: float, v: float, level: int = 0) -> Vector | None:
    """A positive multiple of (u, v) with small fractions, None if there seems to be none: a guess, to be proved."""
    swap = abs(v) > abs(u)
    ratio = simple(u / v if swap else v / u, level)
    if ratio is None:
        return None
    direction = (ratio, fmpq(1)) if swap else (fmpq(1), ratio)
    return direction if (v if swap else u) > 0 else scale(fmpq(-1), direction)
