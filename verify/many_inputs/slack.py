"""Strict slack off the contacts, proved in balls: every neuron that is no contact costs more than the dual pays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from flint import arb, arb_mat, fmpq

from ...theory.arrangement import Arc
from ...theory.free_functions import matrix
from ...theory.numbers import ZERO
from .problem import Problem, exact_arc_values, exact_feature


@dataclass(frozen=True, slots=True)
class Known:
    """What is known exactly of a dual that is enclosed.

    in_contact: candidates in contact; whole: arcs in contact; angles: of the neurons inside an arc where |Lam' phi| = 1
    with derivative 0. vanishing: functionals c with G' c = 0, rows of n rationals.
    """

    in_contact: frozenset[int]
    whole: frozenset[int] = frozenset()
    angles: Mapping[int, arb] = field(default_factory=dict)
    vanishing: tuple[list[fmpq], ...] = ()


def not_slack(problem: Problem, multipliers: arb_mat, known: Known) -> str | None:
    """Where strict slack off the contacts is not proved; None if it is proved everywhere. multipliers: N x r, enclosed.

    Where |Lam' phi| = |u| with derivative 0 the form of the arc has that parameter u_0 in its kernel, hence is
    q (u x u_0)^2, and a trace q > 0 makes it the only contact of the arc.
    """
    if not problem.arrangement.arcs:
        return _candidates_slack(problem, multipliers, known.in_contact)
    unseen = {k for k in range(len(problem.arrangement.candidates)) if not any(exact_feature(problem, k))}
    place = 0
    for pivot, group in groupby(problem.arrangement.arcs, key=lambda arc: arc.pivot):
        arcs = list(group)
        seen = _seen(problem, pivot, arcs, multipliers)
        for arc, (p, q) in zip(arcs, seen, strict=True):
            index, place = place, place + 1
            if index in known.whole:
                continue
            trace = 2 - sum([entry * entry for entry in (*p, *q)], arb(0))
            if index in known.angles:
                if not (trace > 0 and _inside(arc, known.angles[index])):
                    return f"around the neuron inside arc {index}"
            elif not (_strict(arc, p, q, known.in_contact, unseen) or (trace > 0 and _level(problem, index, known))):
                return f"on arc {index}"
    return None


def _candidates_slack(problem: Problem, multipliers: arb_mat, in_contact: frozenset[int]) -> str | None:
    for k, candidate in enumerate(problem.arrangement.candidates):
        if k in in_contact:
            continue
        neuron = candidate.neuron((ZERO,))
        values = [(i, arb(neuron.activation(problem.data.points[i]))) for i in candidate.active]
        total = arb(0)
        for column in range(multipliers.ncols()):
            entry = sum([value * multipliers[i, column] for i, value in values], arb(0))
            total += entry * entry
        if not total < arb(neuron.squared_norm(problem.convention)):
            return f"at candidate {k}"
    return None


def _seen(
    problem: Problem, pivot: int | None, arcs: list[Arc], multipliers: arb_mat
) -> list[tuple[list[arb], list[arb]]]:
    """For each arc the two rows of Z' Lam, 2 x r: Lam' phi_u = u_1 row_1 + u_2 row_2."""
    points = problem.data.points
    centre = (ZERO, ZERO) if pivot is None else points[pivot]
    size = len(points)
    table = arb_mat(2 * len(arcs), size)
    for row, arc in enumerate(arcs):
        for i in arc.active:
            z = (points[i][0], fmpq(1)) if pivot is None else (points[i][0] - centre[0], points[i][1] - centre[1])
            table[2 * row, i], table[2 * row + 1, i] = arb(z[0]), arb(z[1])
    rows = (table * multipliers).tolist()
    return list(zip(rows[::2], rows[1::2], strict=True))


def _strict(arc: Arc, p: list[arb], q: list[arb], in_contact: frozenset[int], unseen: set[int]) -> bool:
    """Whether the form of the arc is positive except at ends that are known to touch.

    An end whose neuron the functionals do not see (Phi = 0) has Lam' phi = 0 exactly, so that b may be 0 exactly.
    """
    (g, h), (k, m) = arc.first, arc.last
    left = [arb(0) if arc.ends[0] in unseen else g * x + h * y for x, y in zip(p, q, strict=True)]
    right = [arb(0) if arc.ends[1] in unseen else k * x + m * y for x, y in zip(p, q, strict=True)]
    first_touches, last_touches = arc.ends[0] in in_contact, arc.ends[1] in in_contact
    a = arb(0) if first_touches else g * g + h * h - sum([x * x for x in left], arb(0))
    c = arb(0) if last_touches else k * k + m * m - sum([x * x for x in right], arb(0))
    if not ((first_touches or a > 0) and (last_touches or c > 0)):
        return False
    b = g * k + h * m - sum([x * y for x, y in zip(left, right, strict=True)], arb(0))
    if first_touches and last_touches:
        return bool(b > 0)
    return bool(b >= 0 or (a > 0 and c > 0 and b * b < a * c))


def _level(problem: Problem, index: int, known: Known) -> bool:
    """Whether the arc touches at one end with derivative 0: exact, because B at a right angle to it is annihilated.

    So it is where the features vanish there: |G' B u| = (g.u) / |g| whatever the dual.
    """
    arc = problem.arrangement.arcs[index]
    for end, (g, h) in zip(arc.ends, (arc.first, arc.last), strict=True):
        if end not in known.in_contact:
            continue
        turning = [g * q - h * p for p, q in exact_arc_values(problem, index)]
        if not any(turning):
            return True
        if known.vanishing:
            rank = matrix(known.vanishing).rank()
            if matrix([*known.vanishing, turning]).rank() == rank:
                return True
    return False


def _inside(arc: Arc, angle: arb) -> bool:
    u, v = angle.cos(), angle.sin()
    return bool(arc.first[0] * v - arc.first[1] * u > 0 and u * arc.last[1] - v * arc.last[0] > 0)
