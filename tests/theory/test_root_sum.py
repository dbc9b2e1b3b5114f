"""Sums of square roots: normal form, order, enclosure."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import inf, nextafter
from operator import ge, gt, le, lt
from time import process_time

import numpy
import pytest
from flint import fmpq, fmpz
from hypothesis import assume, given
from hypothesis import strategies as st
from reluproof.theory import RootSum
from reluproof.theory.root_sum import enclose_roots, merged_roots
from reluproof.theory.square_classes import rational_root

signed_squares = st.builds(fmpq, st.integers(-60, 60), st.integers(1, 12))
root_sums = st.lists(signed_squares, max_size=6).map(RootSum)
factors = st.builds(fmpq, st.integers(-9, 9), st.integers(1, 9))


def decimal_value(terms, digits=60):
    """The sum to `digits` digits, by decimal square roots."""
    with localcontext(prec=digits):
        total = Decimal(0)
        for term in terms:
            magnitude = (Decimal(int(abs(term.p))) / Decimal(int(term.q))).sqrt()
            total += magnitude if term > 0 else -magnitude
        return total


def test_alike_roots_merge():
    """sqrt 2 + sqrt 8 - sqrt 18 is zero; sqrt 2 + sqrt 8 is sqrt 18; sqrt(1/2) is half of sqrt 2."""
    assert RootSum([2, 8, -18]) == RootSum()
    assert RootSum([2, 8]) == RootSum([18])
    assert RootSum(["1/2"]) == RootSum([2]).scaled("1/2")
    assert RootSum([4, 9]) == RootSum.of_rational(5)


def test_a_near_tie_is_decided():
    """Sums of roots that agree to many digits are told apart, and equal ones are found equal."""
    near = RootSum([10**40 + 1, -(10**40)]) - RootSum(["1/40000000000000000000000000000000000000000"])
    assert near.sign() == -1
    assert (RootSum([5]) + RootSum([3]) - RootSum([3]) - RootSum([5])).sign() == 0


@given(root_sums, root_sums, root_sums)
def test_group_laws(a, b, c):
    """Addition is commutative and associative with inverses, on normal forms."""
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a - a == RootSum()
    assert hash(a + b) == hash(b + a)


@given(root_sums, factors, factors)
def test_scaling_is_linear(a, p, q):
    """p a + q a = (p + q) a."""
    assert a.scaled(p) + a.scaled(q) == a.scaled(p + q)


@given(root_sums, root_sums)
def test_order_is_that_of_the_values(a, b):
    """Order and sign agree with decimal square roots wherever those are clearly apart."""
    difference = decimal_value(a.terms) - decimal_value(b.terms)
    assume(abs(difference) > Decimal("1e-40"))
    assert (a > b) == (difference > 0)
    assert (a <= b) == (difference < 0)
    assert (a - b).sign() == (1 if difference > 0 else -1)


@pytest.mark.parametrize("two", [2, Fraction(2), fmpq(2), fmpz(2)], ids=lambda number: type(number).__name__)
def test_a_sum_is_a_number(two):
    """It compares with exact numbers of all types, from both sides, and has their hash; never with rounded ones."""
    whole, root = RootSum([4]), RootSum([5])
    assert whole == two
    assert two == whole
    assert whole != two + 1
    assert hash(whole) == hash(two)
    assert (whole <= two, whole < two, root > two, root >= two, root < two + 1) == (True, False, True, True, True)
    assert (two < root, two <= whole, two > root, two >= whole) == (True, True, False, True)
    assert root != two


@pytest.mark.parametrize("other", [2.0, "2", None, True, numpy.float64(2)])
def test_what_is_no_exact_number_compares_with_nothing(other):
    """== is False, the order a TypeError; True is no number here."""
    assert RootSum([4]) != other
    for compare in (lt, le, gt, ge):
        with pytest.raises(TypeError):
            compare(RootSum([4]), other)


@given(root_sums, st.builds(Fraction, st.integers(-9, 9), st.integers(1, 9)))
def test_comparison_with_fractions(a, number):
    """As the sum that the fraction is."""
    other = RootSum.of_rational(number)
    assert ((a == number), (a < number), (a > number)) == ((a == other), (a < other), (a > other))
    assert (a == number) + (a < number) + (a > number) == 1


@given(root_sums)
def test_float_is_the_nearest(a):
    """Rounded once: the neighbours of the float are no nearer."""
    found = float(a)
    with localcontext(prec=100):
        value = decimal_value(a.terms, 100)
        error = abs(Decimal(found) - value)
        assert all(error <= abs(Decimal(nextafter(found, end)) - value) for end in (-inf, inf))


def test_float_beyond_the_range():
    """A sum too large for a float is an error, not infinity; a small one is rounded to a subnormal or 0."""
    with pytest.raises(OverflowError):
        float(RootSum([fmpq(10) ** 700]))
    assert float(RootSum([fmpq(10) ** -700])) == 0.0
    assert float(RootSum([fmpq(2) ** -2148])) == 5e-324


def test_rational_roots_are_merged_in_linear_time():
    """10,000 perfect squares and their negatives: the longest partial sum stays short."""
    roots = [fmpq(1, 10**6 + k) for k in range(10_000)]
    squares = [sign * root * root for root in roots for sign in (1, -1)]
    start = process_time()
    assert RootSum(squares) == 0
    assert process_time() - start < 5
    assert RootSum([root * root for root in roots[:200]]) == sum(roots[:200], fmpq(0))


def test_when_roots_are_merged_for_a_reader():
    """Up to a number of irrational roots and a length of the common denominator of the rational ones; else not."""
    assert merged_roots([fmpq(9, 4)] * 5000, 0, 2) == 7500
    assert merged_roots([fmpq(2), fmpq(3)], 1, 64) is None
    assert merged_roots([fmpq(2), fmpq(4)], 1, 1) == RootSum([2, 4])
    assert merged_roots([fmpq(1, 9), fmpq(1, 25)], 0, 3) is None
    assert merged_roots([fmpq(1, 9), fmpq(1, 25)], 0, 4) == fmpq(8, 15)


@given(st.lists(signed_squares, max_size=6))
def test_normal_form_keeps_the_value(terms):
    """The normal form has the value of its terms and is a fixed point."""
    normal = RootSum(terms)
    assert abs(decimal_value(normal.terms) - decimal_value(terms)) < Decimal("1e-50")
    assert RootSum(normal.terms) == normal
    assert eval(repr(normal)) == normal


@given(st.lists(signed_squares, max_size=6))
def test_enclosures_enclose(terms):
    """The bounds hold and are narrow; the unmerged enclosure of a positive sum holds too."""
    enclosure = RootSum(terms).enclosure(96)
    value = decimal_value(terms, 80)
    with localcontext(prec=80):
        lower = Decimal(int(enclosure.lower.p)) / Decimal(int(enclosure.lower.q))
        upper = Decimal(int(enclosure.upper.p)) / Decimal(int(enclosure.upper.q))
        assert lower - Decimal("1e-70") <= value <= upper + Decimal("1e-70")
    assert abs(enclosure.width) * 2**90 <= abs(enclosure.upper) + abs(enclosure.lower)
    squares = [abs(term) for term in terms]
    unmerged, merged = enclose_roots(squares), RootSum(squares).enclosure()
    assert unmerged.lower <= merged.upper
    assert merged.lower <= unmerged.upper


@pytest.mark.parametrize(("square", "root"), [("4/9", "2/3"), ("0", "0"), ("2", None), ("8/2", "2"), ("1/8", None)])
def test_rational_root(square, root):
    """rational_root finds exactly the rational roots."""
    found = rational_root(RootSum.of_rational(0).as_rational() + fmpq(*map(int, square.split("/"))))
    assert found == (None if root is None else fmpq(*map(int, root.split("/"))))


def test_text():
    """A sum reads like a formula, rational terms without a root sign."""
    assert str(RootSum([2, -3, 4])) == "-sqrt(3) + sqrt(2) + 2"
    assert str(RootSum()) == "0"
