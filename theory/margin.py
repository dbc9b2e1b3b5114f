"""The margin: how far the labels are from those of a non-unique dataset, the points staying fixed (statement N)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import arb, ctx, fmpq

from .dataset import Dataset
from .numbers import ExactRepr, Vector, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .vectors import dot, squared_length


@dataclass(frozen=True, slots=True, repr=False)
class PairMargin(ExactRepr):
    """The squared distance to the closure of the datasets whose kinks at one pair of neighbours are aligned.

    pair: the left one of the two interior points, counted from 0. It is rational + signed root, with `rational` and
    `discriminant` in the field of the data: squared = rational - sqrt(discriminant).
    determinant: det(A H) >= 0 if the nearest aligned pair has both factors positive (then squared is the smaller
    eigenvalue of A H), None if one of them is 0 (then the discriminant is 0).
    """

    pair: int
    rational: fmpq
    discriminant: fmpq
    determinant: fmpq | None

    @property
    def is_zero(self) -> bool:
        """Whether the dataset lies in the closure of those that are non-unique at this pair."""
        return is_zero(self.rational if self.determinant is None else self.determinant)

    def squared(self) -> RootSum:
        """margin_j^2, exact."""
        return RootSum.of_rational(self.rational) + RootSum([-self.discriminant])

    def ball(self) -> arb:
        """margin_j^2 as a ball at the current precision, without cancellation."""
        if self.determinant is None or is_zero(self.determinant):
            return arb(fmpq(0) if self.is_zero else self.rational)
        return arb(self.determinant) / (arb(self.rational) + arb(self.discriminant).sqrt())


def pair_margins(data: Dataset, all_kinks: Sequence[Vector]) -> Iterator[PairMargin]:
    """margin_j for every pair of neighbouring interior points, left to right (none for N < 4)."""
    inverse_gaps = [1 / h for h in data.gaps]
    squares = [squared_length(d) for d in all_kinks]
    for index in range(len(all_kinks) - 1):
        gram = _gram(*inverse_gaps[index : index + 3])
        inner = dot(all_kinks[index], all_kinks[index + 1])
        yield _pair_margin(index + 1, gram, (squares[index], inner, squares[index + 1]))


def _gram(a: fmpq, b: fmpq, c: fmpq) -> tuple[fmpq, fmpq, fmpq]:
    """G = B_j^T B_j from the three inverse gaps: (G11, G12, G22)."""
    return 2 * (a * a + a * b + b * b), -b * (a + 2 * b + c), 2 * (b * b + b * c + c * c)


def _pair_margin(pair: int, gram: tuple[fmpq, fmpq, fmpq], a: tuple[fmpq, fmpq, fmpq]) -> PairMargin:
    """Statement N for one pair; `a` is M^T M, the inner products of the two kinks: (11, 12, 22).

    With adj(G) = det(G) H and P' = adj(G) A adj(G), positive factors drop out of the test for the open quadrant.
    """
    g11, g12, g22 = gram
    a11, a12, a22 = a
    det = g11 * g22 - g12 * g12
    k11, k12 = a11 * g22 - a12 * g12, a12 * g11 - a11 * g12
    k21, k22 = a12 * g22 - a22 * g12, a22 * g11 - a12 * g12
    p11, p12, p22 = g22 * k11 - g12 * k21, g22 * k12 - g12 * k22, g11 * k22 - g12 * k12
    trace = (k11 + k22) / det
    if sign(p12 * g22 + p11 * g12) > 0 and sign(p12 * g11 + p22 * g12) > 0:
        determinant = (a11 * a22 - a12 * a12) / det
        return PairMargin(pair, trace / 2, trace * trace / 4 - determinant, determinant)
    return PairMargin(pair, trace - max(p11 / g22, p22 / g11) / det, fmpq(0), None)


def margin(data: Dataset) -> PairMargin | None:
    """The smallest of all `pair_margins`, the first of equals; None for N < 4, where every dataset is unique.

    Balls separate most pairs; the exact squares decide between those that balls cannot tell apart.
    """
    best: PairMargin | None = None
    with ctx.workprec(128):
        for candidate in pair_margins(data, kinks(data)):
            if candidate.is_zero:
                return candidate
            if best is None:
                best, best_ball = candidate, candidate.ball()
                continue
            ball = candidate.ball()
            if ball < best_ball or (not ball > best_ball and _is_smaller(candidate, best)):
                best, best_ball = candidate, ball
    return best


def _is_smaller(a: PairMargin, b: PairMargin) -> bool:
    if (a.rational, a.discriminant) == (b.rational, b.discriminant):
        return False
    return a.squared() < b.squared()
