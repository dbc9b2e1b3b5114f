"""Counts of non-unique datasets in random samples: the same for a seed, however the work is spread."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy

from .couplings import Coupling, unique
from .laws import Law

CHUNK_VALUES = 1 << 19
"""About how many labels are drawn at a time; part of what a seed means, so never change it lightly."""

AHEAD = 256

Job = TypeVar("Job")
Result = TypeVar("Result")

Progress = Callable[[Iterable[Any], int], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Frequency:
    """`non_unique` of `samples` datasets were found non-unique; exact_interval gives the confidence bounds."""

    law: Law
    coupling: Coupling
    samples: int
    non_unique: int
    seed: int


def probe(
    law: Law,
    samples: int,
    seed: int,
    coupling: Coupling = "l2",
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Frequency:
    """Draw datasets and decide each exactly.

    executor: any `concurrent.futures` executor, such as a process pool or what `dask.distributed.Client.get_executor`
    returns; None works in this process. The result depends on law, samples, seed and coupling only. progress: wraps the
    iterator over the counts of the chunks, given their number (tqdm does).
    """
    jobs = ((law, coupling, seed, index, count) for index, count in enumerate(chunks(law, samples)))
    counts: Iterable[int] = spread(_count, jobs, executor)
    if progress is not None:
        counts = progress(counts, -(-samples // chunk_size(law)))
    return Frequency(law, coupling, samples, sum(counts), seed)


def spread(function: Callable[[Job], Result], jobs: Iterable[Job], executor: Executor | None) -> Iterator[Result]:
    """The results in order; a few hundred jobs are handed out ahead, so that millions of them need no memory."""
    if executor is None:
        yield from map(function, jobs)
        return
    waiting: deque[Future[Result]] = deque()
    for job in jobs:
        waiting.append(executor.submit(function, job))
        if len(waiting) >= AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def chunks(law: Law, samples: int) -> Iterator[int]:
    """The number of datasets in each chunk."""
    step = chunk_size(law)
    for start in range(0, samples, step):
        yield min(step, samples - start)


def chunk_size(law: Law) -> int:
    """Datasets per chunk."""
    hidden = law.labels.parameter * (law.size + law.tasks) if law.labels.kind == "low-rank" else 0
    return max(1, CHUNK_VALUES // max(law.size * (law.tasks + 1), hidden // 8))


def chunk_source(seed: int, index: int) -> numpy.random.Generator:
    """The random numbers of one chunk, independent of all others (PCG64 seeded by the pair)."""
    return numpy.random.default_rng([seed, index])


def _count(job: tuple[Law, Coupling, int, int, int]) -> int:
    law, coupling, seed, index, count = job
    x, y = law.sample(chunk_source(seed, index), count)
    return int(count - unique(x, y, coupling).sum())


def exact_interval(successes: int, samples: int, confidence: float = 0.95) -> tuple[float, float]:
    """The two-sided interval of Clopper and Pearson (1934) for a probability."""
    from scipy.stats import binomtest

    interval = binomtest(successes, samples).proportion_ci(confidence_level=confidence, method="exact")
    return float(interval.low), float(interval.high)
