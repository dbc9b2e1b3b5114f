"""Sampled frequencies: exact verdicts, reproducible for a seed, in agreement with what is known."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise

import numpy
import pytest
from flint import fmpq
from reluproof.theory import Dataset, is_unique, kinks
from reluproof.theory.margin import margin
from reluproof.verify.probe import LabelLaw, Law, PointLaw, exact_interval, probe, tube_exponent
from reluproof.verify.probe import frequency as frequency_module
from reluproof.verify.probe.couplings import unique
from reluproof.verify.probe.known import gaussian_one_task, known_probability
from reluproof.verify.probe.laws import LABELS, POINTS
from reluproof.verify.probe.tube import margins


def law(labels="gaussian", points="equal", size=4, tasks=2, parameter=1):
    return Law(LabelLaw(labels, parameter), PointLaw(points), size, tasks)


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("labels", LABELS)
def test_every_law_decided_as_the_floats_that_it_drew(labels, points):
    """The batch verdict of each sample is the exact theory's about its dyadic rationals."""
    source = numpy.random.default_rng(5)
    for tasks in (1, 2, 3):
        x, y = law(labels, points, 5, tasks).sample(source, 40)
        assert (x.shape, y.shape) == ((40, 5), (40, 5, tasks))
        exact = [is_unique(Dataset.from_arrays(a, b)) for a, b in zip(x, y, strict=True)]
        assert unique(x, y, "l2").tolist() == exact


def test_low_rank_samples_have_low_rank():
    """With one latent task all kinks are exactly parallel, in floating point too."""
    x, y = law("low-rank", tasks=3).sample(numpy.random.default_rng(1), 50)
    for a, b in zip(x, y, strict=True):
        first, second = kinks(Dataset.from_arrays(a, b))
        assert all(first[i] * second[j] == first[j] * second[i] for i in range(3) for j in range(3))


def by_definition(data, coupling):
    """Uniqueness under l1 and l-infinity, restated with fractions of the kinks."""
    found = kinks(data)
    for u, v in pairwise(found):
        if coupling == "l1" and any(a * b > 0 for a, b in zip(u, v, strict=True)):
            return False
        if coupling == "linf" and any(u) and any(v):
            tops = [max(map(abs, w)) for w in (u, v)]
            if not any(abs(a) == tops[0] and abs(b) == tops[1] and a * b < 0 for a, b in zip(u, v, strict=True)):
                return False
    return True


@pytest.mark.parametrize("coupling", ["l1", "linf"])
@pytest.mark.parametrize("labels", ["gaussian", "integers", "rademacher", "one-hot", "low-rank"])
def test_other_couplings(labels, coupling):
    """Ties of maximal coordinates and zero kinks included."""
    for tasks in (1, 2, 4):
        x, y = law(labels, "equal", 5, tasks, 2).sample(numpy.random.default_rng(tasks), 60)
        exact = [by_definition(Dataset.from_arrays(a, b), coupling) for a, b in zip(x, y, strict=True)]
        assert unique(x, y, coupling).tolist() == exact


def test_near_ties_of_the_maximum_go_to_exact_arithmetic():
    """Coordinates that differ in the last place only: which one is maximal decides, and floats cannot tell."""
    x = numpy.arange(4.0)[None]
    tiny = 2.0**-52
    base = numpy.array([[0, 0], [0, 0], [1, 1 + tiny], [1, 1]])
    for change in (0.0, tiny, -tiny):
        y = base.copy()
        y[2, 0] += change
        exact = by_definition(Dataset.from_arrays(x[0], y), "linf")
        assert unique(x, y[None], "linf").tolist() == [exact]


def test_the_seed_decides_everything():
    """The same counts in this process, in threads and in processes; others for another seed."""
    one = law("one-hot", tasks=3)
    samples = 3 * frequency_module.chunk_size(one) + 17
    here = probe(one, samples, seed=4)
    with ThreadPoolExecutor(3) as pool:
        assert probe(one, samples, 4, executor=pool) == here
    with ProcessPoolExecutor(2) as pool:
        assert probe(one, samples, 4, executor=pool) == here
    assert probe(one, samples, seed=5).non_unique != here.non_unique
    assert here.samples == samples


def test_jobs_are_handed_out_a_few_at_a_time(monkeypatch):
    """A million million samples need no list of their chunks; results come in order."""
    monkeypatch.setattr(frequency_module, "AHEAD", 3)
    taken = []

    def jobs():
        for job in range(10):
            taken.append(job)
            yield job

    with ThreadPoolExecutor(2) as pool:
        found = frequency_module.spread(lambda job: job * job, jobs(), pool)
        assert next(found) == 0
        assert len(taken) == 3
        assert list(found) == [job * job for job in range(1, 10)]


@pytest.mark.parametrize("rank", [1, 2, 16])
def test_small_ranks_keep_the_meaning_of_their_seeds(rank):
    """The chunks of laws that always fitted are as they were; large ranks get smaller ones."""
    assert frequency_module.chunk_size(law("low-rank", parameter=rank)) == 2**19 // 12
    assert frequency_module.chunk_size(law("low-rank", parameter=1000)) == 2**19 // 750


def test_a_dask_cluster_serves_as_executor():
    """The executor of a local Dask cluster gives the same counts."""
    distributed = pytest.importorskip("distributed")
    one = law("one-hot", tasks=3)
    samples = 2 * frequency_module.chunk_size(one)
    with (
        distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert probe(one, samples, 4, executor=client.get_executor()) == probe(one, samples, 4)


@pytest.mark.parametrize(
    "one",
    [
        law(tasks=1),
        law(tasks=2),
        law("one-hot", size=6, tasks=3),
        law("rademacher", size=5, tasks=2),
        law("integers", tasks=1),
        law("low-rank", tasks=3),
        law("gaussian", size=3, tasks=1),
    ],
    ids=str,
)
def test_frequencies_cover_what_is_known(one):
    """A 99.99 % interval of 40,000 samples contains the exact probability."""
    found, known = probe(one, 40_000, seed=8), known_probability(one)
    lower, upper = exact_interval(found.non_unique, found.samples, 0.9999)
    assert lower <= float(known.value.upper.p) / float(known.value.upper.q)
    assert float(known.value.lower.p) / float(known.value.lower.q) <= upper


def test_what_is_not_known_is_not_claimed():
    """No value for one task at random points, for five points of one Gaussian task, or for other couplings."""
    assert known_probability(law(points="uniform", tasks=1)) is None
    assert known_probability(law(size=5, tasks=1)) is None
    assert known_probability(law(tasks=2), "l1") is None
    assert known_probability(law("one-hot", points="gaussian", tasks=3)) is None


def test_statement_q():
    """1/2 - asin(2/3)/pi, enclosed narrowly."""
    found = gaussian_one_task()
    assert found.width < fmpq(1, 10**30)
    known = fmpq(267720472801230011, 10**18)
    assert abs(found.lower - known) < fmpq(1, 10**18)
    assert abs(found.upper - known) < fmpq(1, 10**18)


def test_the_interval_of_no_failure():
    """None in n: the upper bound solves (1 - p)^n = 0.025; none in 10^8 means 3.7e-8."""
    lower, upper = exact_interval(0, 10**8)
    assert lower == 0
    assert 3.68e-8 < upper < 3.70e-8
    assert (1 - exact_interval(0, 1000)[1]) ** 1000 == pytest.approx(0.025)


def test_float_margins_against_exact_ones():
    """The margins that the tube law is fitted to, against the exact ones."""
    source = numpy.random.default_rng(3)
    for one in (
        law(size=6, tasks=2),
        law(points="uniform", size=5, tasks=3),
        law("integers", size=5, tasks=2, parameter=3),
    ):
        x, y = one.sample(source, 60)
        for a, b, found in zip(x, y, margins(x, y), strict=True):
            exact = margin(Dataset.from_arrays(a, b)).squared().enclosure()
            assert found**2 == pytest.approx(float(exact.lower.p) / float(exact.lower.q), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("tasks", [2, 3, 4])
def test_the_tube_exponent_is_the_number_of_tasks_less_one(tasks):
    """P(margin < e) ~ e^(T-1) for Gaussian labels."""
    found = tube_exponent(law(tasks=tasks), 400_000, seed=2, share=2.5e-4)
    assert found.used == 100
    assert found.lower < tasks - 1 < found.upper
    assert found.lower < found.exponent < found.upper


def test_the_tube_exponent_would_notice_another_law():
    """The interval does not contain the neighbouring exponents."""
    found = tube_exponent(law(tasks=3), 1_000_000, seed=2)
    assert found.lower > 1
    assert found.upper < 3


def test_tube_refusals():
    """Too few samples; labels whose margins vanish."""
    with pytest.raises(ValueError, match="at least 50"):
        tube_exponent(law(), 1000, seed=0)
    with pytest.raises(ValueError, match="no density"):
        tube_exponent(law("one-hot"), 200_000, seed=0)


@pytest.mark.slow
def test_a_hundred_million_datasets_with_a_density():
    """T = 2, N = 4, Gaussian: none of 10^8 is non-unique, so the probability is below 4e-8 with 95 % confidence."""
    found = probe(law(), 10**8, seed=1)
    assert found.non_unique == 0
    assert exact_interval(0, found.samples)[1] < 4e-8
