"""Newton in ball arithmetic for given knots: values, directions and lengths of the kinks as unknowns of their own.

The equations of `support`, so that kinks of 1e-40 have directions. Each step takes its residual in balls and its
correction from float64 factors, which is worth about 12 digits.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy
from flint import arb, fmpq

from . import operators
from .candidate import Data
from .operators import Splines
from .proof import direction, exact, kinks_of, length
from .saddle import Saddle
from .start import Scaled, Start

Array = Any
Row = tuple[Any, ...]

MOST_STEPS = 200  # and one for each digit
PATIENCE = 3
"""Steps in a row that may fail to halve the residual."""
LEAST_SHARE = 1e-20
CHANGED = 0.01
"""A kink changed by more needs new factors."""


class Newton:
    """The state in the units of the sums: values z at the knots, directions u and lengths nu of the inner kinks."""

    def __init__(self, of: Scaled, start: Start) -> None:
        self.of, self.sums, self.knots = of, of.sums, list(start.knots)
        sums = of.sums
        self.tasks = range(of.regularised.data.tasks)
        diagonal, off = sums.gram(self.knots)
        self.diagonal, self.off = [arb(d) for d in diagonal], [arb(o) for o in off]
        columns = [sums.moments(self.knots, t) for t in self.tasks]
        self.moments: list[Row] = [tuple(map(arb, row)) for row in zip(*columns, strict=True)]
        self.gaps = [arb(sums.x[b] - sums.x[a]) for a, b in pairwise(self.knots)]
        self.penalty = arb(sums.penalty(of.regularised.penalty))
        self.z: list[Row] = [
            tuple([arb(value * sums.y_unit - first).mid() for value, first in zip(row, sums.first, strict=True)])
            for row in start.values
        ]
        self.kink_unit = sums.y_unit / sums.x_unit
        kinks = [tuple([arb(entry * self.kink_unit) for entry in row]) for row in start.kinks]
        self.u = [_middle(direction(d)) for d in kinks]
        self.nu = [length(d).mid() for d in kinks]
        self.corrector = _Corrector(of.data, self.knots)

    def run(self, digits: int) -> bool:
        """Corrections until the residual is below the digits, or does not halve any more: False. Keeps the best state.

        Lengths may become negative: these kinks turn round, and their knots are too many.
        """
        least: Any = None
        best, since = (self.z, self.u, self.nu), 0
        target = arb(10) ** -(digits + 2) * arb(self.sums.y_unit) / self.of.y_scale * self._smallest()
        for _ in range(MOST_STEPS + digits):
            force, error = self.residuals()
            size = max([abs(entry).upper() for rows in (force, error) for row in rows for entry in row], key=exact)
            since = 0 if least is None or bool(2 * size < least) else since + 1
            if least is None or bool(size < least):
                least, best = size, (self.z, self.u, self.nu)
            if bool(size < target) or since == PATIENCE:
                break
            self._correct(force, error, size)
        self.z, self.u, self.nu = best
        return bool(least < target)

    def _smallest(self) -> float:
        """The smallest kink over lambda, both in the units of the factors: an error of it turns its direction, and the
        pull of lambda with it, by so much more. Not less than the bits allow."""
        of = self.of
        least = min([float(abs(nu).mid()) for nu in self.nu], default=1.0) * (of.x_scale / of.y_scale)
        return min(1.0, max(least / of.data.penalty, LEAST_SHARE))

    def turned(self) -> int | None:
        """The knot whose kink turned round most, None if none did."""
        if not self.nu:
            return None
        k = min(range(len(self.nu)), key=lambda k: exact(self.nu[k]))
        return None if bool(self.nu[k] > 0) else self.knots[k + 1]

    def residuals(self) -> tuple[list[Row], list[Row]]:
        """Phi^T W (Y - Phi z) - lambda D_k^T u and D_k z - nu u, in the units of the factors."""
        of = self.of
        force_unit, kink_unit = 1 / (arb(of.y_scale) * of.w_scale), arb(of.x_scale) / of.y_scale
        error = [
            tuple([(a - nu * b) * kink_unit for a, b in zip(d, u, strict=True)])
            for d, u, nu in zip(kinks_of(self.gaps, self.z), self.u, self.nu, strict=True)
        ]
        return [tuple([entry * force_unit for entry in row]) for row in self._force()], error

    def _force(self) -> list[Row]:
        nothing, z = tuple([arb(0) for _ in self.tasks]), self.z
        slopes = [
            [self.penalty * (b - a) / h for a, b in zip(left, right, strict=True)]
            for h, (left, right) in zip(self.gaps, pairwise([nothing, *self.u, nothing]), strict=True)
        ]
        rows = []
        for k, moment in enumerate(self.moments):
            row = [moment[t] - self.diagonal[k] * z[k][t] for t in self.tasks]
            if k > 0:
                row = [row[t] - self.off[k - 1] * z[k - 1][t] + slopes[k - 1][t] for t in self.tasks]
            if k + 1 < len(z):
                row = [row[t] - self.off[k] * z[k + 1][t] - slopes[k][t] for t in self.tasks]
            rows.append(tuple(row))
        return rows

    def _correct(self, force: list[Row], error: list[Row], size: Any) -> None:
        """One correction, scaled to size 1."""
        of, shift = self.of, fmpq(2) ** -_exponent(size)
        tasks = len(self.tasks)
        floats = [
            numpy.array([[float((entry * shift).mid()) for entry in row] for row in rows]).reshape(-1, tasks)
            for rows in (force, error)
        ]
        lengths = numpy.array([float(nu.mid()) for nu in self.nu]) * (of.x_scale / of.y_scale)
        directions = numpy.array([[float(entry.mid()) for entry in row] for row in self.u]).reshape(-1, tasks)
        change, turn = self.corrector.change(floats[0], floats[1], directions, lengths)
        before = kinks_of(self.gaps, self.z)
        self.z = [_moved(row, steps, shift) for row, steps in zip(self.z, (change * of.y_scale).tolist(), strict=True)]
        after = kinks_of(self.gaps, self.z)
        self.nu = [
            (nu + _dot(u, [c - a + (a - nu * b) for a, b, c in zip(old, u, new, strict=True)])).mid()
            for nu, u, old, new in zip(self.nu, self.u, before, after, strict=True)
        ]
        moved = [_moved(row, steps, shift) for row, steps in zip(self.u, turn.tolist(), strict=True)]
        self.u = [_middle(direction(row)) for row in moved]

    def as_start(self) -> Start:
        """The state as a start of its own, in original units."""
        sums = self.sums
        values = [tuple([(exact(e) + f) / sums.y_unit for e, f in zip(row, sums.first, strict=True)]) for row in self.z]
        kinks = [
            tuple([exact(nu) * exact(entry) / self.kink_unit for entry in u])
            for nu, u in zip(self.nu, self.u, strict=True)
        ]
        return Start(tuple(self.knots), tuple(values), tuple(kinks))


class _Corrector:
    """Newton steps in float64, with factors that are made anew when a kink has changed.

    Directions turn across themselves only: D dz = |d| du there. In coordinates that begin with the direction no entry
    of the system loses |d|, however small.
    """

    def __init__(self, data: Data, knots: Sequence[int]) -> None:
        self.tasks = data.labels.shape[1]
        splines = Splines(data.x, data.weights, numpy.array(knots))
        self.system = Saddle(splines, data.penalty, self.tasks, turned=True)
        self.lengths: Array | None = None
        self.factor: Array | None = None
        self.axes: Array = None

    def change(self, force: Array, error: Array, directions: Array, lengths: Array) -> tuple[Array, Array]:
        """The steps of z (K + 2, T) and u (K, T); ZeroDivisionError if the system is singular up to rounding."""
        with numpy.errstate(all="ignore"):
            if (
                self.lengths is None
                or not (numpy.abs(lengths - self.lengths) <= CHANGED * numpy.abs(self.lengths)).all()
            ):
                self._prepare(directions, lengths)
            if self.factor is None:
                raise ZeroDivisionError("a singular system")
            right = numpy.einsum("kst,kt->ks", self.axes, error)
            right[:, 0] = 0
            change, turn = self.system.solve(self.factor, force, right)
        if not (numpy.isfinite(change).all() and numpy.isfinite(turn).all()):
            raise ZeroDivisionError("a step that is not finite")
        return change, numpy.einsum("kst,ks->kt", self.axes, turn)

    def _prepare(self, directions: Array, lengths: Array) -> None:
        self.lengths, self.axes = lengths, _axes(directions)
        across = self.axes.copy()
        across[:, 0] = 0
        self.system.couple(self.axes, across)
        block = lengths[:, None, None] * numpy.eye(self.tasks)
        block[:, 0, 0] = 1
        self.factor = self.system.factor(block)


def _axes(directions: Array) -> Array:
    """Orthonormal rows (K, T, T), the first of each along the direction up to sign: reflections of the unit vectors."""
    mirror = directions.copy()
    mirror[:, 0] += numpy.where(directions[:, 0] < 0, -1.0, 1.0)
    square = operators.dots(mirror, mirror)
    return numpy.eye(directions.shape[1]) - 2 * mirror[:, :, None] * mirror[:, None, :] / square[:, None, None]


def _dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    return sum([p * q for p, q in zip(a, b, strict=True)], arb(0))


def _middle(row: Row) -> Row:
    return tuple([entry.mid() for entry in row])


def _moved(row: Row, steps: Sequence[float], shift: fmpq) -> Row:
    return tuple([(value + arb(step) / shift).mid() for value, step in zip(row, steps, strict=True)])


def _exponent(size: Any) -> int:
    mantissa, exponent = size.man_exp()
    return int(exponent) + int(mantissa).bit_length()
