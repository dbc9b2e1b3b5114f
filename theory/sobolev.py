"""The Sobolev side: connect-the-dots as a minimum-norm interpolant on [x_1, x_N] (statement F).

Each coordinate lives in H^1 with <f, g> = f(x_1) g(x_1) + the integral of f' g', whose kernel is
k(x, x') = 1 + min(x, x') - x_1. The Gram matrix is K = L diag(1, h_1, ..., h_{N-1}) L^T with L the lower-triangular
ones, so K^-1 is applied by taking differences: nothing here is larger than linear in N.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from operator import ne as differ
from operator import sub as minus
from operator import truediv as over

from flint import arb, ctx, fmpq

from . import stencil
from .dataset import Dataset
from .enclosure import Enclosure
from .numbers import ZERO, Vector
from .spline import LinearSpline
from .vectors import column


def solve_gram(gaps: Vector, values: Sequence[fmpq]) -> tuple[fmpq, ...]:
    """K^-1 values, by the bidiagonal factors: differences, division by (1, h_1, ...), differences from the right.

    >>> solve_gram((fmpq(1), fmpq(1), fmpq(1)), (fmpq(0), fmpq(0), fmpq(1), fmpq(3)))
    (0, -1, -1, 2)
    """
    middle = [values[0], *map(over, map(minus, islice(values, 1, None), values), gaps)]
    return (*map(minus, middle, islice(middle, 1, None)), middle[-1])


def kernel_coefficients(data: Dataset) -> tuple[Vector, ...]:
    """alpha = K^-1 y, one vector of length N per task: the interpolant is sum_i alpha_i k(., x_i).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> kernel_coefficients(data)
    ((0, -1, -1, 2),)
    """
    gaps = data.gaps
    return tuple([solve_gram(gaps, column(data.labels, task)) for task in range(data.tasks)])


def is_minimum_norm(f: LinearSpline, points: Vector, coefficients: Sequence[Vector]) -> bool:
    """Whether f is the interpolant sum_i alpha_i k(., x_i) on [x_1, x_N], for one vector alpha per task.

    Both are continuous. So they are equal iff f has no knot inside a gap, on every gap the same slope, and at x_2 the
    same value. On the gap right of x_i the sections k(., x_j) with j <= i are constant and the others have slope 1.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> is_minimum_norm(connect_the_dots(data), data.points, kernel_coefficients(data))
    True
    """
    bends = f.bends_among(points)
    first, last = bends.at[0], bends.at[-1]
    if last - first >= len(points) or any(len(alpha) != len(points) for alpha in coefficients):
        return False
    at_first, at_second = (stencil.kernel(x, points[0]) for x in points[:2])
    for alpha, kinks, slope, value in zip(coefficients, bends.columns(), f.slope, f(points[1]), strict=True):
        # Behind the first entry, the whole sum: what is left of it right of x_1, of x_2, ..., of x_{N-1}.
        _, *rising = accumulate(alpha[:-1], minus, initial=sum(alpha, ZERO))
        slopes = islice(accumulate(kinks, initial=slope), first + 1, last + 1)
        if value != alpha[0] * at_first + rising[0] * at_second or any(map(differ, rising, slopes)):
            return False
    return True


def norm_terms(data: Dataset, all_slopes: Sequence[Vector]) -> Iterator[list[fmpq]]:
    """For each task y_1^2, then h_i s_i^2 for every gap: the terms of the squared norm of f_D.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> list(norm_terms(data, slopes(data)))
    [[0, 0, 1, 4]]
    """
    gaps = data.gaps
    for task, y in enumerate(data.labels[0]):
        yield [y * y, *map(stencil.energy, gaps, column(all_slopes, task))]


def enclosed_total(terms: Iterable[fmpq], bits: int = 96) -> Enclosure:
    """An enclosure of the sum of nonnegative terms of relative width about 2^-bits, in linear time.

    >>> enclosed_total([fmpq(1, 2), fmpq(1, 3)]).contains(fmpq(5, 6))
    True
    """
    with ctx.workprec(bits + 32):
        return Enclosure.from_ball(sum(map(arb, terms), arb(0)))
