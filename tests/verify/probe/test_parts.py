"""Samples decided part by part: the datasets that the seed means, and no more of them drawn than decides."""

import numpy
import pytest
from reluproof.theory import Dataset
from reluproof.verify.probe import LabelLaw, Law, PointLaw, couplings, probe
from reluproof.verify.probe import frequency as frequency_module
from reluproof.verify.probe import parts as parts_module
from reluproof.verify.probe.couplings import unique
from reluproof.verify.probe.laws import LABELS, POINTS
from reluproof.verify.probe.parts import most_together, parts


def law(labels, points, size, tasks, parameter=1):
    return Law(LabelLaw(labels, parameter), PointLaw(points), size, tasks)


def whole(one, samples, seed, coupling):
    """The count from the datasets that `Law.sample` draws, each decided as a whole."""
    count = 0
    for index, size in enumerate(frequency_module.chunks(one, samples)):
        x, y = one.sample(frequency_module.chunk_source(seed, index), size)
        count += int((~unique(x, y, coupling)).sum())
    return count


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("coupling", ["l2", "l1", "linf"])
def test_counts_are_those_of_whole_samples(monkeypatch, labels, points, coupling):
    """For chunks of many datasets, of one, and of one decided beside others; around the ends of parts."""
    for values in (1 << 19, 40):
        monkeypatch.setattr(frequency_module, "CHUNK_VALUES", values)
        monkeypatch.setattr(frequency_module, "FEWEST_JOBS", 4)
        for size, tasks in ((3, 2), (4, 1), (20, 2), (84, 3), (23, 18)):
            one = law(labels, points, size, tasks)
            assert probe(one, 24, 7, coupling).non_unique == whole(one, 24, 7, coupling)


def test_late_pairs_are_seen(monkeypatch):
    """A dataset whose only aligned pair is anywhere, in parts that are short and long."""
    monkeypatch.setattr(frequency_module, "CHUNK_VALUES", 1)
    for place in range(87):
        y = numpy.array([[0.0, float(index * index) * (-1) ** index] for index in range(90)])
        y[place : place + 4] = [[0, 0], [0, 0], [1, 1], [3, 3]]
        for count in (1, 2):
            monkeypatch.setattr(LabelLaw, "sample", lambda _, source, x, tasks, y=y: next_rows(source, y, x))
            one = law("integers", "equal", 90, 2)
            found = [
                unique(a.reshape(-1, a.shape[-1]), b.reshape(-1, *b.shape[-2:]), "l2")
                for a, b in parts(one, Rows(), count)
            ]
            assert not all(part.all() for part in found)


class Rows:
    """Stands for a source: knows how many labels were taken."""

    def __init__(self):
        self.taken = 0


def next_rows(source, y, x):
    count, size = x.shape
    if size == len(y):
        return numpy.broadcast_to(y, (count, *y.shape))
    source.taken += size
    return y[None, source.taken - size : source.taken]


@pytest.mark.parametrize(("labels", "most"), [("rademacher", 10_000), ("integers", 10_000), ("gaussian", 10_000)])
def test_what_decides_early_draws_little(monkeypatch, labels, most):
    """A million points with pairs everywhere: some hundred labels are drawn, not a million."""
    drawn = []
    sample = LabelLaw.sample

    def counting(self, source, x, tasks):
        drawn.append(x.size)
        return sample(self, source, x, tasks)

    monkeypatch.setattr(LabelLaw, "sample", counting)
    found = probe(law(labels, "equal", 10**6, 1), 128, seed=1)
    assert found.non_unique == 128
    assert sum(drawn) < most * 128


def test_one_hot_labels_take_no_memory_for_their_tasks():
    """2,500,000 tasks, of which four occur; the window's coordinates are at most four."""
    one = law("one-hot", "equal", 4, 2_500_000)
    for x, y in parts(one, numpy.random.default_rng(1), 3):
        assert (x.shape, y.shape) == ((3, 1, 4), (3, 1, 4, 4))
    assert probe(one, 500, seed=1).non_unique == 0


def test_what_is_held_for_datasets_decided_together_is_bounded():
    """Points and labels of all of them, for few and many points and tasks."""
    for size, tasks in ((10**7, 1), (4, 2_500_000), (10**6, 3), (200_000, 2)):
        for labels in LABELS:
            for points in POINTS:
                together = most_together(law(labels, points, size, tasks))
                assert 1 <= together <= parts_module.MOST_TOGETHER
                if together > 1 and points != "equal":
                    assert together * size <= parts_module.MOST_POINTS


@pytest.mark.parametrize("tasks", [1, 2, 3])
def test_integers_need_no_exact_arithmetic_for_ties(monkeypatch, tasks):
    """Ties of maximal coordinates are the rule for small integers, and are decided at array speed, like the rest."""
    source = numpy.random.default_rng(tasks)
    x = numpy.sort(source.permuted(numpy.tile(numpy.arange(12.0), (300, 1)), axis=1)[:, :5], axis=1)
    y = source.integers(-2, 3, (300, 5, tasks)).astype(float)
    one_by_one = [couplings._unique_linf_exactly(Dataset.from_arrays(a, b)) for a, b in zip(x, y, strict=True)]
    assert len(set(one_by_one)) == 2
    monkeypatch.setattr(couplings, "_unique_linf_exactly", None)
    assert unique(x, y, "linf").tolist() == one_by_one


def test_many_tasks_that_decouple_are_decided_in_one_call(monkeypatch):
    """Under l1 every task is a dataset of its own: 20,000 of them take no call each."""
    calls = []
    decide = couplings.decide_batch
    monkeypatch.setattr(couplings, "decide_batch", lambda x, y: calls.append(y.shape) or decide(x, y))
    assert probe(law("gaussian", "equal", 4, 20_000), 3, 1, "l1").non_unique == 3
    assert calls == [(60_000, 4, 1)]
