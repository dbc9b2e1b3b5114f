"""lambda_max, exactly: from there on the fit is the least-squares line.

Float64 with error bounds leaves only the few points where |v| may be largest; those are evaluated in rationals.
"""

import numpy
from flint import fmpq

from ...theory.numbers import ZERO
from ...theory.one_task_fit import OneTaskSystem, Signed
from . import solver, support
from .bounds import line_dual
from .noisy import Noisy

NONE = Signed((), ())
FEW = 50
"""So many points are evaluated exactly one by one."""


def lambda_max_squared(noisy: Noisy) -> fmpq:
    """lambda_max^2, rational; 0 for two points and for collinear labels."""
    if noisy.size < 3:
        return ZERO
    doubtful = range(1, noisy.size - 1) if noisy.size <= FEW and noisy.is_exact else _doubtful(noisy)
    systems = [OneTaskSystem(noisy.sums, fmpq(1), task) for task in range(noisy.tasks)]
    segments = [system.segment(NONE, system.knot_values(NONE), 0) for system in systems]
    unit = noisy.sums.penalty(fmpq(1))
    return max([sum([segment.dual(j) ** 2 for segment in segments], ZERO) for j in doubtful]) / unit**2


def _doubtful(noisy: Noisy) -> list[int]:
    """The points where |v| of the least-squares line may be largest, as far as float64 with error bounds can tell."""
    problem = noisy.problem(fmpq(1))
    data, x_unit, y_unit = solver.normalised(problem)
    line = solver.rescaled(support.straight(data), x_unit, y_unit)
    with numpy.errstate(all="ignore"):
        lower, upper = line_dual(problem, line)
    largest = lower[1:-1].max()
    places: list[int] = (numpy.flatnonzero(~(upper[1:-1] < largest)) + 1).tolist()
    return places
