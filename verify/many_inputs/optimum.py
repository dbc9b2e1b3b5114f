"""The certified optimum of labelled points where d <= 2: cost, network, multipliers, and whether it is the only one."""

from dataclasses import dataclass, replace

from flint import ctx, fmpq

from ...theory.enclosure import Enclosure
from ...theory.free_functions import Convention, annihilator, free_rows, matrix
from ...theory.labelled_points import LabelledPoints
from ...theory.numbers import ZERO
from ...theory.ridge_network import RidgeNetwork
from ...theory.root_sum import RootSum, enclose_roots
from .balls import midpoints
from .certify import (
    Multipliers,
    affine_through,
    atoms_of,
    cost_bounds,
    exact_network,
    multipliers_of_floats,
    multipliers_of_polished,
    restored_multipliers,
    strip_neurons,
)
from .contacts import Contacts, guess_contacts, without_small
from .exact import exact_answer
from .exchange import FloatSolution, exchange
from .floats import Floats
from .independent import all_candidates, float_dual, solve_independent
from .polish import BITS, Polished, polish
from .problem import Problem, power_of_two, size_of_points, state
from .recut import recut
from .second import second_network
from .uniqueness import Uniqueness, uniqueness_of

_MERGED_ROOTS = 40


_WIDE = fmpq(1, 10**12)


_FLOORS = (0.0, 1e-4, 1e-2)
"""Contacts of less weight than this share of the cost are left out, if the verdict with all of them is open."""


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """The solved part of an answer, for the data as given.

    exact_cost: the cost as sqrt(its entry), where it was recognised. network: interpolates, costs at most cost.upper.
    multipliers: prove cost.lower. unique: None undecided. another: a second interpolating network of the same cost
    (exactly, if exact_cost is given, else to within 1e-12), where the optimum is not unique and one was built.
    """

    cost: Enclosure
    exact_cost: RootSum | None
    network: RidgeNetwork
    multipliers: Multipliers
    unique: bool | None
    reason: str
    another: RidgeNetwork | None

    @property
    def relative_gap(self) -> fmpq:
        """(upper - lower) / upper, 0 for cost 0."""
        return self.cost.width / self.cost.upper if self.cost.upper else ZERO


def solve_optimum(data: LabelledPoints, convention: Convention = Convention.FREE) -> Optimum | None:
    """Cost, network, certificate and verdict; None if nothing could be certified. TooManyInputs beyond d <= 2."""
    problem = state(data, convention)
    if problem is None:
        return _costs_nothing(data, convention)
    if not problem.arrangement.arcs:
        return _from_independent(problem, all_candidates(problem), None)
    solution = exchange(problem)
    if solution is None:
        return None
    whole_guess = guess_contacts(problem, solution)
    best = _from_exact(problem, whole_guess, solution)
    for floor in _FLOORS:
        guess = without_small(whole_guess, floor)
        if best is not None and best.unique is not None:
            break
        if floor and guess.size == whole_guess.size:
            continue
        found = _from_independent(problem, guess, solution) or _from_conditions(problem, guess, solution)
        best = _better(best, found)
    return best


def _better(best: Optimum | None, found: Optimum | None) -> Optimum | None:
    """What is known exactly, or certified more closely, with the verdict that one of the two has."""
    if best is None or found is None:
        return best or found
    if found.unique is not None:
        closer = best.exact_cost is not None and found.exact_cost is None
        return replace(best, unique=found.unique, reason=found.reason, another=found.another) if closer else found
    return best if best.relative_gap <= found.relative_gap else found


def _costs_nothing(data: LabelledPoints, convention: Convention) -> Optimum:
    """The labels are those of a free function, and every optimum has no neuron."""
    size = annihilator(data.points, convention)
    pivots = [i for i in range(data.size) if i not in set(size.free)]
    zero = (ZERO,) * data.tasks
    network = RidgeNetwork((), (zero,) * data.inputs, zero)
    if convention is Convention.FREE:
        values = [list(data.labels[i]) for i in pivots]
        network = RidgeNetwork((), *affine_through([data.points[i] for i in pivots], values, data.inputs))
    multipliers = Multipliers(((ZERO,) * data.tasks,) * data.size, fmpq(1), ZERO)
    # Free functions are determined by the data only if the points are affinely independent enough.
    unique = convention is Convention.PENALISED or len(pivots) == data.inputs + 1
    reason = "the labels are those of a free function" + ("" if unique else ", which the points do not determine")
    another = None if unique else _tilted(data, network)
    return Optimum(Enclosure.exactly(ZERO), RootSum(), network, multipliers, unique, reason, another)


def _tilted(data: LabelledPoints, network: RidgeNetwork) -> RidgeNetwork:
    """The network plus an affine function that vanishes at all data points, which lie on a hyperplane.

    Beside them it is of the size of the labels, whatever the units.
    """
    reduced, rank = matrix(free_rows(data.points, Convention.FREE)).transpose().rref()
    columns = [next(j for j in range(reduced.ncols()) if reduced[i, j]) for i in range(rank)]
    loose = next(j for j in range(data.inputs + 1) if j not in columns)
    affine = [ZERO] * (data.inputs + 1)
    steep = power_of_two(max([abs(entry) for label in data.labels for entry in label])) / size_of_points(data.points)
    affine[loose] = steep
    for i, column in enumerate(columns):
        affine[column] = -steep * reduced[i, loose]
    slopes = tuple([(row[0] + a, *row[1:]) for row, a in zip(network.slopes, affine[1:], strict=True)])
    return RidgeNetwork(network.neurons, slopes, (network.constant[0] + affine[0], *network.constant[1:]))


def _from_exact(problem: Problem, guess: Contacts, solution: FloatSolution) -> Optimum | None:
    found = exact_answer(problem, guess, solution)
    if found is None:
        return None
    multipliers = restored_multipliers(problem, found.multipliers)
    square = multipliers.square * multipliers.pairing * multipliers.pairing
    network = problem.restore(found.network)
    another = None if found.another is None else problem.restore(found.another)
    cost = enclose_roots([square])
    return _determined(
        problem,
        Optimum(cost, RootSum([square]), network, multipliers, found.unique, found.reason, another),
    )


def _from_independent(problem: Problem, guess: Contacts, solution: FloatSolution | None) -> Optimum | None:
    found = solve_independent(problem, guess, solution)
    multipliers = None if found is None else multipliers_of_polished(problem, found.dual)
    if found is None or multipliers is None:
        return None
    network = problem.restore(found.network)
    squares = network.cost_squares(problem.convention)
    exact = RootSum(squares) if len(squares) <= _MERGED_ROOTS else None
    another = None if found.another is None else problem.restore(found.another)
    cost, restored = cost_bounds(problem, multipliers, found.network), restored_multipliers(problem, multipliers)
    return _determined(problem, Optimum(cost, exact, network, restored, another is None, found.reason, another))


def _from_conditions(problem: Problem, guess: Contacts, solution: FloatSolution) -> Optimum | None:
    polished = polish(problem, guess, solution)
    verdict = Uniqueness(None, "the contacts of the dual were not identified")
    if polished is not None:
        verdict = uniqueness_of(problem, polished)
        again = recut(problem, polished, solution) if verdict.unique is None else None
        if again is not None and (better := polish(*again)) is not None:
            problem, _, solution = again
            polished, verdict = better, uniqueness_of(problem, better)
    proposals = [_certified(problem, solution, polished)]
    if proposals[0] is None or cost_bounds(problem, *proposals[0][:2]).width > _WIDE * proposals[0][0].pairing:
        proposals.append(_certified(problem, solution, None))  # a polished solution at wrong contacts is no use
    certified = [found for found in proposals if found is not None]
    if not certified:
        return None
    found = min(certified, key=lambda parts: cost_bounds(problem, *parts[:2]).width)
    multipliers, network, dual = found
    another = None
    if verdict.unique is False and polished is not None:
        another = _second(problem, solution, polished, verdict, dual, network)
    cost, restored = cost_bounds(problem, multipliers, network), restored_multipliers(problem, multipliers)
    unique, reason = verdict.unique, verdict.reason
    if unique is False and another is None and problem.convention is Convention.PENALISED:
        # Without free functions different measures can be one function: (t)_+ - (-t)_+ = t.
        unique, reason = None, "several optimal measures, but no second function was built"
    optimum = Optimum(cost, None, problem.restore(network), restored, unique, reason, another)
    return _determined(problem, optimum)


def _second(
    problem: Problem,
    solution: FloatSolution,
    polished: Polished,
    verdict: Uniqueness,
    dual: Floats,
    network: RidgeNetwork,
) -> RidgeNetwork | None:
    frozen, candidates = polished.of.frozen, problem.arrangement.candidates
    contacts = Contacts(polished.contacts.candidates | frozen.candidates, {}, polished.contacts.whole | frozen.whole)
    parallel = [(candidates[a].neuron((ZERO,)), candidates[b].neuron((ZERO,))) for a, b in verdict.parallel]
    parallel += strip_neurons(problem, polished)
    atoms = atoms_of(problem, solution, polished)
    found = second_network(problem, contacts, parallel, atoms, dual, network)
    return None if found is None else problem.restore(found)


def _certified(
    problem: Problem, solution: FloatSolution, polished: Polished | None
) -> tuple[Multipliers, RidgeNetwork, Floats] | None:
    """A feasible dual, an interpolating network and G' in T tasks, from the polished or else the float solution."""
    if polished is None:
        multipliers, dual = multipliers_of_floats(problem, solution), float_dual(problem, solution)
    else:
        with ctx.workprec(BITS):
            exact = polished.dual() * polished.of.rotation
        multipliers, dual = multipliers_of_polished(problem, exact), midpoints(exact)
    if multipliers is None:
        return None
    network = exact_network(problem, atoms_of(problem, solution, polished), dual)
    return None if network is None else (multipliers, network, dual)


def _determined(problem: Problem, found: Optimum) -> Optimum:
    """The verdict for functions on all of R^d: where the points lie on a line, free functions add a freedom."""
    data = problem.original
    free = data.size - problem.annihilator.dimension
    if problem.convention is Convention.PENALISED or free == data.inputs + 1:
        return found
    reason = "the points lie on a line: an affine function that vanishes there can be added at no cost"
    return replace(found, unique=False, reason=reason, another=_tilted(data, found.network))
