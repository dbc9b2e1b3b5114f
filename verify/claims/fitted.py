"""Regularised problems as subjects, and the exact fits that claims about them are tested on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.knot_fit import KnotFit, dual_of
from ...theory.numbers import Vector
from ...theory.regularised import Regularised
from ...theory.vectors import scale
from ..answers.findings import Findings

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ..fit import Fit

PENALTIES = (fmpq(1), fmpq(1, 5), fmpq(7, 2))
MOST_ENTRIES = 400
"""N T of the datasets that give rise to fits: what is tested does not depend on size."""


def problems_of(findings: Findings) -> Iterator[Regularised]:
    """The dataset with a few lambdas, without weights and with uneven ones; none for long data."""
    data = findings.data
    if data.size * data.tasks > MOST_ENTRIES:
        return
    for penalty in PENALTIES:
        yield Regularised(data, penalty)
    yield Regularised(data, fmpq(1, 3), tuple([fmpq(1 + i % 3, 2) for i in range(data.size)]))


def fit_of(problem: Regularised) -> "Fit | None":
    """The certified fit; None for several tasks beyond float64."""
    from ..fit import fit
    from ..reading import InputError

    try:
        return fit(problem.data, problem.penalty, weights=problem.weights)
    except InputError:
        return None


def exact_fit(problem: Regularised) -> KnotFit | None:
    """The fit, if it is rational."""
    found = fit_of(problem)
    return None if found is None else found.exact


def exact_solution(problem: Regularised) -> tuple[list[Vector], list[Vector]] | None:
    """(Z*, v*) at all points, if the fit is rational."""
    found = exact_fit(problem)
    return None if found is None else dual_of(problem, found)


def moderate_datasets(tasks: tuple[int, ...] = (1, 2)) -> "SearchStrategy[Dataset]":
    """Datasets of up to ten points whose numbers have few digits."""
    from ..strategies import generic_datasets, grid_datasets, planted_datasets

    kinds = (generic_datasets, grid_datasets, planted_datasets)
    first, *others = [kind(min_size=3, max_size=10, tasks=tasks) for kind in kinds]
    return first | others[0] | others[1]


def moderate_problems(tasks: tuple[int, ...] = (1, 2)) -> "SearchStrategy[Regularised]":
    """Such datasets with lambdas of every size beside them, some with weights."""
    from hypothesis import strategies as st

    from ..strategies import POSITIVE

    def weighted(data: Dataset) -> "SearchStrategy[Regularised]":
        weights = st.just(()) | st.tuples(*[st.sampled_from(POSITIVE)] * data.size)
        return st.builds(Regularised, st.just(data), penalties(), weights)

    return moderate_datasets(tasks).flatmap(weighted)


def penalties() -> "SearchStrategy[fmpq]":
    """Small and large lambdas."""
    from hypothesis import strategies as st

    from ..strategies import POSITIVE

    return st.builds(lambda a, k: a * fmpq(10) ** k, st.sampled_from(POSITIVE), st.integers(-3, 2))


def shortened(penalty: fmpq, v: list[Vector]) -> list[Vector]:
    """v with every vector that may be longer than lambda divided by the sum of its coordinates' lengths."""
    result = []
    for row in v:
        size = sum([abs(entry) for entry in row], fmpq(0))
        result.append(row if size <= penalty else scale(penalty / size, row))
    return result
