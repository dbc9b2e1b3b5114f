"""The regularised problem once its nonzero kinks are known: Newton on the knot values, with knots dropped and added.

Unknowns: the values z at the knots (K + 2, T), the unit directions u of the kinks at the K interior knots and their
lengths nu. Equations: Phi^T W (Y - Phi z) = lambda D_k^T u, D_k z = nu u, |u| = 1. Directions and lengths are unknowns
of their own because kinks of size 1e-12 have no direction that could be computed from z. A knot whose kink turns round
is dropped; where |v| > lambda between two knots, its peak becomes a knot.
"""

from dataclasses import replace
from typing import Any

import numpy

from . import operators
from .candidate import Data, Support
from .float_dual import peaks
from .newton_step import System
from .operators import Splines

Array = Any

MOST_ROUNDS = 60
MOST_STEPS = 20
NEAR = 1e-7
"""A step so small has reached what sums over all points lose; the next one takes its residual from the points."""
STUBBORN = 3
"""Steps in a row that would turn a kink round before its knot is dropped."""
SMALL = 1e-14
"""Relative gap with which nothing more is tried."""


def start(nonzero: Array, eta: Array, mu: Array, z: Array) -> Support:
    """From the kinks taken for nonzero (N - 2,), the dual directions, the multipliers, and labels z (N, T)."""
    inner = numpy.flatnonzero(nonzero)
    knots = numpy.concatenate([[0], inner + 1, [len(z) - 1]])
    length = operators.lengths(eta[inner])
    return Support(knots, z[knots], eta[inner] / length[:, None], mu[inner] * length)


def settle(data: Data, found: Support, rounds: int = MOST_ROUNDS) -> Support:
    """Newton, dropping and adding until nothing changes; the best found if that does not happen."""
    seen: set[bytes] = set()
    best, least = found, numpy.inf
    for _ in range(rounds):
        found = reduce(data, found)
        violation, more, directions = peaks(data, found)
        if violation < least:
            best, least = found, violation
        if not len(more):
            return _consistent(data, found)
        key = numpy.concatenate([found.knots, more]).tobytes()
        if key in seen:
            break
        seen.add(key)
        found = _with(data, found, more, directions)
    return best


def _consistent(data: Data, found: Support) -> Support:
    """Marked as settled if its gap is small; else once more with the directions that its values have."""
    for _ in range(3):
        gap, objective, kinks = rough_gap(data, found)
        if gap <= SMALL * objective:
            return replace(found, settled=True)
        length = operators.lengths(kinks)
        if not (length > 0).all():
            break
        found, ahead = _newton(data, Support(found.knots, found.values, kinks / length[:, None], length))
        if not (ahead > 0).all():
            break
    return found


def rough_gap(data: Data, found: Support) -> tuple[float, float, Array]:
    """The gap of a candidate with |v| <= lambda, its objective and its kinks, all up to rounding."""
    splines = Splines(data.x, data.weights, found.knots)
    residual = data.labels - splines.values(found.values)
    force = splines.moments(data.weights[:, None] * residual)
    force -= data.penalty * operators.transposed(splines.gaps, found.directions)
    kinks = operators.kinks(splines.gaps, found.values)
    length = operators.lengths(kinks)
    along = operators.dots(found.directions, kinks)
    across = kinks - along[:, None] * found.directions
    # |d| - <u, d> without cancellation where the directions agree
    bend = numpy.where(along > 0, operators.dots(across, across) / (length + numpy.abs(along)), length - along)
    loss = 0.5 * float(operators.dots(residual, residual) @ data.weights)
    gap = 0.5 * float((force**2 / data.weights[found.knots][:, None]).sum()) + data.penalty * float(bend.sum())
    return gap, loss + data.penalty * float(length.sum()), kinks


def reduce(data: Data, found: Support) -> Support:
    """Newton on these knots; those whose kink turns round are dropped until none does."""
    while True:
        found, ahead = _newton(data, found)
        turned = _most_turned(ahead)
        if not turned.any():
            return found
        found = _without(found, turned)


def _most_turned(lengths: Array) -> Array:
    """Of each stretch of neighbouring kinks that turned round the one that did most: the others may turn back."""
    turned = numpy.flatnonzero(~(lengths > 0))
    result = numpy.zeros(len(lengths), bool)
    if len(turned):
        for stretch in numpy.split(turned, numpy.flatnonzero(numpy.diff(turned) > 1) + 1):
            result[stretch[numpy.argmin(lengths[stretch])]] = True
    return result


def straight(data: Data) -> Support:
    """The weighted least-squares line."""
    tasks = data.labels.shape[1]
    knots = numpy.array([0, len(data.x) - 1])
    return _newton(data, Support(knots, data.labels[knots], numpy.zeros((0, tasks)), numpy.zeros(0)))[0]


def _newton(data: Data, found: Support) -> tuple[Support, Array]:
    """Steps to the solution of the equations for these knots, as far as rounding allows; and the lengths of kinks that
    the last step aimed at, where a kink resisted: one that several steps in a row would turn round."""
    system = System(data, Splines(data.x, data.weights, found.knots))
    resisting, least, polish = numpy.zeros(len(found.lengths), int), numpy.inf, False
    for _ in range(MOST_STEPS):
        step = system.step(found, polish)
        if step is None:
            return found, found.lengths
        ahead = found.lengths + step.longer
        blocked = ~(ahead > 0)
        resisting = numpy.where(blocked, resisting + 1, 0)
        stubborn = resisting >= (1 if system.tasks == 1 else STUBBORN)
        if stubborn.any():
            return found, numpy.where(stubborn, ahead, 1.0)
        share = 0.9 * float((-found.lengths / step.longer)[blocked].min()) if blocked.any() else 1.0
        found = step.taken(found, share)
        near = share == 1 and (step.size < NEAR or system.tasks == 1)
        if share == 1 and (step.size > 0.5 * least or (polish and near)):
            if polish:
                break
            polish, least = True, numpy.inf
            continue
        polish = polish or near
        least = step.size if share == 1 else numpy.inf
    return found, found.lengths


def _without(found: Support, turned: Array) -> Support:
    keep = ~turned
    ends = numpy.concatenate([[True], keep, [True]])
    return Support(found.knots[ends], found.values[ends], found.directions[keep], found.lengths[keep])


def _with(data: Data, found: Support, places: Array, directions: Array) -> Support:
    """With these points as knots; their kinks begin small, so that the next step keeps to their direction."""
    splines = Splines(data.x, data.weights, found.knots)
    values = splines.values(found.values)
    knots = numpy.concatenate([found.knots, places])
    order = numpy.argsort(knots)
    typical = float(numpy.median(found.lengths)) if len(found.lengths) else 1.0
    lengths = numpy.concatenate([[0.0], found.lengths, [0.0], numpy.full(len(places), 1e-3 * typical)])
    ends = numpy.zeros((1, values.shape[1]))
    turned = numpy.concatenate([ends, found.directions, ends, directions])
    return Support(knots[order], values[knots[order]], turned[order][1:-1], lengths[order][1:-1])
