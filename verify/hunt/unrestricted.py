"""Strategies for statements of the registry without a hypothesis: the statement's own would never leave it."""

from collections.abc import Callable

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ...theory.dataset import Dataset
from ..claims.claim import Claim, four_points, non_unique_dataset, some_dataset
from ..claims.function_on_data import FunctionOnData
from ..claims.g_convexity import Mixture
from ..strategies import datasets, generic_datasets, interpolants, optima, planted_datasets, splines

ANY_WEIGHT = tuple([fmpq(n, 2) for n in (1, 0, 2, 3, -1, 4, -2)])


def few_points() -> SearchStrategy[Dataset]:
    """One task, two points and more."""
    return generic_datasets(min_size=2, tasks=(1,))


def mixtures_of_interpolants() -> SearchStrategy[Mixture]:
    """Two interpolants, optimal or not, and a weight between 0 and 1."""
    return planted_datasets().flatmap(
        lambda data: st.builds(
            Mixture, st.just(data), interpolants(data), interpolants(data), st.sampled_from(ANY_WEIGHT[:3])
        )
    )


def any_combinations() -> SearchStrategy[Mixture]:
    """Two optima and any weight, negative ones and those above 1 included."""
    return planted_datasets(non_unique=True).flatmap(
        lambda data: st.builds(Mixture, st.just(data), optima(data), optima(data), st.sampled_from(ANY_WEIGHT))
    )


def any_functions() -> SearchStrategy[FunctionOnData]:
    """A dataset beside a spline that need not go through it."""

    def beside(data: Dataset) -> SearchStrategy[FunctionOnData]:
        return splines(data.tasks, most_knots=3).map(lambda f: FunctionOnData(data, f))

    return datasets().flatmap(beside)


UNRESTRICTED: dict[tuple[str, str], Callable[[], SearchStrategy[object]]] = {
    ("C", "f interpolates"): any_functions,
    ("E", "N>=4"): few_points,
    ("E", "T=1"): datasets,
    ("G", "both are optima"): mixtures_of_interpolants,
    ("G", "0<=weight<=1"): any_combinations,
}


def unrestricted(claim: Claim) -> Callable[[], SearchStrategy[object]] | None:
    """The strategy for the claim without what it has dropped; None if its own does."""
    for name in claim.dropped:
        if (claim.letter, name) in UNRESTRICTED:
            return UNRESTRICTED[claim.letter, name]
    return datasets if claim.dropped and claim.strategy in (some_dataset, four_points, non_unique_dataset) else None
