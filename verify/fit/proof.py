"""The second-order certificate in ball arithmetic: any number of digits, linear time, no support taken on trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy
from flint import arb, fmpq

from ...theory.enclosure import Enclosure
from ...theory.knot_fit import segment_dual, spline_labels
from ...theory.knot_sums import KnotSums
from ...theory.numbers import Vector
from ...theory.regularised import Regularised

Array = Any
Row = tuple[Any, ...]

TELLING = 2.0**-20
"""A |v| beyond lambda by this part of what |Z - Z*| may do to it tells of a kink that is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Refined:
    """What is proved with many digits, in original units; `values` are exact rationals at the knots.

    gap and distance are upper bounds, distance in the weighted norm. zero: the points whose kink of Z* is certainly 0;
    nonzero, apart: the inner knots and pairs of neighbouring inner knots as in `bounds.Bounds`. beyond: of each stretch
    between knots where |v| is longer than lambda by more than other errors could explain the point where it is longest,
    and about the kink there that would make it lambda again.
    """

    knots: tuple[int, ...]
    values: tuple[Vector, ...]
    gap: fmpq
    distance: fmpq
    objective: Enclosure
    residual_square: Enclosure
    zero: Array
    nonzero: Array
    apart: Array
    beyond: tuple[tuple[int, Vector], ...]


class Proof:
    """A spline with exact values z at knots; v is lambda d / |d| there and D^T v = W (Y - Z) between them.

    z: exact balls in the units of `sums`, less its first labels. ZeroDivisionError if some kink may be 0.
    """

    def __init__(self, problem: Regularised, sums: KnotSums, knots: Sequence[int], z: Sequence[Row]) -> None:
        self.problem, self.sums, self.knots, self.z = problem, sums, list(knots), z
        self.x = [arb(value) for value in sums.x]
        self.w = [arb(w * sums.w_unit) for w in problem.weights]
        self.penalty = arb(sums.penalty(problem.penalty))
        self.kinks = kinks_of([self.x[b] - self.x[a] for a, b in pairwise(knots)], z)
        self.lengths = [length(d) for d in self.kinks]
        self.u = [direction(d) for d in self.kinks]

    def refined(self) -> Refined:
        """Everything that this candidate proves."""
        sums = self.sums
        labels = [
            [arb(y * sums.y_unit - f) for y, f in zip(row, sums.first, strict=True)] for row in self.problem.data.labels
        ]
        values = spline_labels(self.x, self.knots, self.z)
        residual = [[y - z for y, z in zip(*rows, strict=True)] for rows in zip(labels, values, strict=True)]
        pulls = [[w * r for r in row] for w, row in zip(self.w, residual, strict=True)]
        nothing = [arb(0)] * len(labels[0])
        v = segment_dual(self.x, pulls, self.knots, [nothing, *[_scaled(self.penalty, u) for u in self.u], nothing])
        sizes = [length(row) for row in v]
        force = self._force(pulls, v, sizes)
        gap = _total([_square(row) / self.w[i] for i, row in force.items()]) / 2
        loss = _total([w * _square(row) for w, row in zip(self.w, residual, strict=True)])
        return self._collect((v, sizes), gap, loss)

    def _force(self, pulls: Sequence[Sequence[Any]], v: Sequence[Row], sizes: Sequence[Any]) -> dict[int, list[Any]]:
        """W (Zd - Z) where it is not 0: at the knots, and beside points where v is projected onto the ball."""
        slopes = {}

        def slope(i: int) -> list[Any]:
            if i not in slopes:
                h = self.x[i + 1] - self.x[i]
                slopes[i] = [(b - a) / h for a, b in zip(v[i], v[i + 1], strict=True)]
            return slopes[i]

        force = {}
        for i in self.knots:
            row = list(pulls[i])
            row = [a - b for a, b in zip(row, slope(i), strict=True)] if i + 1 < len(v) else row
            force[i] = [a + b for a, b in zip(row, slope(i - 1), strict=True)] if i else row
        inner = set(self.knots)
        for j, size in enumerate(sizes):
            if j not in inner and not bool(size <= self.penalty):
                self._project(force, j, v[j], size)
        return force

    def _project(self, force: dict[int, list[Any]], j: int, v: Row, size: Any) -> None:
        """Add D^T (v - its projection) at the point j."""
        over = (size - self.penalty).upper()
        certain = bool(size > self.penalty)
        excess = _scaled(1 - self.penalty / size, v) if certain else [arb(0, over) for _ in v]
        before, after = 1 / (self.x[j] - self.x[j - 1]), 1 / (self.x[j + 1] - self.x[j])
        for place, factor in ((j - 1, before), (j, -before - after), (j + 1, after)):
            old = force.get(place, [arb(0)] * len(v))
            force[place] = [a + factor * b for a, b in zip(old, excess, strict=True)]

    def _collect(self, dual: tuple[Sequence[Row], Sequence[Any]], gap: Any, loss: Any) -> Refined:
        sums, (v, sizes) = self.sums, dual
        distance = _root(2 * gap).upper()
        objective = loss / 2 + self.penalty * _total(self.lengths)
        root = _root(loss)
        square_unit = sums.w_unit * sums.y_unit * sums.y_unit
        bounds = Enclosure.from_ball(objective)
        proved_gap = exact(gap.upper())
        lower, upper = root - distance, root + distance
        least = exact(lower.lower()) if bool(lower > 0) else fmpq(0)
        zero, nonzero, apart = self._decided(sizes, distance)
        root_unit = exact((1 / arb(square_unit).sqrt()).upper())
        return Refined(
            tuple(self.knots),
            tuple(
                [tuple([(exact(e) + f) / sums.y_unit for e, f in zip(row, sums.first, strict=True)]) for row in self.z]
            ),
            proved_gap / square_unit,
            exact(distance) * root_unit,
            Enclosure(max(bounds.lower - proved_gap, fmpq(0)) / square_unit, bounds.upper / square_unit),
            Enclosure(least * least / square_unit, exact(upper.upper()) ** 2 / square_unit),
            zero,
            nonzero,
            apart,
            self._beyond(v, sizes, distance),
        )

    def _beyond(self, v: Sequence[Row], sizes: Sequence[Any], distance: Any) -> tuple[tuple[int, Vector], ...]:
        found = []
        for a, b in pairwise(self.knots):
            over = [j for j in range(a + 1, b) if bool(sizes[j] > self.penalty)]
            if not over:
                continue
            j = max(over, key=lambda i: exact(sizes[i].mid()))
            before, after = self.x[j] - self.x[a], self.x[b] - self.x[j]
            blur = distance * before * after / (before + after) * _total(self.w[a + 1 : b]).sqrt()
            if bool(sizes[j] > self.penalty + TELLING * blur):
                hats = [(self.x[i] - self.x[a]) / before for i in range(a + 1, j + 1)]
                hats += [(self.x[b] - self.x[i]) / after for i in range(j + 1, b)]
                weight = _total([w * hat * hat for w, hat in zip(self.w[a + 1 : b], hats, strict=True)])
                factor = (1 / before + 1 / after) ** 2 * (1 - self.penalty / sizes[j]) / weight
                unit = self.sums.x_unit / self.sums.y_unit
                found.append((j, tuple([exact((factor * entry).mid()) * unit for entry in v[j]])))
        return tuple(found)

    def _decided(self, sizes: Sequence[Any], distance: Any) -> tuple[Array, Array, Array]:
        """Which kinks of Z* are certainly 0 or not, and which neighbouring directions certainly differ."""
        zero = numpy.zeros(len(self.x), bool)
        pulls = [arb(0), *[self.penalty / size for size in self.lengths], arb(0)]
        for k, (a, b) in enumerate(pairwise(self.knots)):
            h, weight = self.x[b] - self.x[a], _total(self.w[a + 1 : b])
            for j in range(a + 1, b):
                t = (self.x[j] - self.x[a]) / h
                local = (t * (1 - t) * h) ** 2 * weight + (1 - t) ** 2 * pulls[k] + t**2 * pulls[k + 1]
                zero[j] = bool(sizes[j] + distance * local.sqrt() < self.penalty)
        moved = [distance * self._row(j) for j in self.knots[1:-1]]
        nonzero = numpy.array([bool(m < size) for m, size in zip(moved, self.lengths, strict=True)], bool)
        turns = [
            _least([(distance / (self.penalty * size).sqrt()).upper(), (2 * m / size).upper()])
            for m, size in zip(moved, self.lengths, strict=True)
        ]
        apart = [
            bool(length([p - q for p, q in zip(*u, strict=True)]) > r[0] + r[1])
            for u, r in zip(pairwise(self.u), pairwise(turns), strict=True)
        ]
        return zero, nonzero, numpy.array(apart, bool)

    def _row(self, j: int) -> Any:
        before, after = 1 / (self.x[j] - self.x[j - 1]), 1 / (self.x[j + 1] - self.x[j])
        parts = before**2 / self.w[j - 1] + (before + after) ** 2 / self.w[j] + after**2 / self.w[j + 1]
        return parts.sqrt()


def kinks_of(gaps: Sequence[Any], z: Sequence[Sequence[Any]]) -> list[Row]:
    """The kinks of a spline at its inner knots."""
    slopes = [
        [(b - a) / h for a, b in zip(left, right, strict=True)]
        for h, (left, right) in zip(gaps, pairwise(z), strict=True)
    ]
    return [tuple([b - a for a, b in zip(left, right, strict=True)]) for left, right in pairwise(slopes)]


def length(row: Sequence[Any]) -> Any:
    """The Euclidean length as a ball."""
    return _root(_square(row))


def _root(square: Any) -> Any:
    """The root of a number that is not negative, whose ball may reach below 0 where the number is 0 or nearly so."""
    return square.nonnegative_part().sqrt()


def direction(d: Row) -> Row:
    """d / |d|; ZeroDivisionError if d may be 0."""
    size = length(d)
    if not bool(size > 0):
        raise ZeroDivisionError("a kink that may be 0 has no direction")
    return tuple([entry / size for entry in d])


def exact(ball: Any) -> fmpq:
    """The rational that an exact ball is; ZeroDivisionError if it is not finite, as after dividing by nearly 0."""
    if not ball.is_finite():
        raise ZeroDivisionError("a ball that is not finite")
    mantissa, exponent = ball.man_exp()
    power = fmpq(2) ** int(exponent)
    return fmpq(mantissa) * power


def _least(turns: Sequence[Any]) -> Any:
    """The least of some bounds of how far two directions are apart, which is never more than 2."""
    return min([arb(2), *[turn for turn in turns if turn.is_finite()]], key=exact)


def _square(row: Sequence[Any]) -> Any:
    return _total([entry * entry for entry in row])


def _total(balls: Sequence[Any]) -> Any:
    return sum(balls, arb(0))


def _scaled(factor: Any, row: Row) -> list[Any]:
    return [factor * entry for entry in row]
