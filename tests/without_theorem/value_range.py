"""Which values <c, f(X)> the optima take: two tilted programs, with bounds proved by their duals.

Let V be the optimum and P(s) = min of cost(f) - s <c, f(X)> for a small s > 0. Every interpolating f with cost(f) <= C
has s <c, f(X)> <= C - P(s), so a lower bound of P(s) from feasible multipliers bounds the value from above; the same
for -c bounds it from below. The minimiser itself interpolates and nearly costs V: it shows how far the bound is
attained. With s about 10^-D and V to 2 D digits both meet to about D digits. For polyhedral norms they meet exactly
once s is small enough.
"""

from dataclasses import dataclass

from flint import fmpq, fmpq_mat
from reluproof.theory.enclosure import Enclosure
from reluproof.theory.numbers import ZERO, Vector
from reluproof.verify.solve.conic import Conic, solve_reduced
from reluproof.verify.solve.interface import Network
from reluproof.verify.solve.linear import Linear, solve_linear
from reluproof.verify.solve.methods import solve_program
from reluproof.verify.solve.norms import enclose_cost
from reluproof.verify.solve.program import Program, ProgramError, matrix
from reluproof.verify.solve.reduced import Contradiction, reduce


@dataclass(frozen=True, slots=True, eq=False)
class ValueRange:
    """What <direction, f(place)> can be over interpolating networks with these breakpoints.

    bounds: proved to contain the value of every such network whose cost is at most `ceiling`, so of every optimum.
    reached: the values of two networks that interpolate; each costs at most `excess` more than the optimum.
    """

    place: fmpq
    direction: Vector
    bounds: Enclosure
    ceiling: fmpq
    reached: Enclosure
    excess: fmpq


@dataclass(frozen=True, slots=True)
class _Functional:
    """<c, f(X)> = constant + sum_k <tilt_k, m_k> for interpolating networks; tilt is K x T."""

    constant: fmpq
    tilt: fmpq_mat

    def at(self, network: Network) -> fmpq:
        """Its value at a network, from the kinks alone."""
        kinks = [entry for kink in network.kinks for entry in kink]
        return self.constant + sum([a * b for a, b in zip(self.tilt.entries(), kinks, strict=True)], ZERO)


def value_range(program: Program, place: fmpq, direction: Vector, digits: int) -> ValueRange:
    """The range at one place X. It holds for all breakpoints on the line if all data points and X are candidates.

    (For unit weights: eta plus the tilt is then linear between neighbouring candidates.) ProgramError if the candidates
    cannot interpolate or the optimum is not found to twice the digits.
    """
    if len(direction) != program.data.tasks:
        raise ProgramError(f"the direction has {len(direction)} coordinates, the labels have {program.data.tasks}")
    best = solve_program(program, 2 * digits + 2)
    if best.bounds is None or best.primal is None or best.status == "undecided":
        raise ProgramError(f"the range of values needs the optimum first: {best.reason}")
    functional = _functional(program, place, direction)
    largest = max((abs(entry) for entry in functional.tilt.entries()), default=ZERO)
    if not largest or not best.bounds.upper:  # only one value: nothing bends, or no bend is seen at X
        only = Enclosure.exactly(functional.at(best.primal))
        return ValueRange(place, direction, only, best.bounds.upper, only, best.bounds.width)
    step = fmpq(10) ** -digits / (largest * program.data.tasks)
    below, above = (_tilted(program, functional.tilt * signed, digits) for signed in (-step, step))
    ceiling = best.bounds.upper
    bounds = Enclosure(
        functional.constant - (ceiling - below.lower) / step, functional.constant + (ceiling - above.lower) / step
    )
    values = sorted([functional.at(below.network), functional.at(above.network)])
    excess = max(enclose_cost(program, found.network.kinks, 256).upper for found in (below, above)) - best.bounds.lower
    return ValueRange(place, direction, bounds, ceiling, Enclosure(*values), excess)


def _functional(program: Program, place: fmpq, direction: Vector) -> _Functional:
    """The free part of f is the one that fits the first points; what it takes from the atoms enters the tilt."""
    free = program.free_functions
    first, labels = program.data.points[:free], program.data.labels[:free]
    weights = (matrix(program.free_at([place]), free) * matrix(program.free_at(first), free).inv()).entries()
    constant = sum([w * _dot(direction, label) for w, label in zip(weights, labels, strict=True)], ZERO)
    rest = [
        atom(place) - sum([w * atom(x) for w, x in zip(weights, first, strict=True)], ZERO) for atom in program.atoms
    ]
    return _Functional(constant, fmpq_mat(len(rest), 1, rest) * fmpq_mat(1, len(direction), list(direction)))


@dataclass(frozen=True, slots=True)
class _Tilted:
    """A lower bound of the tilted optimum and a network near it."""

    lower: fmpq
    network: Network


def _tilted(program: Program, tilt: fmpq_mat, digits: int) -> _Tilted:
    """min of cost - <tilt, m>: linear or conic, as the program is."""
    reduced = reduce(program, tilt)
    assert not isinstance(reduced, Contradiction)  # the program has been solved before
    if Linear().accepts(program):
        found = solve_linear(program, reduced, Linear().name)
    else:
        found = solve_reduced(program, reduced, 2 * digits + 2, Conic().name)
    if found.bounds is None or found.primal is None:
        raise ProgramError(f"no bounds for the tilted program: {found.reason}")
    return _Tilted(found.bounds.lower, found.primal)


def _dot(u: Vector, v: Vector) -> fmpq:
    return sum([a * b for a, b in zip(u, v, strict=True)], ZERO)
