"""The l2 coupling, with or without penalised biases and linear part: Clarabel, then a rigorous interval to D digits.

Clarabel solves the scaled dual in double precision; its answer starts the method of `interior_point`, of any precision,
which needs no start if Clarabel fails (data beyond double precision, candidates that coincide there). `rigorous` turns
the result into a proof. If the interval is too wide the digits are doubled, a few times; then it is `undecided`.
"""

import math
from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from ...theory.enclosure import Enclosure
from ...theory.root_sum import enclose_roots
from .interface import Network, Solution, Status, met
from .interior_point import optimise
from .norms import square
from .program import Program, rows_of
from .reduced import Contradiction, Reduced, lift_dual, lift_primal, reduce
from .rigorous import feasible, inner, interpolating
from .scaling import rescale

_BITS_PER_DIGIT = math.log2(10)
_GUARD_DIGITS = 10
_ATTEMPTS = 4
Start = tuple[fmpq_mat, list[fmpq]]


@dataclass(frozen=True, slots=True)
class Conic:
    """Solves every program with the l2 coupling; one task with any coupling is the same program."""

    name: str = "interior point"

    def accepts(self, program: Program) -> bool:
        """l2, or one task, where all couplings are |m|."""
        return program.coupling == "l2" or program.data.tasks == 1

    def solve(self, program: Program, digits: int) -> Solution:
        """The optimum within a relative width of 10^-digits, or `undecided` with the interval reached."""
        reduced = prepared(program, self.name)
        return reduced if isinstance(reduced, Solution) else solve_reduced(program, reduced, digits, self.name)


def prepared(program: Program, method: str) -> Reduced | Solution:
    """The program without its free part; or the answer, where no network is feasible or one without neurons is."""
    reduced = reduce(program)
    if isinstance(reduced, Contradiction):
        reason = "no network that bends only at these breakpoints interpolates the data (proved by exact multipliers)"
        return Solution(program, "infeasible", method, None, None, reduced.multipliers, reason)
    return straight(program, reduced, method) if is_straight(reduced) else reduced


def solve_reduced(program: Program, reduced: Reduced, digits: int, method: str) -> Solution:
    """Solve a feasible program whose free part has been eliminated (and which may be tilted)."""
    if is_straight(reduced):
        return straight(program, reduced, method)
    scaled = rescale(reduced)
    start = _double_precision(scaled.reduced)
    accuracy = digits + _GUARD_DIGITS
    best: Solution | None = None
    for _ in range(_ATTEMPTS):
        bits = int(2 * (accuracy + _GUARD_DIGITS) * _BITS_PER_DIGIT) + 64
        outcome = optimise(scaled.reduced, start, fmpq(10) ** -accuracy, bits)
        kinks, multipliers = scaled.to_primal(outcome.kinks), scaled.to_dual(outcome.multipliers)
        found = prove(program, reduced, kinks, multipliers, digits, method)
        if best is None or _width(found) < _width(best):
            best = found
        if best.status == "enclosed":
            break
        # Candidates 1e-k apart magnify what is left of the residual by about 1e+k: ask for more digits of it too.
        start, accuracy = None, 2 * accuracy
    assert best is not None
    return best


def prove(
    program: Program, reduced: Reduced, kinks: fmpq_mat, multipliers: fmpq_mat, digits: int, method: str
) -> Solution:
    """The solution that approximate kinks and multipliers prove, with a rigorous interval."""
    bits = int(2 * (digits + _GUARD_DIGITS) * _BITS_PER_DIGIT) + 64
    dual = feasible(reduced, multipliers, "l2", bits)
    lower = inner(dual, reduced.target)
    negligible = abs(lower) * fmpq(10) ** -(digits + _GUARD_DIGITS // 2) / reduced.atoms
    primal = interpolating(reduced, kinks, negligible)
    squares = [w * square(row) for w, row in zip(reduced.weight_squares, rows_of(primal), strict=True)]
    upper = enclose_roots(squares, bits).upper - inner(reduced.tilt, primal)
    bounds = Enclosure(lower, upper)
    enclosed = met(bounds, digits)
    reason = (
        f"interval of relative width at most 1e-{digits}: feasible multipliers below, an interpolating network above"
        if enclosed
        else "the interval is wider than asked for: " + " .. ".join(bounds.decimals(12))
    )
    network = Network(rows_of(primal), lift_primal(program, primal))
    status: Status = "enclosed" if enclosed else "undecided"
    return Solution(program, status, method, bounds, network, lift_dual(reduced, dual), reason)


def _width(solution: Solution) -> fmpq:
    assert solution.bounds is not None
    return solution.bounds.width


def is_straight(reduced: Reduced) -> bool:
    """Whether no neuron is needed and the optimum is 0: the target is zero, and nothing is tilted."""
    return all(entry == 0 for part in (reduced.target, reduced.tilt) for entry in part.entries())


def straight(program: Program, reduced: Reduced, method: str) -> Solution:
    """The labels are values of the free functions: no neuron is needed."""
    kinks = fmpq_mat(reduced.atoms, reduced.tasks)
    dual = fmpq_mat(reduced.rows, reduced.tasks)
    network = Network(rows_of(kinks), lift_primal(program, kinks))
    reason = "the labels lie on a free function, so the optimum is 0 exactly"
    bounds = Enclosure.exactly(fmpq(0))
    return Solution(program, "exact", method, bounds, network, lift_dual(reduced, dual), reason)


def _double_precision(reduced: Reduced) -> Start | None:
    """Clarabel's answer to the scaled dual, moved strictly inside; None if it has none."""
    from .clarabel_dual import clarabel_dual

    answer = clarabel_dual(reduced)
    if answer is None:
        return None
    multipliers, masses = answer
    inside = feasible(reduced, multipliers, "l2", 64) * (1 - fmpq(1, 10**5))
    return inside, [max(mass, fmpq(1, 10**6)) for mass in masses]
