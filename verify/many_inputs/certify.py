"""Rational certificates: a feasible dual, an interpolating network, and the bounds of the optimal cost they prove."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy
import scipy.linalg
from flint import arb, arb_mat, ctx, fmpq

from ...theory.arrangement import Arc
from ...theory.copositivity import is_dual_feasible, pairing
from ...theory.enclosure import Enclosure
from ...theory.free_functions import Convention, matrix
from ...theory.numbers import ZERO, Vector, nearest_float
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ...theory.root_sum import enclose_roots
from ...theory.vectors import is_zero_vector, scale, subtract
from .exchange import FloatSolution
from .floats import Floats, dyadic, floats
from .polish import BITS, Polished
from .problem import Problem, float_root, power_of_two

_DUAL_BITS = 96
_DIRECTION_BITS = 64
_WEIGHT_BITS = 48


@dataclass(frozen=True, slots=True)
class Multipliers:
    """sqrt(square) * rows, N rows of T rationals: a feasible dual; value is sqrt(square) * pairing, a lower bound."""

    rows: tuple[Vector, ...]
    square: fmpq
    pairing: fmpq


@dataclass(frozen=True, slots=True)
class Atom:
    """A neuron of cost 1 per unit of |v| |direction| with approximate weights: a proposal for the network."""

    neuron: RidgeNeuron
    weight: float


def feasible_multipliers(problem: Problem, entries: Sequence[Sequence[fmpq]]) -> Multipliers | None:
    """From approximate values at the points `free` of the annihilator: shrunk, if need be, until exactly feasible."""
    rows = [tuple(row) for row in problem.annihilator.functional(matrix([list(row) for row in entries])).tolist()]
    for shrink in (70, 45, 36, 30, 26, 20, 13, 7, 3):
        factor = 1 - fmpq(1, 1 << shrink)
        shrunk = tuple([scale(factor, row) for row in rows])
        if is_dual_feasible(problem.arrangement, shrunk):
            return Multipliers(shrunk, fmpq(1), pairing(problem.data, shrunk))
    return None


def multipliers_of_floats(problem: Problem, solution: FloatSolution) -> Multipliers | None:
    """The dual of a float solution, rounded."""
    values = problem.basis @ solution.dual @ problem.rotation
    rows = values[list(problem.annihilator.free)]
    return feasible_multipliers(problem, [[dyadic(value, _DUAL_BITS) for value in row] for row in rows])


def multipliers_of_polished(problem: Problem, dual: arb_mat) -> Multipliers | None:
    """The dual of a polished solution (G' in the echelon basis and in T tasks), rounded."""
    entries = [[nearest_dyadic(entry, _DUAL_BITS) for entry in row] for row in dual.tolist()]
    return feasible_multipliers(problem, entries)


def nearest_dyadic(ball: arb, bits: int) -> fmpq:
    """A multiple of 2^-bits near the middle of a ball."""
    mantissa, exponent = ball.mid().man_exp()
    exact = fmpq(mantissa) * fmpq(2) ** int(exponent)
    return fmpq((exact * fmpq(2) ** bits + fmpq(1, 2)).floor()) / fmpq(2) ** bits


def atoms_of(problem: Problem, solution: FloatSolution, polished: Polished | None) -> list[Atom]:
    """The neurons proposed, with weights eta."""
    if polished is None:
        total = solution.cost
        found = [(problem.arrangement.candidates[k].neuron((ZERO,)), eta) for k, eta in solution.candidates.items()]
        found += [(inside_neuron(problem, arc, u), eta) for arc, u, eta in solution.inside]
        return [Atom(neuron, eta) for neuron, eta in found if eta > 1e-12 * total]
    of, weights = polished.of, polished.weights
    found = [
        (problem.arrangement.candidates[k].neuron((ZERO,)), w) for k, w in zip(of.candidates, weights, strict=False)
    ]
    found += [(problem.arrangement.candidates[k].neuron((ZERO,)), w) for k, w in of.frozen.candidates.items()]
    first, used = len(of.candidates), len(of.candidates) + len(of.smooth)
    for i, arc in enumerate(of.smooth):
        found.append((_turned(problem, arc, polished.unknowns[of.contacts + i]), weights[first + i]))
    start = used + len(of.whole)
    for i, pair in enumerate(of.strips):
        for arc, weight in zip(pair, weights[start + 2 * i : start + 2 * i + 2], strict=True):
            found.append((_turned(problem, arc, polished.unknowns[of.contacts + len(of.smooth) + i]), weight))
    mixed = dict(zip(of.whole, weights[used:start], strict=True)) | of.frozen.whole
    return [Atom(n, w) for n, w in _with_whole(problem, mixed, found) if w > 0]


def _turned(problem: Problem, arc: int, angle: arb) -> RidgeNeuron:
    with ctx.workprec(BITS):
        u = nearest_dyadic(angle.cos(), _DIRECTION_BITS), nearest_dyadic(angle.sin(), _DIRECTION_BITS)
    return problem.arrangement.arcs[arc].neuron(problem.data.points, u, (ZERO,))


def strip_neurons(problem: Problem, polished: Polished) -> list[tuple[RidgeNeuron, RidgeNeuron]]:
    """The two parallel neurons of every strip."""
    of, found = polished.of, []
    for i, (first, second) in enumerate(of.strips):
        angle = polished.unknowns[of.contacts + len(of.smooth) + i]
        found.append((_turned(problem, first, angle), _turned(problem, second, angle)))
    return found


def _with_whole(
    problem: Problem, mixed: dict[int, float], found: list[tuple[RidgeNeuron, float]]
) -> list[tuple[RidgeNeuron, float]]:
    """The mixed terms of whole arcs as one neuron inside each, paid for by those at its ends."""
    start, end = problem.arc_ends
    for index, weight in mixed.items():
        a, b = [
            _place(found, problem.arrangement.candidates[k].neuron((ZERO,)))
            for k in problem.arrangement.arcs[index].ends
        ]
        ratio = max(found[a][1], 1e-300) / max(found[b][1], 1e-300)
        s, t = ratio**0.25, ratio**-0.25
        u = s * start[index] + t * end[index]
        found[a] = found[a][0], found[a][1] - weight * s / t
        found[b] = found[b][0], found[b][1] - weight * t / s
        square = float(u @ u)
        found.append((inside_neuron(problem, index, u / numpy.sqrt(square)), weight * square))
    return found


def _place(found: list[tuple[RidgeNeuron, float]], neuron: RidgeNeuron) -> int:
    return next(i for i, (other, _) in enumerate(found) if other == neuron)


def inside_neuron(problem: Problem, arc: int, u: Floats) -> RidgeNeuron:
    """The neuron inside an arc whose parameter is u, rounded to rationals and kept inside."""
    found: Arc = problem.arrangement.arcs[arc]
    parameter = tuple([dyadic(float(value), _DIRECTION_BITS) for value in u])
    return found.neuron(problem.data.points, parameter, (ZERO,))


def exact_network(problem: Problem, atoms: Iterable[Atom], dual: Floats) -> RidgeNetwork | None:
    """An interpolating network near the proposal v_k = eta_k G' Phi_k: all but n weights rounded, those solved exactly.

    dual: G' in T tasks at the points `free` of the annihilator, n x T. Candidates are added if the atoms do not span.
    """
    spanning, others = _spanning(problem, list(atoms))
    if spanning is None:
        return None
    points, basis = problem.data.points, problem.annihilator.basis
    assert basis is not None
    rest = problem.labels
    neurons: list[RidgeNeuron] = []
    for atom in others:
        values = matrix([[atom.neuron.activation(point)] for point in points])
        feature = problem.annihilator.apply(values)
        square = atom.neuron.squared_norm(problem.convention)
        unit = power_of_two(square, halved=True)  # near |u|, which may be far from 1
        seen = atom.weight * floats(feature / unit).ravel() @ dual * nearest_float(unit * unit / square)
        weights = tuple([dyadic(float(value), _WEIGHT_BITS) / unit for value in seen])
        rest = rest - feature * matrix([list(weights)])
        neurons.append(RidgeNeuron(atom.neuron.direction, atom.neuron.offset, weights))
    columns = [[atom.neuron.activation(point) for atom in spanning] for point in points]
    solved = problem.annihilator.apply(matrix(columns)).solve(rest)
    for atom, row in zip(spanning, solved.tolist(), strict=True):
        neurons.append(RidgeNeuron(atom.neuron.direction, atom.neuron.offset, tuple(row)))
    return with_free_part(problem, [neuron for neuron in neurons if not is_zero_vector(neuron.weights)])


def _spanning(problem: Problem, atoms: list[Atom]) -> tuple[list[Atom] | None, list[Atom]]:
    """n atoms whose features are independent, heavy ones first, and the atoms left over."""
    size = problem.annihilator.dimension
    candidates = [Atom(c.neuron((ZERO,)), 0.0) for c in problem.arrangement.candidates]
    # Interpolation is exact only with independent features: decided in rationals, proposed by pivoting in floats.
    pool = atoms if len(atoms) > 2 * size else atoms + candidates
    for group in (pool, atoms + candidates):
        features = _unit_features(problem, group)
        heaviest = max([atom.weight for atom in atoms], default=1.0)
        sizes = numpy.array([max(atom.weight / heaviest, 1e-9) for atom in group])
        order = scipy.linalg.qr(features * numpy.sqrt(sizes), mode="r", pivoting=True)[1][:size]
        chosen = [group[int(k)] for k in order]
        columns = [[atom.neuron.activation(point) for atom in chosen] for point in problem.data.points]
        if len(chosen) == size and problem.annihilator.apply(matrix(columns)).rank() == size:
            taken = {int(k) for k in order}
            return chosen, [atom for k, atom in enumerate(group) if k not in taken and atom.weight > 0]
    return None, []


def _unit_features(problem: Problem, group: list[Atom]) -> Floats:
    values = [[activation(atom.neuron, point, problem.convention) for atom in group] for point in problem.data.points]
    return numpy.asarray(problem.basis.T @ numpy.array(values))


def activation(neuron: RidgeNeuron, point: Vector, convention: Convention) -> float:
    """The activation of a neuron scaled to cost 1, in double precision."""
    value = neuron.activation(point)
    return float_root(value * value / neuron.squared_norm(convention))


def with_free_part(problem: Problem, neurons: list[RidgeNeuron]) -> RidgeNetwork:
    """The neurons with the free function that makes them interpolate; what is left at the data must be in F."""
    data = problem.data
    zero = (ZERO,) * data.tasks
    base = RidgeNetwork(tuple(neurons), (zero,) * data.inputs, zero)
    if problem.convention is Convention.PENALISED:
        return base
    pivots = [i for i in range(data.size) if i not in set(problem.annihilator.free)]
    rest = [list(subtract(data.labels[i], base(data.points[i]))) for i in pivots]
    return RidgeNetwork(tuple(neurons), *affine_through([data.points[i] for i in pivots], rest, data.inputs))


def affine_through(points: list[Vector], values: list[list[fmpq]], inputs: int) -> tuple[tuple[Vector, ...], Vector]:
    """(slopes, constant) of an affine function with these values at affinely independent points, of least norm."""
    rows = matrix([[fmpq(1), *point] for point in points])
    solved = rows.transpose() * (rows * rows.transpose()).solve(matrix(values))
    table = [tuple(row) for row in solved.tolist()]
    assert len(table) == inputs + 1
    return tuple(table[1:]), table[0]


def cost_bounds(problem: Problem, dual: Multipliers, network: RidgeNetwork) -> Enclosure:
    """The optimal cost of the original data, enclosed by the dual and by the network (of the scaled data)."""
    low = enclose_roots([dual.square * dual.pairing * dual.pairing]).lower if dual.pairing > 0 else ZERO
    squares = network.cost_squares(problem.convention)
    high = enclose_roots(squares).upper
    return Enclosure(low * problem.cost_unit, high * problem.cost_unit)


def restored_multipliers(problem: Problem, dual: Multipliers) -> Multipliers:
    """The same dual for the original data."""
    rows = tuple([scale(1 / problem.point_unit, row) for row in dual.rows])
    return Multipliers(rows, dual.square, dual.pairing * problem.cost_unit)
