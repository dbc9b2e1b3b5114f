"""The dual certificate and what it measures: contact set and angles between neighbouring kinks (statements M, S)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq, fmpz

from .dataset import Dataset
from .directions import Directions, directions, equal_unit_vectors
from .numbers import ExactRepr, Vector, canonicalise, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .vectors import dots, squared_lengths


@dataclass(frozen=True, slots=True, repr=False)
class DualCertificate(ExactRepr):
    """eta, the linear interpolant of the unit vectors u_j = d_j / |d_j| (0 where d_j = 0, at the ends and outside).

    No root is needed to write it down: `directions` holds d_j and `squared_lengths` |d_j|^2 at the interior points
    (N - 2 entries, as in `kinks`). |eta| <= 1 everywhere, so sum_i <l_i, f(x_i)> <= R(f) for every f.
    """

    points: tuple[fmpq, ...]
    directions: tuple[Vector, ...]
    squared_lengths: tuple[fmpq, ...]

    def __post_init__(self) -> None:
        canonicalise(self, "points", "directions", "squared_lengths")

    def functionals(self) -> Iterator[tuple[fmpq, fmpq, fmpq]]:
        """For each interior point j the factors of u_j in l_{j-1}, l_j and l_{j+1}."""
        inverse_gaps = [1 / (right - left) for left, right in pairwise(self.points)]
        for before, after in pairwise(inverse_gaps):
            yield before, -before - after, after

    def curvatures(self, labels: Sequence[Vector]) -> tuple[Vector, ...]:
        """For each interior point the functional that multiplies u_j, applied to the labels."""
        factors = list(self.functionals())
        columns = [
            [a * p + b * q + c * r for (a, b, c), p, q, r in zip(factors, y, y[1:], y[2:], strict=False)]
            for y in zip(*labels, strict=True)
        ]
        return tuple(zip(*columns, strict=True))

    def pairing(self, curvatures: Sequence[Vector]) -> dict[int, fmpq]:
        """sum_i <l_i, z_i> for labels z, as {j: c_j}, meaning the sum of c_j / |d_j| over points with d_j != 0.

        curvatures: those of z.
        """
        terms = enumerate(zip(dots(self.directions, curvatures), self.squared_lengths, strict=True), start=1)
        return {j: c for j, (c, square) in terms if not is_zero(square)}

    def contact_points(self) -> tuple[int, ...]:
        """The data points with |eta| = 1, counted from 0: those with a nonzero kink."""
        return tuple([j + 1 for j, square in enumerate(self.squared_lengths) if not is_zero(square)])

    def contact_gaps(self) -> tuple[int, ...]:
        """The gaps (left point, counted from 0) with |eta| = 1 throughout: the two unit vectors at the ends are equal.

        Elsewhere inside a gap |eta| < 1, the unit ball being strictly convex. Equality of unit vectors is decided
        coordinate by coordinate on signed squares.
        """
        d = self.directions
        return tuple([j + 1 for j in range(len(d) - 1) if equal_unit_vectors(d[j], d[j + 1])])


def dual_certificate(data: Dataset, all_kinks: Sequence[Vector] | None = None) -> DualCertificate:
    """The dual certificate of the dataset, with u_j = 0 at zero kinks (statement M).

    all_kinks: the kinks of the dataset, if they are at hand.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> dual_certificate(data).contact_gaps()
    (1,)
    """
    directions = kinks(data) if all_kinks is None else tuple(all_kinks)
    return DualCertificate(data.points, directions, tuple(squared_lengths(directions)))


@dataclass(frozen=True, slots=True, repr=False)
class Angle(ExactRepr):
    """theta between the nonzero kinks at the two ends of an interior gap (its left point, counted from 0).

    cosine_signed_square: sign(cos theta) cos^2 theta, rational; it orders angles as -theta does.
    """

    gap: int
    cosine_signed_square: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "cosine_signed_square")

    @property
    def one_minus_cosine_sign(self) -> int:
        """0 if the kinks are aligned, else 1; exact, because the signed square is 1 only at theta = 0."""
        return sign(1 - self.cosine_signed_square)

    def one_minus_cosine(self) -> RootSum:
        """1 - cos theta, exact; 0 iff the kinks are aligned."""
        return RootSum([fmpq(1), -self.cosine_signed_square])


def angles(of_kinks: Directions) -> Iterator[Angle]:
    """The angles over all interior gaps between nonzero kinks, left to right.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [(0, 0), (0, 0), (1, 0), (2, 1)])
    >>> [angle.cosine_signed_square for angle in angles(directions(kinks(data)))]
    [0]
    """
    for index, ((before, after), inner) in enumerate(zip(pairwise(of_kinks.squares), of_kinks.products, strict=True)):
        if before and after:
            yield Angle(index + 1, fmpq(inner * abs(inner), before * after))


def smallest_angle(of_kinks: Directions) -> Angle | None:
    """The smallest angle, the first of equals; None if no two neighbouring kinks are both nonzero.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [(0, 0), (0, 0), (1, 0), (2, 1)])
    >>> smallest_angle(directions(kinks(data))).gap
    1
    """
    best: tuple[fmpz, fmpz, int] | None = None
    for index, ((before, after), inner) in enumerate(zip(pairwise(of_kinks.squares), of_kinks.products, strict=True)):
        product = before * after
        # Two fractions with positive denominators are compared crosswise, without reducing either.
        if product and (best is None or inner * abs(inner) * best[1] > best[0] * product):
            best = inner * abs(inner), product, index + 1
    return None if best is None else Angle(best[2], fmpq(best[0], best[1]))


def smallest_angle_among(all_kinks: Sequence[Vector], gaps: Iterable[int]) -> Angle | None:
    """The smallest angle over the given interior gaps alone, the first of equals.

    >>> smallest_angle_among([(fmpq(1),), (fmpq(-1),), (fmpq(-2),)], [1, 2])
    Angle(gap=2, cosine_signed_square=1)
    """
    found = ((gap, smallest_angle(directions(all_kinks[gap - 1 : gap + 1]))) for gap in gaps)
    there = (Angle(gap, angle.cosine_signed_square) for gap, angle in found if angle is not None)
    return max(there, key=lambda angle: angle.cosine_signed_square, default=None)


def touches_a_gap(data: Dataset) -> bool:
    """Whether the dual certificate has norm 1 on some gap: not unique, decided without alignment.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> touches_a_gap(data)
    True
    """
    return bool(dual_certificate(data).contact_gaps())
