"""The margin: how far the labels are from those of a non-unique dataset, the points staying fixed (statement N)."""

from collections.abc import Iterator
from dataclasses import dataclass

from flint import arb, ctx, fmpq, fmpz

from .dataset import Dataset
from .directions import Directions, directions
from .numbers import ZERO, ExactRepr, canonicalise, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .vectors import integral

Symmetric = tuple[fmpz, fmpz, fmpz]
"""A symmetric 2x2 matrix of integers by its entries 11, 12, 22."""


@dataclass(frozen=True, slots=True, repr=False)
class PairMargin(ExactRepr):
    """The squared distance to the closure of the datasets whose kinks at one pair of neighbours are aligned.

    pair: the left one of the two interior points, counted from 0. The squared distance is
    rational - sqrt(discriminant), both in the field of the data.
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
    """Statement N for one pair in integers: A = a / q^2 are the inner products of the kinks, G = p^2 g.

    With adj(g) in the place of H, positive factors drop out of the test for the open quadrant; `trace` and
    `determinant` are those of a adj(g), whose eigenvalues times 1 / (p^2 q^2 det g) are those of A H.
    """

    __slots__ = ("a", "det", "determinant", "g", "p", "pair", "q", "trace")

    def __init__(self, pair: int, a: Symmetric, g: Symmetric, q: fmpz, p: fmpq) -> None:
        self.pair, self.a, self.g, self.q, self.p = pair, a, g, q, p
        self.det = g[0] * g[2] - g[1] * g[1]
        self.trace = a[0] * g[2] - 2 * a[1] * g[1] + a[2] * g[0]
        self.determinant = (a[0] * a[2] - a[1] * a[1]) * self.det

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

    def lower_ball(self) -> arb:
        """A ball for a cheap lower bound of margin_j^2: the smaller eigenvalue is at least determinant / trace."""
        if not self.determinant:
            return arb(0)
        scale = self.p * self.q
        return arb(self.determinant) / self.trace / (arb(scale * scale) * self.det)

    def ball(self) -> arb:
        """margin_j^2 as a ball at the current precision, without cancellation; exactly 0 iff it is 0."""
        scale, on_axis = self.p * self.q, self._on_axis()
        if on_axis is None:
            # The smaller root of z^2 - trace z + determinant, rationalised.
            root = arb(self.trace * self.trace - 4 * self.determinant).sqrt()
            top = arb(2 * self.determinant) / (self.trace + root)
        else:
            numerator, denominator = on_axis
            top = arb(self.trace * denominator - numerator) / denominator
        return top / (arb(scale * scale) * self.det)

    def exact(self) -> PairMargin:
        """margin_j^2 with its exact parts."""
        scale, on_axis = 1 / (self.p * self.p * self.q * self.q * self.det), self._on_axis()
        if on_axis is not None:
            return PairMargin(self.pair, scale * (self.trace - fmpq(*on_axis)), ZERO, None)
        discriminant = fmpq(self.trace * self.trace, 4) - self.determinant
        return PairMargin(
            self.pair, scale * self.trace / 2, scale * scale * discriminant, scale * scale * self.determinant
        )


def _integer_pairs(data: Dataset, of_kinks: Directions) -> Iterator[_IntegerPair]:
    squares, products, denominators = of_kinks.squares, of_kinks.products, of_kinks.denominators
    gaps = data.gaps
    for index, inner in enumerate(products):
        q_u, q_v = denominators[index], denominators[index + 1]
        # Both kinks over the common denominator q_u q_v.
        q = q_u * q_v
        a = squares[index] * q_v * q_v, inner * q, squares[index + 1] * q_u * q_u
        g, p = _gram(gaps[index], gaps[index + 1], gaps[index + 2])
        yield _IntegerPair(index + 1, a, g, q, p)


def _gram(first: fmpq, second: fmpq, third: fmpq) -> tuple[Symmetric, fmpq]:
    """G = B_j^T B_j = p^2 g from the three gaps, with g integral.

    B_j has the rows (a, -a - b, b, 0) and (0, b, -b - c, c), where a, b, c are the inverse gaps: p times integers.
    """
    (h0, h1, h2), w = integral((first, second, third))
    a, b, c = h1 * h2, h0 * h2, h0 * h1
    return (2 * (a * a + a * b + b * b), -b * (a + 2 * b + c), 2 * (b * b + b * c + c * c)), fmpq(w, h0 * h1 * h2)


def pair_margins(data: Dataset, of_kinks: Directions | None = None) -> Iterator[PairMargin]:
    """margin_j for every pair of neighbouring interior points, left to right (none for N < 4).

    of_kinks: the directions of the dataset's kinks, if they are at hand.
    """
    for pair in _integer_pairs(data, of_kinks or directions(kinks(data))):
        yield pair.exact()


def margin(data: Dataset, of_kinks: Directions | None = None) -> PairMargin | None:
    """The smallest of all `pair_margins`, the first of equals; None for N < 4, where every dataset is unique.

    Balls separate most pairs; the exact squares decide between those that balls cannot tell apart.
    """
    best: tuple[arb, _IntegerPair] | None = None
    with ctx.workprec(128):
        for candidate in _integer_pairs(data, of_kinks or directions(kinks(data))):
            if best is not None and candidate.lower_ball() > best[0]:
                continue
            ball = candidate.ball()
            if ball.is_zero():
                return candidate.exact()
            if best is None or ball < best[0] or (not ball > best[0] and _is_smaller(candidate, best[1])):
                best = ball, candidate
    return None if best is None else best[1].exact()


def _is_smaller(candidate: _IntegerPair, best: _IntegerPair) -> bool:
    a, b = candidate.exact(), best.exact()
    if (a.rational, a.discriminant) == (b.rational, b.discriminant):
        return False
    return a.squared() < b.squared()
