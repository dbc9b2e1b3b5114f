"""As many breakpoints as constraints: one interpolating network, found by exact linear algebra.

With candidates at the interior data points, the values of the atoms and free functions at the N data points form a
square rational matrix, nearly triangular. It is solved by substitution, in general programs by flint; no formula for
the solution is used. For the l2 coupling multipliers that prove
the bound from below come from a second exact solve with the transposed matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

from flint import arb, ctx, fmpq, fmpq_mat

from ...theory.dataset import Dataset
from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO, Vector
from ...theory.root_sum import enclose_roots
from ...theory.spline import LinearSpline
from ...theory.vectors import column
from .conic import Conic, prepared, prove
from .interface import Solution, Status
from .interior_point import dyadic
from .norms import square
from .program import ONE, Program, matrix, rows_of
from .reduced import Reduced


@dataclass(frozen=True, slots=True)
class InteriorOptimum:
    """The interpolating network that bends at interior data points only; there is exactly one."""

    slope: Vector
    offset: Vector
    knots: tuple[fmpq, ...]
    kinks: tuple[Vector, ...]

    @property
    def squares(self) -> tuple[fmpq, ...]:
        """|m_k|^2 in the order of the points; the path cost is the sum of their roots."""
        return tuple([square(kink) for kink in self.kinks])

    def cost(self, bits: int = 96) -> Enclosure:
        """The path cost, to a relative width of about 2^-bits."""
        return enclose_roots(self.squares, bits)

    def equals(self, f: LinearSpline) -> bool:
        """Whether the network is this function; its knots increase already, only zero kinks are in the way."""
        bent = list(map(any, self.kinks))
        knots, kinks = tuple(compress(self.knots, bent)), tuple(compress(self.kinks, bent))
        return (self.slope, self.offset, knots, kinks) == (f.slope, f.offset, f.knots, f.kinks)

    def spline(self) -> LinearSpline:
        """The network as a function in normal form."""
        return LinearSpline.from_knots(self.slope, self.offset, zip(self.knots, self.kinks, strict=True))


def interior_optimum(data: Dataset) -> InteriorOptimum:
    """Solve the N x N interpolation system with breakpoints at x_2..x_{N-1} exactly, in time linear in N.

    A ramp vanishes up to its own breakpoint, so row i of the system, in the order of the points, has one unknown more
    than row i - 1. After the two rows for slope and offset each ramp follows by substitution. Right of the ramps known
    so far their sum is a line, which goes through the last point because the last row holds.
    """
    points, labels = data.points, data.labels
    first = matrix([[points[0], ONE], [points[1], ONE]], 2)
    slope, offset = rows_of(first.solve(matrix([list(label) for label in labels[:2]], data.tasks)))
    steps = [place - knot for knot, place in pairwise(points[1:])]
    columns = [_substituted(steps, column(labels, task), steep) for task, steep in enumerate(slope)]
    return InteriorOptimum(slope, offset, points[1:-1], tuple(zip(*columns, strict=True)))


def _substituted(steps: Sequence[fmpq], values: Sequence[fmpq], steep: fmpq) -> list[fmpq]:
    """The ramps of one task, left to right: from each breakpoint the step to the next point, and the labels."""
    kinks = []
    for step, value, label in zip(steps, values[1:], values[2:], strict=False):
        kink = (label - value - step * steep) / step
        steep += kink
        kinks.append(kink)
    return kinks


@dataclass(frozen=True, slots=True)
class Interior:
    """Solves l2 programs whose reduced system is square: the feasible point is unique, hence the optimum, exactly.

    Where as many atoms as constraints turn out to be dependent, it hands over to the conic solver.
    """

    name: str = "exact linear algebra"

    def accepts(self, program: Program) -> bool:
        """As many atoms as independent constraints (checked again after the elimination)."""
        return program.coupling == "l2" and len(program.atoms) == program.data.size - program.free_functions

    def solve(self, program: Program, digits: int) -> Solution:
        """The only feasible network, exact, and an interval for its cost."""
        reduced = prepared(program, self.name)
        if isinstance(reduced, Solution):
            return reduced
        if reduced.rows != reduced.atoms:  # dependent atoms, yet consistent labels: there is a choice to optimise
            return Conic().solve(program, digits)
        kinks = reduced.matrix.solve(reduced.target)
        bits = int(4 * (digits + 10)) + 64
        directions = [_direction(kink, w, bits) for kink, w in zip(rows_of(kinks), reduced.weight_squares, strict=True)]
        multipliers = _transposed(reduced, directions)
        found = prove(program, reduced, kinks, multipliers, digits, self.name)
        reason = "the only network with these breakpoints that interpolates, found exactly; its cost is enclosed"
        status: Status = "exact" if found.status == "enclosed" else found.status
        return Solution(program, status, self.name, found.bounds, found.primal, found.dual, reason)


def _transposed(reduced: Reduced, directions: Sequence[Vector]) -> fmpq_mat:
    """The multipliers l with G' l = the given directions."""
    return reduced.matrix.transpose().solve(matrix([list(row) for row in directions], reduced.tasks))


def _direction(kink: Vector, weight_square: fmpq, bits: int) -> Vector:
    """A rational vector within 2^-bits or so of w m / |m|; 0 for m = 0."""
    length_square = square(kink)
    if length_square == ZERO:
        return kink
    with ctx.workprec(bits):
        factor = dyadic((arb(weight_square) / arb(length_square)).sqrt())
    return tuple([factor * a for a in kink])
