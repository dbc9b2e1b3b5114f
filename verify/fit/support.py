"""The regularised problem once its nonzero kinks are known: Newton on the knot values, with knots dropped and added.

Unknowns: the values z at the knots (K + 2, T), the unit directions u of the kinks at the K interior knots and their
lengths nu. Equations: Phi^T W (Y - Phi z) = lambda D_k^T u, D_k z = nu u, |u| = 1. Directions and lengths are unknowns
of their own because kinks of size 1e-12 have no direction that could be computed from z. A knot whose kink turns round
is dropped; where |v| > lambda between two knots, its peak becomes a knot.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy
from scipy.linalg import lapack

from . import operators
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


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """Knots (data indices, both ends included), their values (K + 2, T); directions (K, T), lengths (K,) of kinks."""

    knots: Array
    values: Array
    directions: Array
    lengths: Array
    settled: bool = False
    """Whether no kink turned round, |v| <= lambda up to rounding, and the gap is small."""


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """The problem in float64: points (N,), weights (N,), labels (N, T), lambda."""

    x: Array
    weights: Array
    labels: Array
    penalty: float


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
    system = _System(data, Splines(data.x, data.weights, found.knots))
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


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A Newton step: of the values, the directions and the lengths; size: of the first two together."""

    change: Array
    turn: Array
    longer: Array
    size: float

    def taken(self, found: Support, share: float) -> Support:
        """The candidate after a share of the step; directions stay unit vectors."""
        directions = found.directions + share * self.turn
        directions = directions / operators.lengths(directions)[:, None]
        return Support(
            found.knots, found.values + share * self.change, directions, found.lengths + share * self.longer
        )  # fmt: skip


def blocks(data: Data, found: Support) -> tuple[list[Array], Array]:
    """The same system as blocks (k + offset, k) for offset 0, 1, 2, and the bands of G."""
    system = _System(data, Splines(data.x, data.weights, found.knots))
    tasks, size = system.tasks, len(found.knots)
    bands = system.with_curvature(found.directions, data.penalty / found.lengths).T.reshape(size, tasks, 3 * tasks)
    result = []
    for offset in range(3):
        block = numpy.zeros((max(size - offset, 0), tasks, tasks))
        for s in range(tasks):
            for t in range(tasks):
                place = offset * tasks + t - s
                if place >= 0:
                    block[:, t, s] = bands[: size - offset, s, place]
                    if offset == 0:
                        block[:, s, t] = block[:, t, s]
        result.append(block)
    return result, system.gram


class _System:
    """The linear system of one Newton step for fixed knots."""

    def __init__(self, data: Data, splines: Splines) -> None:
        self.data, self.splines = data, splines
        self.rows = operators.kink_rows(splines.gaps)
        self.gram = splines.gram_bands()
        self.tasks = data.labels.shape[1]
        self.factor: Array | None = self.cholesky(self.gram) if self.tasks == 1 else None
        self.sums: Array | None = None

    def force(self, z: Array, polish: bool) -> Array:
        """Phi^T W (Y - Phi z): from sums made once, or, without what they lose, from the residual at every point."""
        data = self.data
        if polish:
            return self.splines.moments(data.weights[:, None] * (data.labels - self.splines.values(z)))
        if self.sums is None:
            self.sums = self.splines.moments(data.weights[:, None] * data.labels)
        force = self.sums - self.gram[0][:, None] * z
        force[1:] -= self.gram[1, :-1, None] * z[:-1]
        force[:-1] -= self.gram[1, :-1, None] * z[1:]
        return force

    def step(self, found: Support, polish: bool) -> _Step | None:
        """One Newton step; None if the matrix is singular up to rounding."""
        data, u, nu = self.data, found.directions, found.lengths
        force = self.force(found.values, polish)
        force = force - data.penalty * operators.transposed(self.splines.gaps, u)
        error = operators.kinks(self.splines.gaps, found.values) - nu[:, None] * u
        short = (1 - operators.dots(u, u)) / 2
        if self.tasks > 1:
            inverse = data.penalty / nu
            self.factor = self.cholesky(self.with_curvature(u, inverse))
            bent = inverse[:, None] * _across(u, error) + data.penalty * short[:, None] * u
            force = force - operators.transposed(self.splines.gaps, bent)
        change = None if self.factor is None else self.solve(force)
        if change is None or not numpy.isfinite(change).all():
            return None
        error = error + operators.kinks(self.splines.gaps, change)
        longer = operators.dots(u, error) - nu * short
        turn = short[:, None] * u + (_across(u, error) / nu[:, None] if self.tasks > 1 else 0.0)
        size = float(numpy.abs(change).max()) + float(numpy.abs(turn).max(initial=0.0))
        return _Step(change, turn, longer, size)

    def solve(self, right: Array) -> Array:
        """The step for a right-hand side (K + 2, T)."""
        if self.tasks == 1:
            return lapack.dpbtrs(self.factor, right, lower=1)[0]
        return lapack.dpbtrs(self.factor, right.reshape(-1, 1), lower=1)[0].reshape(right.shape)

    def cholesky(self, bands: Array) -> Array | None:
        """The factor, None if the matrix is not positive definite up to rounding."""
        factor, info = lapack.dpbtrf(bands, lower=1)
        return None if info else factor

    def with_curvature(self, u: Array, inverse: Array) -> Array:
        """G (x) I + D_k^T blockdiag((lambda / nu) (I - u u^T)) D_k in lower bands, half bandwidth 3 T - 1."""
        tasks, size = self.tasks, len(self.splines.knots)
        blank = numpy.zeros((size, tasks, 3 * tasks))
        blank[:, :, 0] = self.gram[0][:, None]
        blank[:, :, tasks] = self.gram[1][:, None]
        for s in range(tasks):
            for t in range(tasks):
                across = inverse * ((s == t) - u[:, s] * u[:, t])
                for p in range(3):
                    for q in range(p, 3):
                        offset = (q - p) * tasks + t - s
                        if offset >= 0:
                            blank[p : size - 2 + p, s, offset] += self.rows[p] * self.rows[q] * across
        return blank.reshape(-1, 3 * tasks).T


def _across(u: Array, v: Array) -> Array:
    """v without its part along the unit vectors u."""
    return v - operators.dots(u, v)[:, None] * u


def _without(found: Support, turned: Array) -> Support:
    keep = ~turned
    ends = numpy.concatenate([[True], keep, [True]])
    return Support(found.knots[ends], found.values[ends], found.directions[keep], found.lengths[keep])


def dual(data: Data, found: Support) -> Array:
    """v at all N points: lambda u at the knots, 0 at the ends, D^T v = W (Y - Z) strictly between knots."""
    splines = Splines(data.x, data.weights, found.knots)
    residual = data.weights[:, None] * (data.labels - splines.values(found.values))
    residual[found.knots] = 0
    at_knots = numpy.zeros((len(found.knots), residual.shape[1]))
    at_knots[1:-1] = data.penalty * found.directions
    return splines.values(at_knots) - green(splines, residual)


def green(splines: Splines, residual: Array) -> Array:
    """The sum over i of g(j, i) r_i, g the Green function of the second difference on each segment; r 0 at knots."""
    gaps = splines.gaps[splines.segment][:, None]
    tau = splines.tau[:, None]
    rising, falling = residual[:-1] * tau * gaps, residual[:-1] * (1 - tau) * gaps
    before = segment_sums(splines, rising)
    after = segment_sums(splines, falling)
    result = (1 - tau) * before + tau * (after[splines.knots[1:] - 1][splines.segment] - after)
    return numpy.concatenate([result, numpy.zeros((1, residual.shape[1]))])


def segment_sums(splines: Splines, terms: Array) -> Array:
    """Sums from the start of each segment up to and including each point; integers, so that they start anew exactly."""
    size = len(terms) * max(float(terms.max()), -float(terms.min()))
    if not 0 < size < numpy.inf:
        return numpy.zeros_like(terms)
    unit = 2.0 ** (numpy.frexp(size)[1] - 61)
    sums = numpy.cumsum(numpy.rint(terms * (1 / unit)).astype(numpy.int64), axis=0)
    # The terms at the knots are 0.
    sums -= sums[splines.knots[:-1]][splines.segment]
    return sums * unit


def peaks(data: Data, found: Support) -> tuple[float, Array, Array]:
    """The largest |v| / lambda - 1; in each segment that exceeds 0 the point where |v| is largest, and v there."""
    v = dual(data, found)
    size = operators.lengths(v)
    size[found.knots] = 0
    largest = numpy.maximum.reduceat(size[:-1], found.knots[:-1])
    violation = float(largest.max()) / data.penalty - 1
    over = numpy.flatnonzero(largest > data.penalty * (1 + 1e-12))
    chosen = [found.knots[k] + int(numpy.argmax(size[found.knots[k] : found.knots[k + 1]])) for k in over.tolist()]
    places = numpy.array(chosen, dtype=found.knots.dtype)
    return violation, places, v[places] / size[places][:, None] if len(places) else v[:0]


def _with(data: Data, found: Support, peaks: Array, directions: Array) -> Support:
    """With the peaks as knots; their kinks begin small, so that the next step keeps to their direction."""
    splines = Splines(data.x, data.weights, found.knots)
    values = splines.values(found.values)
    knots = numpy.concatenate([found.knots, peaks])
    order = numpy.argsort(knots)
    typical = float(numpy.median(found.lengths)) if len(found.lengths) else 1.0
    lengths = numpy.concatenate([[0.0], found.lengths, [0.0], numpy.full(len(peaks), 1e-3 * typical)])
    ends = numpy.zeros((1, values.shape[1]))
    turned = numpy.concatenate([ends, found.directions, ends, directions])
    return Support(knots[order], values[knots[order]], turned[order][1:-1], lengths[order][1:-1])
