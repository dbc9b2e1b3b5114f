"""Each operation of balls, magnitudes and residues against exact rationals; integers of floats and of int64."""

from fractions import Fraction
from itertools import combinations, pairwise
from math import gcd

import numpy
import pytest
from flint import fmpz
from reluproof.theory import stencil
from reluproof.verify.arrays import decide
from reluproof.verify.arrays.arithmetic import SLACK, Ball, Magnitude, Residues
from reluproof.verify.arrays.block import _bounded
from reluproof.verify.arrays.differences import differences, scaled_differences
from reluproof.verify.arrays.integers import MODULI, MODULUS_BITS, integers

EXPONENTS = (1, 30, 300, 540, 1070)


def numbers(source, size, exponent):
    """Random floats below 1 with exponents down to -exponent."""
    return numpy.ldexp(source.uniform(-1, 1, size), -source.integers(0, exponent, size))


def true_points(source, ball):
    """One exact number in each ball, often at an end."""
    ends = source.choice([-1, 0, 1], len(ball.middle)).tolist()
    return [
        Fraction(m) + end * Fraction(r)
        for m, r, end in zip(ball.middle.tolist(), ball.radius.tolist(), ends, strict=True)
    ]


def contains(ball, values):
    return all(
        abs(value - Fraction(m)) <= Fraction(r)
        for value, m, r in zip(values, ball.middle.tolist(), ball.radius.tolist(), strict=True)
    )


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_balls_contain_the_true_results(exponent):
    """Differences and products of numbers at the ends of their balls, where rounding and underflow are largest."""
    source = numpy.random.default_rng(exponent)
    for radius in (0.0, 2.0**-52, 2.0**-20, 1.0):
        a, b = (Ball(m := numbers(source, 2000, exponent), abs(m) * radius) for _ in range(2))
        true_a, true_b = true_points(source, a), true_points(source, b)
        assert contains(a - b, [x - y for x, y in zip(true_a, true_b, strict=True)])
        assert contains(a * b, [x * y for x, y in zip(true_a, true_b, strict=True)])


def test_radii_are_not_much_larger_than_they_must_be():
    """A bound that closed nothing would be correct, too: some results come within a factor 1.1 of the radius."""
    source = numpy.random.default_rng(0)
    a, b = (Ball(source.uniform(0.5, 1, 20_000), numpy.zeros(20_000)) for _ in range(2))
    for result, exact in ((a - b, Fraction.__sub__), (a * b, Fraction.__mul__)):
        pairs = zip(a.middle.tolist(), b.middle.tolist(), result.middle.tolist(), strict=True)
        errors = [abs(exact(Fraction(x), Fraction(y)) - Fraction(m)) for x, y, m in pairs]
        used = [float(error / Fraction(r)) if r else 0 for error, r in zip(errors, result.radius.tolist(), strict=True)]
        assert max(used) <= 1
    assert max(used) > 0.9


@pytest.mark.parametrize("scale", [0, 149, 151, 900, -149, -151, -1000])
def test_the_bound_of_a_block_holds_for_each_of_its_minors(scale):
    """Computed minors differ from the exact ones by less than the bound, also where the block had to be scaled."""
    source = numpy.random.default_rng(scale + 2000)
    for _ in range(30):
        gaps = numbers(source, 12, 8) * 2.0**scale
        labels = numbers(source, 12, 8) * 2.0 ** (-scale // 2), numbers(source, 12, 60)
        x = numpy.cumsum(abs(gaps))
        computed, bounds, exact = [], [], []
        for values in (x, *labels):
            steps, bound = _bounded(differences(values, -1), values, 0.0)
            true = [Fraction(b) - Fraction(a) for a, b in zip(values.tolist(), values[1:].tolist(), strict=False)]
            largest = int(numpy.argmax(abs(steps)))
            # the unit is the power of two between the steps used and the true ones
            unit = Fraction(2) ** round(float(numpy.log2(abs(float(true[largest] / Fraction(float(steps[largest])))))))
            computed.append(steps)
            bounds.append(bound)
            exact.append([value / unit for value in true])
        kinks = [stencil.scaled_kink(computed[0][:-1], computed[0][1:], e[:-1], e[1:]) for e in computed[1:]]
        of_kinks = [stencil.scaled_kink(bounds[0], bounds[0], e, e) for e in bounds[1:]]
        minors = stencil.minor(kinks[0][:-1], kinks[1][:-1], kinks[0][1:], kinks[1][1:])
        bound = stencil.minor(of_kinks[0], of_kinks[1], of_kinks[0], of_kinks[1]).radius
        h = exact[0]
        u, v = ([stencil.scaled_kink(h[i], h[i + 1], e[i], e[i + 1]) for i in range(10)] for e in exact[1:])
        for i, minor in enumerate(minors.tolist()):
            assert abs(Fraction(minor) - stencil.minor(u[i], v[i], u[i + 1], v[i + 1])) <= Fraction(bound)
        assert bound <= 85 * 2.0**-53 * float(bounds[0].middle ** 2 * bounds[1].middle * bounds[2].middle)


def test_magnitudes_add_where_numbers_subtract():
    """The stencils of a block bound: 8 H^2 E F and about 80 units of it."""
    h, e = Magnitude(SLACK, 2.0**-53), Magnitude(SLACK, 2.0**-53)
    kink = stencil.scaled_kink(h, h, e, e)
    minor = stencil.minor(kink, kink, kink, kink)
    assert 8 <= minor.middle < 8.001
    assert 79 < minor.radius * 2.0**53 < 81


def test_differences_of_integers_are_rounded_correctly():
    """Over all of int64, where neither int64 nor float64 holds them."""
    source = numpy.random.default_rng(8)
    ends = numpy.iinfo(numpy.int64)
    for low, high in ((ends.min, ends.max), (-(2**62), 2**62), (2**62, 2**62 + 100), (-5, 5)):
        values = source.integers(low, high, 3000, endpoint=True)
        exact = [float(b - a) for a, b in zip(values.tolist(), values[1:].tolist(), strict=False)]
        assert differences(values, -1).tolist() == exact


@pytest.mark.parametrize("radius", [0.0, 2.0**-52])
def test_scaled_differences_contain_the_true_ones(radius):
    """Windows of any exponents, subnormals included, whose values were moved within their rounding."""
    source = numpy.random.default_rng(12)
    values = numpy.ldexp(source.uniform(-1, 1, (4, 500)), source.integers(-1074, 1024, (1, 500)))
    values = numpy.ldexp(values, -source.integers(0, 60, (4, 500)))
    moves = [[Fraction(2) ** -1075 * s + abs(Fraction(v)) * Fraction(radius) * s for v in row] if radius else [0] * 500
             for row, s in zip(values.tolist(), (1, -1, 1, -1), strict=True)]  # fmt: skip
    ball, exponents = scaled_differences(values, radius)
    true = [[Fraction(v) + m for v, m in zip(*pair, strict=True)] for pair in zip(values.tolist(), moves, strict=True)]
    for i in range(3):
        steps = [(b - a) / Fraction(2) ** k for a, b, k in zip(true[i], true[i + 1], exponents.tolist(), strict=True)]
        assert contains(ball[i], steps)
    assert (abs(ball.middle) < 4).all()


def test_moduli_are_coprime_and_of_the_size_that_is_claimed():
    """Pairwise, and odd; no product of two residues, nor the difference of two such products, reaches 2^63."""
    assert all(gcd(a, b) == 1 for a, b in combinations(MODULI, 2))
    assert all(m % 2 == 1 and 2**MODULUS_BITS < m < 2**31 for m in MODULI)


def test_residues_are_those_of_the_integers():
    """Stencils modulo every modulus, from floats of any exponent and int64, agree with Python's integers."""
    source = numpy.random.default_rng(21)
    ends = numpy.iinfo(numpy.int64)
    wide = numpy.ldexp(source.uniform(-1, 1, (4, 200)), source.integers(-1074, 1024, (4, 200)))
    plain = source.normal(size=(4, 200)) * source.integers(0, 2, (4, 200))
    whole = source.integers(ends.min, ends.max, (4, 200), endpoint=True)
    small = source.integers(-3, 4, (4, 200))
    for values in (wide, plain, whole, small):
        found = integers(values)
        exact = [found.exact((slice(None), window)) for window in range(200)]
        for window, column in enumerate(exact):
            unit = Fraction(2) ** int(found.granule[window])
            assert [value * unit for value in column] == [Fraction(value) for value in values[:, window].tolist()]
            assert not any(column) or any(value % 2 for value in column)
        steps = numpy.array([[b - a for a, b in pairwise(c)] for c in exact], dtype=object).T
        assert (found.steps().low == (steps % 2**64).astype(numpy.uint64)).all()
        assert all(
            abs(value) <= 2 ** int(top)
            for column, top in zip(exact, found.size, strict=True)
            for value in column
            if value
        )
        for modulus in MODULI:
            residues = found.steps().modulo(modulus)
            assert (residues.values == (steps % modulus).astype(numpy.uint64)).all()
            kink = stencil.scaled_kink(residues[0], residues[1], residues[1], residues[2])
            expected = stencil.scaled_kink(steps[0], steps[1], steps[1], steps[2])
            assert (kink.values == (expected % modulus).astype(numpy.uint64)).all()


def test_the_largest_residues_do_not_overflow():
    """m - 1 and 0 in all places of a minor."""
    for modulus in MODULI:
        top, zero = (Residues(numpy.array([v], numpy.uint64), modulus) for v in (modulus - 1, 0))
        for factors in ((top, top, top, top), (top, zero, zero, top), (zero, top, top, zero)):
            a, b, c, d = (int(factor.values[0]) for factor in factors)
            assert int(stencil.minor(*factors).values[0]) == (a * d - b * c) % modulus


def test_the_moduli_are_the_largest_primes_below_two_to_the_31():
    """Distinct primes of 31 bits: what vanishes modulo several of them vanishes modulo their product."""
    primes = [number for number in range(2**31 - 1, 2**31 - 152, -1) if fmpz(number).is_prime()]
    assert list(MODULI) == primes
    assert min(MODULI) > 2**MODULUS_BITS


@pytest.mark.parametrize("moduli", [MODULI, MODULI[:2]], ids=["all", "two"])
@pytest.mark.parametrize("factor", [*MODULI, 1, 0])
def test_minors_that_vanish_modulo_two_to_the_64_and_a_prime(factor, moduli, monkeypatch):
    """Kinks (a, b) and (c, d) with a d - b c = one of the primes, or 0: only then are they aligned.

    The gap between them is 2^32 times as long as the outer ones, so minors of the scaled kinks carry a factor 2^64. Two
    primes are enough for numbers of this size, and one that does not divide the minor is, whatever the other one says.
    """
    monkeypatch.setattr("reluproof.verify.arrays.windows.MODULI", moduli)
    a, b = 2**48 + 1, 2**48 - 3
    d = factor * pow(a, -1, b) % b + b
    c = (a * d - factor) // b
    assert a * d - b * c == factor
    x = numpy.array([0, 1, 1 + 2**32, 2 + 2**32], float)
    labels = numpy.array([(0, 0), (-a, -b), (-a, -b), (c - a, d - b)], float)
    found = decide(x, labels)
    assert found.unique == (factor != 0)
    assert found.stages.modular == 1
