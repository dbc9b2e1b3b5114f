"""Comparing costs: differences of long sums of roots, most of whose terms cancel."""

from collections import Counter
from collections.abc import Iterable

from flint import fmpq

from ...theory.root_sum import RootSum


def cost_difference(minuend: Iterable[fmpq], subtrahend: Iterable[fmpq]) -> RootSum:
    """sum sqrt(q) over the minuend minus the same over the subtrahend, exact; equal terms cancel before merging."""
    counts = Counter(minuend)
    counts.subtract(Counter(subtrahend))
    terms = []
    for square, count in counts.items():
        if count:
            terms.append(fmpq(count * abs(count)) * square)
    return RootSum(terms)
