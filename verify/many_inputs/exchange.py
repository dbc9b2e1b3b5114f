"""The float solution over all neurons: solve over a few atoms, add the ones that the dual finds best, repeat.

On an arc |G' Phi_u|^2 = u' W W' u, a quadratic form in two variables, so its maximum is an end or an eigenvector: the
search over the continuum of neurons is exact up to rounding.
"""

from dataclasses import dataclass

import numpy

from .cone_program import group_lasso
from .design import optimal_design
from .floats import Floats
from .problem import Problem

_ROUNDS = 40
_IDLE = 3
_MOST_INSIDE = 8
_ALL = 300


@dataclass(frozen=True, slots=True)
class FloatSolution:
    """Weights of atoms and the dual, in double precision: a proposal, certified elsewhere.

    candidates: {index: eta}. inside: (arc, unit parameter, eta). dual: G, n x r in the basis Q.
    violation: the largest |G' Phi| - 1 over all neurons, in floating point.
    """

    candidates: dict[int, float]
    inside: tuple[tuple[int, Floats, float], ...]
    dual: Floats
    violation: float

    @property
    def cost(self) -> float:
        """sum eta."""
        return sum(self.candidates.values()) + sum([eta for _, _, eta in self.inside])


@dataclass
class Peaks:
    """On every arc: the values at the ends and the largest value of |G' Phi|, and the unit parameter where it is."""

    first: Floats
    last: Floats
    value: Floats
    parameter: Floats
    interior: "numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.bool_]]"


def peaks(problem: Problem, dual: Floats) -> Peaks:
    """The largest |G' Phi| on every arc."""
    seen = numpy.einsum("anc,nr->acr", problem.arc_features, dual)
    forms = numpy.einsum("acr,adr->acd", seen, seen)
    start, end = problem.arc_ends
    first = numpy.einsum("ac,acd,ad->a", start, forms, start)
    last = numpy.einsum("ac,acd,ad->a", end, forms, end)
    values, vectors = numpy.linalg.eigh(forms)
    top = vectors[:, :, 1]
    side = start[:, 0] * top[:, 1] - start[:, 1] * top[:, 0]
    top = top * numpy.where(side < 0, -1.0, 1.0)[:, None]
    side, other = _cross(start, top), _cross(top, end)
    interior = (side > 1e-9) & (other > 1e-9)
    best_end = numpy.where((first >= last)[:, None], start, end)
    value = numpy.where(interior, values[:, 1], numpy.maximum(first, last))
    return Peaks(
        numpy.sqrt(numpy.maximum(first, 0)),
        numpy.sqrt(numpy.maximum(last, 0)),
        numpy.sqrt(numpy.maximum(value, 0)),
        numpy.where(interior[:, None], top, best_end),
        interior,
    )


def _cross(u: Floats, v: Floats) -> Floats:
    return numpy.asarray(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])


def exchange(problem: Problem, tolerance: float = 1e-10) -> FloatSolution | None:
    """The solution in double precision; None if no solver got anywhere."""
    features = problem.candidate_features
    chosen = _first_candidates(problem)
    inside: list[tuple[int, Floats]] = []
    best: FloatSolution | None = None
    idle = 0
    for _ in range(_ROUNDS):
        atoms = numpy.hstack([features[:, chosen], _inside_features(problem, inside)])
        solved = _solve(problem, atoms)
        if solved is None:
            return best
        weights, dual = solved
        split = len(chosen)
        found = FloatSolution(
            dict(zip(chosen, weights[:split].tolist(), strict=True)),
            tuple([(arc, u, float(eta)) for (arc, u), eta in zip(inside, weights[split:], strict=True)]),
            dual,
            0.0,
        )
        over = numpy.linalg.norm(features.T @ dual, axis=1) - 1
        now = peaks(problem, dual)
        worst = max(float(over.max()), float(now.value.max(initial=0.0)) - 1)
        found = FloatSolution(found.candidates, found.inside, dual, worst)
        idle = 0 if best is None or worst < best.violation else idle + 1
        best = found if best is None or worst < best.violation else best
        if worst <= tolerance or (best.violation < 1e-7 and idle > _IDLE):
            break
        # Where the dual is not unique, atoms of weight 0 hold it back: they go only where there are very many.
        if len(inside) > _MOST_INSIDE * problem.annihilator.dimension:
            inside = [pair for pair, eta in zip(inside, weights[split:], strict=True) if eta > 1e-9 * weights.max()]
        chosen, inside = _enlarged(problem, chosen, inside, over, now, worst)
    return best


def _enlarged(
    problem: Problem, chosen: list[int], inside: list[tuple[int, Floats]], over: Floats, now: Peaks, worst: float
) -> tuple[list[int], list[tuple[int, Floats]]]:
    most, threshold = 2 * problem.annihilator.dimension + 10, max(1e-11, 1e-3 * worst)
    taken = set(chosen)
    fresh = [int(k) for k in numpy.argsort(-over)[:most] if over[k] > threshold and int(k) not in taken]
    arcs = [int(a) for a in numpy.argsort(-now.value)[:most] if now.interior[a] and now.value[a] > 1 + threshold]
    # A direction once on an arc may be repeated there by rounding only.
    known = {(arc, round(float(u[0]), 12), round(float(u[1]), 12)) for arc, u in inside}
    added = [(a, now.parameter[a]) for a in arcs]
    added = [(a, u) for a, u in added if (a, round(float(u[0]), 12), round(float(u[1]), 12)) not in known]
    return chosen + fresh, inside + added


def _first_candidates(problem: Problem) -> list[int]:
    features = problem.candidate_features
    size = numpy.linalg.norm(features, axis=0)
    useful = [int(k) for k in numpy.flatnonzero(size > 1e-9 * size.max(initial=0.0))]
    if len(useful) <= _ALL:
        return useful
    # Directions spread over the circle and the longest features: any spanning set would do.
    step = len(useful) // _ALL + 1
    return sorted(set(useful[::step]) | {int(k) for k in numpy.argsort(-size)[: problem.annihilator.dimension]})


def _inside_features(problem: Problem, inside: list[tuple[int, Floats]]) -> Floats:
    if not inside:
        return numpy.zeros((problem.annihilator.dimension, 0))
    return numpy.column_stack([problem.arc_features[arc] @ u for arc, u in inside])


def _solve(problem: Problem, atoms: Floats) -> tuple[Floats, Floats] | None:
    target = problem.target
    if problem.rank == problem.annihilator.dimension:
        try:
            weights, dual = optimal_design(atoms, target)
        except numpy.linalg.LinAlgError:
            return group_lasso(atoms, target)
        if numpy.isfinite(dual).all() and abs((target * dual).sum() - weights.sum()) <= 1e-6 * weights.sum():
            return weights, dual
    return group_lasso(atoms, target)
