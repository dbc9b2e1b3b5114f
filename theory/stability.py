"""Stability: how far an interpolant of small excess can be from connect-the-dots (statement S).

Every line of the statement has the form |f(x) - f_D(x)| * divisor <= reach * e, with e the excess of f: the reach is
the length of the gap, or the distance to the data, and the divisor depends on the kinks at the two ends.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from .dataset import Dataset
from .numbers import Vector, sign
from .optimum import connect_the_dots, kinks, optimal_cost
from .root_sum import RootSum
from .spline import LinearSpline
from .vectors import add, dot, squared_length, subtract


@dataclass(frozen=True, slots=True)
class GapBound:
    """|f - f_D| * divisor <= length * e on the gap, named by its left point (counted from 0).

    terms: the divisor as the signed squares of one or two roots.
    """

    gap: int
    length: fmpq
    terms: tuple[fmpq, ...]

    @property
    def divisor(self) -> RootSum:
        """The divisor in normal form."""
        return RootSum(self.terms)


def gap_bounds(data: Dataset) -> Iterator[GapBound | None]:
    """The bound of every gap, left to right; None for an aligned gap, where no linear bound exists.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [(0, 0), (0, 0), (1, 0), (2, 1)])
    >>> [bound and bound.divisor for bound in gap_bounds(data)]
    [RootSum(terms=(1,)), RootSum(terms=(1,)), RootSum(terms=(1,))]
    """
    ends: list[Vector | None] = [None, *kinks(data), None]
    for gap, length in enumerate(data.gaps):
        divisor = _divisor(ends[gap], ends[gap + 1])
        yield GapBound(gap, length, divisor) if divisor else None


def _divisor(left: Vector | None, right: Vector | None) -> tuple[fmpq, ...]:
    """The divisor of a gap from the kinks at its ends, None standing for an end of the data; empty if it is 0.

    As the signed squares of one or two roots.
    """
    if left is None and right is None:
        return (fmpq(16),)
    if left is None or right is None:
        inner = right if left is None else left
        assert inner is not None
        # 1 / (3 - 2 sqrt 2) = 3 + sqrt 8
        return (fmpq(1),) if any(inner) else (fmpq(9), fmpq(8))
    if any(left) and any(right):
        inner_product = dot(left, right)
        square = inner_product * inner_product / (squared_length(left) * squared_length(right))
        signed = sign(inner_product) * square
        return () if signed == 1 else (fmpq(1), -signed)
    return (fmpq(4),) if any(left) or any(right) else (fmpq(64),)


def excess(data: Dataset, f: LinearSpline) -> RootSum:
    """R(f) - min R, exact.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> excess(data, connect_the_dots(data))
    RootSum(terms=())
    """
    return f.path_cost() - optimal_cost(data)


def within(deviation_squared: fmpq, divisor: RootSum, reach: fmpq, e: RootSum) -> bool:
    """Whether |deviation| * divisor <= reach * e, decided exactly.

    >>> within(fmpq(1), RootSum.of_rational(1), fmpq(2), RootSum.of_rational(1))
    True
    """
    return RootSum([deviation_squared * term for term in divisor.terms]) <= e.scaled(reach)


def violations(data: Dataset, f: LinearSpline) -> Iterator[str]:
    """Where an interpolating f is farther from f_D than statement S allows, in words; nothing if the statement is true.

    f - f_D vanishes at the data points and is linear between knots, so inside a gap it is largest at a knot. Beyond
    the data |f - f_D| over the distance is a convex function of 1 / distance between two knots, so it is largest at a
    knot or in the limit, where it is the difference of the slopes.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> list(violations(data, connect_the_dots(data)))
    []
    """
    e, optimum = excess(data, f), connect_the_dots(data)
    x_first, x_last = data.points[0], data.points[-1]
    bounds, one = list(gap_bounds(data)), RootSum.of_rational(1)
    for x, here, there in zip(f.knots, f.values_at(f.knots), optimum.values_at(f.knots), strict=True):
        deviation = squared_length(subtract(here, there))
        if x_first <= x < x_last:
            bound = bounds[bisect_right(data.points, x) - 1]
            fits = bound is None or within(deviation, bound.divisor, bound.length, e)
        else:
            fits = within(deviation, one, max(x_first - x, x - x_last), e)
        if not fits:
            yield f"at x = {x}"
    for side, here, there in zip(("left", "right"), end_slopes(f), end_slopes(optimum), strict=True):
        if not within(squared_length(subtract(here, there)), one, fmpq(1), e):
            yield f"far to the {side}"


def end_slopes(f: LinearSpline) -> tuple[Vector, Vector]:
    """The slopes left and right of all knots.

    >>> end_slopes(LinearSpline((0,), (0,), ('3/2',), ((2,),)))
    ((0,), (2,))
    """
    right = f.slope
    for kink in f.kinks:
        right = add(right, kink)
    return f.slope, right
