"""Moving knots to data points: a descent from any interpolating spline to connect-the-dots (statement C)."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from . import stencil
from .dataset import Dataset
from .numbers import ExactRepr, Vector, canonicalise
from .spline import LinearSpline
from .vectors import add, is_zero_vector, scale, subtract

Knot = tuple[fmpq, Vector]


@dataclass(frozen=True, slots=True, repr=False)
class Move(ExactRepr):
    """One knot moved off: where it was, its kink, and the spline that results."""

    knot: fmpq
    kink: Vector
    result: LinearSpline

    def __post_init__(self) -> None:
        canonicalise(self, "knot", "kink")


def move(data: Dataset, f: LinearSpline, knot: fmpq) -> LinearSpline:
    """f with the kink at `knot` moved to the two neighbouring data points; the values at the data stay.

    A kink in a gap is split by the two hats there. What falls on x_1 or lies left of it becomes part of the line, what
    falls on x_N or lies right of it is dropped: neither changes a value at a data point. Moving a knot that is an
    interior data point changes nothing. ValueError if f does not bend at `knot`.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> f = LinearSpline((0,), (0,), ('3/2',), ((2,),))
    >>> move(data, f, fmpq(3, 2)).knots
    (1, 2)
    """
    if knot not in f.knots:
        raise ValueError(f"the function does not bend at x = {knot}")
    here = f.knots.index(knot)
    slope, offset = f.slope, f.offset
    kept = [(t, m) for t, m in zip(f.knots, f.kinks, strict=True) if t != knot]
    for place, kink in _shares(data, knot, f.kinks[here]):
        if place <= data.points[0]:
            slope, offset = add(slope, kink), subtract(offset, scale(place, kink))
        elif place < data.points[-1]:
            kept.append((place, kink))
    return LinearSpline.from_knots(slope, offset, kept)


def _shares(data: Dataset, knot: fmpq, kink: Vector) -> list[Knot]:
    if knot in data.points or not data.points[0] < knot < data.points[-1]:
        return [(knot, kink)]
    right = bisect_right(data.points, knot)
    x_left, x_right = data.points[right - 1], data.points[right]
    return [
        (x_left, scale(stencil.falling(knot, x_left, x_right), kink)),
        (x_right, scale(stencil.rising(knot, x_left, x_right), kink)),
    ]


def movable(data: Dataset, f: LinearSpline) -> tuple[fmpq, ...]:
    """The knots that are not interior data points.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> f = LinearSpline((0,), (0,), ('3/2',), ((2,),))
    >>> movable(data, f)
    (3/2,)
    """
    interior = set(data.points[1:-1])
    return tuple([knot for knot in f.knots if knot not in interior])


def descent(data: Dataset, f: LinearSpline) -> Iterator[Move]:
    """Moves of knots, left to right, until all knots are interior data points; an interpolating f ends as f_D.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> [step.knot for step in descent(data, LinearSpline((0,), (0,), ('3/2',), ((2,),)))]
    [3/2]
    """
    for knot in movable(data, f):
        kink = f.kinks[f.knots.index(knot)]
        f = move(data, f, knot)
        yield Move(knot, kink, f)


def kinks_beside(data: Dataset, f: LinearSpline, knot: fmpq) -> tuple[Vector, ...]:
    """The kinks of f, if nonzero, at the two data points around a knot strictly inside a gap.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> f = LinearSpline((0,), (0,), ('3/2',), ((2,),))
    >>> kinks_beside(data, f, fmpq(3, 2))
    ()
    """
    right = bisect_right(data.points, knot)
    at = dict(zip(f.knots, f.kinks, strict=True))
    found = [at.get(data.points[right - 1]), at.get(data.points[right])]
    return tuple([kink for kink in found if kink is not None and not is_zero_vector(kink)])
