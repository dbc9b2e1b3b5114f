"""How steep functions are (Y), and how far from connect-the-dots a Lipschitz function can be (Z)."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from flint import fmpq

from .dataset import Dataset
from .numbers import Vector, rational
from .optimum import connect_the_dots, slopes
from .root_sum import RootSum
from .solution_set import another_optimum, sparsest_optimum
from .spline import LinearSpline
from .stability import end_slopes, within
from .stencil import largest_error, lipschitz_square, turning_share
from .vectors import add, dot, scale, squared_length, subtract


def _skew(v: Vector) -> fmpq:
    """max(|v|_inf, |<(1, -2, 3, ...), v>|), a norm that treats no two coordinates alike."""
    weights = tuple([fmpq((-1) ** t * (t + 1)) for t in range(len(v))])
    return max([abs(dot(weights, v)), *map(abs, v)])


NORMS: dict[str, Callable[[Vector], fmpq]] = {
    "the squared Euclidean norm": squared_length,
    "l1": lambda v: sum(map(abs, v), fmpq(0)),
    "l-infinity": lambda v: max(map(abs, v)),
    "max(l-infinity, |<(1, -2, 3, ...), v>|)": _skew,
}
"""Norms that order slopes exactly; the Euclidean one by its square."""


def piece_slopes(f: LinearSpline) -> tuple[Vector, ...]:
    """The slopes of f between its knots, from left to right; one more than there are knots.

    >>> piece_slopes(LinearSpline((0,), (0,), (1, 2), ((1,), (2,))))
    ((0,), (1,), (3,))
    """
    return tuple(accumulate(f.kinks, add, initial=f.slope))


def steepest(of: Iterable[Vector], norm: Callable[[Vector], fmpq] = squared_length) -> fmpq:
    """The largest norm of some slopes; the square of the Euclidean one unless another is given.

    >>> steepest([(fmpq(3), fmpq(4)), (fmpq(5), fmpq(1))])
    26
    """
    return max(map(norm, of))


def lipschitz_squared(f: LinearSpline) -> fmpq:
    """L^2, L the Euclidean Lipschitz constant of f on R: its steepest piece.

    >>> lipschitz_squared(LinearSpline((-3,), (0,), (0,), ((5,),)))
    9
    """
    return steepest(piece_slopes(f))


def strays(data: Dataset, g: LinearSpline) -> Iterator[str]:
    """Where connect-the-dots or another optimum is farther from g than statement Z allows; g goes through the data.

    Between two knots the squared distance is convex and its bound concave, so it is enough to look at the knots.
    Nothing if the statement is true.

    >>> data = Dataset.from_fractions([0, 1, 2], [0, 1, 0])
    >>> list(strays(data, connect_the_dots(data)))
    []
    """
    square, dots = lipschitz_squared(g), connect_the_dots(data)
    yield from _strays_inside(data, g, dots, square, fmpq(1))
    for f in {another_optimum(data), sparsest_optimum(data)} - {dots, None}:
        if f is not None:
            yield from _strays_inside(data, g, f, square, fmpq(2))
    yield from _strays_outside(data, g, dots, square)


def _strays_inside(data: Dataset, g: LinearSpline, f: LinearSpline, square: fmpq, times: fmpq) -> Iterator[str]:
    first, last = data.points[0], data.points[-1]
    places = sorted({t for t in (*f.knots, *g.knots) if first < t < last})
    all_slopes, points = slopes(data), data.points
    for x, here, there in zip(places, f.values_at(places), g.values_at(places), strict=True):
        gap = bisect_right(points, x) - 1
        h, slope = data.gaps[gap], all_slopes[gap]
        distance = squared_length(subtract(here, there))
        bound = lipschitz_square(square, squared_length(slope), (x - points[gap]) / h, h)
        if distance > times * times * bound:
            yield f"at x = {x}, where the squared distance is {distance}, the bound {times * times * bound}"
        elif data.tasks == 1 and times == 1 and square:
            # One task: L is rational, and the distance itself has a bound of its own.
            largest = largest_error(steepest(piece_slopes(g), lambda v: abs(v[0])), slope[0], h)
            if distance > largest * largest:
                yield f"at x = {x}, where the distance is more than {largest}"


def _strays_outside(data: Dataset, g: LinearSpline, dots: LinearSpline, square: fmpq) -> Iterator[str]:
    """Beyond the data: |f_D - g| <= (L + |s|) distance, at the knots and in the limit."""
    first, last = data.points[0], data.points[-1]
    one, both = RootSum.of_rational(1), slopes(data)
    places = [t for t in g.knots if t < first or t > last]
    for x, here, there in zip(places, dots.values_at(places), g.values_at(places), strict=True):
        allowed = RootSum([square, squared_length(both[0] if x < first else both[-1])])
        if not within(squared_length(subtract(here, there)), one, max(first - x, x - last), allowed):
            yield f"at x = {x}"
    ends = zip(("left", "right"), end_slopes(dots), end_slopes(g), (both[0], both[-1]), strict=True)
    for side, here, there, slope in ends:
        allowed = RootSum([square, squared_length(slope)])
        if not within(squared_length(subtract(here, there)), one, fmpq(1), allowed):
            yield f"far to the {side}"


def farthest(data: Dataset, gap: int) -> tuple[LinearSpline, fmpq]:
    """A Lipschitz function through the data that is as far from connect-the-dots on a gap as Z allows, and where.

    gap: its left point, counted from 0. T >= 2: two pieces s + w and s - w with w orthogonal to s, farthest at the
    middle. T = 1: two pieces of slope L and -L. L is at least the largest |s_i|.

    >>> g, x = farthest(Dataset.from_fractions([0, 2], [(0, 0), (0, 2)]), 0)
    >>> g(x), lipschitz_squared(g)
    ((-1, 1), 2)
    """
    all_slopes = slopes(data)
    slope, h, left = all_slopes[gap], data.gaps[gap], data.points[gap]
    before: Vector
    after: Vector
    if data.tasks == 1:
        constant = steepest(all_slopes, lambda v: abs(v[0])) + 1
        before, after, share = (constant - slope[0],), (-constant - slope[0],), turning_share(constant, slope[0])
    else:
        across, times = _orthogonal(slope), fmpq(1)
        while squared_length(slope) + times * times * squared_length(across) < steepest(all_slopes):
            times *= 2
        before, after, share = scale(times, across), scale(-times, across), rational("1/2")
    knots = [(left, before), (left + share * h, subtract(after, before)), (left + h, scale(fmpq(-1), after))]
    return connect_the_dots(data).bent(knots), left + share * h


def _orthogonal(v: Vector) -> Vector:
    """A nonzero vector orthogonal to v, in T >= 2 coordinates."""
    rest = (fmpq(0),) * (len(v) - 2)
    return (-v[1], v[0], *rest) if v[0] or v[1] else (fmpq(1), fmpq(0), *rest)


def unattained(data: Dataset) -> Iterator[str]:
    """The gaps on which `farthest` does not reach the bound of Z exactly; none if the statement is true.

    >>> list(unattained(Dataset.from_fractions([0, 1, 3], [(0, 0), (1, 2), (0, 1)])))
    []
    """
    dots, all_slopes = connect_the_dots(data), slopes(data)
    for gap, (slope, h) in enumerate(zip(all_slopes, data.gaps, strict=True)):
        g, x = farthest(data, gap)
        distance = squared_length(subtract(dots(x), g(x)))
        square = lipschitz_squared(g)
        if data.tasks == 1:
            reached = largest_error(steepest(piece_slopes(g), lambda v: abs(v[0])), slope[0], h)
            bound = reached * reached
        else:
            bound = lipschitz_square(square, squared_length(slope), fmpq(1, 2), h)
        if distance != bound or not g.interpolates(data.points, data.labels):
            yield f"on gap {gap} the squared distance {distance} is not the bound {bound}"
