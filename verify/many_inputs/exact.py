"""Problems whose dual is sqrt(q) times a rational matrix: cost, contact set and verdict without any enclosure.

Symmetric and small integer data are often of this kind (XOR, the paper's eight points with one task), and there the
systems of the general method are singular. The float dual is rounded to simple fractions; if that is feasible, exactly,
its contact set is a finite list of rational neurons and whole arcs, and every optimum is a measure on it: an exact
linear program, in which two different solutions, or the independence of all columns, settle uniqueness.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd

import numpy
from flint import fmpq, fmpq_mat
from scipy.optimize import linprog

from ...theory.arrangement import parallel_neighbours
from ...theory.copositivity import arc_forms, candidate_slacks, is_dual_feasible, pairing
from ...theory.free_functions import Convention, identity, independent_rows, matrix
from ...theory.numbers import ZERO, Vector
from ...theory.optimum import aligned
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron, same_function
from ...theory.vectors import add, integral, is_zero_vector, scale, squared_length
from .certify import Multipliers, with_free_part
from .contacts import Contacts
from .exchange import FloatSolution
from .floats import Floats, floats, simple, simple_direction
from .independent import float_dual
from .problem import Problem, float_root

_MOST_TASKS = 12
_TRIALS = 24
_RESOLUTIONS = (1, 2, 4, 12, 60, 840, 1 << 20)
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
    for multipliers in _recognised(problem, guess, solution):
        found = _answer(problem, multipliers)
        if found is not None:
            return found
    return None


def _recognised(problem: Problem, guess: Contacts, solution: FloatSolution) -> Iterator[Multipliers]:
    """Feasible duals sqrt(q) Lam, Lam rational, near the float solution, for the q that the contacts suggest."""
    dual = float_dual(problem, solution)
    neurons = _guessed_neurons(problem, guess)
    squares = _likely_squares(problem, neurons, dual)
    for square in squares:
        for entries in _rounded_duals(problem, neurons, dual / float_root(square), square):
            rows = tuple([tuple(row) for row in problem.annihilator.functional(entries).tolist()])
            found = Multipliers(rows, square, pairing(problem.data, rows))
            if found.pairing > 0 and is_dual_feasible(problem.arrangement, found.rows, found.square):
                yield found
                break


def _likely_squares(problem: Problem, neurons: list[RidgeNeuron], dual: Floats) -> list[fmpq]:
    """1, and |u|^2 / |d|^2 for the first contacts, where d is a simple vector along Lam' phi."""
    found = [fmpq(1)]
    for neuron in neurons[:4]:
        values = matrix([[neuron.activation(point)] for point in problem.data.points])
        seen = floats(problem.annihilator.apply(values)).ravel() @ dual
        largest = float(numpy.abs(seen).max())
        along = [simple(float(x) / largest) for x in seen] if largest else [None]
        rational = tuple([x for x in along if x is not None])
        if len(rational) == len(along):
            found.append(neuron.squared_norm(problem.convention) / squared_length(rational))
    return list(dict.fromkeys(found))


def _guessed_neurons(problem: Problem, guess: Contacts) -> list[RidgeNeuron]:
    ordered = sorted(guess.candidates, key=lambda k: -guess.candidates[k])
    found = [problem.arrangement.candidates[k].neuron((ZERO,)) for k in ordered]
    for index, (angle, _) in guess.smooth.items():
        u = simple_direction(float(numpy.cos(angle)), float(numpy.sin(angle)))
        if u is not None:
            found.append(problem.arrangement.arcs[index].neuron(problem.data.points, u, (ZERO,)))
    return found


def _rounded_duals(problem: Problem, neurons: list[RidgeNeuron], dual: Floats, square: fmpq) -> Iterator[fmpq_mat]:
    """G with G' Phi_k simple and of norm |u_k| / sqrt(q) at the guessed contacts, elsewhere rounded more or less."""
    wanted, features = [], []
    for neuron in neurons:
        values = matrix([[neuron.activation(point)] for point in problem.data.points])
        feature = problem.annihilator.apply(values)
        guessed = [simple(float(x)) for x in floats(feature).ravel() @ dual]
        exact = [x for x in guessed if x is not None]
        if len(exact) != len(guessed) or square * squared_length(tuple(exact)) != neuron.squared_norm(
            problem.convention
        ):
            return
        features.append(list(feature.entries()))
        wanted.append(exact)
    if not features:
        return
    chosen = independent_rows(matrix(features))
    A, B = matrix([features[i] for i in chosen]), matrix([wanted[i] for i in chosen])
    inverse = A.transpose() * (A * A.transpose()).solve(identity(len(chosen)))
    # Where the dual is not unique, a feasible one with few digits is as good and easier to read.
    for resolution in _RESOLUTIONS:
        start = fmpq_mat(
            dual.shape[0], dual.shape[1], [fmpq(round(float(x) * resolution), resolution) for x in dual.ravel()]
        )
        found = start + inverse * (B - A * start)
        if matrix(features) * found == matrix(wanted):
            yield found


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
