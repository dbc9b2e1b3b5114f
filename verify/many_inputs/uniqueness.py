"""Whether the optimum is unique: proved either way in balls, or undecided with the reason.

Given a zero of the optimality conditions, proved to exist: if every neuron that is no contact is proved strictly slack,
G is an optimal dual and every optimum is a measure on the contacts. Then
  unique: no whole arc, the matrices of the contacts independent, no two neighbouring parallel contacts of equal value;
  not unique: a contact more than the independent ones, or a whole arc with C_12 > 0 and a positive definite block, or
  (one task) two neighbouring parallel contacts of equal sign, all weights positive.
"""

from dataclasses import dataclass
from itertools import combinations

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from ...theory.arrangement import parallel_neighbours
from ...theory.free_functions import Convention
from ...theory.numbers import ZERO
from .balls import as_balls, ball_matrix, is_positive_definite
from .conditions import System
from .krawczyk import enclose_zero
from .linearisation import State, evaluate
from .polish import BITS, Polished
from .problem import Problem, exact_feature
from .slack import Known, not_slack


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """unique: True or False where proved, None undecided. reason: why.

    parallel: pairs of candidates between which a neuron may be moved. dual: G' in the echelon basis and
    in T tasks, enclosed, n x T.
    """

    unique: bool | None
    reason: str
    parallel: tuple[tuple[int, int], ...] = ()
    dual: arb_mat | None = None


def uniqueness_of(problem: Problem, polished: Polished) -> Uniqueness:
    """Whether the optimum that the solution was polished to is the only one."""
    with ctx.workprec(BITS):
        zero = enclose_zero(polished)
        if zero is None:
            return Uniqueness(None, "the optimality conditions were not proved to have a solution here")
        of = polished.of
        if not all([value > 0 for value in zero[: of.contacts]]):
            return Uniqueness(None, "a contact has a weight not proved positive")
        at = evaluate(of, zero)
        dual = at.dual * of.rotation
        if not _implied(problem, of):
            return Uniqueness(None, "contacts that depend on others only up to rounding", dual=dual)
        angles = {arc: zero[i] for arc in _turning_arcs(of) if (i := of.angle_of(arc)) is not None}
        in_contact = frozenset([*of.candidates, *of.frozen.candidates])
        whole = frozenset([*of.whole, *of.frozen.whole])
        known = Known(in_contact, whole, angles, _vanishing(problem, of, at))
        open_arc = not_slack(problem, lifted(problem, at.dual), known)
        if open_arc is not None:
            return Uniqueness(None, f"strict slack was not proved {open_arc}", dual=dual)
        return _uniqueness(problem, of, at, zero, dual)


def _uniqueness(problem: Problem, of: System, at: State, zero: list[arb], dual: arb_mat) -> Uniqueness:
    if not _loose_arcs(problem, of, zero):
        return Uniqueness(None, "a whole arc is in contact with a block not proved positive definite", dual=dual)
    if of.frozen.size:
        reason = "more contacts than independent ones, all weights positive"
        return Uniqueness(False, reason, dual=dual)
    if of.whole:
        reason = "a whole arc is in contact, with a positive definite block: every decomposition of it is optimal"
        return Uniqueness(False, reason, dual=dual)
    if of.strips:
        reason = "two parallel neurons with the dual constant between them: a neuron may stand anywhere between"
        return Uniqueness(False, reason, dual=dual)
    moving, unsettled = _parallel(problem, of, at, zero)
    if moving:
        reason = "neighbouring parallel contacts of the same value: a neuron may stand anywhere between them"
        return Uniqueness(False, reason, parallel=moving, dual=dual)
    if unsettled:
        return Uniqueness(None, "parallel contacts whose values were not proved different", dual=dual)
    if not _independent(of, at):
        return Uniqueness(None, "the contacts were not proved independent", dual=dual)
    return Uniqueness(
        True, f"{of.contacts} isolated, independent contacts; every other neuron is strictly slack", dual=dual
    )


def _vanishing(problem: Problem, of: System, at: State) -> tuple[list[fmpq], ...]:
    """One task: the differences of the features of parallel candidates in contact with equal sign, on which G is 0."""
    if problem.rank > 1 or problem.convention is Convention.PENALISED:
        return ()
    found, candidates = [], problem.arrangement.candidates
    for (i, first), (j, second) in combinations(enumerate(of.candidates), 2):
        if candidates[first].direction == candidates[second].direction and at.seen[i, 0] * at.seen[j, 0] > 0:
            pairs = zip(exact_feature(problem, first), exact_feature(problem, second), strict=True)
            found.append([p - q for p, q in pairs])
    return tuple(found)


def _turning_arcs(of: System) -> list[int]:
    return [*of.smooth, *[arc for pair in of.strips for arc in pair]]


def lifted(problem: Problem, dual: arb_mat) -> arb_mat:
    """Lam = P G, N x r, from G in the echelon basis."""
    basis = problem.annihilator.basis
    assert basis is not None
    return as_balls(basis) * dual


def _independent(of: System, at: State) -> bool:
    """Whether the matrices Phi_k Phi_k' G are independent: their Gram matrix is an entrywise product."""
    places = [term.x for term in of.terms]  # one square per contact: whole arcs and strips were dealt with before
    products = at.products
    inner = at.inner if at.inner is not None else at.columns.transpose() * at.columns
    return is_positive_definite(ball_matrix([[inner[i, j] * products[i, j] for j in places] for i in places]))


def _loose_arcs(problem: Problem, of: System, zero: list[arb]) -> bool:
    """Whether every whole arc has a positive definite block, the weights of shared ends being split evenly."""
    used = len(of.candidates) + len(of.smooth)
    mixed = dict(zip(of.whole, zero[used : used + len(of.whole)], strict=True))
    mixed |= {arc: arb(weight) for arc, weight in of.frozen.whole.items()}
    weights = dict(zip(of.candidates, zero, strict=False))
    weights |= {k: arb(weight) for k, weight in of.frozen.candidates.items()}
    share: dict[int, int] = {}
    for index in mixed:
        for end in problem.arrangement.arcs[index].ends:
            share[end] = share.get(end, 0) + 1
    for index, value in mixed.items():
        a, b = problem.arrangement.arcs[index].ends
        if not weights[a] / share[a] * (weights[b] / share[b]) > value * value:
            return False
    return True


def _implied(problem: Problem, of: System) -> bool:
    """Whether the frozen contacts depend on the others exactly, and so are contacts.

    |G' Phi|^2 = |u|^2 is linear in the pair (Phi Phi', |u|^2); a pair in the span of those of contacts is a contact.
    Weights of frozen contacts must not be negative.
    """
    frozen = of.frozen
    if not frozen.size:
        return True
    if min([*frozen.candidates.values(), *frozen.whole.values()]) < 0:
        return False
    rows = [_lifted(problem, k, k) for k in of.candidates] + [_lifted_arc(problem, a) for a in of.whole]
    extra = [_lifted(problem, k, k) for k in frozen.candidates] + [_lifted_arc(problem, a) for a in frozen.whole]
    return _rank(rows) == len(rows) == _rank(rows + extra)


def _rank(rows: list[list[fmpq]]) -> int:
    return fmpq_mat(len(rows), len(rows[0]), [entry for row in rows for entry in row]).rank() if rows else 0


def _lifted(problem: Problem, first: int, second: int) -> list[fmpq]:
    f, g = exact_feature(problem, first), exact_feature(problem, second)
    u = problem.arrangement.candidates[first].neuron((ZERO,))
    size = len(f)
    return [f[i] * g[j] + f[j] * g[i] for i in range(size) for j in range(i, size)] + [
        2 * u.squared_norm(problem.convention)
    ]


def _lifted_arc(problem: Problem, index: int) -> list[fmpq]:
    arc = problem.arrangement.arcs[index]
    found = _lifted(problem, *arc.ends)
    found[-1] = fmpq(2 * (arc.first[0] * arc.last[0] + arc.first[1] * arc.last[1]))
    return found


def _parallel(problem: Problem, of: System, at: State, zero: list[arb]) -> tuple[tuple[tuple[int, int], ...], bool]:
    """(pairs of candidates between which a neuron may be moved, whether some pair could not be settled)."""
    if problem.convention is Convention.PENALISED:
        return (), False
    found, unsettled = [], False
    rows = at.seen.tolist()
    candidates = problem.arrangement.candidates
    groups: dict[tuple[int, ...], list[int]] = {}
    for place, k in enumerate(of.candidates):
        groups.setdefault(candidates[k].direction, []).append(place)
    for places in groups.values():
        for i, first in enumerate(places):
            for second in places[i + 1 :]:
                a, b = (candidates[of.candidates[place]].neuron((ZERO,)) for place in (first, second))
                if _differ(rows[first], rows[second]) or not parallel_neighbours(problem.data.points, a, b):
                    continue
                if of.labels.ncols() == 1:
                    found.append((of.candidates[first], of.candidates[second]))
                else:
                    unsettled = True
    return tuple(found), unsettled or _smooth_parallel(problem, of, at, zero)


def _smooth_parallel(problem: Problem, of: System, at: State, zero: list[arb]) -> bool:
    """Whether some single neuron inside an arc might be parallel to another contact of the same value."""
    rows, first = at.seen.tolist(), len(of.candidates)
    places = [*range(first), *[turning.place for turning in of.turning]]
    directions: list[tuple[arb, arb]] = []
    for k in of.candidates:
        u = problem.arrangement.candidates[k].direction
        directions.append((arb(u[0]), arb(u[1] if len(u) == 2 else 0)))
    for i in range(len(of.smooth)):
        angle = zero[of.contacts + i]
        directions.append((angle.cos(), angle.sin()))
    for i in range(len(of.smooth)):
        for j in range(first + i):
            (p, q), (s, t) = directions[first + i], directions[j]
            if (p * t - q * s).contains(arb(0)) and not _differ(rows[places[first + i]], rows[places[j]]):
                return True
    return False


def _differ(p: list[arb], q: list[arb]) -> bool:
    return any(not (x - y).contains(arb(0)) for x, y in zip(p, q, strict=True))
