"""The dual certificate and what it measures: contact set and angles between neighbouring kinks (statements M, S)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq

from .dataset import Dataset
from .numbers import ZERO, ExactRepr, Vector, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .vectors import dot, squared_length

Term = tuple[int, fmpq]


@dataclass(frozen=True, slots=True, repr=False)
class DualCertificate(ExactRepr):
    """eta, the linear interpolant of the unit vectors u_j = d_j / |d_j| (0 where d_j = 0, at the ends and outside).

    No root is needed to write it down: `directions` holds d_j and `squared_lengths` |d_j|^2 at the interior points
    (N - 2 entries, as in `kinks`). |eta| <= 1 everywhere, so sum_i <l_i, f(x_i)> <= R(f) for every f.
    """

    points: tuple[fmpq, ...]
    directions: tuple[Vector, ...]
    squared_lengths: tuple[fmpq, ...]

    def multiplier(self, index: int) -> tuple[Term, ...]:
        """l_i as terms (point j, factor), meaning the sum of factor * u_j; j counts all data points from 0."""
        x = self.points
        terms = []
        for j in range(max(1, index - 1), min(len(x) - 2, index + 1) + 1):
            before, after = 1 / (x[j] - x[j - 1]), 1 / (x[j + 1] - x[j])
            factor = {j - 1: before, j: -before - after, j + 1: after}[index]
            terms.append((j, factor))
        return tuple(terms)

    def pairing(self, labels: Sequence[Vector]) -> dict[int, fmpq]:
        """sum_i <l_i, z_i> for labels z, as {j: c_j}, meaning the sum of c_j / |d_j| over points with d_j != 0."""
        totals = {j + 1: ZERO for j, square in enumerate(self.squared_lengths) if not is_zero(square)}
        for index, label in enumerate(labels):
            for j, factor in self.multiplier(index):
                if j in totals:
                    totals[j] += factor * dot(self.directions[j - 1], label)
        return totals

    def dual_value(self, labels: Sequence[Vector]) -> RootSum:
        """`pairing` as an exact number: sum_i <l_i, z_i>, a lower bound of the cost of interpolating z."""
        return RootSum([sign(c) * c * c / self.squared_lengths[j - 1] for j, c in self.pairing(labels).items()])

    def contact_points(self) -> tuple[int, ...]:
        """The data points with |eta| = 1, counted from 0: those with a nonzero kink."""
        return tuple([j + 1 for j, square in enumerate(self.squared_lengths) if not is_zero(square)])

    def contact_gaps(self) -> tuple[int, ...]:
        """The gaps (left point, counted from 0) with |eta| = 1 throughout: the two unit vectors at the ends are equal.

        Elsewhere inside a gap |eta| < 1, the unit ball being strictly convex. Equality of unit vectors is decided
        coordinate by coordinate on signed squares.
        """
        return tuple(
            [
                j
                for j in range(1, len(self.points) - 2)
                if not is_zero(self.squared_lengths[j - 1]) and self._unit(j) == self._unit(j + 1)
            ]
        )

    def _unit(self, j: int) -> Vector:
        """The signed squares of the coordinates of u_j, which determine u_j (all 0 where u_j = 0)."""
        square = self.squared_lengths[j - 1]
        if is_zero(square):
            return self.directions[j - 1]
        return tuple([sign(entry) * entry * entry / square for entry in self.directions[j - 1]])


def dual_certificate(data: Dataset) -> DualCertificate:
    """The dual certificate of the dataset, with u_j = 0 at zero kinks (statement M)."""
    all_kinks = kinks(data)
    return DualCertificate(data.points, all_kinks, tuple([squared_length(d) for d in all_kinks]))


@dataclass(frozen=True, slots=True, repr=False)
class Angle(ExactRepr):
    """theta between the nonzero kinks at the two ends of an interior gap (its left point, counted from 0).

    cosine_signed_square: sign(cos theta) cos^2 theta, rational; it orders angles as -theta does.
    """

    gap: int
    cosine_signed_square: fmpq

    @property
    def one_minus_cosine_sign(self) -> int:
        """0 if the kinks are aligned, else 1; exact, because the signed square is 1 only at theta = 0."""
        return sign(1 - self.cosine_signed_square)

    def one_minus_cosine(self) -> RootSum:
        """1 - cos theta, exact; 0 iff the kinks are aligned."""
        return RootSum([fmpq(1), -self.cosine_signed_square])

    def one_minus_cosine_squared(self) -> RootSum:
        """(1 - cos theta)^2, exact."""
        square = self.cosine_signed_square
        return RootSum.of_rational(1 + abs(square)) + RootSum([-4 * square])


def angles(all_kinks: Sequence[Vector]) -> Iterator[Angle]:
    """The angles over all interior gaps between nonzero kinks, left to right; `all_kinks` as from `kinks`."""
    squares = [squared_length(d) for d in all_kinks]
    for index in range(len(all_kinks) - 1):
        product = squares[index] * squares[index + 1]
        if not is_zero(product):
            inner = dot(all_kinks[index], all_kinks[index + 1])
            yield Angle(index + 1, sign(inner) * inner * inner / product)


def smallest_angle(all_kinks: Sequence[Vector]) -> Angle | None:
    """The smallest angle, the first of equals; None if no two neighbouring kinks are both nonzero."""
    return max(angles(all_kinks), key=lambda angle: angle.cosine_signed_square, default=None)
