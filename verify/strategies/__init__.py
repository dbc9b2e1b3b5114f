"""Hypothesis strategies for exact datasets, interpolants, networks and optima, for anyone's tests.

The names are looked up when they are asked for: Hypothesis imports this package through its entry point while it is
still being imported itself.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...theory.optimum import through
    from .library import (
        PARTS,
        POSITIVE,
        as_lists,
        datasets,
        extreme_datasets,
        free_networks,
        from_kinks,
        generic_datasets,
        grid_datasets,
        interpolants,
        near_datasets,
        networks,
        neurons,
        non_unique_with_optima,
        one_hot_datasets,
        optima,
        plain,
        plain_vector,
        planted_datasets,
        points,
        rationals,
        splines,
        vectors,
        with_label_moved,
    )

__all__ = [
    "PARTS",
    "POSITIVE",
    "as_lists",
    "datasets",
    "extreme_datasets",
    "free_networks",
    "from_kinks",
    "generic_datasets",
    "grid_datasets",
    "interpolants",
    "near_datasets",
    "networks",
    "neurons",
    "non_unique_with_optima",
    "one_hot_datasets",
    "optima",
    "plain",
    "plain_vector",
    "planted_datasets",
    "points",
    "rationals",
    "splines",
    "through",
    "vectors",
    "with_label_moved",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import library

    return getattr(library, name)
