"""The saddle-point system [G, lambda D^T A^T; -C D, B] of splines with given knots, banded, for z and dual.

A, B and C are block diagonal with one block of T rows a kink. The system stays well conditioned where those without one
of the unknowns do not: with long stretches between knots, and with kinks so small that lambda / |d| swamps G.
"""

from typing import Any

import numpy
from scipy.linalg import lapack

from . import operators
from .operators import Splines

Array = Any


def bytes_of_factors(tasks: int, knots: int) -> int:
    """About the memory of the factors with A and C turned: a band of 12 T rows, 2 T columns for every knot."""
    return 8 * 12 * tasks * 2 * tasks * knots


class Saddle:
    """The system for fixed knots. Node k holds the T values at knot k, then its T duals; those of both ends are 0.

    turned: whether A and C are more than diagonal, which takes wider bands.
    """

    def __init__(self, splines: Splines, penalty: float, tasks: int, *, turned: bool) -> None:
        self.penalty, self.tasks, self.size = penalty, tasks, len(splines.knots)
        self.turned, self.half = turned, 4 * tasks - 1 if turned else 3 * tasks
        self.gram, self.rows = splines.gram_bands(), operators.kink_rows(splines.gaps)
        self.nodes = 2 * tasks * numpy.arange(self.size)
        self.blank = numpy.zeros((3 * self.half + 1, 2 * tasks * self.size))
        for values in (self.nodes + task for task in range(tasks)):
            self._put(self.blank, values, values, self.gram[0])
            self._put(self.blank, values[1:], values[:-1], self.gram[1, :-1])
            self._put(self.blank, values[:-1], values[1:], self.gram[1, :-1])
            ends = values[[0, -1]] + tasks
            self._put(self.blank, ends, ends, 1.0)

    def couple(self, pulls: Array, reads: Array) -> None:
        """Set A and C, both (K, T, T): entry (dual, task) of the block of a kink."""
        for place, row in enumerate(self.rows):
            for task in range(self.tasks):
                values = self.nodes[place : self.size - 2 + place] + task
                for dual in range(self.tasks) if self.turned else (task,):
                    duals = self.nodes[1:-1] + self.tasks + dual
                    self._put(self.blank, duals, values, -row * reads[:, dual, task])
                    self._put(self.blank, values, duals, self.penalty * row * pulls[:, dual, task])

    def factor(self, block: Array) -> Array | None:
        """LU factors for B (K, T, T); None if the matrix is singular up to rounding."""
        matrix, first = self.blank.copy(), self.nodes[1:-1] + self.tasks
        for one in range(self.tasks):
            for other in range(self.tasks):
                self._put(matrix, first + one, first + other, block[:, one, other])
        factor, pivots, info = lapack.dgbtrf(matrix, self.half, self.half, overwrite_ab=1)
        return None if info else (factor, pivots)

    def solve(self, factor: Array, force: Array, right: Array) -> tuple[Array, Array]:
        """Values (K + 2, T) and duals (K, T) for right-hand sides of the same shapes."""
        both = numpy.zeros((self.size, 2, self.tasks))
        both[:, 0], both[1:-1, 1] = force, right
        solution, _ = lapack.dgbtrs(factor[0], self.half, self.half, both.reshape(-1, 1), factor[1])
        moved = solution.reshape(both.shape)
        return moved[:, 0], moved[1:-1, 1]

    def _put(self, bands: Array, rows: Array, columns: Array, values: Any) -> None:
        """Set entries in the storage of dgbtrf."""
        bands[2 * self.half + rows - columns, columns] = values
