"""Labelled points with many inputs -> what is so: leverages and bounds for any d, the optimum where d <= 2."""

from dataclasses import dataclass, replace
from typing import Any

from flint import fmpq

from ...theory.arrangement import TooManyInputs
from ...theory.enclosure import Enclosure
from ...theory.free_functions import Convention, annihilator
from ...theory.labelled_points import LabelledPoints
from ...theory.leverage import leverages, proximity_factor
from ...theory.numbers import Vector
from .. import drawing
from .optimum import Optimum, solve_optimum

MOST_POINTS = 120
"""With more points leverages and bounds are given, the optimum is not attempted."""


@dataclass(frozen=True, slots=True, eq=False)
class KernelAnswer:
    """All that is known. bounds: AB's factor per task, None where the leverage is 1. unsolved: why optimum is None."""

    data: LabelledPoints
    convention: Convention
    rank: int
    dimension: int
    leverages: Vector
    bounds: tuple[Enclosure | None, ...]
    optimum: Optimum | None
    unsolved: str | None

    def plot(self, ax: Any = None, *, width: float | None = None, task: int | None = None) -> Any:
        """A matplotlib figure of surfaces (two inputs) or curves (one), leverages and what neurons cost; with `ax`,
        only the function of one task, or the leverages, in it.

        task: counted from 0, with the solutions of the fixed kernels beside it; None: the first, alone. width: in
        inches, of the figure; None for that of a page. Needs the extra `plots`; InputError without it, and where there
        is nothing to draw.
        """
        return drawing.plot("kernel", self, ax, width=width, task=task)


def kernel_answer(
    data: LabelledPoints, convention: Convention = Convention.FREE, *, solve: bool = True
) -> KernelAnswer:
    """The answer; solve=False for the part that follows from the labels alone."""
    rank, levers = leverages(data, convention)
    dimension = annihilator(data.points, convention).dimension
    factors: dict[fmpq, Enclosure | None] = {}
    for lever in levers:
        if lever not in factors:
            factors[lever] = proximity_factor(lever)
    found = KernelAnswer(data, convention, rank, dimension, levers, tuple([factors[v] for v in levers]), None, None)
    if not solve:
        return replace(found, unsolved="not asked for")
    if data.size > MOST_POINTS:
        return replace(found, unsolved=f"the optimum is computed for at most {MOST_POINTS} points")
    try:
        optimum = solve_optimum(data, convention)
    except TooManyInputs as error:
        return replace(found, unsolved=str(error))
    return replace(found, optimum=optimum, unsolved=None if optimum else "the solvers gave no certified answer")
