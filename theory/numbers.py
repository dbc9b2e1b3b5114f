"""Exact numbers: what counts as one, and the only place that compares with zero.

Everything that the theory decides, it decides through `sign` and `is_zero`. They answer for exact values and for
enclosures that settle the question; they refuse (TypeError) numbers that have been rounded, because the sign of a
rounded number says nothing about the number that was meant.
"""

import sys
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain
from operator import add as plus
from typing import Any, SupportsIndex

from flint import arb, fmpq, fmpq_mat, fmpz, fmpz_mat

from .numeral import parse_rational

Vector = tuple[fmpq, ...]
"""A point of Q^T: one coordinate per task."""

RationalLike = fmpq | fmpz | int | Fraction | str
"""What `rational` accepts; a string is read by the grammar of `numeral`."""

ZERO = fmpq(0)

FLOATS_OF_FLINT = hasattr(fmpq, "__float__")
"""From 0.9 on python-flint divides the two integers itself, as Python does, and so rounds once."""

CHUNK = 64
"""So many fractions are added over one denominator."""

LONGEST_INT_LITERAL = 4000
"""Python refuses to read longer integers (4300 digits by default); they are written as numerals."""


class UndecidedSign(ArithmeticError):
    """The sign of an enclosure or symbolic expression is not determined by what is known of it."""


def rational(value: RationalLike | SupportsIndex) -> fmpq:
    """The exact rational that `value` is.

    Accepts fmpq, fmpz, int, Fraction, numpy integers and numerals ("-7/3", "0.1" = 1/10). Binary floats are refused
    (TypeError): whether 0.1 means 1/10 or the dyadic number nearby is the caller's to say.

    >>> rational('0.1')
    1/10
    """
    if isinstance(value, fmpq):
        return value
    if isinstance(value, str):
        return parse_rational(value, longest=len(value))  # the limit is for files; a repr may be longer
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, fmpz):
        return fmpq(value)
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(
            f"an exact number is needed (int, Fraction, fmpq or a numeral such as '1/3'), not {type(value).__name__} "
            f"{value!r}; arrays of floats are read by Dataset.from_arrays"
        )
    return fmpq(int(value))


def vector(values: Iterable[RationalLike]) -> Vector:
    """The tuple of exact rationals that `values` are (see `rational`).

    >>> vector([1, '1/3'])
    (1, 1/3)
    """
    if type(values) is tuple and _all_exact(values):
        return values
    return tuple([value if type(value) is fmpq else rational(value) for value in values])


def vectors(rows: Sequence[Iterable[RationalLike]]) -> tuple[Vector, ...]:
    """The vectors that the rows are (see `vector`).

    >>> vectors([[1, '1/3'], (2, 3)])
    ((1, 1/3), (2, 3))
    """
    return tuple(rows) if _all_vectors(rows) else tuple([vector(row) for row in rows])  # type: ignore[arg-type]


def _all_exact(values: Iterable[object]) -> bool:
    return set(map(type, values)) <= {fmpq}


def _all_vectors(rows: Sequence[Any]) -> bool:
    return set(map(type, rows)) <= {tuple} and _all_exact(chain.from_iterable(rows))


def sign(value: Any) -> int:
    """-1, 0 or 1: the sign of an exact value, or of an enclosure that does not contain both signs.

    Raises TypeError for rounded numbers (float, numpy floats, mpmath's mpf) and `UndecidedSign` for a ball that
    straddles zero or a symbolic expression whose sign does not follow from its assumptions.

    >>> sign(fmpq(-3, 4))
    -1
    """
    if type(value) is fmpq:
        numerator = value.p  # comparing the numerator is three times as fast as comparing the fraction
        return 1 if numerator > 0 else -1 if numerator < 0 else 0
    if isinstance(value, int | Fraction | fmpz) and not isinstance(value, bool):
        return (value > 0) - (value < 0)
    if isinstance(value, arb):
        return _sign_of_ball(value)
    if callable(method := getattr(value, "sign", None)):
        return int(method())
    sympy = sys.modules.get("sympy")
    if sympy is not None and isinstance(value, sympy.Expr):
        return _sign_of_expression(value)
    raise TypeError(f"the sign of a {type(value).__name__} is not decided: it is not an exact number")


def is_zero(value: Any) -> bool:
    """Whether an exact value is zero; same domain and refusals as `sign`.

    >>> is_zero(fmpq(0))
    True
    """
    if type(value) is fmpq:
        return not value  # fmpq.is_zero() of python-flint 0.9 answers False for every fraction, 0 included
    return sign(value) == 0


def total(values: Sequence[fmpq]) -> fmpq:
    """The exact sum, by pairs: few of the additions are of long fractions, and neighbours that cancel do so early.

    >>> total([fmpq(1, 2), fmpq(1, 3)])
    5/6
    """
    while len(values) > 1:
        odd = values[-1:] if len(values) % 2 else ()
        values = [*map(plus, values[::2], values[1::2]), *odd]
    return values[0] if values else ZERO


def common_denominator(values: Iterable[fmpq], most_bits: int) -> fmpz | None:
    """The least common denominator of the values; None, early, where it has more than `most_bits` bits.

    >>> common_denominator([fmpq(1, 2), fmpq(1, 3)], 64)
    6
    """
    common = fmpz(1)
    for value in values:
        denominator = value.q
        if common % denominator:  # most often there is nothing new
            common = common.lcm(denominator)
            if common.bit_length() > most_bits:
                return None
    return common


def bounded_total(values: Sequence[fmpq], most_bits: int, known: fmpz) -> tuple[fmpq, fmpz] | None:
    """The exact sum, and the least common denominator of the values and of `known`; None where that is too long.

    In linear time, because it stops at the first common denominator of more than `most_bits` bits; flint adds the
    values of a chunk over their own.

    >>> bounded_total([fmpq(1, 2), fmpq(1, 3)], 64, fmpz(4))
    (5/6, 12)
    """
    size = min(CHUNK, len(values))
    parts, ones = [], fmpz_mat(size, 1, [1] * size)
    for start in range(0, len(values), CHUNK):
        chunk = list(values[start : start + CHUNK])
        numerators, denominator = fmpq_mat(1, size, chunk + [ZERO] * (size - len(chunk))).numer_denom()
        known = known.lcm(denominator)
        if known.bit_length() > most_bits:
            return None
        parts.append(fmpq((numerators * ones)[0, 0], denominator))
    return total(parts), known


def nearest_float(value: fmpq) -> float:
    """The float nearest to a rational, the even one of two; OverflowError if it is beyond them all.

    >>> nearest_float(fmpq(1, 3))
    0.3333333333333333
    """
    return float(value) if FLOATS_OF_FLINT else int(value.p) / int(value.q)


def _sign_of_ball(ball: arb) -> int:
    if ball.is_zero():
        return 0
    if ball > 0:
        return 1
    if ball < 0:
        return -1
    raise UndecidedSign(f"the ball {ball} does not have one sign; more precision may help")


def _sign_of_expression(expression: Any) -> int:
    # sympy answers True, False or None; only a definite True is an answer here.
    for answer, holds in ((1, expression.is_positive), (-1, expression.is_negative), (0, expression.is_zero)):
        if holds is True:
            return answer
    raise UndecidedSign(f"the sign of {expression} does not follow from the assumptions on its symbols")


def literal(value: Any) -> str:
    """Python source that the exact constructors read back: 5, '1/3', (1, '-2/7').

    >>> literal((fmpq(1, 2), fmpq(3)))
    "('1/2', 3)"
    """
    if isinstance(value, fmpq):
        text = str(value)
        return text if value.q == 1 and len(text) <= LONGEST_INT_LITERAL else f"'{text}'"
    if isinstance(value, tuple):
        inner = ", ".join(literal(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def canonical(value: Any) -> Any:
    """`value` with every number in it as fmpq: numbers and tuples of them are converted, None stays None.

    >>> canonical(('1/2', 1, None))
    (1/2, 1, None)
    """
    if type(value) is fmpq or value is None:
        return value
    if not isinstance(value, tuple):
        return rational(value)
    return value if _all_exact(value) or _all_vectors(value) else tuple(map(canonical, value))


def canonicalise(record: Any, *names: str) -> None:
    """Make the named fields of a frozen dataclass canonical, so that its repr reads back as an equal value.

    >>> from types import SimpleNamespace
    >>> record = SimpleNamespace(weight="1/2")
    >>> canonicalise(record, "weight")
    >>> record.weight
    1/2
    """
    for name in names:
        object.__setattr__(record, name, canonical(getattr(record, name)))


class ExactRepr:
    """Gives a frozen dataclass a repr that evaluates back to an equal value, with numbers written as numerals."""

    __slots__ = ()

    def __repr__(self) -> str:
        names = [name for name, field in self.__dataclass_fields__.items() if field.repr]  # type: ignore[attr-defined]
        fields = ", ".join(f"{name}={literal(getattr(self, name))}" for name in names)
        return f"{type(self).__name__}({fields})"
