"""Counts of non-unique datasets in random samples: the same for a seed, however the work is spread."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import numpy

from .couplings import Coupling, unique
from .laws import Law
from .parts import most_together, parts

CHUNK_VALUES = 1 << 19
"""About how many labels are drawn at a time; part of what a seed means, so never change it lightly."""

AHEAD = 256

FEWEST_JOBS = 64
"""Chunks of one dataset are decided together, but in no fewer groups: there may be as many workers."""

Array = Any

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
    number = -(-samples // chunk_size(law))
    together = max(1, min(most_together(law), number // FEWEST_JOBS)) if chunk_size(law) == 1 else 1
    jobs = ((law, coupling, seed, group) for group in _batched(enumerate(chunks(law, samples)), together))
    counts: Iterable[int] = spread(_count, jobs, executor)
    if progress is not None:
        counts = progress(counts, -(-number // together))
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


def _batched(items: Iterable[Job], size: int) -> Iterator[list[Job]]:
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group


def _count(job: tuple[Law, Coupling, int, list[tuple[int, int]]]) -> int:
    """How many datasets of the chunks (index, size) are not unique."""
    law, coupling, seed, group = job
    sources = [chunk_source(seed, index) for index, _ in group]
    if len(sources) > 1:
        return _count_together(law, coupling, sources)
    count = group[0][1]
    unique_so_far = numpy.arange(count)
    for x, y in parts(law, sources[0], count):
        part = (x, y) if len(unique_so_far) == count else (x[unique_so_far], y[unique_so_far])
        unique_so_far = unique_so_far[_unique_in(*part, coupling)]
        if not len(unique_so_far):
            break
    return count - len(unique_so_far)


def _count_together(law: Law, coupling: Coupling, sources: list[numpy.random.Generator]) -> int:
    """The same for chunks of one dataset each: deciding a part of each in one call takes a fraction of the time."""
    unique_so_far = [parts(law, source, 1, len(sources)) for source in sources]
    while unique_so_far and None not in (found := [next(dataset, None) for dataset in unique_so_far]):
        x, y = (numpy.concatenate(arrays) for arrays in zip(*found, strict=True))
        kept = _unique_in(x, y, coupling)
        unique_so_far = [dataset for dataset, keep in zip(unique_so_far, kept, strict=True) if keep]
    return len(sources) - len(unique_so_far)


def _unique_in(x: Array, y: Array, coupling: Coupling) -> Array:
    """Which of B datasets are unique in all of their P stretches: x of shape (B, P, n), y of shape (B, P, n, T)."""
    found = unique(x.reshape(-1, x.shape[-1]), y.reshape(-1, *y.shape[-2:]), coupling)
    stretches: Array = found.reshape(x.shape[:2]).all(axis=1)
    return stretches


def exact_interval(successes: int, samples: int, confidence: float = 0.95) -> tuple[float, float]:
    """The two-sided interval of Clopper and Pearson (1934) for a probability."""
    from scipy.stats import binomtest

    interval = binomtest(successes, samples).proportion_ci(confidence_level=confidence, method="exact")
    return float(interval.low), float(interval.high)
