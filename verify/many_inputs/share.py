"""How often the optimum is not unique among samples in the plane: each certified one way or the other, or undecided."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy
from flint import fmpq

from ...theory.labelled_points import LabelledPoints
from .floats import Floats
from .optimum import solve_optimum

Sample = Callable[[numpy.random.Generator], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Share:
    """Counts of certified verdicts; the true share lies between the two quotients, sampling aside."""

    unique: int
    non_unique: int
    undecided: int

    @property
    def samples(self) -> int:
        """How many were decided or tried."""
        return self.unique + self.non_unique + self.undecided


def share(
    sample: Sample,
    samples: int,
    seed: int,
    executor: Executor | None = None,
    progress: Callable[[Iterable[Any], int], Iterable[Any]] | None = None,
) -> Share:
    """The verdicts on `samples` data sets: x of shape (N, 2) and y of shape (N, T) per call, as the floats they are.

    The same seed gives the same counts with any executor; sample must be picklable for one with processes. progress:
    wraps the iterator over the verdicts, given their number (tqdm does).
    """
    jobs = [(sample, seed, index) for index in range(samples)]
    verdicts: Iterable[bool | None] = map(_one, jobs) if executor is None else executor.map(_one, jobs)
    counts = {True: 0, False: 0, None: 0}
    for verdict in verdicts if progress is None else progress(verdicts, samples):
        counts[verdict] += 1
    return Share(counts[True], counts[False], counts[None])


def _one(job: tuple[Sample, int, int]) -> bool | None:
    sample, seed, index = job
    x, y = sample(numpy.random.default_rng([seed, index]))
    found = solve_optimum(LabelledPoints(_exact(x), _exact(y)))
    return None if found is None else found.unique


def _exact(rows: Floats) -> tuple[tuple[fmpq, ...], ...]:
    return tuple([tuple([fmpq(*float(value).as_integer_ratio()) for value in row]) for row in rows])
