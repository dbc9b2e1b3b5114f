"""Changed claims: for every hypothesis of the theory that may not be dropped, the claim without it, refuted exactly."""

from typing import Any

from ....theory.dataset import Dataset
from ....theory.labelled_points import LabelledPoints
from . import (
    extra_task,
    extrapolation,
    finite_labels,
    full_norm,
    lambda_zero,
    leverage_one,
    no_linear_part,
    one_task,
    other_couplings,
    other_lipschitz_norm,
    path_in_lambda,
    penalised_biases,
    singular_labels,
    two_inputs,
    whole_line,
    zero_kinks,
)
from .changed_claim import ChangedClaim, Counterexample

CHANGED: tuple[ChangedClaim[Dataset], ...] = (
    one_task.CHANGED,
    finite_labels.CHANGED,
    extra_task.CHANGED,
    other_couplings.L1,
    other_couplings.LINF,
    penalised_biases.CHANGED,
    no_linear_part.CHANGED,
    whole_line.CHANGED,
    full_norm.CHANGED,
    zero_kinks.CHANGED,
    lambda_zero.CHANGED,
    other_lipschitz_norm.CHANGED,
    extrapolation.CHANGED,
    path_in_lambda.CROSSING,
    path_in_lambda.KINKS,
    leverage_one.CHANGED,
    singular_labels.CHANGED,
)
"""One for each way to drop a hypothesis; every one is false."""


IN_THE_PLANE: tuple[ChangedClaim[LabelledPoints], ...] = (two_inputs.CHANGED,)
"""Those about points in the plane."""

ALL_CHANGED: tuple[ChangedClaim[Any], ...] = (*CHANGED, *IN_THE_PLANE)


def changed_claim(letter: str, without: str) -> ChangedClaim[Any]:
    """The changed claim of this letter without this hypothesis; KeyError if there is none."""
    for changed in ALL_CHANGED:
        if (changed.letter, changed.without) == (letter.upper(), without):
            return changed
    raise KeyError(f"{letter} without {without!r}")


__all__ = ["ALL_CHANGED", "CHANGED", "IN_THE_PLANE", "ChangedClaim", "Counterexample", "changed_claim"]
