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


def lambda_max_squared(noisy: Noisy) -> fmpq:
    """lambda_max^2, rational; 0 for two points and for collinear labels."""
    if noisy.size < 3:
        return ZERO
    problem = noisy.problem(fmpq(1))
    data, x_unit, y_unit = solver.normalised(problem)
    line = solver.rescaled(support.straight(data), x_unit, y_unit)
    with numpy.errstate(all="ignore"):
        lower, upper = line_dual(problem, line)
    largest = lower[1:-1].max()
    doubtful = numpy.flatnonzero(~(upper[1:-1] < largest)) + 1
    systems = [OneTaskSystem(noisy.sums, fmpq(1), task) for task in range(noisy.tasks)]
    segments = [system.segment(NONE, system.knot_values(NONE), 0) for system in systems]
    unit = noisy.sums.penalty(fmpq(1))
    return max([sum([segment.dual(j) ** 2 for segment in segments], ZERO) for j in doubtful.tolist()]) / unit**2
