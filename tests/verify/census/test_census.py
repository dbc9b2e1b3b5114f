"""The census: the known probabilities, brute force, and every symmetry that it uses."""

from itertools import product
from time import process_time

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from reluproof.theory import Dataset, aligned, is_unique
from reluproof.verify.census import Box, LabelList, OneHot, census
from reluproof.verify.census.chain import window_kinks
from reluproof.verify.census.count import CensusError, aligned_runs, sparsest_widths
from reluproof.verify.census.decay import _wide_vector, spectral_radius
from reluproof.verify.census.enumeration import enumeration

BINARY = (fmpq(0), fmpq(1))
SIGNS = (fmpq(-1), fmpq(0), fmpq(1))


def equally_spaced(size):
    return [fmpq(index) for index in range(size)]


@pytest.mark.parametrize(
    ("labels", "size", "probability"),
    [
        (OneHot(2), 4, fmpq(1, 8)),
        (OneHot(2), 5, fmpq(1, 4)),
        (OneHot(2), 6, fmpq(11, 32)),
        (OneHot(2), 7, fmpq(27, 64)),
        (OneHot(3), 4, fmpq(2, 27)),
        (OneHot(3), 5, fmpq(4, 27)),
        (OneHot(3), 6, fmpq(52, 243)),
        (OneHot(4), 4, fmpq(3, 64)),
        (OneHot(4), 5, fmpq(3, 32)),
        (Box(BINARY, 1), 8, fmpq(63, 128)),
        (Box(BINARY, 1), 9, fmpq(71, 128)),
        (Box(SIGNS, 1), 4, fmpq(10, 81)),
        (Box(BINARY, 3), 4, fmpq(7, 512)),
    ],
)
def test_the_values_of_statement_p(labels, size, probability):
    """Found by brute force long before there was a transfer matrix."""
    assert census(labels, equally_spaced(size)).non_unique == probability


@pytest.mark.parametrize("tasks", range(2, 12))
def test_four_one_hot_labels(tasks):
    """(T - 1) / T^3 for N = 4."""
    assert census(OneHot(tasks), equally_spaced(4)).non_unique == fmpq(tasks - 1, tasks**3)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 9, 30])
def test_two_classes_are_one_bit(size):
    """One-hot labels of two classes and {0, 1} agree for every N."""
    x = equally_spaced(size)
    assert census(OneHot(2), x).unique == census(Box(BINARY, 1), x).unique
    assert sparsest_widths(OneHot(2), x) == sparsest_widths(Box(BINARY, 1), x)


@pytest.mark.parametrize("bits", [1, 2, 3, 5])
def test_labels_of_zeros_and_ones_count_only_by_their_number(bits):
    """{0, 1}^k is as good as 2^k classes, and the spacing of the points does not matter."""
    for size in (4, 5, 8, 40):
        assert (
            census(Box(BINARY, bits), equally_spaced(size)).unique
            == census(OneHot(2**bits), equally_spaced(size)).unique
        )
    assert census(Box(BINARY, bits), UNEQUAL).unique == census(OneHot(2**bits), equally_spaced(6)).unique
    assert census(OneHot(2**bits), UNEQUAL).unique == census(OneHot(2**bits), equally_spaced(6)).unique


@pytest.mark.parametrize("gaps", [(1, 1, 1), (1, 2, 5), (7, 1, 3)])
def test_zeros_and_ones_are_aligned_only_as_a_b_b_a(gaps):
    """All windows of four labels in {0, 1}^3."""
    labels = [label for label, _ in Box(BINARY, 3).labels()]
    found = 0
    for a, b, c, d in product(labels, repeat=4):
        u, v = window_kinks((a, b, c, d), tuple(map(fmpq, gaps)))
        assert aligned(u, v) == (b == c and a == d and a != b)
        found += aligned(u, v)
    assert found == 56


UNEQUAL = [fmpq(0), fmpq(1), fmpq(3), fmpq(7, 2), fmpq(5), fmpq(11)]
SETS = [
    OneHot(1),
    OneHot(3),
    OneHot(5),
    Box(BINARY, 2),
    Box(SIGNS, 1),
    Box((fmpq(0), fmpq(1), fmpq(3)), 1),
    LabelList.from_rationals([(fmpq(0), fmpq(1)), (fmpq(1), fmpq(1, 2))], [fmpq(1, 3), fmpq(2, 3)]),
]


@pytest.mark.parametrize("labels", SETS, ids=str)
@pytest.mark.parametrize("points", [UNEQUAL[:2], UNEQUAL[:3], UNEQUAL[:4], equally_spaced(5), UNEQUAL[1:]], ids=len)
def test_transfer_matrix_and_enumeration_agree(labels, points):
    """Uniqueness, number of runs and sparsest width, on equal and unequal gaps."""
    found = enumeration(labels, points)
    assert found.sequences == len(labels.labels()) ** len(points)
    assert census(labels, points).unique == found.unique
    assert aligned_runs(labels, points) == found.aligned_runs
    assert sparsest_widths(labels, points) == found.sparsest_widths
    assert sum(found.sparsest_widths.values(), fmpq(0)) == 1


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(-2, 2), st.integers(-1, 1)), min_size=1, max_size=4, unique=True),
    st.lists(st.integers(1, 4), min_size=3, max_size=4),
    st.data(),
)
def test_weighted_lists_against_enumeration(vectors, gaps, data):
    """Any list, any weights, any gaps."""
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(vectors), max_size=len(vectors)))
    labels = LabelList.from_rationals([tuple(map(fmpq, v)) for v in vectors], [fmpq(w, 7) for w in weights])
    points = [fmpq(sum(gaps[:i])) for i in range(len(gaps) + 1)]
    found = enumeration(labels, points)
    assert census(labels, points).unique == found.unique
    assert aligned_runs(labels, points) == found.aligned_runs
    assert sparsest_widths(labels, points) == found.sparsest_widths


@pytest.mark.parametrize(
    "labels", [OneHot(3), Box(SIGNS, 1), Box(BINARY, 2), Box((fmpq(0), fmpq(2), fmpq(3)), 2)], ids=str
)
def test_symmetry_changes_nothing(labels):
    """The same set as a plain list, without any symmetry, has the same probabilities."""
    plain = LabelList.from_rationals([vector for vector, _ in labels.labels()])
    for points in (equally_spaced(7), UNEQUAL):
        assert census(plain, points).unique == census(labels, points).unique
        assert aligned_runs(plain, points) == aligned_runs(labels, points)


def test_the_weights_of_states_and_extensions_are_complete():
    """Three labels in all, and a fourth one in all, from every state."""
    for labels in SETS:
        states = list(labels.states())
        assert sum(weight for _, _, weight in states) == labels.total**3
        assert len({state for state, _, _ in states}) == len(states)
        for state, _, _ in states:
            extensions = list(labels.extensions(state))
            assert sum(extension.weight for extension in extensions) == labels.total
            assert {extension.state for extension in extensions} <= {state for state, _, _ in states}


@pytest.mark.parametrize("labels", [OneHot(2), OneHot(3), OneHot(10), Box(SIGNS, 1), Box(BINARY, 3)], ids=str)
def test_the_decay_is_that_of_long_sequences(labels):
    """P(unique) at 601 over that at 600 points lies in the enclosure; what 600 points leave is far below its width."""
    here, there, farther = (census(labels, equally_spaced(size)) for size in (600, 601, 602))
    quotient, next_quotient = there.unique / here.unique, farther.unique / there.unique
    assert abs(quotient - next_quotient) < fmpq(1, 10**60)
    assert 0 < here.decay.width < fmpq(1, 10**13)
    assert here.decay.lower < quotient < here.decay.upper


@pytest.mark.parametrize("values", [(0, 1, 2), (0, 1, 3)], ids=str)
def test_the_decay_at_equal_gaps(values):
    """Sets of labels for which it depends on the gaps: long sequences at equal gaps have the same one."""
    here, there = (census(Box(values, 1), equally_spaced(size)) for size in (400, 401))
    assert here.decay.lower < there.unique / here.unique < here.decay.upper
    assert here.decay.width < fmpq(1, 10**13)


def test_the_decay_of_two_classes():
    """The true value, 0.8774388331233464465..., lies strictly inside."""
    decay = census(OneHot(2), equally_spaced(4)).decay
    assert decay.lower < fmpq(87743883312334644654, 10**20)
    assert decay.upper > fmpq(87743883312334644653, 10**20)


@pytest.mark.parametrize(
    ("labels", "windows"),
    [
        (Box((0, 1, 3), 1), 81),
        (Box((0, 1, 3), 2), 81 * 82 // 2),
        (Box((0, 1, 2), 1), 41),
        (Box((0, 1, 2), 2), 41 * 42 // 2),
        (Box((0, 1), 1), 8),
        (Box((0, 1), 3), 8 * 9 * 10 // 6),
    ],
    ids=str,
)
def test_the_windows_are_counted_up_to_symmetry(labels, windows):
    """Multisets of columns of four values; a column and its mirror image are one where the values are symmetric."""
    assert labels.complexity() == windows


def test_a_few_thousand_windows_take_seconds():
    """[-2, 2]^2 at four points: 784/78125; the decay of its 2,016 states is enclosed all the same."""
    start = process_time()
    found = census(Box(tuple(map(fmpq, range(-2, 3))), 2), equally_spaced(4))
    assert process_time() - start < 20
    assert found.non_unique == fmpq(784, 78125)
    assert found.decay.width < fmpq(1, 10**13)


@pytest.mark.parametrize("power", [20, 150, 1000])
def test_weights_far_apart(power):
    """Three labels with the weights 10^power, 1, 10^-power: against enumeration, with a decay that is narrow."""
    weights = [fmpq(10) ** power, fmpq(1), fmpq(1, fmpq(10) ** power)]
    labels = LabelList.from_rationals([(fmpq(k),) for k in (0, 1, 3)], weights)
    found = census(labels, equally_spaced(5))
    assert found.unique == enumeration(labels, equally_spaced(5)).unique
    assert 0 < found.decay.lower <= found.decay.upper
    assert found.decay.width < fmpq(1, 10**11)


def test_progress_is_told_every_step():
    """The wrapper sees all windows of four points, and how many there are."""
    seen = []

    def progress(parts, count):
        seen.append(count)
        for part in parts:
            seen.append(part)
            yield part

    assert census(OneHot(2), equally_spaced(7), progress).unique == census(OneHot(2), equally_spaced(7)).unique
    assert (seen[0], len(seen)) == (4, 5)


@pytest.mark.parametrize(
    ("matrix", "size", "radius"),
    [
        ({(0, 1): 2, (1, 0): 8}, 2, 4),  # periodic
        ({(0, 0): 3, (0, 1): 7, (1, 1): 5}, 2, 5),  # reducible
        ({(0, 1): 1, (1, 2): 1}, 3, 0),  # nilpotent
        ({(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): 1}, 2, 2),
        ({(0, 0): 1, (1, 1): 10**9, (2, 2): 10**9 - 1}, 3, 10**9),
    ],
)
def test_spectral_radius(matrix, size, radius):
    """Also where power iteration alone would not converge."""
    found = spectral_radius(matrix, size)
    assert found.contains(fmpq(radius))
    assert found.width <= fmpq(radius, 10**12)


def test_a_thousand_points():
    """One-hot, T = 10, N = 1000: a fraction of a thousand digits, between its powers of the decay."""
    found = census(OneHot(10), equally_spaced(1000))
    assert 0 < found.unique < found.decay.upper**990
    assert (found.unique * fmpq(10) ** 1000).q == 1


def test_refusals():
    """Too many windows, too few points, points that do not increase, bad lists."""
    with pytest.raises(CensusError, match="too many"):
        census(Box(tuple(map(fmpq, range(9))), 5), equally_spaced(4))
    squares = LabelList.from_rationals([(fmpq(k * k),) for k in range(20)])
    with pytest.raises(CensusError, match="different spacings"):
        census(squares, [fmpq(k**3) for k in range(60)])
    with pytest.raises(CensusError, match="MiB"):
        sparsest_widths(OneHot(3), equally_spaced(100_000))
    for points in ([fmpq(0)], [fmpq(0), fmpq(0)], [fmpq(1), fmpq(0)]):
        with pytest.raises(CensusError, match=r"increasing|at least 2"):
            census(OneHot(2), points)
    with pytest.raises(ValueError, match="distinct"):
        LabelList.from_rationals([(fmpq(1),), (fmpq(1),)])
    with pytest.raises(ValueError, match="same number"):
        LabelList.from_rationals([(fmpq(1),), (fmpq(1), fmpq(2))])
    with pytest.raises(ValueError, match="positive"):
        LabelList.from_rationals([(fmpq(1),), (fmpq(2),)], [fmpq(1), fmpq(-1)])
    with pytest.raises(ValueError, match="distinct"):
        Box((fmpq(1), fmpq(1)), 2)


@pytest.mark.parametrize(("count", "size"), [(census, 5 * 40 * 2 // 8), (aligned_runs, 5 * (3 * 20) * 40 * 2 // 8)])
def test_the_memory_that_the_counts_may_take(count, size, monkeypatch):
    """Five states of three labels, in three phases 20 degrees each, 40 points of 2 bits: one byte less is refused."""
    monkeypatch.setattr("reluproof.verify.census.count.MOST_BYTES", size)
    count(OneHot(3), equally_spaced(40))
    monkeypatch.setattr("reluproof.verify.census.count.MOST_BYTES", size - 1)
    with pytest.raises(CensusError, match="MiB"):
        count(OneHot(3), equally_spaced(40))


class Counting(dict):
    """A matrix that counts how often its entries are gone through."""

    asked = 0

    def items(self):
        self.asked += 1
        return super().items()


def test_the_vector_of_wide_weights_is_found_in_few_steps():
    """Power iteration with an eigenvalue five times the other one stops long before its last step."""
    matrix = Counting({(0, 0): 9, (0, 1): 7, (1, 0): 1, (1, 1): 3})
    first, second = _wide_vector(matrix, 2)
    assert matrix.asked < 60
    assert abs(first - 7 * second) < fmpq(1, 10**12) * first


def test_the_work_for_wide_weights_is_bounded(monkeypatch):
    """A matrix that goes round in a circle comes to no end; the products that may be taken do."""
    monkeypatch.setattr("reluproof.verify.census.decay._MOST_PRODUCTS", 60)
    matrix = Counting({(0, 1): 1, (1, 2): 1, (2, 0): 1 << 300})
    _wide_vector(matrix, 3)
    assert matrix.asked * len(matrix) <= 60


def test_four_labels_have_fifteen_patterns():
    """As many as there are partitions of four places; that many windows of one-hot labels differ."""

    def pattern(labels):
        return tuple([labels.index(label) for label in labels])

    patterns = {pattern(labels) for labels in product(range(4), repeat=4)}
    assert len(patterns) == 15
    assert [OneHot(tasks).complexity() for tasks in (1, 2, 5)] == [15] * 3


def test_labels_without_weights_count_once_each():
    """The weights are integers in the ratio of the probabilities; without any, the total is the number of labels."""
    vectors = [(fmpq(0),), (fmpq(1),), (fmpq(3),)]
    assert LabelList.from_rationals(vectors).total == 3
    assert LabelList.from_rationals(vectors, [fmpq(1, 2), fmpq(1, 3), fmpq(1, 6)]).weights == (3, 2, 1)


@pytest.mark.parametrize(("name", "most"), [("LARGEST", 15), ("MOST_WINDOWS", 30)])
def test_as_many_windows_as_allowed_are_counted(name, most, monkeypatch):
    """Fifteen windows, at two spacings; one more than that is too many."""
    x = [fmpq(place) for place in (0, 1, 2, 3, 5)]
    monkeypatch.setattr(f"reluproof.verify.census.count.{name}", most)
    assert 0 < census(OneHot(3), x).unique < 1
    monkeypatch.setattr(f"reluproof.verify.census.count.{name}", most - 1)
    with pytest.raises(CensusError, match="too many"):
        census(OneHot(3), x)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_mirror_images_are_one_state(count):
    """Of columns of three values and their mirror images, the weights add up to all; enumeration finds the same."""
    values = [fmpq(2 * index - count + 1) for index in range(count)]
    box = Box(tuple(values), 1)
    weights = [weight for _, _, weight in box.states()]
    assert len(weights) == (count**3 + count % 2) // 2
    assert sum(weights) == count**3
    x = equally_spaced(5)
    unique = [
        is_unique(Dataset.from_fractions(x, list(zip(labels, strict=True)))) for labels in product(values, repeat=5)
    ]
    assert census(box, x).unique == fmpq(sum(unique), len(unique))
