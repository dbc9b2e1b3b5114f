"""All optima: merging (J), the sparsest (K) and how far they reach (L)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq

from . import stencil
from .alignment import Run, runs, runs_of
from .dataset import Dataset
from .numbers import ExactRepr, Vector, canonicalise, is_zero
from .optimum import connect_the_dots, kinks
from .spline import LinearSpline
from .vectors import add, scale, squared_length

Knot = tuple[fmpq, Vector]


def ratio(u: Vector, v: Vector) -> fmpq:
    """The c with v = c u, for parallel u != 0.

    >>> ratio((fmpq(1), fmpq(2)), (fmpq(3), fmpq(6)))
    3
    """
    pivot = next(index for index, entry in enumerate(u) if not is_zero(entry))
    return v[pivot] / u[pivot]


def aligned_gaps(found: Sequence[Run]) -> Iterator[int]:
    """The gaps (i, i + 1), counted by their left point, whose ends carry aligned kinks: the gaps inside runs.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> list(aligned_gaps(runs(data)))
    [1]
    """
    for run in found:
        yield from range(run.first, run.last)


def merge(data: Dataset, all_kinks: Sequence[Vector], point: int) -> Knot:
    """The one knot that replaces the aligned kinks at `point` and `point` + 1 at equal cost (statement J).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> merge(data, kinks(data), 1)
    (3/2, (2,))
    """
    u, v = all_kinks[point - 1], all_kinks[point]
    return stencil.merged_knot(data.points[point], data.points[point + 1], ratio(u, v)), add(u, v)


def _with_merged(data: Dataset, merged_points: Sequence[int]) -> LinearSpline:
    """Connect-the-dots with the kinks at each given point and its successor replaced by their merged knot."""
    all_kinks = kinks(data)
    replaced = {p for point in merged_points for p in (point, point + 1)}
    kept = [(data.points[i], all_kinks[i - 1]) for i in range(1, data.size - 1) if i not in replaced]
    base = connect_the_dots(data)
    return LinearSpline.from_knots(
        base.slope, base.offset, kept + [merge(data, all_kinks, point) for point in merged_points]
    )


def another_optimum(data: Dataset) -> LinearSpline | None:
    """An optimum other than connect-the-dots (its first aligned pair merged), or None where it is unique (B, J).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> another_optimum(data)
    LinearSpline(slope=(0,), offset=(0,), knots=('3/2',), kinks=((2,),))
    """
    gap = next(aligned_gaps(runs(data)), None)
    return None if gap is None else _with_merged(data, [gap])


def sparsest_optimum(data: Dataset) -> LinearSpline:
    """An optimum with the fewest active neurons: in each run the kinks are merged pair by pair (statement K).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> sparsest_optimum(data).width
    1
    """
    return _with_merged(data, [point for run in runs(data) for point in range(run.first, run.last, 2)])


def sparsest_width(found: Sequence[Run]) -> int:
    """K*, the fewest active neurons of any optimum: the sum of ceil(m / 2) over all runs (statement K).

    >>> sparsest_width([Run(1, 3), Run(5, 5)])
    3
    """
    return sum([(run.length + 1) // 2 for run in found])


def sparsest_is_unique(found: Sequence[Run]) -> bool:
    """Whether one function only has K* knots: every run has length 1 or even length (statement K).

    >>> sparsest_is_unique([Run(1, 3), Run(5, 5)])
    False
    """
    return all(run.length == 1 or run.length % 2 == 0 for run in found)


def sparsest_dimension(found: Sequence[Run]) -> int:
    """The dimension of the set of sparsest optima: the number of odd runs of length 3 and more (statement K).

    >>> sparsest_dimension([Run(1, 3), Run(5, 5)])
    1
    """
    return sum([run.length >= 3 and run.length % 2 == 1 for run in found])


@dataclass(frozen=True, slots=True, repr=False)
class Tent(ExactRepr):
    """How far the optima reach in one aligned gap (statement L).

    gap: its left point, counted from 0; at: t*, where they reach farthest; descent: the farthest optimum there is
    f_D(t*) - descent. |descent| is the height of the tent; its square is rational.
    """

    gap: int
    at: fmpq
    descent: Vector

    def __post_init__(self) -> None:
        canonicalise(self, "at", "descent")

    @property
    def height_squared(self) -> fmpq:
        """|descent|^2."""
        return squared_length(self.descent)


def tents(data: Dataset, all_kinks: Sequence[Vector], found: Sequence[Run]) -> Iterator[Tent]:
    """The tents over all aligned gaps, left to right; `all_kinks` and `found` are those of the dataset.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> list(tents(data, kinks(data), runs(data)))
    [Tent(gap=1, at='3/2', descent=('1/2',))]
    """
    for gap in aligned_gaps(found):
        left, right = data.points[gap], data.points[gap + 1]
        u = all_kinks[gap - 1]
        c = ratio(u, all_kinks[gap])
        height = stencil.tent_height(right - left, c)
        yield Tent(gap, stencil.merged_knot(left, right, c), scale(height, u))


def radius(data: Dataset) -> Tent | None:
    """The tallest tent, the first of equals: the sup-norm radius of the optimal set around f_D; None if unique (L).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> radius(data).height_squared
    1/4
    """
    all_kinks = kinks(data)
    return max(tents(data, all_kinks, runs_of(all_kinks)), key=lambda tent: tent.height_squared, default=None)


def reach(data: Dataset, x: fmpq) -> Vector:
    """g(x) u of statement L: at x the optima take exactly the values f_D(x) - theta g(x) u, 0 <= theta <= 1.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> reach(data, fmpq(3, 2))
    (1/2,)
    """
    all_kinks = kinks(data)
    for gap in aligned_gaps(runs_of(all_kinks)):
        left, right = data.points[gap], data.points[gap + 1]
        if left < x < right:
            u = all_kinks[gap - 1]
            c = ratio(u, all_kinks[gap])
            height = min(stencil.tent_rising(x, left), stencil.tent_falling(x, right, c))
            return scale(height, u)
    return scale(fmpq(0), data.labels[0])
