"""Where the dual touches its bound: candidates, single neurons inside an arc, whole arcs, read off a float solution."""

from dataclasses import dataclass, field

import numpy

from .exchange import FloatSolution, Peaks, peaks
from .floats import Floats
from .problem import Problem

_NEAR = 1e-5
_SMALL_ANGLE = 1e-3
_LEVEL = 1e-6


@dataclass
class Contacts:
    """A guess of the contact set, with weights.

    candidates: {index: eta}. smooth: {arc: (angle of the parameter, eta)}. whole: {arc: C_12}, the weight of the mixed
    term of the two unit ends; both ends of a whole arc are among the candidates. strips: {pair of arcs: (angle, eta,
    eta)}, two parallel neurons between which a neuron may stand anywhere (one task).
    """

    candidates: dict[int, float] = field(default_factory=dict)
    smooth: dict[int, tuple[float, float]] = field(default_factory=dict)
    whole: dict[int, float] = field(default_factory=dict)
    strips: dict[tuple[int, int], tuple[float, float, float]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many contacts."""
        return len(self.candidates) + len(self.smooth) + len(self.whole) + 2 * len(self.strips)


def guess_contacts(problem: Problem, solution: FloatSolution) -> Contacts:
    """The contacts that a float solution suggests; wrong guesses are found out later."""
    now = peaks(problem, solution.dual)
    seen = numpy.einsum("anc,nr->acr", problem.arc_features, solution.dual)
    smallest = numpy.linalg.eigvalsh(numpy.einsum("acr,adr->acd", seen, seen))[:, 0]
    total = max(solution.cost, 1e-300)
    values = numpy.linalg.norm(problem.candidate_features.T @ solution.dual, axis=1)
    found = Contacts()
    for k, eta in solution.candidates.items():
        if values[k] > 1 - _NEAR and eta / total > max(0.0, 1 - values[k]):
            found.candidates[k] = eta
    inside: dict[int, list[tuple[Floats, float]]] = {}
    for arc, u, eta in solution.inside:
        inside.setdefault(arc, []).append((u, eta))
    for arc in numpy.flatnonzero(smallest > 1 - _NEAR).tolist():
        _add_whole(problem, found, arc, inside.pop(arc, []))
    for arc, atoms in inside.items():
        weight = sum(eta for _, eta in atoms)
        if now.value[arc] > 1 - _NEAR and weight / total > max(0.0, 1 - now.value[arc]):
            _add_smooth(problem, found, now, arc, weight)
    if problem.rank == 1:
        pair_strips(problem, found)
    return found


def without_small(found: Contacts, share: float) -> Contacts:
    """The contacts without those of less weight than this share of the whole, but for ends of whole arcs."""
    total = sum(found.candidates.values()) + sum([eta for _, eta in found.smooth.values()])
    if found.whole or not share:
        return found
    return Contacts(
        {k: eta for k, eta in found.candidates.items() if eta >= share * total},
        {arc: pair for arc, pair in found.smooth.items() if pair[1] >= share * total},
        {},
        dict(found.strips),
    )


def pair_strips(problem: Problem, found: Contacts) -> None:
    """Single neurons of one angle, about neighbouring data points: with one task they are no accident."""
    arcs = problem.arrangement.arcs
    for first, (angle, eta) in list(found.smooth.items()):
        for second, (other, weight) in list(found.smooth.items()):
            pivot = arcs[second].pivot
            near = abs(angle - other) < _NEAR and pivot is not None
            if near and set(arcs[first].active) == {*arcs[second].active, pivot} and first in found.smooth:
                del found.smooth[first], found.smooth[second]
                found.strips[first, second] = angle, eta, weight
                break


def _add_smooth(problem: Problem, found: Contacts, now: Peaks, arc: int, weight: float) -> None:
    """At the peak if there is one well inside, else the weight belongs to the nearer end."""
    end = int(now.last[arc] > now.first[arc])
    near = problem.arc_ends[end][arc]
    angle = abs(float(now.parameter[arc] @ numpy.array([-near[1], near[0]])))
    level = now.value[arc] - max(now.first[arc], now.last[arc])
    if now.interior[arc] and not (angle < _SMALL_ANGLE and level < _LEVEL):
        u = now.parameter[arc]
        found.smooth[arc] = float(numpy.arctan2(u[1], u[0])), weight
    else:
        candidate = problem.arrangement.arcs[arc].ends[end]
        found.candidates[candidate] = found.candidates.get(candidate, 0.0) + weight


def _add_whole(problem: Problem, found: Contacts, arc: int, atoms: list[tuple[Floats, float]]) -> None:
    start, end = problem.arc_ends
    a, b = problem.arrangement.arcs[arc].ends
    found.candidates.setdefault(a, 0.0)
    found.candidates.setdefault(b, 0.0)
    found.whole[arc] = 0.0
    for u, eta in atoms:
        s, t = numpy.linalg.solve(numpy.column_stack([start[arc], end[arc]]), u)
        found.candidates[a] += eta * s * s
        found.candidates[b] += eta * t * t
        found.whole[arc] += eta * s * t


def matrices(problem: Problem, found: Contacts) -> Floats:
    """One row per contact: the symmetric matrix that it adds to M, as a vector; single neurons inside an arc too."""
    rows = [numpy.outer(f, f).ravel() for f in problem.candidate_features[:, list(found.candidates)].T]
    for arc, (angle, _) in found.smooth.items():
        f = problem.arc_features[arc] @ numpy.array([numpy.cos(angle), numpy.sin(angle)])
        rows.append(numpy.outer(f, f).ravel())
    for pair, (angle, _, _) in found.strips.items():
        for arc in pair:
            f = problem.arc_features[arc] @ numpy.array([numpy.cos(angle), numpy.sin(angle)])
            rows.append(numpy.outer(f, f).ravel())
    start, end = problem.arc_ends
    for arc in found.whole:
        f, g = problem.arc_features[arc] @ start[arc], problem.arc_features[arc] @ end[arc]
        rows.append((numpy.outer(f, g) + numpy.outer(g, f)).ravel())
    return numpy.array(rows)
