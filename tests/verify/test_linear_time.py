"""Four times the points take at most six times as long, wherever the data put the runs and the zeros.

Times of one thread of this process; the best of a few attempts, because other work on the machine only adds. What is
quadratic anywhere takes sixteen times as long.
"""

from itertools import accumulate
from random import Random
from time import process_time

import pytest
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.theory.nearest import nearest_non_unique
from reluproof.verify.answers.answers import answers
from reluproof.verify.check import check
from reluproof.verify.claims import CLAIMS
from reluproof.verify.claims.comparison import cost_difference
from reluproof.verify.independent import interior_witness
from reluproof.verify.report.text import text_report
from reluproof.verify.strategies import from_kinks

SMALL, LARGE = 500, 2000
MOST = 6
NOISE = 0.02
ATTEMPTS = 6

PLACEMENTS = {
    "no run": lambda _j, _n: None,
    "a run at the start": lambda j, _n: 1 if j < 2 else None,
    "a run at the end": lambda j, n: 1 if j >= n - 2 else None,
    "one run": lambda _j, _n: 1,
    "a long run at the end": lambda j, n: 1 if j > n // 2 else None,
    "many pairs": lambda j, _n: 1 if j % 4 < 2 else -1,
    "zeros": lambda _j, _n: 0,
    "zeros, then a run": lambda j, n: 0 if j < n - 3 else 1,
    "a run, then zeros": lambda j, _n: 1 if j < 3 else 0,
    "zeros in turn": lambda j, _n: j % 2,
}
"""For kink j of n: a multiple of one direction, 0, or None for a direction of its own."""


def placed(size, placement, tasks):
    """Points with two decimals; kinks as the placement says, else without structure."""
    source, count = Random(1), size - 2
    direction = (1, 2, 3)[:tasks]
    kinks = []
    for j in range(count):
        factor = PLACEMENTS[placement](j, count)
        if factor is None:
            kinks.append(tuple([fmpq(source.randint(1, 10**6) * (-1) ** j) for _ in range(tasks)]))
        else:
            multiple = factor * source.randint(1, 9)  # one for all entries, or the kinks would not be aligned
            kinks.append(tuple([fmpq(multiple * entry) for entry in direction]))
    x = list(accumulate([fmpq(source.randint(1, 999), 100) for _ in range(size - 1)], initial=fmpq(0)))
    return from_kinks(x, kinks, (fmpq(1),) * tasks, (fmpq(0),) * tasks)


def seconds(work):
    start = process_time()
    work()
    return process_time() - start


def require_linear(name, small, large):
    """large() takes at most MOST times as long as small(); a quotient of two short times is noisy, so try again."""
    times = [(seconds(small), seconds(large)) for _ in range(2)]
    for _ in range(ATTEMPTS):
        least, most = (min(column) for column in zip(*times, strict=True))
        if most <= MOST * least + NOISE:
            return
        times.append((seconds(small), seconds(large)))
    raise AssertionError(f"{name}: {least:.3f} s, and {most:.3f} s for four times the points")


@pytest.mark.parametrize("placement", PLACEMENTS)
def test_every_part_of_check(placement):
    """The answers, every claim, the independent solver, text, JSON and certificate."""
    data = [placed(size, placement, 2) for size in (SMALL, LARGE)]
    require_linear("answers", *(lambda d=d: answers(d) for d in data))
    found = [answers(d) for d in data]
    assert {f.unique for f in found} == {placement in ("no run", "zeros", "zeros in turn")}
    for claim in CLAIMS:
        require_linear(f"claim {claim.letter}", *(lambda f=f, c=claim: c.verdict_on(f) for f in found))
        require_linear(f"explain {claim.letter}", *(lambda f=f, c=claim: c.explain(f) for f in found))
    parts = {
        "independent": lambda f: interior_witness(f.data, f.optima.connect_the_dots, f.cost.squares),
        "text": text_report,
        "json": lambda f: f.to_json(),
        "certificate": lambda f: list(f.certificate()),
    }
    checked = [check(d) for d in data]
    for name, part in parts.items():
        require_linear(name, *(lambda f=f, p=part: p(f) for f in checked))


@pytest.mark.slow
@pytest.mark.parametrize("tasks", [1, 3])
@pytest.mark.parametrize("placement", PLACEMENTS)
def test_check_on_6000_points(placement, tasks):
    """At most six times as long as on 1,500."""
    data = [placed(size, placement, tasks) for size in (1500, 6000)]
    require_linear("check", *(lambda d=d: check(d) for d in data))


@pytest.mark.parametrize("placement", PLACEMENTS)
def test_nearest(placement):
    """The nearest non-unique dataset, with many pairs that tie."""
    data = [placed(size, placement, 2) for size in (SMALL, LARGE)]
    require_linear("nearest", *(lambda d=d: nearest_non_unique(d) for d in data))


def test_many_pairs_that_tie():
    """A zigzag: all pairs are at the same distance."""
    data = [Dataset(range(size), [(n % 2, n // 2 % 2) for n in range(size)]) for size in (SMALL, LARGE)]
    require_linear("nearest", *(lambda d=d: nearest_non_unique(d) for d in data))


def test_costs_of_pairs_cancel_one_by_one():
    """Merged pairs with denominators that have nothing in common: the partial sums stay short."""
    times = []
    for size in (SMALL, LARGE):
        found = answers(rational_runs(size))
        f, g = found.sparsest.spline, found.optima.connect_the_dots
        assert cost_difference(f, g) == 0
        times.append(lambda f=f, g=g: cost_difference(f, g))
    require_linear("cost_difference", *times)


def rational_runs(size):
    """One task with kinks of one sign, each with a denominator of its own."""
    source = Random(2)
    labels = accumulate([fmpq(source.randint(10**4 * n, 10**4 * n + 10**4)) for n in range(size - 1)], initial=fmpq(0))
    x = list(accumulate([fmpq(source.randint(10**5, 10**5 + 99)) for _ in range(size - 1)], initial=fmpq(0)))
    return Dataset(tuple(x), tuple([(y,) for y in labels]))
