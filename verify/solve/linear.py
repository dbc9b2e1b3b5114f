"""l1 and l-infinity couplings, and one task: HiGHS, then the exact optimum and an exact dual in rationals.

l1 decouples: one linear program per task. l-infinity is a linear program over the sign vectors that are the corners of
its unit ball (for one task: +1 and -1). HiGHS proposes the corners that matter; `simplex` makes the basis exact and, if
it is not optimal, continues from there in rational arithmetic.
"""

from dataclasses import dataclass

from flint import fmpq_mat

from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO
from .conic import prepared
from .interface import Network, Solution, Status
from .norms import polyhedral_norm
from .program import Coupling, Program, rows_of
from .reduced import Reduced, lift_dual, lift_primal
from .rigorous import feasible, inner
from .scaling import rescale
from .simplex import Vertex, optimal_vertex


@dataclass(frozen=True, slots=True)
class Linear:
    """Solves programs that are linear: l1, l-infinity, or one task with unit weights."""

    name: str = "linear program"

    def accepts(self, program: Program) -> bool:
        """A polyhedral norm and rational weights."""
        return (program.coupling != "l2" or program.data.tasks == 1) and not program.penalised_biases

    def solve(self, program: Program, digits: int) -> Solution:
        """The exact optimum; `digits` does not matter."""
        reduced = prepared(program, self.name)
        return reduced if isinstance(reduced, Solution) else solve_linear(program, reduced, self.name)


def solve_linear(program: Program, reduced: Reduced, method: str) -> Solution:
    """Solve a feasible (possibly tilted) program exactly."""
    blocks = [reduced] if program.coupling == "linf" else [_task(reduced, task) for task in range(reduced.tasks)]
    vertices = [_vertex(block) for block in blocks]
    kinks = _side_by_side([vertex.kinks for vertex in vertices])
    multipliers = _side_by_side([vertex.multipliers for vertex in vertices])
    coupling: Coupling = "linf" if program.coupling == "linf" else "l1"
    dual = feasible(reduced, multipliers, coupling, 128)
    lower = inner(dual, reduced.target)
    cost = sum([polyhedral_norm(coupling, kink) for kink in rows_of(kinks)], ZERO)
    bounds = Enclosure(lower, cost - inner(reduced.tilt, kinks))
    pivots = sum(vertex.pivots for vertex in vertices)
    status: Status = "exact" if bounds.width == ZERO else "undecided"
    reason = (
        f"the exact optimum: value of a rational network equals value of rational multipliers ({pivots} exact pivots)"
        if status == "exact"
        else f"the exact simplex method did not finish in {pivots} pivots"
    )
    network = Network(rows_of(kinks), lift_primal(program, kinks))
    return Solution(program, status, method, bounds, network, lift_dual(reduced, dual), reason)


def _vertex(reduced: Reduced) -> Vertex:
    scaled = rescale(reduced)
    from .highs import proposed_corners

    found = optimal_vertex(scaled.reduced, proposed_corners(scaled.reduced))
    return Vertex(scaled.to_primal(found.kinks), scaled.to_dual(found.multipliers), found.pivots)


def _task(reduced: Reduced, task: int) -> Reduced:
    """The scalar program of one task."""
    return Reduced(
        reduced.matrix,
        _column(reduced.target, task),
        reduced.weight_squares,
        _column(reduced.tilt, task),
        reduced.elimination,
    )


def _column(A: fmpq_mat, j: int) -> fmpq_mat:
    return fmpq_mat(A.nrows(), 1, [row[j] for row in A.tolist()])


def _side_by_side(columns: list[fmpq_mat]) -> fmpq_mat:
    if len(columns) == 1:
        return columns[0]
    rows = [[part[i, 0] for part in columns] for i in range(columns[0].nrows())]
    return fmpq_mat(len(rows), len(columns), [entry for row in rows for entry in row])
