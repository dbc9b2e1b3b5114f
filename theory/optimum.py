"""Connect-the-dots, its slopes and its kinks: the optimal value (A)."""

from collections.abc import Sequence
from itertools import accumulate, compress, pairwise

from flint import fmpq

from . import stencil
from .dataset import Dataset
from .numbers import Vector
from .root_sum import RootSum
from .spline import LinearSpline
from .vectors import add, column, is_zero_vector, scale, squared_length, subtract


def slopes(data: Dataset) -> tuple[Vector, ...]:
    """s_i = (y_{i+1} - y_i) / h_i, N - 1 vectors.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> slopes(data)
    ((0,), (1,), (2,))
    """
    x, columns = data.points, [column(data.labels, task) for task in range(data.tasks)]
    return tuple(zip(*[map(stencil.slope, x, x[1:], y, y[1:]) for y in columns], strict=True))


def kinks(data: Dataset) -> tuple[Vector, ...]:
    """d_j = s_j - s_{j-1} at the interior points, N - 2 vectors; entry j belongs to point j + 1 counted from 0.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> kinks(data)
    ((1,), (1,))
    """
    return changes(slopes(data))


def changes(all_slopes: Sequence[Vector]) -> tuple[Vector, ...]:
    """The kinks between consecutive slopes.

    >>> changes([(fmpq(0),), (fmpq(1),), (fmpq(3),)])
    ((1,), (2,))
    """
    return tuple([tuple(map(stencil.kink, left, right)) for left, right in pairwise(all_slopes)])


def connect_the_dots(data: Dataset) -> LinearSpline:
    """f_D, the linear spline through the data, extended linearly outside; always optimal (statement A).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> connect_the_dots(data)
    LinearSpline(slope=(0,), offset=(0,), knots=(1, 2), kinks=((1,), (1,)))
    """
    first, *_ = all_slopes = slopes(data)
    return with_kinks(data, first, changes(all_slopes))


def with_kinks(data: Dataset, first_slope: Vector, all_kinks: Sequence[Vector]) -> LinearSpline:
    """The spline through the first data point with the given first slope and kinks at the interior points.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> with_kinks(data, (fmpq(0),), [(fmpq(1),), (fmpq(1),)]) == connect_the_dots(data)
    True
    """
    offset = subtract(data.labels[0], scale(data.points[0], first_slope))
    bent, knots = list(map(any, all_kinks)), data.points[1:-1]
    return LinearSpline(first_slope, offset, tuple(compress(knots, bent)), tuple(compress(all_kinks, bent)))


def from_kinks(x: Sequence[fmpq], all_kinks: Sequence[Vector], slope: Vector, first: Vector) -> Dataset:
    """The dataset on the N points x with the given N - 2 kinks, first slope and first label.

    >>> from_kinks([fmpq(0), fmpq(1), fmpq(3)], [(fmpq(2),)], (fmpq(1),), (fmpq(0),)).labels
    ((0,), (1,), (7,))
    """
    all_slopes = accumulate(all_kinks, add, initial=slope)
    rises = [scale(right - left, s) for (left, right), s in zip(pairwise(x), all_slopes, strict=True)]
    return Dataset(tuple(x), tuple(accumulate(rises, add, initial=first)))


def cost_squares(data: Dataset) -> tuple[fmpq, ...]:
    """|d_j|^2 of the nonzero kinks in the order of the points; the optimal cost is the sum of their roots.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> cost_squares(data)
    (1, 1)
    """
    return tuple([squared_length(d) for d in kinks(data) if not is_zero_vector(d)])


def optimal_cost(data: Dataset) -> RootSum:
    """min R = sum_j |d_j|, exact (statement A); merging roots makes this slower than linear on long data.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> optimal_cost(data)
    RootSum(terms=(4,))
    """
    return RootSum(cost_squares(data))


def through(data: Dataset, g: LinearSpline) -> LinearSpline:
    """g plus the connect-the-dots interpolant of what g misses: an interpolant that keeps g's knots in the gaps.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> through(data, LinearSpline((1,), (5,), (), ())) == connect_the_dots(data)
    True
    """
    missed = tuple([subtract(y, value) for y, value in zip(data.labels, g.values_at(data.points), strict=True)])
    return g + connect_the_dots(Dataset(data.points, missed))
