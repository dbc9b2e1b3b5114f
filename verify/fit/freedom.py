"""Degrees of freedom: the divergence of the map from labels to fitted labels (statement BD), in float64.

tr[(G (x) I + lambda D^T J D)^-1 (G (x) I)], J = blockdiag((I - u u^T) / |d|), by block elimination from both ends: the
diagonal and the neighbouring blocks of the inverse are all that the trace needs.
"""

from typing import Any

import numpy

from . import newton_step, solver
from .candidate import Support
from .problem import Problem

Array = Any


def degrees_of_freedom(problem: Problem, found: Support) -> float:
    """An estimate: nothing bounds its rounding. 2 T + K <= df <= T (K + 2) always holds."""
    tasks = problem.tasks
    if tasks == 1 or not len(found.lengths):
        return float(tasks * (len(found.lengths) + 2))
    data, x_unit, y_unit = solver.normalised(problem)
    scaled = solver.rescaled(found, 1 / x_unit, 1 / y_unit)
    parts, gram = newton_step.blocks(data, scaled)
    return sum([often * _trace(_neighbours_of_inverse(blocks), gram) for blocks, often in parts])


def _trace(inverse: list[Array], gram: Array) -> float:
    """tr of the inverse times G, from the blocks of the inverse beside its diagonal."""
    at, beside = [numpy.einsum("ktt->k", blocks) for blocks in inverse]
    return float(at @ gram[0]) + 2 * float(beside @ gram[1][: len(beside)])


def _neighbours_of_inverse(blocks: Array) -> list[Array]:
    """Blocks (k, k) and (k + 1, k) of the inverse of a symmetric block-pentadiagonal matrix.

    blocks[offset][k] is the block (k + offset, k). Pairs of neighbours make it block-tridiagonal; the diagonal blocks
    of the inverse come from eliminations from the left and from the right.
    """
    size, tasks = len(blocks[0]), blocks[0].shape[1]
    count = (size + 1) // 2
    width = 2 * tasks
    diagonal = numpy.zeros((count, width, width))
    below = numpy.zeros((max(count - 1, 0), width, width))
    first, second = slice(0, tasks), slice(tasks, width)
    for m in range(count):
        a = 2 * m
        diagonal[m, first, first] = blocks[0][a]
        if a + 1 < size:
            diagonal[m, second, second] = blocks[0][a + 1]
            diagonal[m, second, first] = blocks[1][a]
            diagonal[m, first, second] = blocks[1][a].T
        else:
            diagonal[m, second, second] = numpy.eye(tasks)
        if m + 1 < count:
            below[m, first, first] = blocks[2][a]
            below[m, first, second] = blocks[1][a + 1]
            if a + 3 < size:
                below[m, second, second] = blocks[2][a + 1]
    left = _eliminated(diagonal, below)
    inverse = numpy.linalg.inv(left[-1])
    wide = [inverse]
    cross: list[Array] = []
    for m in range(count - 2, -1, -1):
        pivot = numpy.linalg.inv(left[m])
        coupling = below[m] @ pivot
        lower = -wide[0] @ coupling
        cross.insert(0, lower)
        wide.insert(0, pivot - coupling.T @ lower)
    at = numpy.empty((size, tasks, tasks))
    beside = numpy.empty((max(size - 1, 0), tasks, tasks))
    for k in range(size):
        part = second if k % 2 else first
        at[k] = wide[k // 2][part, part]
        if k + 1 < size:
            beside[k] = wide[k // 2][second, first] if k % 2 == 0 else cross[k // 2][first, second]
    return [at, beside]


def _eliminated(diagonal: Array, below: Array) -> list[Array]:
    left = [diagonal[0]]
    for m in range(len(below)):
        left.append(diagonal[m + 1] - below[m] @ numpy.linalg.solve(left[m], below[m].T))
    return left
