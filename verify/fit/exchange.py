"""Few kinks among many points: the problem over splines with few candidate knots, exchanged until none is missing.

Over splines whose knots are candidates the problem is 1/2 z^T G z - z^T Phi^T W Y + lambda sum |D_c z|: the same
interior point method with the banded system [G, lambda D^T; -D, B] for (z, eta), well conditioned where D W^-1 D^T,
whose condition grows like the fourth power of the distance between kinks, is not. The candidates of the next round are
the kinks found, their neighbours, and the peaks of |v| above lambda.
"""

from typing import Any

import numpy
from scipy.linalg import lapack

from . import float_dual, operators, support
from .candidate import Data, Support
from .interior_point import Guess, Iteration
from .operators import Splines
from .saddle import Saddle

Array = Any

MOST_ROUNDS = 40
ENOUGH = 1e-13
FEWEST = 64


class Restricted(Iteration):
    """The problem over splines with knots among given candidates. Its steps are cheap: they go on for longer."""

    stable = True

    def __init__(self, data: Data, candidates: Array) -> None:
        super().__init__(data.penalty)
        self.data, self.splines = data, Splines(data.x, data.weights, candidates)
        self.tasks = data.labels.shape[1]
        self.system = Saddle(self.splines, data.penalty, self.tasks, turned=False)
        self.gram = self.system.gram
        self.unit = numpy.broadcast_to(numpy.eye(self.tasks), (len(candidates) - 2, self.tasks, self.tasks))
        self.system.couple(self.unit, self.unit)
        self.moments = self.splines.moments(data.weights[:, None] * data.labels)
        self.square = float(operators.dots(data.labels, data.labels) @ data.weights)
        inner = len(candidates) - 2
        self.z = self._projection()
        self.eta = numpy.zeros((inner, self.tasks))
        start = operators.lengths(operators.kinks(self.splines.gaps, self.z))
        self.mu = numpy.maximum(start, float(start.mean()) or 1.0)
        self.slack = numpy.full(inner, 0.5)
        self.step_z: Array = numpy.zeros_like(self.z)
        self.force: Array = self.z

    def _projection(self) -> Array:
        factor, info = lapack.dpbtrf(self.gram, lower=1)
        if info:
            return self.data.labels[self.splines.knots]
        return lapack.dpbtrs(factor, self.moments, lower=1)[0]

    def residual(self) -> Array:
        """d - mu eta for d = D z."""
        fitted = self.gram[0][:, None] * self.z
        fitted[1:] += self.gram[1, :-1, None] * self.z[:-1]
        fitted[:-1] += self.gram[1, :-1, None] * self.z[1:]
        self.fit_square = max(self.square + float(numpy.einsum("kt,kt->", self.z, fitted - 2 * self.moments)), 0.0)
        self.force = self.moments - fitted - self.penalty * operators.transposed(self.splines.gaps, self.eta)
        self.kinks = operators.kinks(self.splines.gaps, self.z)
        return self.kinks - self.mu[:, None] * self.eta

    def factor(self) -> Array | None:
        """LU factors of the saddle-point system."""
        outer = self.eta[:, :, None] * self.eta[:, None, :]
        return self.system.factor(self.mu[:, None, None] * self.unit + (self.mu / self.slack)[:, None, None] * outer)

    def solve(self, factor: Array, right: Array) -> Array:
        """The step of eta; that of z is kept for `move`."""
        self.step_z, step = self.system.solve(factor, self.force, right)
        return step

    def move(self, length: float) -> None:
        """z moves with eta."""
        self.z = self.z + length * self.step_z


def exchange(data: Data, first: Array) -> Support:
    """The support by exchange, from first candidate knots (data indices, ends included)."""
    candidates = first
    best: Support | None = None
    least = numpy.inf
    for _ in range(MOST_ROUNDS):
        chosen, found = _restricted(data, candidates)
        violation, peaks, _ = float_dual.peaks(data, found)
        if best is None or violation < least:
            best, least = found, violation
        if not len(peaks):
            break
        candidates = _next(chosen, peaks, len(data.x))
    assert best is not None
    return support.settle(data, best)


def beside(data: Data, before: Support) -> Array:
    """Candidates near the knots of another lambda and where its v is longer than the new one; ends included."""
    _, peaks, _ = float_dual.peaks(data, before)
    near = _next(before.knots, peaks, len(data.x))
    return numpy.union1d(near, grid(len(data.x), FEWEST))


def grid(size: int, count: int) -> Array:
    """About `count` data indices, evenly spread, ends included."""
    return numpy.unique(numpy.linspace(0, size - 1, max(min(count, size), 2)).round().astype(int))


def _restricted(data: Data, candidates: Array) -> tuple[Array, Support]:
    """The knots that the restricted problem indicates, and what Newton makes of them."""
    if len(candidates) == 2:
        return candidates, support.straight(data)
    iteration = Restricted(data, candidates)
    guess: Guess = iteration.run(ENOUGH)
    chosen = numpy.flatnonzero(guess.nonzero) + 1
    length = operators.lengths(guess.eta)[chosen - 1]
    chosen, length = chosen[length > 0], length[length > 0]
    ends = numpy.concatenate([[0], chosen, [len(candidates) - 1]])
    directions = guess.eta[chosen - 1] / length[:, None]
    start = Support(candidates[ends], iteration.z[ends], directions, guess.mu[chosen - 1] * length)
    return start.knots, support.reduce(data, start)


def _next(knots: Array, peaks: Array, size: int) -> Array:
    near = numpy.concatenate([knots, knots - 1, knots + 1, peaks, peaks - 1, peaks + 1])
    return numpy.unique(numpy.clip(near, 0, size - 1))
