"""One Newton step for given knots in float64: the block pentadiagonal system of the knot values."""

from dataclasses import dataclass
from typing import Any

import numpy
from scipy.linalg import lapack

from . import operators
from .candidate import Data, Support
from .operators import Splines

Array = Any


@dataclass(frozen=True, slots=True, eq=False)
class Step:
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


def blocks(data: Data, found: Support) -> tuple[list[tuple[list[Array], int]], Array]:
    """The same system as blocks (k + offset, k) for offset 0, 1, 2, and the bands of G.

    In coordinates in which it falls apart: each part with how many times it occurs.
    """
    system = System(data, Splines(data.x, data.weights, found.knots))
    u, inverse, tasks = found.directions, data.penalty / found.lengths, system.tasks
    if len(u) >= tasks:
        return [(system.blocks(u, inverse), 1)], system.gram
    inside = system.blocks(u @ span(u), inverse)
    return [(inside, 1), (system.blocks(numpy.zeros((len(u), 1)), inverse), tasks - len(u))], system.gram


def span(u: Array) -> Array:
    """Orthonormal columns (T, K) whose span holds the directions u (K, T), K < T."""
    columns: Array = numpy.linalg.qr(u.T)[0]
    return columns


class System:
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

    def step(self, found: Support, polish: bool) -> Step | None:
        """One Newton step; None if the matrix is singular up to rounding."""
        data, u, nu = self.data, found.directions, found.lengths
        force = self.force(found.values, polish)
        force = force - data.penalty * operators.transposed(self.splines.gaps, u)
        error = operators.kinks(self.splines.gaps, found.values) - nu[:, None] * u
        short = (1 - operators.dots(u, u)) / 2
        if self.tasks > 1:
            inverse = data.penalty / nu
            bent = inverse[:, None] * _across(u, error) + data.penalty * short[:, None] * u
            change = self.bent(u, inverse, force - operators.transposed(self.splines.gaps, bent))
        else:
            change = _solved(self.factor, force)
        if change is None or not numpy.isfinite(change).all():
            return None
        error = error + operators.kinks(self.splines.gaps, change)
        longer = operators.dots(u, error) - nu * short
        turn = short[:, None] * u + (_across(u, error) / nu[:, None] if self.tasks > 1 else 0.0)
        size = float(numpy.abs(change).max()) + float(numpy.abs(turn).max(initial=0.0))
        return Step(change, turn, longer, size)

    def bent(self, u: Array, inverse: Array, right: Array) -> Array | None:
        """The values (K + 2, T) that the system with curvature takes to the right-hand side.

        With fewer directions than tasks it couples coordinates in their span alone; all others have one scalar system.
        """
        if len(u) >= self.tasks:
            return _solved(self.cholesky(self.with_curvature(u, inverse)), right)
        alone = self.cholesky(self.with_curvature(numpy.zeros((len(u), 1)), inverse))
        if alone is None or not len(u):
            return None if alone is None else lapack.dpbtrs(alone, right, lower=1)[0]
        basis = span(u)
        inside = right @ basis
        coupled = _solved(self.cholesky(self.with_curvature(u @ basis, inverse)), inside)
        rest: Array = lapack.dpbtrs(alone, right - inside @ basis.T, lower=1)[0]
        return None if coupled is None else coupled @ basis.T + rest

    def cholesky(self, bands: Array) -> Array | None:
        """The factor, None if the matrix is not positive definite up to rounding."""
        factor, info = lapack.dpbtrf(bands, lower=1)
        return None if info else factor

    def with_curvature(self, u: Array, inverse: Array) -> Array:
        """G (x) I + D_k^T blockdiag((lambda / nu) (I - u u^T)) D_k in lower bands, half bandwidth 3 T - 1; u (K, T)."""
        tasks, size = u.shape[1], len(self.splines.knots)
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

    def blocks(self, u: Array, inverse: Array) -> list[Array]:
        """The same matrix as blocks (k + offset, k) of T rows, for offset 0, 1, 2."""
        tasks, size = u.shape[1], len(self.splines.knots)
        bands = self.with_curvature(u, inverse).T.reshape(size, tasks, 3 * tasks)
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
        return result


def _solved(factor: Array | None, right: Array) -> Array | None:
    """The solution, in the shape of the right-hand side (K + 2, T); None without a factor."""
    if factor is None:
        return None
    solution: Array = lapack.dpbtrs(factor, right.reshape(-1, 1), lower=1)[0].reshape(right.shape)
    return solution


def _across(u: Array, v: Array) -> Array:
    """v without its part along the unit vectors u."""
    return v - operators.dots(u, v)[:, None] * u
