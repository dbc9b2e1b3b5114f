"""What counts as an exact number, and what is decided about its sign."""

import math
from fractions import Fraction
from random import Random

import mpmath
import numpy
import pytest
import sympy
from flint import arb, ctx, fmpq, fmpz
from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory import numbers
from reluproof.theory.numbers import (
    CHUNK,
    UndecidedSign,
    bounded_total,
    common_denominator,
    is_zero,
    literal,
    nearest_float,
    rational,
    sign,
    total,
)
from reluproof.theory.root_sum import RootSum

EXACT = {
    "int": int,
    "Fraction": Fraction,
    "fmpz": fmpz,
    "fmpq": fmpq,
    "RootSum": RootSum.of_rational,
    "sympy": sympy.Integer,
    "arb": arb,
}


@pytest.mark.parametrize("make", EXACT.values(), ids=EXACT)
@pytest.mark.parametrize("value", [-7, -1, 0, 1, 12])
def test_sign_of_every_exact_type(make, value):
    """sign and is_zero agree over all exact types."""
    expected = (value > 0) - (value < 0)
    assert sign(make(value)) == expected
    assert is_zero(make(value)) == (value == 0)


@pytest.mark.parametrize("value", [0.0, 1.5, numpy.float64(0), mpmath.mpf(0), 1j, "1", None, True])
def test_rounded_numbers_have_no_decided_sign(value):
    """Floats, mpf and what is no number are refused, zero included."""
    with pytest.raises(TypeError, match="not decided"):
        sign(value)


def test_ball_that_straddles_zero_is_undecided():
    """An enclosure of both signs raises instead of guessing; a sharper one of the same number is decided."""
    with ctx.workprec(20):
        difference = arb(2).sqrt() - arb(fmpq(14142136, 10**7))
    with pytest.raises(UndecidedSign):
        sign(difference)
    with ctx.workprec(60):
        assert sign(arb(2).sqrt() - arb(fmpq(14142136, 10**7))) == -1


def test_symbols_without_assumptions_are_undecided():
    """The sign of a symbol is decided only where its assumptions imply it."""
    assert sign(sympy.Symbol("h", positive=True) + 1) == 1
    assert sign(-sympy.Symbol("h", positive=True)) == -1
    with pytest.raises(UndecidedSign):
        sign(sympy.Symbol("d", real=True))


@pytest.mark.parametrize("value", [0.5, numpy.float32(1), None, True, 1j])
def test_rational_refuses_what_is_not_exact(value):
    """rational raises TypeError and says what it wants."""
    with pytest.raises(TypeError, match="exact number"):
        rational(value)


@given(st.fractions())
def test_rational_reads_every_exact_form(value):
    """Fraction, numeral and fmpq of the same number are equal."""
    expected = fmpq(value.numerator, value.denominator)
    assert rational(value) == rational(str(value)) == rational(expected) == expected
    assert eval(literal(expected)) in (str(value), value)


def test_numpy_integers_are_exact():
    """A numpy integer is converted by its value, beyond 2^53 too."""
    assert rational(numpy.int64(2**62 + 1)) == 2**62 + 1


@pytest.mark.parametrize("own", [True, False])
def test_the_nearest_float_is_rounded_once(monkeypatch, own):
    """Half-way cases and their neighbours, subnormal ones too, as Python divides integers: by flint and without it."""
    if own and not numbers.FLOATS_OF_FLINT:
        pytest.skip("this python-flint has no floats")
    monkeypatch.setattr(numbers, "FLOATS_OF_FLINT", own)
    source = Random(7)
    for _ in range(2000):
        half_way = 2 * (source.getrandbits(52) | 1 << 52) + 1
        numerator = half_way * 2 ** source.choice([0, 40, 1000]) + source.choice([-1, 0, 1])
        for denominator in (1, 3, 2**60, 2**1100 + 1, source.getrandbits(300) | 1):
            try:
                expected = numerator / denominator
            except OverflowError:
                with pytest.raises(OverflowError):
                    nearest_float(fmpq(numerator, denominator))
            else:
                assert nearest_float(fmpq(numerator, denominator)) == expected


@given(st.lists(st.fractions(max_denominator=60), max_size=3 * CHUNK), st.integers(1, 60))
def test_sums_and_common_denominators(values, known):
    """By Python's fractions; with one bit less than the common denominator has there is none."""
    exact = [fmpq(value.numerator, value.denominator) for value in values]
    common, joint = (math.lcm(*[value.denominator for value in values], number) for number in (1, known))
    assert total(exact) == rational(sum(values, Fraction(0)))
    assert common_denominator(exact, common.bit_length()) == common
    assert bounded_total(exact, joint.bit_length(), fmpz(known)) == (total(exact), joint)
    if common > 1:
        assert common_denominator(exact, common.bit_length() - 1) is None
    if joint > known:
        assert bounded_total(exact, joint.bit_length() - 1, fmpz(known)) is None
