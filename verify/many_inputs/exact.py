"""Problems whose dual is sqrt(q) times a rational matrix: cost, contact set and verdict without any enclosure.

Symmetric and small integer data are often of this kind (XOR, the paper's eight points with one task), and there the
systems of the general method are singular. The float dual is rounded to simple fractions; if that is feasible, exactly,
its contact set is a finite list of rational neurons and whole arcs, and every optimum is a measure on it: an exact
linear program, in which two different solutions, or the independence of all columns, settle uniqueness.
"""

from dataclasses import dataclass
from math import gcd

import numpy
from flint import fmpq, fmpq_mat
from scipy.optimize import linprog

from ...theory.alignment import aligned
from ...theory.arrangement import parallel_neighbours
from ...theory.copositivity import arc_forms, candidate_slacks
from ...theory.free_functions import Convention, matrix
from ...theory.numbers import ZERO, Vector
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron, same_function
from ...theory.vectors import add, integral, is_zero_vector, scale
from .certify import Multipliers, with_free_part
from .contacts import Contacts
from .exact_dual import recognised_duals
from .exchange import FloatSolution
from .floats import Floats, floats
from .problem import Problem

_MOST_TASKS = 12
_TRIALS = 24
_INSIDE = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))


@dataclass(frozen=True, slots=True)
class ExactAnswer:
    """A dual and an optimum of the same cost, exactly; unique: None if neither verdict was proved."""

    multipliers: Multipliers
    network: RidgeNetwork
    another: RidgeNetwork | None
    unique: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A neuron in contact and Lam' phi there, up to sqrt(q): an optimum has weights in its direction only."""

    neuron: RidgeNeuron
    seen: Vector
    certain: bool = True


def exact_answer(problem: Problem, guess: Contacts, solution: FloatSolution) -> ExactAnswer | None:
    """The exact answer if the dual is recognised; None otherwise."""
    if problem.data.tasks > _MOST_TASKS or problem.annihilator.dimension > 40:
        return None
    for multipliers in recognised_duals(problem, guess, solution):
        found = _answer(problem, multipliers)
        if found is not None:
            return found
    return None


def _answer(problem: Problem, dual: Multipliers) -> ExactAnswer | None:
    columns, has_arcs = _contact_columns(problem, dual)
    movable = _movable(problem, columns)
    extra = [_between(problem, dual, columns[i].neuron, columns[j].neuron) for i, j in movable]
    everything = columns + extra
    table = matrix([_contact_matrix(problem, column) for column in everything]).transpose()
    target = fmpq_mat(table.nrows(), 1, list(problem.labels.entries()))
    solutions = _solutions(problem, everything, table, target)
    if not solutions:
        return None
    first, *others = solutions
    network = _network(problem, everything, first)
    if others:
        another = _network(problem, everything, others[0])
        return ExactAnswer(dual, network, another, False, "two optima, exactly: both cost what the dual pays")
    certain = [column for column in columns if column.certain]
    rank = matrix([_contact_matrix(problem, column) for column in certain]).rank()
    if not has_arcs and rank == len(certain) and not any(first[i] and first[j] for i, j in movable):
        return ExactAnswer(dual, network, None, True, f"{rank} contacts in all, independent: one measure on them")
    return ExactAnswer(dual, network, None, None, "one optimum was found; contacts are dependent or fill an arc")


def _contact_columns(problem: Problem, dual: Multipliers) -> tuple[list[_Column], bool]:
    """All contacts of an exact dual, one per hyperplane, and whether whole arcs are among them (then sampled)."""
    found: dict[Vector, _Column] = {}
    form = problem.arrangement

    def take(neuron: RidgeNeuron, *, certain: bool) -> None:
        seen = _seen(problem, dual, neuron)
        key = neuron.hyperplane() if problem.convention is Convention.FREE else (*neuron.direction, neuron.offset)
        if not is_zero_vector(seen) and not is_zero_vector(neuron.direction):
            found.setdefault(key, _Column(neuron, seen, certain))
        elif not is_zero_vector(seen):
            found.setdefault((*neuron.direction, neuron.offset), _Column(neuron, seen, certain))

    for candidate, slack in zip(form.candidates, candidate_slacks(form, dual.rows, dual.square), strict=True):
        if not slack:
            take(candidate.neuron((ZERO,)), certain=True)
    whole = False
    for arc, quadratic in zip(form.arcs, arc_forms(form, dual.rows, dual.square), strict=True):
        touch = quadratic.contact()
        if touch is not None:
            take(arc.neuron(problem.data.points, _combined(arc.first, arc.last, *touch), (ZERO,)), certain=True)
        if quadratic.vanishes:
            whole = True
            for s, t in _INSIDE:
                inside = _combined(arc.first, arc.last, fmpq(s), fmpq(t))
                take(arc.neuron(problem.data.points, inside, (ZERO,)), certain=False)
    return list(found.values()), whole


def _combined(first: tuple[int, int], last: tuple[int, int], s: fmpq, t: fmpq) -> Vector:
    """s first + t last as a primitive integer vector."""
    whole, _ = integral((s * first[0] + t * last[0], s * first[1] + t * last[1]))
    factor = gcd(*[int(entry) for entry in whole])
    return tuple([fmpq(entry) / factor for entry in whole])


def _seen(problem: Problem, dual: Multipliers, neuron: RidgeNeuron) -> Vector:
    total = (ZERO,) * problem.data.tasks
    for point, row in zip(problem.data.points, dual.rows, strict=True):
        value = neuron.activation(point)
        total = add(total, scale(value, row)) if value else total
    return total


def _contact_matrix(problem: Problem, column: _Column) -> list[fmpq]:
    """Phi (Lam' phi)', n x T, as a row of numbers."""
    values = matrix([[column.neuron.activation(point)] for point in problem.data.points])
    return [a * b for a in problem.annihilator.apply(values).entries() for b in column.seen]


def _movable(problem: Problem, columns: list[_Column]) -> list[tuple[int, int]]:
    """Neighbouring parallel contacts with the same value: every neuron between them is in contact too."""
    if problem.convention is Convention.PENALISED:
        return []
    found = []
    for i, first in enumerate(columns):
        for j in range(i + 1, len(columns)):
            second = columns[j]
            if parallel_neighbours(problem.data.points, first.neuron, second.neuron) and aligned(
                first.seen, second.seen
            ):
                found.append((i, j))
    return found


def _between(problem: Problem, dual: Multipliers, first: RidgeNeuron, second: RidgeNeuron) -> _Column:
    p, q = first.hyperplane(), second.hyperplane()
    neuron = RidgeNeuron(p[:-1], (p[-1] + q[-1]) / 2, (ZERO,))
    return _Column(neuron, _seen(problem, dual, neuron), certain=False)


def _solutions(problem: Problem, columns: list[_Column], table: fmpq_mat, target: fmpq_mat) -> list[Vector]:
    """One or two exact solutions w >= 0 of table w = target that are different functions; none if none was found."""
    floating, wanted = floats(table), floats(target).ravel()
    source = numpy.random.default_rng(1)
    objectives = [numpy.ones(len(columns)), *source.standard_normal((_TRIALS // 2, len(columns)))]
    objectives += [-row for row in numpy.eye(len(columns))[:: max(1, len(columns) // _TRIALS)]]
    found: list[Vector] = []
    functions: list[RidgeNetwork] = []
    for objective in objectives:
        bounded = linprog(objective, A_eq=floating, b_eq=wanted, bounds=(0, None), method="highs-ds")
        if bounded.x is None:
            continue
        exact = _basic(table, target, bounded.x)
        if exact is None:
            continue
        function = _network(problem, columns, exact)
        if all([not same_function(function, other) for other in functions]):
            found.append(exact)
            functions.append(function)
        if len(found) == 2:
            break
    return found


def _basic(table: fmpq_mat, target: fmpq_mat, proposal: Floats) -> Vector | None:
    """The exact solution on the support of a basic solution, if it is one."""
    support = [k for k, value in enumerate(proposal) if value > 1e-9 * max(1.0, float(proposal.max()))]
    if not support:
        return None
    rows = table.tolist()
    columns = matrix([[row[k] for k in support] for row in rows])
    gram = columns.transpose() * columns
    if gram.rank() < len(support):
        return None
    solved = gram.solve(columns.transpose() * target)
    if columns * solved != target or any(value < 0 for value in solved.entries()):
        return None
    found = dict(zip(support, solved.entries(), strict=True))
    return tuple([found.get(k, ZERO) for k in range(table.ncols())])


def _network(problem: Problem, columns: list[_Column], weights: Vector) -> RidgeNetwork:
    neurons = [
        RidgeNeuron(c.neuron.direction, c.neuron.offset, scale(w, c.seen))
        for c, w in zip(columns, weights, strict=True)
        if w
    ]
    return with_free_part(problem, neurons)
