"""The margin: how far the labels are from those of a non-unique dataset, the points staying fixed (statement N)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flint import arb, ctx, fmpq, fmpz

from . import stencil
from .dataset import Dataset
from .directions import Directions, directions
from .enclosure import Enclosure
from .numbers import ZERO, ExactRepr, Vector, canonicalise, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .square_classes import rational_root
from .vectors import integral, integral_windows

Symmetric = tuple[fmpz, fmpz, fmpz]
"""A symmetric 2x2 matrix of integers by its entries 11, 12, 22."""


@dataclass(frozen=True, slots=True, repr=False)
class PairMargin(ExactRepr):
    """The squared distance to the closure of the datasets whose kinks at one pair of neighbours are aligned.

    pair: the left one of the two interior points, counted from 0. The squared distance is
    rational - sqrt(discriminant), both in the field of the data; a root that is rational is taken, and 0 left of it.
    determinant: det(A H) >= 0 if the nearest aligned pair has both factors positive (then the squared distance is the
    smaller eigenvalue of A H), None if one of them is 0 (then the discriminant is 0).
    """

    pair: int
    rational: fmpq
    discriminant: fmpq
    determinant: fmpq | None

    def __post_init__(self) -> None:
        canonicalise(self, "rational", "discriminant", "determinant")

    @property
    def is_zero(self) -> bool:
        """Whether the dataset lies in the closure of those that are non-unique at this pair."""
        return is_zero(self.rational if self.determinant is None else self.determinant)

    def squared(self) -> RootSum:
        """margin_j^2, exact."""
        return RootSum.of_rational(self.rational) + RootSum([-self.discriminant])


class _IntegerPair:
    """Statement N for one pair in integers: A = a / q^2 are the inner products of the kinks, G = (w / v)^2 g.

    With adj(g) in the place of H, positive factors drop out of the test for the open quadrant; `trace` is that of
    a adj(g), whose eigenvalues times v^2 / (w^2 q^2 det g) are those of A H.
    """

    __slots__ = ("a", "det_a", "g", "pair", "q", "trace", "v", "w")

    def __init__(self, pair: int, a: Symmetric, g: Symmetric, q: fmpz, w: fmpz, v: fmpz) -> None:
        self.pair, self.a, self.g, self.q, self.w, self.v = pair, a, g, q, w, v
        self.det_a = a[0] * a[2] - a[1] * a[1]
        self.trace = a[0] * g[2] - 2 * a[1] * g[1] + a[2] * g[0]

    def exceeds(self, bound: fmpq) -> bool:
        """Whether a cheap lower bound of margin_j^2 exceeds a positive bound: the smaller eigenvalue of A H, which is
        no larger than margin_j^2, is at least determinant / trace."""
        return self.det_a * self.v * self.v * bound.q > bound.p * self.trace * (self.w * self.q) ** 2

    def _scale(self) -> fmpq:
        """1 / (p^2 q^2 det g) with p = w / v."""
        g11, g12, g22 = self.g
        return fmpq(self.v * self.v, (self.w * self.q) ** 2 * (g11 * g22 - g12 * g12))

    def _determinant(self) -> fmpz:
        g11, g12, g22 = self.g
        return self.det_a * (g11 * g22 - g12 * g12)

    def _on_axis(self) -> tuple[fmpz, fmpz] | None:
        """The maximum over the quadrant as numerator and denominator if it is on an axis, None if it is inside."""
        a11, a12, a22 = self.a
        g11, g12, g22 = self.g
        k11, k12 = a11 * g22 - a12 * g12, a12 * g11 - a11 * g12
        k21, k22 = a12 * g22 - a22 * g12, a22 * g11 - a12 * g12
        p11, p12, p22 = g22 * k11 - g12 * k21, g22 * k12 - g12 * k22, g11 * k22 - g12 * k12
        if sign(p12 * g22 + p11 * g12) > 0 and sign(p12 * g11 + p22 * g12) > 0:
            return None
        return (p11, g22) if p11 * g11 > p22 * g22 else (p22, g11)

    def ball(self) -> arb:
        """margin_j^2 as a ball at the current precision, without cancellation; exactly 0 iff it is 0."""
        on_axis, determinant = self._on_axis(), self._determinant()
        if on_axis is None:
            # The smaller root of z^2 - trace z + determinant, rationalised.
            root = arb(self.trace * self.trace - 4 * determinant).sqrt()
            return arb(self._scale()) * (2 * determinant) / (self.trace + root)
        return arb(self._scale() * (self.trace - fmpq(*on_axis)))

    def exact(self) -> PairMargin:
        """margin_j^2 with its exact parts."""
        scale, on_axis, determinant = self._scale(), self._on_axis(), self._determinant()
        if on_axis is not None:
            return PairMargin(self.pair, scale * (self.trace - fmpq(*on_axis)), ZERO, None)
        half, square = scale * self.trace / 2, scale * scale * determinant
        discriminant = half * half - square
        root = rational_root(discriminant)
        if root is not None:
            return PairMargin(self.pair, half - root, ZERO, square)
        return PairMargin(self.pair, half, discriminant, square)


def _integer_pairs(data: Dataset, of_kinks: Directions) -> Iterator[_IntegerPair]:
    windows = integral_windows(data.gaps, 3)
    for index, window in zip(range(len(of_kinks.products)), windows, strict=False):
        yield _integer_pair(index + 1, of_kinks, index, window)


def _integer_pairs_among(data: Dataset, all_kinks: Sequence[Vector], pairs: Iterable[int]) -> Iterator[_IntegerPair]:
    for pair in pairs:
        near = data.points[pair - 1 : pair + 3]
        gaps = tuple([right - left for left, right in pairwise(near)])
        yield _integer_pair(pair, directions(all_kinks[pair - 1 : pair + 1]), 0, integral(gaps))


def _integer_pair(pair: int, of_kinks: Directions, index: int, window: tuple[tuple[fmpz, ...], fmpz]) -> _IntegerPair:
    """The pair of the directions at `index` and after it, with the three gaps around it as multiples of a fraction."""
    q_u, q_v = of_kinks.denominators[index : index + 2]
    # Both kinks over the common denominator q_u q_v.
    q = q_u * q_v
    a = of_kinks.squares[index] * q_v * q_v, of_kinks.products[index] * q, of_kinks.squares[index + 1] * q_u * q_u
    g, w, v = _gram(*window)
    return _IntegerPair(pair, a, g, q, w, v)


def _gram(multiples: tuple[fmpz, ...], w: fmpz) -> tuple[Symmetric, fmpz, fmpz]:
    """G = B_j^T B_j = (w / v)^2 g from three gaps, multiples over w, with g integral: (g, w, v).

    The inverse gaps are w / v times the integers a, b, c.
    """
    h0, h1, h2 = multiples
    a, b, c = h1 * h2, h0 * h2, h0 * h1
    return stencil.gram_of_kinks(a, b, c), w, h0 * a


def pair_margins(data: Dataset, of_kinks: Directions | None = None) -> Iterator[PairMargin]:
    """margin_j for every pair of neighbouring interior points, left to right (none for N < 4).

    of_kinks: the directions of the dataset's kinks, if they are at hand.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> [pair.is_zero for pair in pair_margins(data)]
    [True]
    """
    for pair in _integer_pairs(data, of_kinks or directions(kinks(data))):
        yield pair.exact()


def margin(data: Dataset, of_kinks: Directions | None = None) -> PairMargin | None:
    """The smallest of all `pair_margins`, the first of equals; None for N < 4, where every dataset is unique.

    of_kinks: the directions of the dataset's kinks, if they are at hand.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [(0, 0), (0, 0), (1, 0), (2, 1)])
    >>> margin(data).squared()
    RootSum(terms=('1/100',))
    """
    found = _nearest(_integer_pairs(data, of_kinks or directions(kinks(data))), first=True)
    return found[0].exact() if found else None


def margin_among(data: Dataset, all_kinks: Sequence[Vector], pairs: Iterable[int]) -> PairMargin | None:
    """The smallest of the margins of the given pairs alone, the first of equals; None if there are none.

    all_kinks: those of the dataset.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [(0, 0), (0, 0), (1, 0), (2, 1)])
    >>> margin_among(data, kinks(data), [1]) == margin(data)
    True
    """
    found = _nearest(_integer_pairs_among(data, all_kinks, pairs), first=True)
    return found[0].exact() if found else None


def nearest_pairs(data: Dataset, of_kinks: Directions | None = None) -> tuple[PairMargin, ...]:
    """All pairs whose margin is the smallest, left to right; none for N < 4.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> [pair.pair for pair in nearest_pairs(data)]
    [1]
    """
    found = _nearest(_integer_pairs(data, of_kinks or directions(kinks(data))), first=False)
    return tuple([pair.exact() for pair in found])


def _nearest(candidates: Iterable[_IntegerPair], *, first: bool) -> list[_IntegerPair]:
    """Those of the smallest margin; if only the first is wanted, nothing after a margin of 0 is looked at.

    Balls separate most pairs; the exact squares decide between those that balls cannot tell apart.
    """
    best: list[_IntegerPair] = []
    least, bound = arb(0), ZERO
    with ctx.workprec(128):
        for candidate in candidates:
            if best and candidate.exceeds(bound):
                continue
            ball = candidate.ball()
            order = _order(ball, candidate, least, best[0]) if best else -1
            if order == -1:
                best, least, bound = [candidate], ball, Enclosure.from_ball(ball).upper
            elif not order:
                best.append(candidate)
            if first and ball.is_zero():
                break
    return best


def _order(ball: arb, candidate: _IntegerPair, least: arb, best: _IntegerPair) -> int:
    """The sign of the candidate's margin minus the best one's, which the balls contain."""
    if ball.is_zero() or least.is_zero():
        return int(not ball.is_zero()) - int(not least.is_zero())  # a ball is exactly 0 iff the margin is
    if ball < least or ball > least:
        return -1 if ball < least else 1
    a, b = candidate.exact(), best.exact()
    if (a.rational, a.discriminant) == (b.rational, b.discriminant):
        return 0
    return (a.squared() - b.squared()).sign()
