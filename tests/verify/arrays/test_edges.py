"""The edges: both sides of every bound, the ends of the ranges of float64 and int64, and what is refused."""

import tracemalloc

import array_sets as sets
import numpy
import pytest
from reluproof.verify.arrays import decide, decide_batch
from reluproof.verify.arrays.decide import BLOCK
from reluproof.verify.reading.source import InputError

TINY, HUGE = 5e-324, numpy.finfo(float).max
ENDS = numpy.iinfo(numpy.int64)


def runs_of(found):
    return list(zip(found.first.tolist(), found.last.tolist(), strict=True))


def stages_of(x, y):
    stages = decide(x, y).stages
    return stages.block, stages.window, stages.modular, stages.exact


def window(deviation):
    """Four points whose kinks are (1, 1) and (1, 1 + deviation) with cancellation in no step: (x, y)."""
    return numpy.arange(4.0), numpy.array([[0, 0], [0, 0], [1, 1], [3, 3 + deviation]], dtype=float)


def test_the_block_bound_closes_windows_from_about_a_hundred_units_on():
    """Its constant: with gaps 1 and label differences below 2, a minor of 2^-43 is closed, one of 2^-47 is not."""
    assert stages_of(*window(2.0**-43)) == (1, 0, 0, 0)
    assert stages_of(*window(2.0**-47))[0] == 0


def test_the_window_bound_closes_windows_from_about_twenty_units_on():
    """Balls follow each window, so that they close smaller minors than the block's bound; below, integers decide."""
    assert stages_of(*window(2.0**-47)) == (0, 1, 0, 0)
    assert stages_of(*window(2.0**-50)) == (0, 0, 1, 0)


def test_every_deviation_of_some_units_in_the_last_place_is_seen():
    """Steps of one unit in the last place across the tie: aligned exactly there, whichever stage decides."""
    x, y = window(0)
    value = y[3, 1]
    for _ in range(200):
        value = numpy.nextafter(value, -numpy.inf)
    reached = set()
    for step in range(-200, 201):
        y[3, 1] = value
        found = decide(x, y)
        assert found.unique == (step != 0)
        reached.add(next(name for name in ("block", "window", "modular", "exact") if getattr(found.stages, name)))
        value = numpy.nextafter(value, numpy.inf)
    assert reached == {"block", "window", "modular"}


def test_one_task_close_to_a_straight_line():
    """Kinks of one unit in the last place, of either sign or zero, between kinks of size 1."""
    x = numpy.arange(5.0)
    for below in range(-3, 4):
        y = numpy.array([0.0, 1, 2 + below * 2.0**-51, 4, 7])
        assert runs_of(decide(x, y)) == sets.exact_runs(x, y)


@pytest.mark.parametrize("scale", [TINY, 2.0**-1022, 1e-308, 1e-200, 1.0, 1e200, 1e306])
@pytest.mark.parametrize("span", [TINY, 2.0**-1022, 1e-308, 1.0, 1e300, 1e306])
def test_scale_does_not_matter(scale, span):
    """Ties and their neighbours at every scale of labels and points; the filter works at all of them."""
    base = numpy.array([[0, 0], [5, 2], [5, 2], [0, 0], [1, 3], [7, -2], [4, 4]], dtype=float)
    x = numpy.array([0, 1, 3, 4, 6, 7, 9]) * span
    assert runs_of(decide(x, base * scale)) == [(1, 2)]
    moved = base * scale
    moved[3, 0] = numpy.nextafter(moved[3, 0], 1)
    assert runs_of(decide(x, moved)) == sets.exact_runs(x, moved) == []
    assert decide(x, base * scale).stages.block >= 2


def test_differences_that_overflow():
    """Points and labels at both ends of float64: no difference fits, and nothing is lost."""
    x = numpy.array([-HUGE, -HUGE / 2, HUGE / 3, HUGE])
    y = numpy.array([[HUGE, -HUGE], [-HUGE, HUGE], [HUGE, -HUGE], [-HUGE, HUGE]])
    assert runs_of(decide(x, y)) == sets.exact_runs(x, y) == []
    y = numpy.array([[-HUGE, HUGE], [HUGE, -HUGE], [HUGE, -HUGE], [-HUGE, HUGE]])
    assert runs_of(decide(x, y)) == sets.exact_runs(x, y) == [(1, 2)]
    assert decide(x, numpy.array([0, HUGE, -HUGE, HUGE])).stages.block == 1


def test_products_that_underflow():
    """Where every product of the bare formula is 0, the tie and its neighbour are still told apart."""
    x = numpy.array([0, 1, 2, 3]) * TINY
    tie = numpy.array([[0, 0], [3, 1], [3, 1], [0, 0]]) * TINY
    other = numpy.array([[0, 0], [3, 1], [3, 1], [0, 1]]) * TINY
    assert (numpy.diff(x)[:-1] * numpy.diff(tie[:, 0])[1:] == 0).all()
    assert not decide(x, tie).unique
    assert decide(x, other).unique


def test_one_window_with_all_exponents_needs_integers_of_any_length():
    """Subnormal and largest labels side by side: more than 2,000 bits, counted as decided by the last stage."""
    x = numpy.array([-HUGE, -TINY, TINY, HUGE])
    y = numpy.array([[HUGE, TINY], [0, 0], [0, 0], [HUGE, TINY]])
    assert stages_of(x, y) == (0, 0, 0, 1)
    assert not decide(x, y).unique
    y[3, 1] = 2 * TINY
    assert decide(x, y).unique


def test_both_ends_of_int64():
    """Differences up to 2^64 - 1; float64 would merge neighbours, and int64 would wrap."""
    x = numpy.array([ENDS.min, ENDS.min + 1, ENDS.max - 1, ENDS.max])
    tie = numpy.array([[ENDS.min, ENDS.max], [ENDS.max, ENDS.min], [ENDS.max, ENDS.min], [ENDS.min, ENDS.max]])
    near = tie.copy()
    near[3, 1] -= 1
    for y in (tie, near, tie[:, :1]):
        assert runs_of(decide(x, y)) == sets.exact_runs(x, y)
    assert not decide(x, tie).unique
    assert decide(x, near).unique


def test_integers_that_float64_merges():
    """2^53 + 1 and 2^53 are the same float; as int64 they are not."""
    x = 2**53 + numpy.arange(5)
    y = numpy.array([0, 0, 1, 3, 6])
    assert runs_of(decide(x, y)) == [(1, 3)]
    with pytest.raises(InputError, match="same x"):
        decide(x.astype(float), y)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([0.0, 1.0, 1.0], [1.0, 2.0, 3.0], r"x\[1\] and x\[2\] have the same x, 1.0"),
        ([3.0, 1.0, 3.0], [1.0, 2.0, 3.0], r"x\[0\] and x\[2\]"),
        ([0.0, 0.0, 1.0, 2.0, 3.0], numpy.zeros(5), r"x\[0\] and x\[1\]"),
        ([0.0, numpy.nan, 1.0], [1.0, 2.0, 3.0], r"x\[1\] holds nan"),
        ([0.0, 1.0, numpy.inf], [1.0, 2.0, 3.0], r"x\[2\] holds inf"),
        ([0.0, 1.0, 2.0, 4.0], [1.0, 2.0, numpy.inf, 3.0], r"y\[2\] holds inf"),
        ([3.0, 1.0, 2.0, 0.0], [1.0, 2.0, 5.0, numpy.nan], r"y\[3\] holds nan"),
        ([0.0, 1.0], [1.0, 2.0, 3.0], "shape"),
        ([[0.0, 1.0]], [1.0], "shape"),
        ([0.0], [1.0], "at least 2"),
        ([0.0, 1.0], numpy.zeros((2, 0)), "at least one task"),
        ([0.0, 1.0], ["a", "b"], "floats of at most 64 bits"),
        ([0.0, 1.0], [1j, 0], "floats of at most 64 bits"),
        ([0.0, 1.0], numpy.zeros(2, numpy.longdouble), "floats of at most 64 bits"),
        ([0.0, 1.0], [True, False], "floats of at most 64 bits"),
        ([0.0, 1.0], numpy.array([0, 2**63], numpy.uint64), "2\\^63"),
        ([0.0, 1.0], numpy.ma.masked_array([1.0, 2.0], [True, False]), "masked"),
        ([0.0, 1.0], [[1.0], [1.0, 2.0]], "y: "),
    ],
)
def test_refusals_name_the_place(x, y, words):
    """One line says which rows, or what would be right."""
    with pytest.raises(InputError, match=words) as refusal:
        decide(numpy.asarray(x) if isinstance(x, list) else x, y)
    assert "\n" not in str(refusal.value)


def test_refusals_in_later_blocks_and_coordinates():
    """A bad entry is found wherever it is, also in a coordinate that no filter would look at; sums may overflow."""
    size = 2 * BLOCK + 10
    x, y = numpy.arange(float(size)), numpy.random.default_rng(0).normal(size=(size, 5))
    for row in (0, BLOCK + 2, size - 1):
        bad = y.copy()
        bad[row, 4] = numpy.nan
        with pytest.raises(InputError, match=rf"y\[{row}\] holds nan"):
            decide(x, bad)
    large = numpy.full((size, 1), 1e308)
    assert decide(x, large).unique
    late = x.copy()
    late[BLOCK + 5] = late[BLOCK + 6]
    with pytest.raises(InputError, match=rf"x\[{BLOCK + 5}\] and x\[{BLOCK + 6}\]"):
        decide(late, y)


def test_batches_refuse_what_they_cannot_take():
    """Shapes, order and values."""
    x, y = numpy.arange(5.0), numpy.zeros((2, 5, 1))
    for points, labels, words in (
        (x[:4], y, "shape"),
        (x, y[0], "shape"),
        (x[::-1], y, "do not increase"),
        (x, numpy.full((2, 5, 1), numpy.nan), "nan"),
        (x[:1], y[:, :1], "at least 2 points"),
    ):
        with pytest.raises(InputError, match=words):
            decide_batch(points, labels)


def test_nothing_is_copied():
    """Beyond the arrays, which are left as they are, a few blocks are needed; also with 1 % ties."""
    source = numpy.random.default_rng(1)
    x, y = sets.gaussian(source, 400_000, 3)
    y[3::400] = y[::400]
    y[2::400] = y[1::400]
    before = y.copy()
    tracemalloc.start()
    found = decide(x, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.first) == 1000
    assert peak < 12 * 2**20 + 16 * len(found.first)
    assert (y == before).all()


def test_the_answer_is_frozen():
    """Counts and runs cannot be assigned."""
    found = decide(*window(1.0))
    with pytest.raises(AttributeError):
        found.points = 5
    assert found.stages.words == "floating-point filter with error bounds (1 windows), exact (0 windows)"


@pytest.mark.parametrize(
    ("y", "unique"),
    [
        ([(1, 1 / 8), (2**62, 2**59), (2**63, 2**60), (-1, -1 / 8)], True),
        ([(-2, -16), (3, 24), (2**62, 2**65), (2**63, 2**66)], False),
    ],
)
def test_integers_whose_power_of_two_is_the_sixty_third(y, unique):
    """2^63 is not 0 modulo 2^64: a window that is decided by residues."""
    found = decide(numpy.arange(4.0), numpy.array(y, float))
    assert (found.unique, found.stages.modular) == (unique, 1)


def test_integers_whose_power_of_two_is_the_sixty_fourth():
    """2^64 is: the same window, twice as large."""
    found = decide(numpy.arange(4.0), 2 * numpy.array([(-2, -16), (3, 24), (2**62, 2**65), (2**63, 2**66)], float))
    assert not found.unique
