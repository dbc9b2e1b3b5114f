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


def blocks(data: Data, found: Support) -> tuple[list[Array], Array]:
    """The same system as blocks (k + offset, k) for offset 0, 1, 2, and the bands of G."""
    system = System(data, Splines(data.x, data.weights, found.knots))
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
        return Step(change, turn, longer, size)

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
