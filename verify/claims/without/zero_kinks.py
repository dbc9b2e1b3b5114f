"""B with zero kinks counted as aligned: fails in the other direction, by datasets that are unique."""

from itertools import pairwise
from typing import TYPE_CHECKING

from ....theory.alignment import aligned
from ....theory.dataset import Dataset
from ....theory.optimum import connect_the_dots, kinks
from ....theory.vectors import is_zero_vector
from ....theory.verdict import Holds, Refuted, Verdict
from .changed_claim import ChangedClaim, Counterexample
from .two_optima import shown, two_optima

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def verdict_on(data: Dataset) -> Verdict:
    """The changed word 'aligned' against the dual certificate, which tells whether there is a second optimum."""
    pairs = [
        pair + 2
        for pair, (u, v) in enumerate(pairwise(kinks(data)))
        if is_zero_vector(u) or is_zero_vector(v) or aligned(u, v)
    ]
    found = two_optima(data)
    if (found is not None) == bool(pairs):
        return Holds("the changed word gives the answer of the dual certificate")
    if found is not None:
        says = f"no kinks are aligned in either sense, yet two different interpolants cost {found.cost}"
        return Refuted(Counterexample(data, says, shown(found), certified=True), says)
    only = connect_the_dots(data)
    says = (
        f"a kink at point {pairs[0]} or {pairs[0] + 1} is zero, yet connect-the-dots is the only optimum: the dual "
        "certificate has norm below 1 inside every gap"
    )
    numbers = (("cost", str(only.path_cost())),)
    return Refuted(Counterexample(data, says, (("the only optimum", only),), numbers, certified=True), says)


def strategy() -> "SearchStrategy[Dataset]":
    """Datasets with many zero kinks."""
    from ...strategies import grid_datasets, planted_datasets

    return grid_datasets() | planted_datasets()


CHANGED = ChangedClaim(
    letter="B",
    without="zero kinks break a run",
    stem="zero_kinks",
    statement=(
        "Connect-the-dots is the only optimum iff no two consecutive kinks are aligned, zero kinks being counted as "
        "aligned with every kink."
    ),
    verdict_on=verdict_on,
    strategy=strategy,
    words="integer labels in -2..2 on 0, 1, 2, ..., and planted runs broken by zero kinks",
    smallest=Dataset.from_fractions(range(4), [0, 0, 0, 0]),
)
