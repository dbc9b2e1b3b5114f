"""Group total variation by a primal-dual interior point method: what both of our formulations have in common.

Unknowns: eta_j in the unit balls, slacks s_j = (1 - |eta_j|^2) / 2 and multipliers mu_j; conditions: mu_j eta_j = d_j,
the kink of the labels that eta belongs to, and mu_j s_j = 0, so that mu_j is the length of the kink. Mehrotra's
predictor and corrector with all second-order terms. The subclasses say how a linear system with lambda D (..) D^T +
blockdiag(mu I + (mu/s) eta eta^T) is solved.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy
from scipy.linalg import lapack

from . import operators

Array = Any

MOST_STEPS = 80
PATIENCE = 25
"""Steps without a new least complementarity; it rises at first from a good start."""
NEAR, LESS_PATIENCE = 1e-6, 4
"""Below this complementarity, relative to the objective, it stops falling only where rounding takes over."""
HOPEFUL, ENOUGH = 1e-7, 1e-10
"""Complementarity relative to the objective at which the indicator of the support is often right, and nearly always."""
TELLING = 0.5
"""A step that lowers the complementarity by less centres: s and mu stay as they are and indicate nothing."""
LEAST_CENTRING = 0.01
"""Without it a lucky first step leaves products of very different sizes, and the next ten steps are short."""
RIDGES = 10
CACHED = 4096
"""Points whose matrix entries stay in the cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """eta of shape (M, T), mu and the kinks that Tapia's indicator takes for nonzero, shape (M,)."""

    eta: Array
    mu: Array
    nonzero: Array


class Iteration(ABC):
    """The state of the method and its steps."""

    eta: Array
    mu: Array
    slack: Array
    stable = False
    """Whether the indicator must have been the same twice before the steps end."""

    def __init__(self, penalty: float) -> None:
        self.penalty = penalty
        self.last_length = 0.0
        self.steps = 0
        self.guess: Guess | None = None
        self.told = self.best = numpy.inf
        self.kinks: Array = None
        self.fit_square = 0.0

    @abstractmethod
    def residual(self) -> Array:
        """d - mu eta; also sets `kinks` to d and `fit_square` to |Y - Z|_W^2, up to rounding."""

    @abstractmethod
    def factor(self) -> Array | None:
        """The factorised system at the present point, None if rounding made that impossible."""

    @abstractmethod
    def solve(self, factor: Array, right: Array) -> Array:
        """The step of eta for a right-hand side (M, T)."""

    @abstractmethod
    def move(self, length: float) -> None:
        """Take along whatever else the last solution moves."""

    def run(self, enough: float) -> Guess:
        """Steps until the complementarity is small enough or does not fall any more; the guess where it was least.

        May be called again with a smaller number: the steps go on where they were.
        """
        since, same = 0, False
        if self.guess is None:
            self.guess = Guess(self.eta, self.mu, numpy.ones(len(self.mu), bool))
        while self.steps < MOST_STEPS:
            self.steps += 1
            slack, mu = self.slack, self.mu
            if not self._step():
                break
            products = float(self.slack @ self.mu)
            scale = 0.5 * self.fit_square / self.penalty + float(operators.lengths(self.kinks).sum())
            if products < TELLING * self.told:
                # The indicator of Tapia: which of s and mu goes to 0; scale-free.
                nonzero = self.slack * mu < self.mu * slack
                same = not self.stable or bool((nonzero == self.guess.nonzero).all())
                self.guess, self.told = Guess(self.eta, self.mu, nonzero), products
            since = 0 if products < self.best else since + 1
            self.best = min(self.best, products)
            if self.told <= enough * scale and self.last_length > 0.9 and same:
                break
            if since > (LESS_PATIENCE if self.best < NEAR * scale else PATIENCE):
                break
        return self.guess

    def _direction(self, factor: Array, residual: Array, products: Array) -> tuple[Array, Array, Array]:
        """The step (eta, mu, slack to first order) for the right-hand sides of both equations."""
        ratio = products / self.slack
        step = self.solve(factor, residual - self.eta * ratio[:, None])
        inner = operators.dots(self.eta, step)
        return step, ratio + self.mu / self.slack * inner, inner

    def _step(self) -> bool:
        residual = self.residual()
        factor = self.factor()
        if factor is None:
            return False
        products = self.slack * self.mu
        step, d_mu, inner = self._direction(factor, residual, -products)
        square = operators.dots(step, step)
        length = self._longest(inner, square, d_mu, 1.0)
        slack = self.slack - length * inner - 0.5 * length**2 * square
        mean = float(products.mean())
        ahead = float((slack * (self.mu + length * d_mu)).mean())
        target = mean * max(min(ahead / mean, 1.0) ** 3, LEAST_CENTRING)
        # Second-order terms of both products, at the predictor: mu eta and mu s, with s quadratic in eta.
        corrected = target - products + d_mu * inner + 0.5 * self.mu * square
        step, d_mu, inner = self._direction(factor, residual - d_mu[:, None] * step, corrected)
        square = operators.dots(step, step)
        length = self._longest(inner, square, d_mu, max(0.99, 1 - mean))
        if not (length > 0 and numpy.isfinite(d_mu).all()):
            return False
        self.eta = self.eta + length * step
        self.mu = self.mu + length * d_mu
        self.slack = self.slack - length * inner - 0.5 * length**2 * square
        self.move(length)
        self.last_length = length
        return True

    def _longest(self, inner: Array, square: Array, d_mu: Array, fraction: float) -> float:
        """The largest step up to 1 that keeps `fraction` of the way to where a slack or multiplier vanishes."""
        # slack - a inner - a^2 square / 2 = 0, in the form that does not cancel for a positive root.
        root = 2 * self.slack / (inner + numpy.sqrt(inner**2 + 2 * square * self.slack))
        fastest = -float((d_mu / self.mu).min())
        bound = min(float(root.min()), 1 / fastest if not fastest <= 0 else numpy.inf)
        return min(1.0, fraction * bound) if bound > 0 else 0.0  # nan, from an overflow, is not


class Dual(Iteration):
    """All points: Z = Y - lambda W^-1 D^T eta is eliminated, and one banded Cholesky factorisation does a step."""

    def __init__(self, h: Array, w: Array, y: Array, penalty: float) -> None:
        super().__init__(penalty)
        self.h, self.w, self.y, self.tasks = h, w, y, y.shape[1]
        bands = operators.dual_bands(h, w)
        self.blank = self._blank(penalty * bands)
        self.work = numpy.empty_like(self.blank)
        self.eta, self.mu = reweighted_ridge(bands, operators.kinks(h, y), penalty)
        self.slack = (1 - operators.dots(self.eta, self.eta)) / 2

    def _blank(self, bands: Array) -> Array:
        """lambda D W^-1 D^T (x) I as W[j, task, k] = entry (j T + task + k, j T + task)."""
        size, tasks = bands.shape[1], self.tasks
        blank = numpy.zeros((size, tasks, 2 * tasks + 1))
        for k in range(3):
            blank[:, :, k * tasks] = bands[k][:, None]
        return blank

    def residual(self) -> Array:
        """d - mu eta for d = D Z."""
        pull = self.penalty * operators.transposed(self.h, self.eta)
        pull /= self.w[:, None]
        self.fit_square = float(operators.dots(pull, pull) @ self.w)
        self.kinks = operators.kinks(self.h, self.y - pull)
        return self.kinks - self.mu[:, None] * self.eta

    def factor(self) -> Array | None:
        """Cholesky factor of the system in lower bands."""
        # One buffer for all steps, and so few points at a time that they stay in the cache: memory costs as much as
        # the factorisation.
        ratio = self.mu / self.slack
        for first in range(0, len(self.mu), CACHED):
            part = slice(first, first + CACHED)
            self._fill(self.work[part], self.blank[part], self.mu[part], ratio[part], self.eta[part])
        matrix = self.work
        factor, info = lapack.dpbtrf(matrix.reshape(-1, 2 * self.tasks + 1).T, lower=1, overwrite_ab=1)
        return None if info else factor

    @staticmethod
    def _fill(matrix: Array, blank: Array, mu: Array, ratio: Array, eta: Array) -> None:
        """blank + mu I + ratio eta eta^T for some points."""
        tasks = eta.shape[1]
        matrix[...] = blank
        for task in range(tasks):
            matrix[:, task, 0] += mu
            scaled = ratio * eta[:, task]
            for other in range(task, tasks):
                matrix[:, task, other - task] += scaled * eta[:, other]

    def solve(self, factor: Array, right: Array) -> Array:
        """Two triangular solves."""
        return lapack.dpbtrs(factor, right.reshape(-1, 1), lower=1, overwrite_b=1)[0].reshape(right.shape)

    def move(self, length: float) -> None:
        """Nothing else moves."""


def reweighted_ridge(bands: Array, target: Array, penalty: float) -> tuple[Array, Array]:
    """A start (eta, mu): a ridge problem with one weight a kink, reweighted a few times; its matrix is scalar."""
    matrix = penalty * bands
    mu = numpy.full(len(target), float(operators.lengths(target).mean()) or 1.0)
    floor = mu[0]
    for _ in range(RIDGES):
        shifted = matrix.copy()
        shifted[0] += mu
        factor, info = lapack.dpbtrf(shifted, lower=1, overwrite_ab=1)
        if info:
            return numpy.zeros_like(target), mu
        eta = lapack.dpbtrs(factor, target, lower=1)[0]
        length = operators.lengths(eta)
        floor *= 0.15
        mu = numpy.maximum(mu * numpy.maximum(length, 0.1), floor)
    return eta / numpy.maximum(1.0, length * 1.05)[:, None], mu
