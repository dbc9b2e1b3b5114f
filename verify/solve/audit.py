"""A second look at a solution, from the program alone: interpolation, dual feasibility and both bounds, in rationals.

Uses nothing of what the solvers use (no elimination, no scaling): the network is evaluated at the data points, and the
dual function is evaluated at every candidate from the multipliers.
"""

from itertools import starmap

from flint import fmpq

from ...theory.numbers import ZERO, Vector
from .interface import Network, Solution
from .norms import dual_norm_at_most, enclose_cost
from .program import Program


class AuditError(AssertionError):
    """A solution does not prove what it says."""


def audit(solution: Solution) -> None:
    """Raise `AuditError` unless the evidence in `solution` proves its bounds and status."""
    program = solution.program
    if solution.status == "infeasible":
        _require_contradiction(program, solution.dual)
        return
    if solution.bounds is None:
        _require(solution.status == "undecided", "bounds are missing")
        return
    if solution.primal is None or solution.dual is None:
        raise AuditError("bounds without a network and multipliers that prove them")
    _require(_interpolates(program, solution.primal), "the network does not interpolate")
    _require(_costs_at_most(program, solution.primal, solution.bounds.upper), "the network costs more than its bound")
    _require(_feasible(program, solution.dual), "the multipliers are not feasible")
    _require(
        dual_value(program, solution.dual) >= solution.bounds.lower, "the multipliers do not prove the lower bound"
    )


def dual_value(program: Program, multipliers: tuple[Vector, ...]) -> fmpq:
    """sum_i <L_i, y_i>: a lower bound for the optimum if the multipliers are feasible."""
    return sum(starmap(_dot, zip(multipliers, program.data.labels, strict=True)), ZERO)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise AuditError(message)


def _interpolates(program: Program, network: Network) -> bool:
    features, free = program.features_at(program.data.points), program.free_at(program.data.points)
    for values, constants, label in zip(features, free, program.data.labels, strict=True):
        for task, wanted in enumerate(label):
            value = sum([v * kink[task] for v, kink in zip(values, network.kinks, strict=True)], ZERO)
            value += sum([v * part[task] for v, part in zip(constants, network.free, strict=True)], ZERO)
            if value != wanted:
                return False
    return True


def _costs_at_most(program: Program, network: Network, bound: fmpq) -> bool:
    bits = 128
    while bits < 2**16:
        cost = enclose_cost(program, network.kinks, bits)
        if cost.upper <= bound or cost.lower > bound:
            return cost.upper <= bound
        bits *= 2
    return False


def _feasible(program: Program, multipliers: tuple[Vector, ...]) -> bool:
    if any(any(entry != 0 for entry in total) for total in _against_free(program, multipliers)):
        return False
    return all(
        dual_norm_at_most(program.coupling, slope, program.weight_square(atom.knot))
        for atom, slope in zip(program.atoms, _slopes(program, multipliers), strict=True)
    )


def _require_contradiction(program: Program, multipliers: tuple[Vector, ...] | None) -> None:
    if multipliers is None:
        raise AuditError("no proof of infeasibility")
    annihilated = [*_against_free(program, multipliers), *_slopes(program, multipliers)]
    _require(all(entry == 0 for total in annihilated for entry in total), "the multipliers do not annihilate the atoms")
    _require(dual_value(program, multipliers) != 0, "the multipliers annihilate the labels too")


def _slopes(program: Program, multipliers: tuple[Vector, ...]) -> list[Vector]:
    return _combine(program.features_at(program.data.points), multipliers)


def _against_free(program: Program, multipliers: tuple[Vector, ...]) -> list[Vector]:
    return _combine(program.free_at(program.data.points), multipliers)


def _combine(rows: list[list[fmpq]], multipliers: tuple[Vector, ...]) -> list[Vector]:
    """For each column of `rows`, sum_i rows_i L_i."""
    tasks = len(multipliers[0])
    return [
        tuple([sum([v * m[task] for v, m in zip(column, multipliers, strict=True)], ZERO) for task in range(tasks)])
        for column in zip(*rows, strict=True)
    ]


def _dot(u: Vector, v: Vector) -> fmpq:
    return sum([a * b for a, b in zip(u, v, strict=True)], ZERO)
