"""The same counts by brute force: every label sequence is decided on its own, by the main theory."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from flint import fmpq

from ...theory.alignment import runs
from ...theory.dataset import Dataset
from ...theory.solution_set import sparsest_width
from .label_sets import LabelSet


class Enumeration(NamedTuple):
    """Exact probabilities: of uniqueness, of each number of runs of length at least 2, of each sparsest width."""

    sequences: int
    unique: fmpq
    aligned_runs: dict[int, fmpq]
    sparsest_widths: dict[int, fmpq]


def enumeration(labels: LabelSet, points: Sequence[fmpq]) -> Enumeration:
    """Decide all label sequences; there are (number of labels)^N of them."""
    run_counts: Counter[int] = Counter()
    widths: Counter[int] = Counter()
    sequences = 0
    for choice in product(labels.labels(), repeat=len(points)):
        weight = prod(w for _, w in choice)
        found = runs(Dataset(tuple(points), tuple([label for label, _ in choice])))
        run_counts[sum(run.length > 1 for run in found)] += weight
        widths[sparsest_width(found)] += weight
        sequences += 1
    total = labels.total ** len(points)
    return Enumeration(
        sequences,
        fmpq(run_counts[0], total),
        {number: fmpq(weight, total) for number, weight in sorted(run_counts.items()) if weight},
        {number: fmpq(weight, total) for number, weight in sorted(widths.items())},
    )
