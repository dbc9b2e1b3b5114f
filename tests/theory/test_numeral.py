"""The grammar of one number: what it takes, what it means, and what each refusal says."""

import re
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory.numeral import (
    MAX_EXPONENT,
    MAX_LENGTH,
    NumeralError,
    format_rational,
    parse_rational,
    shown,
)

# The grammar a second time, written from its definition and not from the module's own expressions.
GRAMMAR = re.compile(r"[+-]?([0-9]+/[0-9]+|([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)")

rationals = st.fractions().map(lambda q: fmpq(q.numerator, q.denominator))


def as_fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def refusal_of(text: str) -> str | None:
    """The message if text is refused, None if it is read."""
    try:
        parse_rational(text)
    except NumeralError as error:
        return str(error)
    return None


@given(rationals)
def test_the_canonical_numeral_reads_back(value: fmpq) -> None:
    """Formatting and parsing are inverse."""
    assert parse_rational(format_rational(value)) == value


@pytest.mark.parametrize(("value", "text"), [(fmpq(-14, 6), "-7/3"), (fmpq(5), "5"), (fmpq(0, 3), "0")])
def test_canonical_numerals(value: fmpq, text: str) -> None:
    """Lowest terms, sign in front, no denominator 1."""
    assert format_rational(value) == text


@given(st.from_regex(GRAMMAR, fullmatch=True))
def test_numbers_mean_what_fractions_says(text: str) -> None:
    """On the grammar, within the limits, the value is that of the standard library's fractions."""
    exponent = int(text.lower().partition("e")[2] or 0)
    if len(text) > MAX_LENGTH or abs(exponent) > MAX_EXPONENT or re.search(r"/0+$", text):
        with pytest.raises(NumeralError):
            parse_rational(text)
    else:
        assert as_fraction(parse_rational(text)) == Fraction(re.sub(r"\.(?=$|[eE])", "", text))


def test_every_short_text_is_accepted_exactly_if_the_grammar_has_it() -> None:
    """All 19,608 texts of at most five of the grammar's characters: accepted iff in the grammar and no zero below."""
    for text in ("".join(letters) for size in range(6) for letters in product("05.-+/e", repeat=size)):
        expected = GRAMMAR.fullmatch(text) is not None and not re.search("/0+$", text)
        expected &= not re.search(r"e[+-]?[0-9]{4}", text) or re.search(r"e[+-]?0", text) is not None
        assert (refusal_of(text) is None) is expected, text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_fits_with_all_its_decimals(value: float) -> None:
    """The full decimal expansion of any finite float64, subnormals included, is within the limits."""
    for text in (format(Decimal(value), "f"), str(Decimal(value))):
        assert as_fraction(parse_rational(text)) == Fraction(value)


def test_the_smallest_subnormal_fits() -> None:
    """5e-324 written out has 1076 characters."""
    smallest = 2.0**-1074
    text = format(Decimal(smallest), "f")
    assert len(text) == 1076
    assert as_fraction(parse_rational(text)) == Fraction(smallest) != as_fraction(parse_rational("5e-324"))


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("nan", "not a finite number"),
        ("-Infinity", "not a finite number"),
        ("0,5", "decimal comma"),
        ("1,000,000", "thousands separators"),
        ("1_000", "underscore"),
        ("0x1F", "hexadecimal"),
        ("0b101", "base ten"),
        ("1/0", "divides by zero"),
        ("-3/00", "divides by zero"),
        ("1/-3", "sign in front"),
        ("1.5/2", "fraction of integers"),
        ("1d5", "mark it by e"),
        ("5%", "percent"),
        ("1e", "whole exponent"),
        ("1e0.5", "whole exponent"),
        ("2j", "complex"),
        ("1.2.3", "more than one decimal point"),
        ("1 2", "blank inside"),
        (" 1", "blank around"),
        ("1\n", "blank around"),
        ("--1", "not a number"),
        ("1-2", "out of place"),
        ("\u0663", "not one of 0-9"),
        ("\uff11", "not one of 0-9"),
        ("\u22125", "dash"),
        ("1\0", "NUL"),
        ("\u00bd", "not a number"),
        ("abc", "not a number"),
        ("1e1001", "within +-1000"),
        ("1e-1001", "within +-1000"),
        ("1e999999999", "within +-1000"),
        ("1e-" + "9" * 1000, "within +-1000"),
        ("1" * 1201, "at most 1200 characters"),
        ("9" * 10**6, "at most 1200 characters"),
        ("\x1b[31m", r"\x1b"),
    ],
)
def test_refusals_name_the_mistake(text: str, fragment: str) -> None:
    """Each way of miswriting a number is recognised in one short printable line."""
    with pytest.raises(NumeralError) as refusal:
        parse_rational(text)
    message = str(refusal.value)
    assert fragment in message
    assert message.isprintable()
    assert len(message) < 160


@pytest.mark.parametrize("text", ["1e1000", "1e-1000", "1E+0001000", "1" * 1200, "+.5", "5.", "-0", "007"])
def test_the_limits_are_inclusive(text: str) -> None:
    """What the limits allow is read."""
    assert as_fraction(parse_rational(text)) == Fraction(text.rstrip("."))


def test_trusted_text_may_be_longer() -> None:
    """Beyond int()'s 4300 digits too, with and without a sign."""
    digits = "7" * 5000
    assert format_rational(parse_rational(digits, longest=5000)) == digits
    assert format_rational(parse_rational(f"+{digits}/2", longest=6000)) == f"{digits}/2"
    assert parse_rational(f"1.{'0' * 5000}", longest=6000) == 1
    assert parse_rational(f"1{'0' * 5000}e-1000", longest=6000) == fmpq(10) ** 4000


@given(st.text())
def test_any_text_is_shown_on_one_short_line(text: str) -> None:
    """Quoted cells are printable and short whatever they hold; parsing any text raises nothing but NumeralError."""
    assert shown(text).isprintable()
    assert len(shown("\x00" * 10**4)) < 200
    assert (refusal_of(text) or "").isprintable()
