"""Continuous piecewise-linear functions R -> Q^T."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from operator import is_, itemgetter, lt
from operator import mul as times
from operator import sub as minus
from typing import TYPE_CHECKING, NamedTuple

from flint import fmpq

from .numbers import ExactRepr, RationalLike, Vector, nearest_float, rational, vector, vectors
from .root_sum import RootSum
from .vectors import add, column, is_zero_vector, scale, squared_lengths, zero

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray


class Bends(NamedTuple):
    """Increasing places with the kink of a spline at each, zero where it does not bend; at: those asked for."""

    places: Sequence[fmpq]
    kinks: Sequence[Vector]
    at: Sequence[int]

    def columns(self) -> Iterator[list[fmpq]]:
        """The kinks task by task."""
        return (column(self.kinks, task) for task in range(len(self.kinks[0])))


@dataclass(frozen=True, slots=True, repr=False)
class LinearSpline(ExactRepr):
    """f(x) = slope x + offset + sum_k kinks_k (x - knots_k)_+, in normal form.

    The knots increase and the kinks are nonzero, so equal functions are equal values. `slope` and `offset` describe
    the line left of all knots. Use `from_knots` for knots in any order, repeated or with zero kinks.
    """

    slope: Vector
    offset: Vector
    knots: tuple[fmpq, ...]
    kinks: tuple[Vector, ...]

    def __post_init__(self) -> None:
        for name in ("slope", "offset", "knots"):
            object.__setattr__(self, name, vector(getattr(self, name)))
        object.__setattr__(self, "kinks", vectors(self.kinks))
        _validate(self)

    @classmethod
    def from_knots(
        cls,
        slope: Iterable[RationalLike],
        offset: Iterable[RationalLike],
        knots: Iterable[tuple[RationalLike, Iterable[RationalLike]]],
    ) -> "LinearSpline":
        """From (knot, kink) pairs in any order: kinks on one knot are added, zero kinks dropped."""
        merged: list[tuple[fmpq, Vector]] = []
        for knot, jump in sorted([(rational(place), vector(kink)) for place, kink in knots], key=itemgetter(0)):
            if merged and merged[-1][0] == knot:
                merged[-1] = (knot, add(merged[-1][1], jump))
            else:
                merged.append((knot, jump))
        kept = [(knot, jump) for knot, jump in merged if not is_zero_vector(jump)]
        return cls(vector(slope), vector(offset), tuple([k for k, _ in kept]), tuple([m for _, m in kept]))

    @property
    def tasks(self) -> int:
        """T, the number of coordinates of a value."""
        return len(self.slope)

    @property
    def width(self) -> int:
        """The number of knots: the fewest active neurons of a network that is this function."""
        return len(self.knots)

    def __call__(self, x: RationalLike) -> Vector:
        """The value at one point."""
        place = rational(x)
        value = add(scale(place, self.slope), self.offset)
        for index in range(bisect_left(self.knots, place)):
            value = add(value, scale(place - self.knots[index], self.kinks[index]))
        return value

    def values_at(self, points: Sequence[fmpq]) -> list[Vector]:
        """The values at increasing points, in time linear in points and knots."""
        if not points:
            return []
        bends = self.bends_among(points)
        steps = list(map(minus, bends.places[1:], bends.places))
        columns = []
        for kinks, slope, offset in zip(bends.columns(), self.slope, self.offset, strict=True):
            slopes = islice(accumulate(kinks, initial=slope), 1, None)
            columns.append(accumulate(map(times, slopes, steps), initial=slope * bends.places[0] + offset))
        values = list(zip(*columns, strict=True))
        return values if len(values) == len(points) else [values[index] for index in bends.at]

    def bends_among(self, points: Sequence[fmpq]) -> "Bends":
        """The increasing points and the knots up to the last of them as one increasing sequence of places."""
        straight = zero(self.tasks)
        # Most knots are the very same object as a point, and that needs no comparison of fractions.
        if len(self.knots) + 2 == len(points) and all(map(is_, self.knots, islice(points, 1, None))):
            return Bends(points, [straight, *self.kinks, straight], range(len(points)))
        bends = iter(zip(self.knots, self.kinks, strict=True))
        upcoming = next(bends, None)
        places: list[fmpq] = []
        kinks: list[Vector] = []
        at: list[int] = []
        for point in points:
            while upcoming is not None and upcoming[0] is not point and upcoming[0] < point:
                places.append(upcoming[0])
                kinks.append(upcoming[1])
                upcoming = next(bends, None)
            at.append(len(places))
            places.append(point)
            if upcoming is not None and (upcoming[0] is point or upcoming[0] == point):
                kinks.append(upcoming[1])
                upcoming = next(bends, None)
            else:
                kinks.append(straight)
        return Bends(places, kinks, at)

    def __add__(self, other: "LinearSpline") -> "LinearSpline":
        """The sum of two functions with values in the same Q^T."""
        knots = [(t, m) for f in (self, other) for t, m in zip(f.knots, f.kinks, strict=True)]
        return LinearSpline.from_knots(add(self.slope, other.slope), add(self.offset, other.offset), knots)

    def scaled(self, factor: RationalLike) -> "LinearSpline":
        """The function times a number."""
        by = rational(factor)
        knots = [(t, scale(by, m)) for t, m in zip(self.knots, self.kinks, strict=True)]
        return LinearSpline.from_knots(scale(by, self.slope), scale(by, self.offset), knots)

    def bent(self, knots: Iterable[tuple[RationalLike, Iterable[RationalLike]]]) -> "LinearSpline":
        """The function with more knots: kinks on one knot are added."""
        return LinearSpline.from_knots(
            self.slope, self.offset, [*zip(self.knots, self.kinks, strict=True), *[(t, m) for t, m in knots]]
        )

    def evaluate(self, x: "ArrayLike") -> "NDArray[numpy.float64]":
        """The values in floating point: x of any shape gives an array of that shape with T coordinates behind it.

        Only for drawing and the like; exact arguments go to the function itself.

        >>> LinearSpline.from_knots([1], [0], [(1, [2])]).evaluate([0.5, 2]).tolist()
        [[0.5], [4.0]]
        """
        import numpy

        places = numpy.asarray(x, dtype=numpy.float64)
        ends = [self.knots[0] - 1, *self.knots, self.knots[-1] + 1] if self.knots else [fmpq(0), fmpq(1)]
        known = numpy.array([nearest_float(t) for t in ends])
        values = numpy.array([[nearest_float(entry) for entry in value] for value in self.values_at(ends)])
        gap = numpy.clip(numpy.searchsorted(known, places) - 1, 0, len(known) - 2)
        share = (places - known[gap]) / (known[gap + 1] - known[gap])
        found: NDArray[numpy.float64] = values[gap] + share[..., None] * (values[gap + 1] - values[gap])
        return found

    def path_cost_squares(self) -> tuple[fmpq, ...]:
        """|m_k|^2 in the order of the knots; the path cost is the sum of their roots."""
        return tuple(squared_lengths(self.kinks))

    def path_cost(self) -> RootSum:
        """R(f) = sum_k |m_k|, exact."""
        return RootSum(self.path_cost_squares())

    def interpolates(self, points: Sequence[fmpq], labels: Sequence[Vector]) -> bool:
        """Whether f(x_i) = y_i at all of the increasing points."""
        return self.values_at(points) == list(labels)


def _validate(spline: LinearSpline) -> None:
    tasks = len(spline.slope)
    if tasks < 1 or len(spline.offset) != tasks or not set(map(len, spline.kinks)) <= {tasks}:
        raise ValueError("slope, offset and every kink need the same number of coordinates, at least one")
    if len(spline.knots) != len(spline.kinks):
        raise ValueError(f"{len(spline.knots)} knots but {len(spline.kinks)} kinks")
    if not all(map(lt, spline.knots, spline.knots[1:])):
        raise ValueError("knots must increase; LinearSpline.from_knots sorts and merges them")
    if not all(map(any, spline.kinks)):
        raise ValueError("kinks must be nonzero; LinearSpline.from_knots drops zero kinks")
