"""The strategies draw what their names say, and shrink to what one would write in a textbook."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from oracle import kinks
from strategies import KINDS, datasets, sizes, tables, tasks

SEARCH = settings(max_examples=2000, derandomize=True, phases=(Phase.generate, Phase.shrink))
QUICK = settings(max_examples=300, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))


def spans(table):
    """Lengths of the runs."""
    return [last - first + 1 for first, last in kinks.runs(kinks.kinks(*table))]


def inner_zero(table):
    """Whether some kink is zero and another is not."""
    present = [any(kink) for kink in kinks.kinks(*table)]
    return any(present) and not all(present)


def is_opposite(table):
    """Whether neighbouring kinks are opposite."""
    directions = [kinks.direction(kink) for kink in kinks.kinks(*table)]
    return any(u and v and all(a == -b for a, b in zip(u, v, strict=True)) for u, v in itertools.pairwise(directions))


def almost_aligned(table):
    """Whether neighbouring kinks form a positive angle with sin^2 < 1e-30."""
    all_kinks = kinks.kinks(*table)
    for u, v in itertools.pairwise(all_kinks):
        inner, product = kinks.dot(u, v), kinks.dot(u, u) * kinks.dot(v, v)
        if inner > 0 and 0 < 1 - inner * inner / product < Fraction(1, 10**30):
            return True
    return False


def span_of(numbers):
    """The largest over the smallest of the nonzero magnitudes."""
    sizes_of = [abs(number) for number in numbers if number]
    return max(sizes_of) / min(sizes_of) if sizes_of else 1


FEATURES = {
    "generic": [
        lambda t: len(t.y[0]) > 1 and len(t.x) > 3 and max(spans(t), default=0) == 1,
        lambda t: any(entry.denominator > 50 for label in t.y for entry in label),
    ],
    "integers": [
        lambda t: all(entry.denominator == 1 for label in t.y for entry in label) and max(spans(t), default=0) > 2
    ],
    "symbols": [lambda t: len(t.x) > 4 and len({tuple(label) for label in t.y}) == 2 and max(spans(t), default=0) > 1],
    "runs": [lambda t: max(spans(t), default=0) > 4, lambda t: len(spans(t)) > 1 and min(spans(t)) > 1],
    "zeros": [lambda t: inner_zero(t) and max(spans(t), default=0) > 1, lambda t: len(t.x) > 3 and not spans(t)],
    "opposite": [is_opposite],
    "mixed": [lambda t: inner_zero(t) and is_opposite(t), lambda t: is_opposite(t) and max(spans(t), default=0) > 1],
    "nearly": [almost_aligned],
    "uneven": [lambda t: span_of([b - a for a, b in zip(t.x, t.x[1:], strict=False)]) > 10**12],
    "huge": [lambda t: t.x[-1] - t.x[0] > 10**90, lambda t: max(abs(e) for label in t.y for e in label) > 10**90],
    "tiny": [lambda t: t.x[-1] - t.x[0] < Fraction(1, 10**90)],
    "huge and tiny": [
        lambda t: t.x[-1] - t.x[0] > 10**90 and 0 < max(abs(e) for r in t.y for e in r) < Fraction(1, 10**90)
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_what_it_is_called(kind):
    """A few hundred draws contain a dataset with each feature of the kind."""
    for feature in FEATURES[kind]:
        assert feature(find(tables(kind), feature, settings=QUICK))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("nearly", "huge", "tiny", "huge and tiny")])
def test_a_run_shrinks_to_a_textbook_example(kind):
    """A non-unique dataset shrinks to four points 0, 1, 2, 3, one task and integer labels of at most 6."""
    x, y = find(tables(kind), lambda table: max(spans(table), default=0) > 1, settings=SEARCH)
    assert x == [0, 1, 2, 3]
    assert all(len(label) == 1 and label[0].denominator == 1 and abs(label[0]) <= 6 for label in y)


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_range_of_sizes_is_drawn(kind):
    """60 points with 8 tasks fit into the budget of Hypothesis, and 2 points are drawn."""
    large = find(
        tables(kind, sizes(60, 60), tasks().filter(lambda width: width == 8)), lambda table: True, settings=QUICK
    )
    assert (len(large.x), len(large.y[0])) == (60, 8)
    assert len(find(tables(kind), lambda table: len(table.x) == 2, settings=QUICK).x) == 2


def test_values_of_the_package():
    """`datasets` draws the same data as values of the package."""
    data = find(datasets("runs"), lambda data: data.size == 5, settings=QUICK)
    assert data.size == 5
    assert 1 <= data.tasks <= 8
