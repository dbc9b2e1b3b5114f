"""From a guess of the contacts to a solution of the optimality conditions, far below rounding; wrong contacts leave."""

from dataclasses import dataclass, replace

import numpy
from flint import arb, arb_mat, ctx

from .balls import from_floats, midpoints
from .conditions import System, system
from .contacts import Contacts, matrices, pair_strips
from .exchange import FloatSolution, peaks
from .floats import Floats, floats
from .linearisation import State, evaluate, jacobian, residual
from .problem import Problem

BITS = 160
_FULL_LIMIT = 240
_ROUNDS = 12
_NEWTON = 40
_EXCESS = 1e-10


@dataclass
class Polished:
    """A system of equations with an approximate zero (exact midpoints), and the inverse of the Jacobian there."""

    of: System
    contacts: Contacts
    unknowns: list[arb]
    inverse: Floats

    def dual(self) -> arb_mat:
        """G, n x r, in the echelon basis, at the approximate zero."""
        return evaluate(self.of, self.unknowns).dual

    @property
    def weights(self) -> list[float]:
        """The weights of candidates and single neurons, then C_12 of whole arcs."""
        return [float(value) for value in self.unknowns[: self.of.contacts]]


def polish(problem: Problem, guess: Contacts, solution: FloatSolution) -> Polished | None:
    """Newton's method on the contacts, which change until every weight is positive; None if that does not settle."""
    contacts, arcs = guess, problem.arrangement.arcs
    with ctx.workprec(BITS):
        for _ in range(_ROUNDS):
            if not contacts.size:
                return None
            held = {a: w for a, w in contacts.whole.items() if contacts.candidates.keys() >= set(arcs[a].ends)}
            contacts, frozen = _independent(problem, replace(contacts, whole=held))
            found = _newton(problem, contacts, solution, frozen)
            if found is None:
                return None
            changed = _without_negative(found) or _with_violated(found) or _with_strips(found)
            if changed is None:
                return found
            contacts = changed
    return None


def _without_negative(found: Polished) -> Contacts | None:
    """The contacts without those of negative weight; None if there is none."""
    weights, of = found.weights, found.of
    floor = -1e-13 * max(sum(weights), 1e-300)
    if min(weights) >= floor:
        return None
    now = refreshed(found)
    ends = {end for arc in now.whole for end in of.problem.arrangement.arcs[arc].ends}
    kept = Contacts(
        {k: w for k, w in now.candidates.items() if w >= floor or k in ends},
        {arc: pair for arc, pair in now.smooth.items() if pair[1] >= floor},
        {arc: w for arc, w in now.whole.items() if w >= floor},
    )
    for pair, (angle, first, second) in now.strips.items():
        if first >= floor and second >= floor:
            kept.strips[pair] = angle, first, second
        else:
            kept.smooth[pair[0] if first > second else pair[1]] = angle, max(first, second)
    return None if kept.size == now.size else kept


def _with_violated(found: Polished) -> Contacts | None:
    """The contacts with those added where the bound is exceeded; None if it is nowhere."""
    problem, of = found.of.problem, found.of
    dual = _orthonormal_dual(found)
    over = numpy.linalg.norm(problem.candidate_features.T @ dual, axis=1) - 1
    now = peaks(problem, dual)
    worst = max(float(over.max()), float(now.value.max(initial=0.0)) - 1)
    if worst < _EXCESS:
        return None
    changed = refreshed(found)
    small = 1e-3 * max(found.weights)
    for k in numpy.flatnonzero(over > max(_EXCESS, 0.3 * worst)).tolist():
        changed.candidates.setdefault(k, small)
    for arc in numpy.flatnonzero(now.interior & (now.value > 1 + max(_EXCESS, 0.3 * worst))).tolist():
        u = now.parameter[arc]
        if arc not in of.whole:
            changed.smooth.setdefault(arc, (float(numpy.arctan2(u[1], u[0])), small))
    return changed


def _with_strips(found: Polished) -> Contacts | None:
    """One task: now that the angles are known well, neurons of one angle are seen; None if there are none."""
    if found.of.problem.rank != 1:
        return None
    changed = refreshed(found)
    pair_strips(found.of.problem, changed)
    return changed if len(changed.strips) > len(found.of.strips) else None


def refreshed(found: Polished) -> Contacts:
    """The contacts with the weights and angles found."""
    weights, of = found.weights, found.of
    first, used = len(of.candidates), len(of.candidates) + len(of.smooth)
    angles = [float(value) for value in found.unknowns[of.contacts : of.contacts + of.angles]]
    smooth = zip(of.smooth, angles, weights[first:used], strict=False)
    pairs = weights[used + len(of.whole) :]
    strips = zip(of.strips, angles[len(of.smooth) :], pairs[::2], pairs[1::2], strict=True)
    return Contacts(
        dict(zip(of.candidates, weights[:first], strict=True)) | of.frozen.candidates,
        {arc: (angle, weight) for arc, angle, weight in smooth},
        dict(zip(of.whole, weights[used : used + len(of.whole)], strict=True)) | of.frozen.whole,
        {pair: (angle, p, q) for pair, angle, p, q in strips},
    )


def _orthonormal_dual(found: Polished) -> Floats:
    """G in the basis Q, n x r."""
    problem = found.of.problem
    assert problem.annihilator.basis is not None
    return numpy.asarray(problem.basis.T @ floats(problem.annihilator.basis) @ midpoints(found.dual()))


def _independent(problem: Problem, contacts: Contacts) -> tuple[Contacts, Contacts]:
    """Contacts whose matrices are independent (in floating point), and those that depend on them."""
    rows = matrices(problem, contacts)
    sizes = numpy.linalg.norm(rows, axis=1)
    rows = rows / numpy.where(sizes > 0, sizes, 1)[:, None]
    if contacts.strips or (len(rows) <= rows.shape[1] and numpy.linalg.svd(rows, compute_uv=False)[-1] > 1e-8):
        return contacts, Contacts()
    order = list(contacts.smooth), list(contacts.candidates), list(contacts.whole)
    named = [("s", a) for a in order[0]] + [("c", k) for k in order[1]] + [("w", a) for a in order[2]]
    ranked = {("c", k): i for i, k in enumerate(order[1])}
    ranked |= {("s", a): len(order[1]) + i for i, a in enumerate(order[0])}
    ranked |= {("w", a): len(order[1]) + len(order[0]) + i for i, a in enumerate(order[2])}
    named.sort(key=lambda name: -_weight(contacts, *name))
    kept: list[tuple[str, int]] = []
    span = numpy.zeros((0, rows.shape[1]))
    for name in named:
        rest = rows[ranked[name]] - span.T @ (span @ rows[ranked[name]])
        rest = rest - span.T @ (span @ rest)
        if numpy.linalg.norm(rest) > 1e-7:
            span = numpy.vstack([span, rest / numpy.linalg.norm(rest)])
            kept.append(name)
    changed = Contacts(
        {k: contacts.candidates[k] for kind, k in kept if kind == "c"},
        {a: contacts.smooth[a] for kind, a in kept if kind == "s"},
        {a: contacts.whole[a] for kind, a in kept if kind == "w"},
    )
    frozen = Contacts(
        {k: w for k, w in contacts.candidates.items() if k not in changed.candidates},
        {},
        {a: w for a, w in contacts.whole.items() if a not in changed.whole},
    )
    held = set(changed.candidates)
    # A whole arc needs its ends among the unknowns; else it is left as it is.
    for arc in [a for a in changed.whole if not held >= set(problem.arrangement.arcs[a].ends)]:
        frozen.whole[arc] = changed.whole.pop(arc)
    return changed, frozen


def _weight(contacts: Contacts, kind: str, name: int) -> float:
    if kind == "c":
        return contacts.candidates[name]
    return contacts.smooth[name][1] if kind == "s" else contacts.whole[name] * 1e-6


def _newton(problem: Problem, contacts: Contacts, solution: FloatSolution, frozen: Contacts) -> Polished | None:
    of = system(problem, contacts, frozen, eliminated=_spans(problem, contacts))
    if of.size > _FULL_LIMIT and not of.eliminated:
        return None
    unknowns = _start(of, contacts, solution)
    inverse, best = None, numpy.inf
    for step in range(_NEWTON):
        try:
            at = evaluate(of, unknowns)
        except (ZeroDivisionError, ValueError):
            return None
        error = [value.mid() for value in residual(of, at)]
        size = max([abs(float(value)) for value in error])
        if not numpy.isfinite(size):
            return None
        if step < 4 or size > 1e-3 * best:
            inverse = _inverse(of, unknowns, at)
        if inverse is None or size > 1e3 * best + 1e3:
            return None
        best = min(best, size)
        if size < 1e-40:
            return Polished(of, contacts, unknowns, inverse)
        move = (from_floats(inverse) * _column(error)).entries()
        unknowns = [(value - change).mid() for value, change in zip(unknowns, move, strict=True)]
    return Polished(of, contacts, unknowns, inverse) if inverse is not None and best < 1e-25 else None


def _column(values: list[arb]) -> arb_mat:
    return arb_mat(len(values), 1, values)


def _inverse(of: System, unknowns: list[arb], at: State) -> Floats | None:
    slope = midpoints(jacobian(of, unknowns, at))
    if not numpy.isfinite(slope).all():
        return None
    # Rows and columns of very different size are common: weights vary.
    rows = 1 / numpy.maximum(numpy.abs(slope).max(axis=1), 1e-300)
    try:
        inverse = numpy.linalg.inv(slope * rows[:, None]) * rows[None, :]
    except numpy.linalg.LinAlgError:
        return None
    if not numpy.isfinite(inverse).all() or numpy.abs(inverse).max() * numpy.abs(slope).max() > 1e17:
        return None
    return numpy.asarray(inverse)


def _spans(problem: Problem, contacts: Contacts) -> bool:
    """Whether M = sum eta Phi Phi' is nonsingular by a margin, so that G = M^-1 L can be eliminated."""
    columns = [problem.candidate_features[:, list(contacts.candidates)]]
    inside = [(arc, angle) for arc, (angle, _) in contacts.smooth.items()]
    inside += [(arc, angle) for pair, (angle, _, _) in contacts.strips.items() for arc in pair]
    for arc, angle in inside:
        columns.append((problem.arc_features[arc] @ [numpy.cos(angle), numpy.sin(angle)])[:, None])
    singular = numpy.linalg.svd(numpy.hstack(columns), compute_uv=False)
    return len(singular) == problem.annihilator.dimension and bool(singular[-1] > 1e-7 * singular[0])


def _start(of: System, contacts: Contacts, solution: FloatSolution) -> list[arb]:
    values = [contacts.candidates[k] for k in of.candidates] + [contacts.smooth[a][1] for a in of.smooth]
    values += [contacts.whole[a] for a in of.whole]
    values += [weight for pair in of.strips for weight in contacts.strips[pair][1:]]
    values += [contacts.smooth[a][0] for a in of.smooth] + [contacts.strips[pair][0] for pair in of.strips]
    if not of.eliminated:
        values += _echelon_dual(of, solution).ravel().tolist()
    return [arb(float(value)) for value in values]


def _echelon_dual(of: System, solution: FloatSolution) -> Floats:
    """G in the echelon basis and in the coordinates of `of.rotation`, from the float solution."""
    problem = of.problem
    multipliers = problem.basis @ solution.dual @ problem.rotation
    return numpy.asarray(multipliers[list(problem.annihilator.free)] @ midpoints(of.rotation).T)
