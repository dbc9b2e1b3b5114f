"""Fits that are rational: one task, labels along one rational direction, and fits whose digits give them away."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy
from flint import fmpq, fmpz

from ...theory.dataset import Dataset
from ...theory.knot_fit import KnotFit, dual_of
from ...theory.knot_sums import KnotSums
from ...theory.numbers import Vector, is_zero, sign
from ...theory.one_task_fit import OneTaskSystem, Signed
from ...theory.optimum import kinks
from ...theory.regularised import Regularised, gap
from ...theory.root_sum import RootSum
from ...theory.square_classes import rational_root
from ...theory.vectors import is_zero_vector, scale, squared_length
from . import bounds, pivoting, problem, solver
from .bounds import Bounds
from .candidate import Support

Array = Any

LARGEST_QUOTIENT = 10**10
"""A partial quotient of a continued fraction beyond this gives a rational away."""
SUPPORT_BITS = (256, 1024, 4096)
"""Bits of an irrational |w|, until the fits below and above it have one support."""
MOST_GUESSED = 200_000
"""N T up to which a guess is verified."""


def one_task(
    sums: KnotSums, penalty: fmpq, found: Support | None, proved: Bounds | None
) -> tuple[KnotFit, tuple[int, ...]]:
    """The exact fit of one-task data and the points with |v| = lambda and no kink.

    found: where to start; None: from nothing; proved: what is known of Z* already, so that it need not be tested again.
    """
    system = OneTaskSystem(sums, penalty)
    start = Signed((), ())
    if found is not None:
        signs = numpy.sign(found.directions[:, 0]).astype(int)
        start = Signed(tuple(found.knots[1:-1].tolist()), tuple(signs.tolist()))
    doubtful = None
    if proved is not None:
        open_ = ~proved.zero
        open_[[0, -1]] = False
        doubtful = numpy.flatnonzero(open_).tolist()
    exact = pivoting.solve(system, start, doubtful)
    return system.fit(exact.support, exact.values, penalty), exact.tight


@dataclass(frozen=True, slots=True)
class OneDirection:
    """Labels that are a line plus c w for one vector w: one task c with lambda / |w| (statement X: an isometry)."""

    line: tuple[Vector, ...]
    along: Vector
    column: Dataset
    weights: tuple[fmpq, ...]
    penalty: fmpq

    @classmethod
    def of(cls, regularised: Regularised) -> "OneDirection | None":
        """The reduction, None if the kinks of the labels have more than one direction, or if there are none."""
        found = _direction(kinks(regularised.data))
        if found is None:
            return None
        x, y = regularised.data.points, regularised.data.labels
        pivot = next(t for t, entry in enumerate(found) if not is_zero(entry))
        slope = [(b - a) / (x[1] - x[0]) for a, b in zip(y[0], y[1], strict=True)]
        line = [tuple([a + s * (p - x[0]) for a, s in zip(y[0], slope, strict=True)]) for p in x]
        column = [((row[pivot] - base[pivot]) / found[pivot],) for row, base in zip(y, line, strict=True)]
        return cls(tuple(line), found, Dataset(x, tuple(column)), regularised.weights, regularised.penalty)

    def fit(self) -> tuple[KnotFit, tuple[int, ...]] | None:
        """The exact fit and its tight points, if |w| is rational."""
        root = rational_root(squared_length(self.along))
        if root is None:
            return None
        fit, tight = self._solved(self.penalty / root)
        values = [
            tuple([a + z[0] * w for a, w in zip(self.line[k], self.along, strict=True)])
            for k, z in zip(fit.knots, fit.values, strict=True)
        ]
        unit = scale(self.penalty / root, self.along)
        return KnotFit(fit.knots, tuple(values), tuple([scale(fmpq(sign(v[0])), unit) for v in fit.dual])), tight

    def support(self) -> Signed | None:
        """The support and the signs along w, exactly, for irrational |w|; None if more digits would be needed.

        The lambdas at which one support is the right one form an interval, because z and v are affine in lambda there:
        what is right a little below lambda / |w| and a little above is right there, points with |v| = lambda and no
        kink included. The interval shrinks: its ends are rational where the data are, and lambda / |w| is not.
        """
        square = RootSum([squared_length(self.along)])
        for bits in SUPPORT_BITS:
            root = square.enclosure(bits)
            (low, _), (high, _) = (self._solved(self.penalty / end) for end in (root.upper, root.lower))
            signs = [tuple([sign(v[0]) for v in fit.dual]) for fit in (low, high)]
            if low.knots == high.knots and signs[0] == signs[1]:
                return Signed(low.knots[1:-1], signs[0])
        return None

    def _solved(self, penalty: fmpq) -> tuple[KnotFit, tuple[int, ...]]:
        reduced = Regularised(self.column, penalty, self.weights)
        arrays = problem.from_exact(reduced)
        start = solver.candidate(arrays)
        return one_task(KnotSums(self.column, self.weights), penalty, start, bounds.certify(arrays, start))


def _direction(all_kinks: Sequence[Vector]) -> Vector | None:
    """The first nonzero kink if all others are multiples of it."""
    first = next((d for d in all_kinks if not is_zero_vector(d)), None)
    if first is None:
        return None
    pivot = next(t for t, entry in enumerate(first) if not is_zero(entry))
    for d in all_kinks:
        if any([a * first[pivot] != d[pivot] * b for a, b in zip(d, first, strict=True)]):
            return None
    return first


def guessed(
    regularised: Regularised, knots: Sequence[int], values: Sequence[Vector], largest: int = LARGEST_QUOTIENT
) -> KnotFit | None:
    """The exact fit if the values at the knots are rationals that their digits give away and the gap is exactly 0."""
    data = regularised.data
    if data.size * data.tasks > MOST_GUESSED:
        return None
    near = [tuple([_simplest(entry, largest) for entry in row]) for row in values]
    slopes = [
        [(q - p) / (data.points[b] - data.points[a]) for p, q in zip(*rows, strict=True)]
        for (a, b), rows in zip(pairwise(knots), pairwise(near), strict=True)
    ]
    kept, dual = [0], []
    for k, (before, after) in enumerate(pairwise(slopes), start=1):
        d = tuple([q - p for p, q in zip(before, after, strict=True)])
        root = rational_root(squared_length(d))
        if root is None:
            return None
        if not is_zero(root):
            kept.append(k)
            dual.append(scale(regularised.penalty / root, d))
    kept.append(len(knots) - 1)
    fit = KnotFit(tuple([knots[k] for k in kept]), tuple([near[k] for k in kept]), tuple(dual))
    try:
        return fit if gap(regularised, *dual_of(regularised, fit)).is_zero else None
    except ValueError:  # the dual is longer than lambda
        return None


def tight_points(regularised: Regularised, fit: KnotFit) -> tuple[int, ...]:
    """The points without a kink where |v| = lambda all the same."""
    _, v = dual_of(regularised, fit)
    square, inner = regularised.penalty**2, set(fit.knots)
    return tuple([j for j, row in enumerate(v) if j not in inner and squared_length(row) == square])


def _simplest(value: fmpq, largest: int) -> fmpq:
    """A convergent of the continued fraction: the one before a partial quotient beyond `largest`, if there is one."""
    p, q = value.p, value.q
    h, k = (fmpz(0), fmpz(1)), (fmpz(1), fmpz(0))
    while q:
        a, rest = divmod(p, q)
        if abs(a) > largest and k[1]:
            break
        h, k = (h[1], a * h[1] + h[0]), (k[1], a * k[1] + k[0])
        p, q = q, rest
    return fmpq(h[1], k[1])
