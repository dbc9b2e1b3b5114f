"""Hypothesis strategies for exact datasets, interpolants, networks and optima, for anyone's tests.

Datasets: `generic_datasets`, `grid_datasets`, `one_hot_datasets`, `planted_datasets` (runs), `near_datasets` (at a
chosen distance from a non-unique one), `extreme_datasets` (magnitudes); `datasets` mixes the ordinary kinds. Functions:
`interpolants` of a dataset, `optima` of one, `splines` and `free_networks` beside none; `networks` that compute a given
spline with redundant, dead and unbalanced neurons; `non_unique_with_optima` for both together. `as_lists` turns any of
these into plain lists of fractions. `hypothesis.strategies.from_type` knows the types (see `from_type`).

Everything drawn is exact. All strategies shrink to few points at 0, 1, 2, ..., few tasks and small integer labels, so
that a shrunk counterexample reads like one from a textbook. Names are looked up when they are asked for: Hypothesis
imports this package through its entry point while it is still being imported itself.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...theory.optimum import from_kinks as from_kinks
    from ...theory.optimum import through as through
    from .data import datasets as datasets
    from .data import extreme_datasets as extreme_datasets
    from .data import generic_datasets as generic_datasets
    from .data import grid_datasets as grid_datasets
    from .data import near_datasets as near_datasets
    from .data import one_hot_datasets as one_hot_datasets
    from .data import planted_datasets as planted_datasets
    from .data import with_label_moved as with_label_moved
    from .entries import PARTS as PARTS
    from .entries import POSITIVE as POSITIVE
    from .entries import points as points
    from .entries import rationals as rationals
    from .entries import vectors as vectors
    from .functions import free_networks as free_networks
    from .functions import interpolants as interpolants
    from .functions import networks as networks
    from .functions import neurons as neurons
    from .functions import non_unique_with_optima as non_unique_with_optima
    from .functions import optima as optima
    from .functions import splines as splines
    from .lists import as_lists as as_lists
    from .lists import plain as plain
    from .lists import plain_vector as plain_vector

_NAMES = {
    "...theory.optimum": ("from_kinks", "through"),
    ".data": (
        "datasets",
        "extreme_datasets",
        "generic_datasets",
        "grid_datasets",
        "near_datasets",
        "one_hot_datasets",
        "planted_datasets",
        "with_label_moved",
    ),
    ".entries": ("PARTS", "POSITIVE", "points", "rationals", "vectors"),
    ".functions": (
        "free_networks",
        "interpolants",
        "networks",
        "neurons",
        "non_unique_with_optima",
        "optima",
        "splines",
    ),
    ".lists": ("as_lists", "plain", "plain_vector"),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}

__all__ = [*_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
