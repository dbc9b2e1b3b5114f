"""Decisions on arrays agree with exact rational arithmetic, and each stage decides what it is there for."""

import array_sets as sets
import numpy
import pytest
from reluproof.theory import stencil
from reluproof.verify.arrays import decide, decide_batch

SETS_OF_A_KIND = 300


def runs_of(found):
    return list(zip(found.first.tolist(), found.last.tolist(), strict=True))


def shapes(source):
    return int(source.integers(4, 14)), int(source.integers(1, 5))


@pytest.mark.parametrize("kind", sets.KINDS, ids=lambda kind: kind.__name__)
def test_runs_are_those_of_exact_arithmetic(kind):
    """3,300 sets of eleven kinds; the windows that the stages count are all of them."""
    source = numpy.random.default_rng(7)
    for _ in range(SETS_OF_A_KIND):
        x, y = kind(source, *shapes(source))
        found = decide(x, y)
        assert runs_of(found) == sets.exact_runs(x, y)
        stages = found.stages
        assert stages.block + stages.window + stages.modular + stages.exact == max(0, len(x) - 3)


STAGES = {
    # kind: the least share of windows that stages block, window, modular and exact decide when T = 3
    sets.gaussian: (1, 0, 0, 0),
    sets.rank_one: (0, 0.4, 0.1, 0),
    sets.repeated_labels: (0, 0.1, 0.2, 0),
    sets.near_ties: (0, 0.1, 0.2, 0),
    sets.nearly_straight: (0, 0.3, 0.1, 0),
    sets.mixed_exponents: (0, 0.3, 0.01, 0.1),
    sets.large_integers: (0.1, 0.1, 0.1, 0),
    sets.neighbouring_integers: (0.3, 0, 0, 0),
}


@pytest.mark.parametrize("kind", STAGES, ids=lambda kind: kind.__name__)
def test_every_stage_decides_what_it_is_there_for(kind):
    """A filter that never fires, or an exact stage that is never reached, would be noticed."""
    source = numpy.random.default_rng(11)
    counts = numpy.zeros(4)
    for _ in range(100):
        stages = decide(*kind(source, 12, 3)).stages
        counts += stages.block, stages.window, stages.modular, stages.exact
    shares = counts / counts.sum()
    assert (shares >= STAGES[kind]).all(), shares
    if kind is not sets.mixed_exponents:
        assert shares[3] < 0.01, "windows of ordinary data hardly ever need integers of any length"


def test_one_task_needs_no_exact_stage_for_generic_labels():
    """For T = 1 the sign of the product of neighbouring kinks decides, within the filter."""
    source = numpy.random.default_rng(3)
    x, y = sets.gaussian(source, 20_000, 1)
    found = decide(x, y)
    assert found.stages.block == 19_997
    slopes = numpy.diff(y[:, 0]) / numpy.diff(x)
    same = (numpy.diff(slopes)[1:] > 0) == (numpy.diff(slopes)[:-1] > 0)
    assert (found.last - found.first).sum() == same.sum()


@pytest.mark.parametrize(("first", "last"), [(8190, 8196), (8192, 8193), (8192, 16390), (16384, 16385)])
def test_blocks_overlap_by_what_a_window_needs(first, last):
    """Runs that cross the ends of blocks, or begin or end there, are whole; for one and for two tasks."""
    x = numpy.arange(3 * 8192 + 50.0)
    inside = (x >= first - 1) & (x <= last + 1)
    y = x * x + numpy.where(inside, 0, 3e9 * (-1) ** x)
    found = decide(x, y)
    assert runs_of(found) == sets.exact_runs(x, y)
    assert any(a <= first and last <= b for a, b in runs_of(found))
    assert runs_of(decide(x, numpy.column_stack([y, 2 * y]))) == runs_of(found)


@pytest.mark.parametrize("kind", sets.KINDS, ids=lambda kind: kind.__name__)
def test_order_of_rows_layout_and_memory_maps_do_not_matter(kind, tmp_path):
    """Shuffled rows, Fortran order, reversed strides, big-endian and mapped files give the same answer."""
    source = numpy.random.default_rng(5)
    x, y = kind(source, 40, 3)
    expected = runs_of(decide(x, y))
    order = source.permutation(len(x))
    numpy.save(tmp_path / "x.npy", x)
    numpy.save(tmp_path / "y.npy", y)
    mapped = [numpy.load(tmp_path / name, mmap_mode="r") for name in ("x.npy", "y.npy")]
    swapped = [values.astype(values.dtype.newbyteorder()) for values in (x, y)]
    variants = [(x[order], y[order]), (x, numpy.asfortranarray(y)), (x[::-1], y[::-1]), mapped, swapped]
    for points, labels in variants:
        assert runs_of(decide(points, labels)) == expected


def test_narrow_types_are_taken_as_they_are():
    """float16, float32 and all integers of at most 64 bits are widened exactly."""
    source = numpy.random.default_rng(2)
    x = numpy.sort(source.choice(120, 20, replace=False))
    y = source.integers(0, 3, (20, 2))
    expected = sets.exact_runs(x, y)
    for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
        assert runs_of(decide(x.astype(kind), y.astype(kind))) == expected


def test_batches_agree_with_single_decisions():
    """Many small sets at once, with points of their own or shared, at all scales."""
    source = numpy.random.default_rng(13)
    for round_ in range(60):
        count, (size, tasks) = int(source.integers(1, 40)), shapes(source)
        shared = numpy.cumsum(source.integers(1, 4, size)).astype(float)
        x = shared if round_ % 2 else shared + numpy.sort(source.random((count, size)) / 4, axis=1)
        y = source.integers(-1, 2, (count, size, tasks)) * source.choice([1.0, 0.1, 1e300, 1e-300])
        found = decide_batch(x, y)
        for index in range(count):
            single = decide(x if x.ndim == 1 else x[index], y[index])
            mine = found.dataset == index
            assert found.unique[index] == single.unique
            assert (found.first[mine].tolist(), found.last[mine].tolist()) == (
                single.first.tolist(),
                single.last.tolist(),
            )


def test_batches_reproduce_an_exact_frequency():
    """All 2^8 labelings of 8 equally spaced points: 126 of them, 63 in 128, are not unique (statement P)."""
    labels = (numpy.arange(256)[:, None] >> numpy.arange(8)) & 1
    found = decide_batch(numpy.arange(8), labels[:, :, None])
    assert int((~found.unique).sum()) == 126
    assert decide_batch(numpy.arange(3.0), numpy.ones((5, 3, 2))).unique.all()


def naive_minor(x, y):
    """The minor of the one window of four points, without a bound."""
    h, e = numpy.diff(x), numpy.diff(y, axis=0)
    u, v = (stencil.scaled_kink(h[i], h[i + 1], e[i], e[i + 1]) for i in (0, 1))
    return stencil.minor(u[0], u[1], v[0], v[1])


def test_rounding_misleads_the_bare_formula_both_ways():
    """Exact ties whose rounded minor is not 0, and sets that are no tie but whose rounded minor is 0."""
    source = numpy.random.default_rng(17)
    wrong_ties = wrong_zeros = 0
    for _ in range(400):
        x = numpy.sort(source.normal(size=4))
        base = source.normal(size=2)
        y = numpy.outer([0.0, 1, 3, 2], base)  # a multiple of one direction, exactly, where products do not round
        y = y.astype(numpy.float32).astype(numpy.float64)
        y = numpy.outer(y[:, 0], [1.0, 3.0])
        wrong_ties += naive_minor(x, y) != 0 and sets.exact_runs(x, y) != []
        y[2, 1] = numpy.nextafter(y[2, 1], 9)
        exact = sets.exact_runs(x, y)
        wrong_zeros += naive_minor(x, y) == 0 and exact == [] and sets.exact_runs(x, y[:, :1]) != []
        assert runs_of(decide(x, y)) == exact
    assert wrong_ties > 20
    assert wrong_zeros > 0
