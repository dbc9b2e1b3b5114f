"""Enclosures of cost, angle and margin contain the values of theory/, and are as narrow as the note says."""

from decimal import Decimal
from fractions import Fraction

import array_sets as sets
import numpy
import pytest
from flint import fmpq
from oracle import kinks as oracle_kinks
from oracle import margin as oracle_margin
from oracle import value
from oracle.decimals import decimal, precise
from reluproof.theory.dataset import Dataset
from reluproof.theory.directions import directions
from reluproof.theory.duality import smallest_angle
from reluproof.theory.margin import margin, pair_margins
from reluproof.theory.optimum import cost_squares, kinks
from reluproof.theory.root_sum import enclose_roots
from reluproof.verify.arrays import decide, enclose, minimum
from reluproof.verify.arrays.enclosures import BLOCK
from reluproof.verify.arrays.kinks import Chords, Kinks, margin_bounds

BITS = 400


def meet(enclosure, narrow):
    """Whether an enclosure holds a value that is known to BITS bits: the two must overlap."""
    return enclosure.lower <= narrow.upper and narrow.lower <= enclosure.upper


def scaled(source, size, tasks):
    x, y = sets.gaussian(source, size, tasks)
    return x * 2.0 ** source.integers(-900, 900), y * 2.0 ** source.integers(-1000, 1000)


def uneven(source, size, tasks):
    """Gaps and labels over forty powers of two."""
    x = numpy.cumsum(numpy.ldexp(1 + source.random(size), source.integers(-20, 20, size)))
    return x, numpy.ldexp(source.normal(size=(size, tasks)), source.integers(-20, 20, (size, tasks)))


def nearly_rank_one(source, size, tasks):
    """Kinks within 1e-9 of a line: small angles and margins, and opposite directions as often."""
    x, y = sets.rank_one(source, size, tasks)
    return x, y + 1e-9 * source.normal(size=y.shape)


def within(enclosure, number, digits, absolute=Decimal(0)):
    """Whether a Decimal that is right to so many digits, or to an absolute error, lies between the bounds."""
    with precise():
        slack = abs(number).scaleb(-digits) + absolute
        lower, upper = (decimal(Fraction(int(end.p), int(end.q))) for end in (enclosure.lower, enclosure.upper))
        return lower - slack <= number <= upper + slack


def narrow(enclosure, digits):
    """Whether the width is at most 10^-digits of the upper bound; 0 is exact."""
    return enclosure.width * fmpq(10) ** digits <= enclosure.upper


@pytest.mark.parametrize("kind", [*sets.KINDS, scaled, uneven, nearly_rank_one], ids=lambda kind: kind.__name__)
def test_enclosures_contain_the_exact_values_and_are_narrow(kind):
    """Fourteen families, N from 2 to 25, one to four tasks: values by the oracle in plain fractions and Decimals."""
    source = numpy.random.default_rng(31)
    for _ in range(20):
        x, y = kind(source, int(source.integers(2, 26)), int(source.integers(1, 5)))
        if len(x) < 2:
            continue
        points, labels = sets.in_fractions(x, y)
        found, bent = enclose(x, y, decide(x, y)), oracle_kinks.kinks(points, labels)
        assert within(found.cost, value.cost(bent), 150)
        assert kind is sets.nearly_straight or narrow(found.cost, 13)  # there, what is left of the labels is rounding
        angles = value.one_minus_cosines(bent)
        assert (found.angle is None) == (not angles)
        if angles:
            assert within(found.angle.value, min(angles.values()), 100, Decimal("1e-150"))
            assert narrow(found.angle.value, 28)
        squares = oracle_margin.margins_squared(points, labels)
        assert (found.squared_margin is None) == (not squares)
        if squares:
            assert within(found.squared_margin.value, min(squares.values()), 20) or found.margin.upper == 0
            assert narrow(found.squared_margin.value, 27)
            assert found.margin.lower**2 <= found.squared_margin.value.upper


def test_the_gap_named_has_the_value():
    """The window at the gap named, alone, has the angle and the margin that were enclosed."""
    source = numpy.random.default_rng(37)
    for _ in range(40):
        x, y = sets.gaussian(source, 20, 3)
        found = enclose(x, y, decide(x, y))
        for least, exact in (
            (found.angle, lambda part: smallest_angle(directions(kinks(part))).one_minus_cosine()),
            (found.squared_margin, lambda part: margin(part).squared()),
        ):
            window = slice(least.gap - 1, least.gap + 3)
            assert meet(least.value, exact(Dataset.from_arrays(x[window], y[window])).enclosure(BITS))


def test_lower_bounds_of_margins_hold_for_every_window_and_are_sharp():
    """Not only for the least: each window's bound is below its margin, and mostly by less than 1e-6 of it."""
    source = numpy.random.default_rng(41)
    ratios = []
    for kind in (sets.gaussian, uneven, nearly_rank_one, sets.few_values):
        for tasks in (1, 2, 4):
            x, y = kind(source, 60, tasks)
            with numpy.errstate(all="ignore"):
                found = Kinks.of(x, y)
                bounds = margin_bounds(found, Chords.of(found)).tolist()
            unit = fmpq(4) ** found.y_unit
            for bound, pair in zip(bounds, pair_margins(Dataset.from_arrays(x, y)), strict=True):
                exact = pair.squared().enclosure(BITS)
                lower = fmpq(*bound.as_integer_ratio()) * unit
                assert lower <= exact.upper
                if kind is sets.gaussian and tasks > 1:
                    ratios.append(lower / exact.lower)
    assert sorted(ratios)[len(ratios) // 10] > 1 - fmpq(1, 10**6)


def test_blocks_are_put_together():
    """Over several blocks, in any order of rows: the same bounds as theory/'s, of relative width 1e-13."""
    source = numpy.random.default_rng(43)
    x, y = sets.gaussian(source, BLOCK + 900, 2)
    order = source.permutation(len(x))
    found = enclose(x[order], y[order], decide(x, y))
    data = Dataset.from_arrays(x, y)
    assert meet(found.cost, enclose_roots(cost_squares(data), BITS))
    assert found.cost.width < found.cost.lower * fmpq(1, 10**13)
    assert meet(found.angle.value, smallest_angle(directions(kinks(data))).one_minus_cosine().enclosure(BITS))
    assert meet(found.squared_margin.value, margin(data).squared().enclosure(BITS))


def test_many_equal_angles_cost_no_more_than_some_evaluations():
    """A zigzag in the plane with 5,000 equal angles: the bound stays rounded where there are too many to look at."""
    x = numpy.arange(5002.0)
    y = numpy.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)[numpy.arange(5002) % 4]
    found = enclose(x, y, decide(x, y))
    assert found.angle.value.lower <= 1 <= found.angle.value.upper
    assert found.angle.value.width < fmpq(1, 10**13)
    assert found.squared_margin.value.lower > 0


class Counted:
    """Stands for `Dataset` where windows are evaluated exactly, and counts them."""

    def __init__(self):
        self.windows = 0

    def from_arrays(self, x, y):
        self.windows += 1
        return Dataset.from_arrays(x, y)


@pytest.mark.parametrize("labels", ["zigzag", "gaussian"])
def test_few_windows_are_evaluated_exactly(monkeypatch, labels):
    """Where all values are alike, some dozens in a block; where they are not, the few that can be the least."""
    counted = Counted()
    monkeypatch.setattr(minimum, "Dataset", counted)
    if labels == "zigzag":
        x, y = numpy.arange(5002.0), numpy.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)[numpy.arange(5002) % 4]
    else:
        x, y = sets.gaussian(numpy.random.default_rng(47), 5002, 2)
    enclose(x, y, decide(x, y))
    most = 2 * (minimum.MOST_EXACT + 1) if labels == "zigzag" else 20
    assert 2 <= counted.windows <= most


def test_one_task_angles_are_zero_or_two():
    """T = 1: aligned somewhere, or opposite everywhere, or no two neighbours are nonzero."""
    x = numpy.arange(6.0)
    for labels, least, gap in (([0, 0, 1, 3, 0, 0], 0, 1), ([0, 1, 0, 1, 0, 1], 2, 1), ([0, 0, 1, 0, 0, 0], 2, 1)):
        angle = enclose(x, labels, decide(x, labels)).angle
        assert (angle.value.lower, angle.value.upper, angle.gap) == (least, least, gap)
    assert enclose(x, x, decide(x, x)).angle is None
    assert enclose(x[:4], [0, 0, 1, 2], decide(x[:4], [0, 0, 1, 2])).angle is None
    assert enclose(x[:3], [0, 0, 1], decide(x[:3], [0, 0, 1])).squared_margin is None
