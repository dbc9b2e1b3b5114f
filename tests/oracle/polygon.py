"""The least cost for two tasks by a floating-point linear program: the circle replaced by a regular polygon.

The kink of each ramp is a nonnegative combination of SIDES unit vectors. Its cost, the sum of the weights, is at least
the length and at most length / cos(pi / SIDES); so the least cost over ramps at the data points, in the middle of the
gaps and outside lies in the same relation to the optimal value.
"""

from math import cos, pi

import numpy
from scipy.optimize import linprog

from .kinks import Vector

SIDES = 48


def least_cost(x: Vector, y: list[Vector]) -> tuple[float, float]:
    """Between which numbers the optimal value over these ramps lies; the accuracy is that of the solver, 1e-7."""
    points, labels = numpy.array(x, dtype=float), numpy.array(y, dtype=float)
    knots = numpy.concatenate([points, (points[1:] + points[:-1]) / 2, [points[0] - 1, points[-1] + 1]])
    ramp = numpy.maximum(points[:, None] - knots[None, :], 0)
    angle = 2 * pi * numpy.arange(SIDES) / SIDES
    blocks = [numpy.kron(ramp, heading[None, :]) for heading in (numpy.cos(angle), numpy.sin(angle))]
    affine = numpy.stack([numpy.ones_like(points), points], axis=1)
    equations = numpy.block([[blocks[0], affine, 0 * affine], [blocks[1], 0 * affine, affine]])
    weights = ramp.shape[1] * SIDES
    prices = numpy.concatenate([numpy.ones(weights), numpy.zeros(4)])
    bounds = [(0, None)] * weights + [(None, None)] * 4
    solved = linprog(prices, A_eq=equations, b_eq=labels.T.ravel(), bounds=bounds, method="highs")
    if solved.status != 0:
        raise ArithmeticError(solved.message)
    return solved.fun * cos(pi / SIDES), solved.fun
