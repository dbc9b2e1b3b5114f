"""Enclosures and outward rounding."""

import importlib
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory import Enclosure
from reluproof.theory.enclosure import round_decimal

VERIFY = Path(__file__).parents[2] / "verify"
rationals = st.builds(fmpq, st.integers(-(10**30), 10**30), st.integers(1, 10**30))


@given(rationals, st.integers(1, 25))
def test_rounding_is_outward_and_tight(value, digits):
    """The decimals enclose the value, within one unit of the last digit."""
    lower, upper = (Fraction(Decimal(round_decimal(value, digits, up=up))) for up in (False, True))
    exact = Fraction(int(value.p), int(value.q))
    assert lower <= exact <= upper
    assert (upper - lower) * 10 ** (digits - 1) <= abs(exact)


@pytest.mark.parametrize(
    ("value", "digits", "lower", "upper"),
    [
        (fmpq(1, 3), 3, "0.333", "0.334"),
        (fmpq(-1, 3), 3, "-0.334", "-0.333"),
        (fmpq(1, 2), 15, "0.5", "0.5"),
        (fmpq(0), 5, "0", "0"),
        (fmpq(999999), 2, "990000", "1000000"),
        (fmpq(1, 10**30), 4, "1e-30", "1e-30"),
        (fmpq(10) ** 40 / 3, 4, "3.333e39", "3.334e39"),
    ],
)
def test_decimal_text(value, digits, lower, upper):
    """Plain decimals for moderate sizes, scientific ones beyond, no trailing zeros."""
    assert Enclosure.exactly(value).decimals(digits) == (lower, upper)


def test_an_enclosure_is_not_a_number():
    """It has no == and no hash; its bounds must be in order."""
    third = Enclosure.exactly(fmpq(1, 3))
    with pytest.raises(TypeError, match="no =="):
        assert third == third  # noqa: PLR0124
    with pytest.raises(TypeError, match="unhashable"):
        hash(third)
    with pytest.raises(ValueError, match="above"):
        Enclosure(fmpq(2), fmpq(1))


def test_ball_ends_are_exact():
    """from_ball keeps the dyadic ends: the enclosed number is inside, and repr gives the same bounds back."""
    with ctx.workprec(64):
        enclosure = Enclosure.from_ball(arb(2).sqrt())
    assert enclosure.lower**2 <= 2 <= enclosure.upper**2
    again = eval(repr(enclosure))
    assert (again.lower, again.upper) == (enclosure.lower, enclosure.upper)
    with pytest.raises(ValueError, match="not finite"):
        Enclosure.from_ball(arb("inf"))


@given(rationals, rationals)
def test_float_is_that_of_the_middle(a, b):
    """For a picture: nearest to the middle, whatever the width."""
    enclosure = Enclosure(min(a, b), max(a, b))
    middle = (Fraction(int(a.p), int(a.q)) + Fraction(int(b.p), int(b.q))) / 2
    assert float(enclosure) == middle.numerator / middle.denominator


def test_no_value_compares_enclosures_by_accident():
    """A frozen value with an enclosure in it leaves that out of its ==, or has no == of its own at all."""
    found = 0
    files = [path.relative_to(VERIFY).with_suffix("").parts for path in VERIFY.rglob("*.py")]
    for module in [".".join(("reluproof", "verify", *parts)) for parts in files if parts[-1][:2] != "__"]:
        for name, kind in vars(importlib.import_module(module)).items():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module:
                for field in fields(kind):
                    if "Enclosure" in str(field.type):
                        found += 1
                        assert kind.__eq__ is object.__eq__ or not field.compare, (name, field.name)
    assert found >= 8
