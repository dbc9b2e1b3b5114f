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
ENOUGH = 1e-10
"""Complementarity relative to the objective at which the indicator of the support is nearly always right."""
LEAST_CENTRING = 0.01
"""Without it a lucky first step leaves products of very different sizes, and the next ten steps are short."""
RIDGES = 10


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
    enough = ENOUGH
    stable = False
    """Whether the indicator must have been the same twice before the steps end."""

    def __init__(self, penalty: float) -> None:
        self.penalty = penalty
        self.last_length = 0.0
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

    def run(self) -> Guess:
        """Steps until the complementarity is small or does not fall any more; the guess where it was least."""
        best, since, same = numpy.inf, 0, False
        guess = Guess(self.eta, self.mu, numpy.ones(len(self.mu), bool))
        for _ in range(MOST_STEPS):
            slack, mu = self.slack, self.mu
            if not self._step():
                break
            products = float(self.slack @ self.mu)
            scale = 0.5 * self.fit_square / self.penalty + float(_lengths(self.kinks).sum())
            if products < best or self.last_length > 0.9:
                # The indicator of Tapia: which of s and mu goes to 0; scale-free.
                nonzero = self.slack * mu < self.mu * slack
                same = not self.stable or bool((nonzero == guess.nonzero).all())
                guess = Guess(self.eta, self.mu, nonzero)
            since = 0 if products < best else since + 1
            best = min(best, products)
            if products <= self.enough * scale and self.last_length > 0.9 and same:
                break
            if since > (LESS_PATIENCE if best < NEAR * scale else PATIENCE):
                break
        return guess

    def _direction(self, factor: Array, residual: Array, products: Array) -> tuple[Array, Array, Array]:
        """The step (eta, mu, slack to first order) for the right-hand sides of both equations."""
        ratio = products / self.slack
        step = self.solve(factor, residual - self.eta * ratio[:, None])
        inner = numpy.einsum("jt,jt->j", self.eta, step)
        return step, ratio + self.mu / self.slack * inner, inner

    def _step(self) -> bool:
        residual = self.residual()
        factor = self.factor()
        if factor is None:
            return False
        products = self.slack * self.mu
        step, d_mu, inner = self._direction(factor, residual, -products)
        square = numpy.einsum("jt,jt->j", step, step)
        length = self._longest(inner, square, d_mu, 1.0)
        slack = self.slack - length * inner - 0.5 * length**2 * square
        mean = float(products.mean())
        ahead = float((slack * (self.mu + length * d_mu)).mean())
        target = mean * max(min(ahead / mean, 1.0) ** 3, LEAST_CENTRING)
        # Second-order terms of both products, at the predictor: mu eta and mu s, with s quadratic in eta.
        corrected = target - products + d_mu * inner + 0.5 * self.mu * square
        step, d_mu, inner = self._direction(factor, residual - d_mu[:, None] * step, corrected)
        square = numpy.einsum("jt,jt->j", step, step)
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
        self.slack = (1 - numpy.einsum("jt,jt->j", self.eta, self.eta)) / 2

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
        self.fit_square = float(numpy.einsum("it,it,i->", pull, pull, self.w))
        self.kinks = operators.kinks(self.h, self.y - pull)
        return self.kinks - self.mu[:, None] * self.eta

    def factor(self) -> Array | None:
        """Cholesky factor of the system in lower bands."""
        # One buffer for all steps: fresh memory costs as much as the factorisation.
        numpy.copyto(self.work, self.blank)
        matrix = self.work
        ratio = self.mu / self.slack
        for task in range(self.tasks):
            matrix[:, task, 0] += self.mu
            scaled = ratio * self.eta[:, task]
            for other in range(task, self.tasks):
                matrix[:, task, other - task] += scaled * self.eta[:, other]
        factor, info = lapack.dpbtrf(matrix.reshape(-1, 2 * self.tasks + 1).T, lower=1, overwrite_ab=1)
        return None if info else factor

    def solve(self, factor: Array, right: Array) -> Array:
        """Two triangular solves."""
        return lapack.dpbtrs(factor, right.reshape(-1, 1), lower=1, overwrite_b=1)[0].reshape(right.shape)

    def move(self, length: float) -> None:
        """Nothing else moves."""


def reweighted_ridge(bands: Array, target: Array, penalty: float) -> tuple[Array, Array]:
    """A start (eta, mu): a ridge problem with one weight a kink, reweighted a few times; its matrix is scalar."""
    matrix = penalty * bands
    mu = numpy.full(len(target), float(_lengths(target).mean()) or 1.0)
    floor = mu[0]
    for _ in range(RIDGES):
        shifted = matrix.copy()
        shifted[0] += mu
        factor, info = lapack.dpbtrf(shifted, lower=1, overwrite_ab=1)
        if info:
            return numpy.zeros_like(target), mu
        eta = lapack.dpbtrs(factor, target, lower=1)[0]
        length = _lengths(eta)
        floor *= 0.15
        mu = numpy.maximum(mu * numpy.maximum(length, 0.1), floor)
    return eta / numpy.maximum(1.0, length * 1.05)[:, None], mu


def _lengths(rows: Array) -> Array:
    return numpy.sqrt(numpy.einsum("jt,jt->j", rows, rows))
