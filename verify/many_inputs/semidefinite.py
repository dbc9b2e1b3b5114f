"""A second opinion for N <= 20: the exact finite program in the plane as a semidefinite program, by Clarabel.

R = min (tr Z + sum over arcs of tr(V C V')) / 2 over Z and, for every arc with unit ends V = [g1 g2], a matrix C
positive semidefinite with C_12 >= 0 (for order 2, that is completely positive), such that [[Z, L'], [L, M]] is positive
semidefinite, M = sum B V C V' B'. No candidates are chosen, no neurons are added, nothing is shared with the exchange.
"""

from dataclasses import dataclass

import clarabel
import numpy
from scipy import sparse

from ...theory.enclosure import Enclosure
from ...theory.free_functions import Convention
from ...theory.labelled_points import LabelledPoints
from ...theory.numbers import nearest_float
from .floats import Floats
from .problem import Problem, state

MOST_POINTS = 20
ACCURACY = 1e-6
_ROOT2 = float(numpy.sqrt(2.0))


def semidefinite_value(problem: Problem) -> float | None:
    """The optimal cost of the scaled data in double precision, good to about 1e-7; None if Clarabel fails.

    ValueError for more than MOST_POINTS points, or where there are no arcs (one input with free bias).
    """
    if problem.data.size > MOST_POINTS or not problem.arrangement.arcs:
        raise ValueError(f"the semidefinite program is for at most {MOST_POINTS} points, and for arcs")
    size, rank = problem.annihilator.dimension, problem.rank
    start, end = problem.arc_ends
    first = numpy.einsum("anc,ac->an", problem.arc_features, start)
    last = numpy.einsum("anc,ac->an", problem.arc_features, end)
    arcs, order = len(first), size + rank
    below = rank * (rank + 1) // 2
    objective = numpy.zeros(below + 3 * arcs)
    objective[[_place(i, i) for i in range(rank)]] = 0.5
    objective[below::3] = objective[below + 2 :: 3] = 0.5
    objective[below + 1 :: 3] = (start * end).sum(axis=1)
    columns = [_triangle(_unit(i, j, order)) for j in range(rank) for i in range(j + 1)]
    for f, g in zip(first, last, strict=True):
        mixed = numpy.outer(f, g)
        columns += [_triangle(_low(rank, block)) for block in (numpy.outer(f, f), mixed + mixed.T, numpy.outer(g, g))]
    constant = numpy.zeros((order, order))
    constant[rank:, :rank] = problem.target
    constant[:rank, rank:] = problem.target.T
    blocks = [-sparse.csc_matrix(numpy.column_stack(columns)), *_arc_cones(arcs, below)]
    cones = [clarabel.PSDTriangleConeT(order), *[clarabel.SecondOrderConeT(3)] * arcs]
    cones.append(clarabel.NonnegativeConeT(arcs))
    offset = numpy.concatenate([_triangle(constant), numpy.zeros(4 * arcs)])
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_threads = False, 1
    quadratic = sparse.csc_matrix((len(objective), len(objective)))
    found = clarabel.DefaultSolver(quadratic, objective, sparse.vstack(blocks, format="csc"), offset, cones, settings)
    solution = found.solve()
    return float(solution.obj_val) if str(solution.status) in ("Solved", "AlmostSolved") else None


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Clarabel's value of the optimal cost, for the data as given, and whether it lies in the certified interval.

    The interval is widened by ACCURACY, in relative terms, which is asked of the value. value: None if Clarabel failed.
    """

    value: float | None
    agrees: bool | None


def second_opinion(data: LabelledPoints, convention: Convention, cost: Enclosure) -> SecondOpinion | None:
    """The semidefinite program's answer; None where it is not posed: too many points, no arcs, cost 0."""
    problem = state(data, convention) if data.size <= MOST_POINTS else None
    if problem is None or not problem.arrangement.arcs:
        return None
    value = semidefinite_value(problem)
    if value is None:
        return SecondOpinion(None, None)
    scaled = value * nearest_float(problem.cost_unit)
    low, high = nearest_float(cost.lower) * (1 - ACCURACY), nearest_float(cost.upper) * (1 + ACCURACY)
    return SecondOpinion(scaled, low <= scaled <= high)


def _arc_cones(arcs: int, below: int) -> list[sparse.csc_matrix]:
    """C positive semidefinite as |(C_11 - C_22, 2 C_12)| <= C_11 + C_22, then C_12 >= 0."""
    pattern = numpy.array([[1.0, 0.0, 1.0], [1.0, 0.0, -1.0], [0.0, 2.0, 0.0]])
    shift = sparse.csc_matrix((3 * arcs, below)), sparse.csc_matrix((arcs, below))
    cones = sparse.kron(sparse.eye(arcs), -pattern)
    signs = sparse.kron(sparse.eye(arcs), numpy.array([[0.0, -1.0, 0.0]]))
    return [sparse.hstack([shift[0], cones], format="csc"), sparse.hstack([shift[1], signs], format="csc")]


def _place(i: int, j: int) -> int:
    return j * (j + 1) // 2 + i


def _unit(i: int, j: int, order: int) -> Floats:
    found = numpy.zeros((order, order))
    found[i, j] = found[j, i] = 1.0
    return found


def _low(rank: int, block: Floats) -> Floats:
    found = numpy.zeros((rank + len(block), rank + len(block)))
    found[rank:, rank:] = block
    return found


def _triangle(symmetric: Floats) -> Floats:
    """The upper triangle column by column, off-diagonal entries times sqrt 2, as Clarabel wants it."""
    rows, columns = numpy.tril_indices(len(symmetric))
    scale = numpy.where(rows == columns, 1.0, _ROOT2)
    return numpy.asarray(symmetric[columns, rows] * scale)
