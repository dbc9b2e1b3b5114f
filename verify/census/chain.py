"""One step of the chain over windows of three labels: from the points i, i+1, i+2 to i+1, i+2, i+3."""

from collections import Counter
from dataclasses import dataclass

from flint import fmpq

from ...theory import stencil
from ...theory.directions import equal_unit_vectors
from ...theory.numbers import Vector
from ...theory.vectors import is_zero_vector
from .label_sets import Labels, LabelSet, State

Gaps = tuple[fmpq, fmpq, fmpq]


@dataclass(frozen=True, slots=True)
class Arrow:
    """One kind of step: whether the two kinks are aligned, and whether the second one is nonzero."""

    before: State
    after: State
    aligned: bool
    bends: bool


def arrows(labels: LabelSet, gaps: Gaps) -> Counter[Arrow]:
    """All steps over three consecutive gaps with their weights."""
    found: Counter[Arrow] = Counter()
    for state, _, _ in labels.states():
        for extension in labels.extensions(state):
            first, second = window_kinks(extension.labels, gaps)
            # By equality of unit vectors; the enumeration, which confirms the counts, decides by ratio and minors.
            same = equal_unit_vectors(first, second)
            step = Arrow(state, extension.state, same, not is_zero_vector(second))
            found[step] += extension.weight
    return found


def window_kinks(window: Labels, gaps: Gaps) -> tuple[Vector, Vector]:
    """Positive multiples of the kinks at the two inner points of four labels."""
    first, second = (
        tuple(
            [
                stencil.scaled_kink(gaps[i], gaps[i + 1], b - a, c - b)
                for a, b, c in zip(window[i], window[i + 1], window[i + 2], strict=True)
            ]
        )
        for i in (0, 1)
    )
    return first, second


def bends(window: Labels, left: fmpq, right: fmpq) -> bool:
    """Whether three labels have a nonzero kink."""
    return any(
        stencil.scaled_kink(left, right, b - a, c - b) for a, b, c in zip(window[0], window[1], window[2], strict=True)
    )
