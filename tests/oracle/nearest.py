"""The nearest aligned dataset, sought in label space in floating point: no formula for its distance.

An aligned pair of kinks is (p w, q w) with p, q >= 0. For given p, q and w the nearest labels with these kinks are
found by least squares; p : q and w are then varied by a local search from several starts.
"""

from math import cos, pi, sin

import numpy
from numpy.typing import NDArray
from scipy.optimize import minimize

from .kinks import Vector
from .margin import functionals

Floats = NDArray[numpy.float64]


def distance(x: Vector, y: list[Vector], starts: int = 4) -> float:
    """The least distance found from four labels to aligned ones; never below the true one but for rounding."""
    functional = numpy.array(functionals(x), dtype=float)
    labels = numpy.array(y, dtype=float)
    present = functional @ labels
    inverse = numpy.linalg.pinv(functional)

    def move(parameters: Floats) -> float:
        angle, w = parameters[0], parameters[1:]
        wanted = numpy.array([cos(angle) ** 2, sin(angle) ** 2])[:, None] * w[None, :]  # squares: smooth at the axes
        return float(numpy.sum((inverse @ (wanted - present)) ** 2))

    best = float("inf")
    for start in range(starts):
        angle = pi / 2 * (start + 0.5) / starts
        guess = cos(angle) ** 2 * present[0] + sin(angle) ** 2 * present[1]
        found = minimize(move, numpy.concatenate([[angle], guess]), method="BFGS", options={"gtol": 1e-8})
        best = min(best, float(found.fun))
    return best**0.5
