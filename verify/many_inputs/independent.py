"""Optima made of rational neurons with independent features: weights are exact, the dual is enclosed without a system.

If the features of the contacts are independent, interpolation by them alone determines the weights, in rationals. What
is left to prove is a dual: G' Phi_k = |u_k| v_k / |v_k| at the contacts (with derivative 0 by the angle, for a neuron
inside an arc), strict slack elsewhere. One input is always of this kind (the hats are independent), and so are many
problems with few contacts.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy
from flint import arb, arb_mat, ctx, fmpq

from ...theory.alignment import aligned
from ...theory.arrangement import parallel_neighbours, strictly_between
from ...theory.free_functions import Convention, independent_rows, matrix
from ...theory.numbers import ZERO, Vector
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ...theory.vectors import add, is_zero_vector, squared_length
from .balls import as_balls
from .certify import with_free_part
from .contacts import Contacts
from .exchange import FloatSolution
from .floats import Floats, simple_direction
from .polish import BITS
from .problem import Problem, exact_arc_values, exact_feature
from .slack import Known, not_slack
from .uniqueness import lifted


@dataclass(frozen=True, slots=True)
class Spike:
    """A rational neuron that may be in contact, P' phi, and for a neuron inside an arc P' dphi / dangle."""

    neuron: RidgeNeuron
    feature: list[fmpq]
    candidate: int | None = None
    arc: int | None = None
    slope: list[fmpq] | None = None
    parameter: Vector = ()


@dataclass(frozen=True, slots=True)
class Independent:
    """The exact optimum (scaled), another one if it is not unique, the reason, and an enclosed dual G', n x T."""

    network: RidgeNetwork
    another: RidgeNetwork | None
    reason: str
    dual: arb_mat


def solve_independent(problem: Problem, guess: Contacts, solution: FloatSolution | None) -> Independent | None:
    """The optimum over the guessed contacts, proved optimal; None if it is not of this kind or not proved."""
    for level in range(3 if guess.smooth or guess.strips else 1):
        spikes = _spikes(problem, guess, level)
        found = None if not spikes else _solve(problem, spikes, solution)
        if found is not None:
            return found
    return None


def _solve(problem: Problem, spikes: list[Spike], solution: FloatSolution | None) -> Independent | None:
    features = matrix([spike.feature for spike in spikes])
    if features.rank() != len(spikes):
        return None
    rows = independent_rows(features.transpose())
    square = matrix([features.transpose().tolist()[i] for i in rows])
    solved = square.solve(matrix([problem.labels.tolist()[i] for i in rows]))
    if features.transpose() * solved != problem.labels:
        return None
    weighted = list(zip(spikes, [tuple(row) for row in solved.tolist()], strict=True))
    active = [(spike, weights) for spike, weights in weighted if not is_zero_vector(weights)]
    with ctx.workprec(BITS):
        dual = _dual(problem, weighted if solution is None else active, solution)
        if dual is None or not _slack(problem, dual, active):
            return None
    moved = _moved(problem, active)
    network = with_free_part(problem, [with_weights(spike.neuron, weights) for spike, weights in active])
    if moved is not None:
        reason = "neighbouring parallel neurons with aligned weights: they may be moved towards each other"
        return Independent(network, with_free_part(problem, moved), reason, dual)
    reason = f"contacts with independent features ({len(active)}); every other neuron is strictly slack"
    return Independent(network, None, reason, dual)


def with_weights(neuron: RidgeNeuron, weights: Vector) -> RidgeNeuron:
    """The neuron with other output weights."""
    return RidgeNeuron(neuron.direction, neuron.offset, weights)


def _spikes(problem: Problem, guess: Contacts, level: int) -> list[Spike] | None:
    """The contacts as rational neurons; None if one is not."""
    if guess.whole:
        return None
    candidates = problem.arrangement.candidates
    found = [Spike(candidates[k].neuron((ZERO,)), exact_feature(problem, k), candidate=k) for k in guess.candidates]
    inside = [(arc, angle) for arc, (angle, _) in guess.smooth.items()]
    inside += [(arc, angle) for pair, (angle, _, _) in guess.strips.items() for arc in pair]
    for index, angle in inside:
        u = simple_direction(float(numpy.cos(angle)), float(numpy.sin(angle)), level)
        arc = problem.arrangement.arcs[index]
        if u is None or not strictly_between(arc, u):
            return None
        table = exact_arc_values(problem, index)
        feature = [p * u[0] + q * u[1] for p, q in table]
        slope = [q * u[0] - p * u[1] for p, q in table]
        neuron = arc.neuron(problem.data.points, u, (ZERO,))
        found.append(Spike(neuron, feature, None, index, slope, u))
    return found


def _dual(problem: Problem, weighted: list[tuple[Spike, Vector]], solution: FloatSolution | None) -> arb_mat | None:
    """G, n x T, with |u_k| v_k / |v_k| at the contacts, as near as possible to the float solution.

    Without a float solution (one input) G' Phi_k = 0 at candidates of weight 0. None if the conditions are dependent.
    """
    tasks = problem.data.tasks
    start = numpy.zeros((problem.annihilator.dimension, tasks)) if solution is None else float_dual(problem, solution)
    base = arb_mat(start.shape[0], tasks, [arb(float(entry)) for entry in start.ravel()])
    rows, wanted = [], []
    for spike, weights in weighted:
        length = squared_length(weights)
        square = spike.neuron.squared_norm(problem.convention)
        factor = arb(square / length).sqrt() if length else arb(0)
        target = [factor * arb(weight) for weight in weights]
        rows.append(spike.feature)
        wanted.append(target)
        if spike.slope is not None:
            now = (as_balls(matrix([spike.slope])) * base).entries()
            along = sum([a * b for a, b in zip(now, target, strict=True)], arb(0)) / arb(square)
            rows.append(spike.slope)
            # Any derivative at a right angle to the value will do.
            wanted.append(
                [arb(0)] * tasks if problem.rank == 1 else [a - along * b for a, b in zip(now, target, strict=True)]
            )
    conditions = matrix(rows)
    if conditions.rank() != len(rows):
        return None
    missing = arb_mat(len(rows), tasks, [entry for row in wanted for entry in row]) - as_balls(conditions) * base
    # The pseudo-inverse is exact: data may be too uneven for balls.
    inverse = (conditions * conditions.transpose()).solve(conditions).transpose()
    return base + as_balls(inverse) * missing


def _slack(problem: Problem, dual: arb_mat, active: list[tuple[Spike, Vector]]) -> bool:
    spikes = [spike for spike, _ in active]
    in_contact = frozenset([spike.candidate for spike in spikes if spike.candidate is not None])
    turned = [(s.arc, s.parameter) for s in spikes if s.arc is not None]
    angles = {arc: arb.atan2(arb(u[1]), arb(u[0])) for arc, u in turned}
    vanishing = [spike.slope for spike in spikes if spike.slope is not None] if problem.rank == 1 else []
    for (a, p), (b, q) in combinations(active, 2):
        if problem.convention is Convention.FREE and aligned(p, q) and _parallel(a.neuron, b.neuron):
            # Equal values at parallel neurons: the features, scaled alike, differ by a functional that G annihilates.
            ratio = next(abs(u / v) for u, v in zip(a.neuron.direction, b.neuron.direction, strict=True) if v)
            vanishing.append([x - ratio * y for x, y in zip(a.feature, b.feature, strict=True)])
    return not_slack(problem, lifted(problem, dual), Known(in_contact, frozenset(), angles, tuple(vanishing))) is None


def _parallel(first: RidgeNeuron, second: RidgeNeuron) -> bool:
    return first.hyperplane()[:-1] == second.hyperplane()[:-1]


def float_dual(problem: Problem, solution: FloatSolution) -> Floats:
    """G' in T tasks at the points `free` of the annihilator, n x T."""
    multipliers = problem.basis @ solution.dual @ problem.rotation
    return numpy.asarray(multipliers[list(problem.annihilator.free)])


def _moved(problem: Problem, active: list[tuple[Spike, Vector]]) -> list[RidgeNeuron] | None:
    """The neurons with one pair of neighbouring parallel ones of aligned weights merged; None if there is none."""
    if problem.convention is Convention.PENALISED:
        return None
    for first, second in combinations(range(len(active)), 2):
        (a, p), (b, q) = active[first], active[second]
        if (
            _parallel(a.neuron, b.neuron)
            and aligned(p, q)
            and parallel_neighbours(problem.data.points, a.neuron, b.neuron)
        ):
            rest = [with_weights(s.neuron, w) for k, (s, w) in enumerate(active) if k not in (first, second)]
            return [*rest, merge_parallel(with_weights(a.neuron, p), with_weights(b.neuron, q))]
    return None


def merge_parallel(first: RidgeNeuron, second: RidgeNeuron) -> RidgeNeuron:
    """One neuron instead of two parallel ones with aligned weights: same cost, and same values outside the strip.

    Up to affine functions: the two may face in opposite directions.
    """
    a, b = first.hyperplane(), second.hyperplane()
    p = [abs(next(u for u in first.direction if u)) * v for v in first.weights]
    q = [abs(next(u for u in second.direction if u)) * v for v in second.weights]
    total = add(tuple(p), tuple(q))
    share = next(v / t for v, t in zip(q, total, strict=True) if t)
    return RidgeNeuron(a[:-1], a[-1] + share * (b[-1] - a[-1]), total)


def all_candidates(problem: Problem) -> Contacts:
    """Every candidate that the functionals see: for one input, the interior points."""
    seen = [k for k in range(len(problem.arrangement.candidates)) if any(exact_feature(problem, k))]
    return Contacts(dict.fromkeys(seen, 1.0))
