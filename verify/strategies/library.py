"""Hypothesis strategies for exact datasets, interpolants, networks and optima, for anyone's tests.

Datasets: `generic_datasets`, `grid_datasets`, `one_hot_datasets`, `planted_datasets` (runs), `near_datasets` (at a
chosen distance from a non-unique one), `extreme_datasets` (magnitudes); `datasets` mixes the ordinary kinds. Functions:
`interpolants` of a dataset, `optima` of one, `splines` and `free_networks` beside none; `networks` that compute a given
spline with redundant, dead and unbalanced neurons; `non_unique_with_optima` for both together. `as_lists` turns any of
these into plain lists of fractions. `hypothesis.strategies.from_type` knows the types (see `from_type`).

Everything drawn is exact. All strategies shrink to few points at 0, 1, 2, ..., few tasks and small integer labels, so
that a shrunk counterexample reads like one from a textbook.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

from flint import fmpq
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ...theory.dataset import Dataset
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import RationalLike, Vector, is_zero, rational, sign
from ...theory.optimum import is_unique, kinks, runs_of, slopes, through
from ...theory.solution_set import aligned_gaps, ratio
from ...theory.spline import LinearSpline
from ...theory.vectors import add, scale, subtract, zero

GAPS = tuple([fmpq(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (5, 2), (7, 1))])
POSITIVE = tuple([fmpq(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 1), (2, 3))])
PARTS = tuple([fmpq(p, q) for p, q in ((0, 1), (1, 1), (1, 2), (1, 3), (3, 4))])
PLACES = tuple([fmpq(p, q) for p, q in ((1, 2), (1, 100), (99, 100), (29, 70), (41, 70))])
SIZES = tuple([fmpq(1, 10**power) for power in (0, 6)])
POWERS = (20, -20, 100, -100, 300, -300)
UNEVEN_GAPS = tuple([fmpq(10) ** power for power in (0, 6, -6, 12, -12)])
DIRECTIONS: dict[int, list[tuple[int, ...]]] = {
    1: [(1,), (-1,)],
    2: [(1, 0), (0, 1), (3, 4), (1, -1), (-1, 2)],
    3: [(1, 0, 0), (0, 0, 1), (1, 2, 2), (1, -1, 1), (-2, 0, 1)],
}


def rationals(bound: int = 9) -> SearchStrategy[fmpq]:
    """Integers and small fractions of size at most `bound`, shrinking to 0, then to small integers."""
    integers = st.integers(-bound, bound).map(fmpq)
    return integers | st.builds(fmpq, st.integers(-bound, bound), st.integers(2, 5))


def vectors(tasks: int, bound: int = 9) -> SearchStrategy[Vector]:
    """Vectors of Q^tasks, shrinking to 0."""
    return st.tuples(*[rationals(bound)] * tasks)


_FIRST = st.integers(-2, 2).map(fmpq)


@st.composite
def points(draw: DrawFn, size: int) -> tuple[fmpq, ...]:
    """`size` increasing points with small rational gaps, shrinking to 0, 1, 2, ..."""
    first = draw(_FIRST)
    gaps = [draw(st.sampled_from(GAPS)) for _ in range(size - 1)]
    return tuple(accumulate(gaps, initial=first))


def _rows(label: SearchStrategy[Any], smallest: int, largest: int) -> SearchStrategy[list[tuple[fmpq, Any]]]:
    """Labels, each with the gap before it: Hypothesis shortens a list best where both go at once."""
    return st.lists(st.tuples(st.sampled_from(GAPS), label), min_size=smallest, max_size=largest)


def _placed(first: fmpq, rows: Sequence[tuple[fmpq, Any]]) -> tuple[fmpq, ...]:
    """The points: the first one, then one after each gap but that of the first row."""
    return tuple(accumulate([gap for gap, _ in rows[1:]], initial=first))


@st.composite
def generic_datasets(draw: DrawFn, smallest: int = 2, tasks: tuple[int, ...] = (1, 2, 3)) -> Dataset:
    """Rational points and labels without any structure: for T >= 2 almost always unique."""
    # Drawn for the most tasks and cut, so that one choice alone decides about T when Hypothesis shrinks.
    width = draw(st.sampled_from(tasks))
    rows = draw(_rows(vectors(max(tasks)), smallest, 7))
    return Dataset(_placed(draw(_FIRST), rows), tuple([label[:width] for _, label in rows]))


@st.composite
def grid_datasets(draw: DrawFn, smallest: int = 2, tasks: tuple[int, ...] = (1, 2, 3)) -> Dataset:
    """Integer labels in -2..2 on 0, 1, 2, ...: zero kinks and aligned ones are frequent."""
    width = draw(st.sampled_from(tasks))
    labels = draw(st.lists(st.tuples(*[st.integers(-2, 2).map(fmpq)] * max(tasks)), min_size=smallest, max_size=8))
    return Dataset(tuple(map(fmpq, range(len(labels)))), tuple([label[:width] for label in labels]))


@st.composite
def one_hot_datasets(draw: DrawFn, smallest: int = 2) -> Dataset:
    """Labels e_1, ..., e_T, T <= 4: the classification labels of statement P."""
    width = draw(st.integers(1, 4))
    rows = draw(_rows(st.integers(0, width - 1), smallest, 8))
    labels = [tuple([fmpq(hot == t) for t in range(width)]) for _, hot in rows]
    return Dataset(_placed(draw(_FIRST), rows), tuple(labels))


def from_kinks(x: Sequence[fmpq], all_kinks: Sequence[Vector], slope: Vector, first: Vector) -> Dataset:
    """The dataset on the points x with the given kinks, first slope and first label."""
    all_slopes = accumulate(all_kinks, add, initial=slope)
    gaps = [right - left for left, right in pairwise(x)]
    labels = accumulate([scale(h, s) for h, s in zip(gaps, all_slopes, strict=True)], add, initial=first)
    return Dataset(tuple(x), tuple(labels))


@st.composite
def planted_datasets(draw: DrawFn, *, non_unique: bool = False, tasks: tuple[int, ...] = (1, 2, 3)) -> Dataset:
    """Kinks drawn as runs of aligned vectors, broken by zero kinks and by turns; at least one long run if asked."""
    width = draw(st.sampled_from(tasks))
    runs = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    if non_unique and max(runs) < 2:
        runs[0] = 2
    all_kinks: list[Vector] = []
    for length in runs:
        direction = tuple(map(fmpq, draw(st.sampled_from(DIRECTIONS[width]))))
        all_kinks += [scale(draw(st.sampled_from(POSITIVE)), direction) for _ in range(length)] or [zero(width)]
    size = len(all_kinks) + 2
    return from_kinks(draw(points(size)), all_kinks, draw(vectors(width, 2)), draw(vectors(width, 2)))


def near_datasets(
    distance: RationalLike | None = None, *, tasks: tuple[int, ...] = (2, 3)
) -> SearchStrategy[tuple[Dataset, Dataset]]:
    """A unique dataset with a non-unique one whose labels are at exactly this Euclidean distance; T >= 2.

    distance: a positive rational; 10^-1 to 10^-40 is drawn if None. The unique dataset is the other one with one
    coordinate of one label moved, so its margin is at most the distance. ValueError if a task number is below 2: for
    one task small moves leave aligned kinks aligned.
    """
    if min(tasks) < 2:
        raise ValueError("near a dataset with aligned kinks unique ones exist for T >= 2 only")
    if distance is not None and sign(rational(distance)) <= 0:
        raise ValueError(f"a distance is positive, not {distance}")
    tiny = st.integers(1, 40).map(lambda power: fmpq(1, 10**power))
    return _near(tiny if distance is None else st.just(rational(distance)), tasks)


@st.composite
def _near(draw: DrawFn, steps: SearchStrategy[fmpq], tasks: tuple[int, ...]) -> tuple[Dataset, Dataset]:
    width = draw(st.sampled_from(tasks))
    choices = st.sampled_from(DIRECTIONS[width]).map(lambda v: tuple(map(fmpq, v)))
    u = draw(choices)
    others = st.lists(choices, max_size=2)
    before, after = draw(others), draw(others)
    all_kinks = [*before, u, scale(draw(st.sampled_from(POSITIVE)), u), *after]
    data = from_kinks(draw(points(len(all_kinks) + 2)), all_kinks, draw(vectors(width, 2)), draw(vectors(width, 2)))
    # The first of the four labels moves: the minor with a coordinate in which u has another entry becomes nonzero.
    task = next(k for k in range(width) if any(u[:k] + u[k + 1 :]))
    moved = with_label_moved(data, len(before), task, draw(steps) * draw(st.sampled_from((1, -1))))
    assume(is_unique(moved))
    return moved, data


def with_label_moved(data: Dataset, point: int, task: int, step: fmpq) -> Dataset:
    """The dataset with one coordinate of one label moved."""
    moved = tuple([y + step * (k == task) for k, y in enumerate(data.labels[point])])
    return Dataset(data.points, (*data.labels[:point], moved, *data.labels[point + 1 :]))


@st.composite
def extreme_datasets(draw: DrawFn) -> Dataset:
    """Points and labels of sizes from 10^-300 to 10^300, or gaps from 10^-12 to 10^12 in one dataset."""
    data = draw(datasets())
    if draw(st.booleans()):
        x = tuple(accumulate([draw(st.sampled_from(UNEVEN_GAPS)) for _ in data.gaps], initial=data.points[0]))
        return from_kinks(x, kinks(data), slopes(data)[0], data.labels[0])
    along, across = (fmpq(10) ** draw(st.sampled_from(POWERS)) for _ in range(2))
    return Dataset(scale(along, data.points), tuple([scale(across, label) for label in data.labels]))


def datasets() -> SearchStrategy[Dataset]:
    """All kinds of datasets together, but for those with extreme numbers."""
    return grid_datasets() | planted_datasets() | one_hot_datasets() | generic_datasets()


@st.composite
def interpolants(draw: DrawFn, data: Dataset, most_knots: int = 4) -> LinearSpline:
    """A spline through the data with rational knots anywhere, outside and at data points included.

    Any spline g plus the connect-the-dots of what it misses; every interpolating spline arises so. Shrinks to f_D.
    """
    left, right = data.points[0] - 2, data.points[-1] + 2
    part = st.builds(fmpq, st.integers(0, 24), st.just(24))
    anywhere = part.map(lambda r: left + r * (right - left)) | st.sampled_from(data.points) | rationals(99)
    knots = draw(st.lists(st.tuples(anywhere, vectors(data.tasks, 3)), max_size=most_knots) | _nudges(data))
    g = LinearSpline.from_knots(zero(data.tasks), zero(data.tasks), knots)
    return through(data, g)


@st.composite
def _nudges(draw: DrawFn, data: Dataset) -> list[tuple[fmpq, Vector]]:
    """One small kink in a gap, where interpolants of small excess are as far from f_D as they can be (statement S).

    Along a kink of the data at an end of the gap, or along an axis, either way; each kind of gap equally often.
    """
    ends: list[Vector] = [(), *kinks(data), ()]
    kinds: dict[tuple[int, int], list[int]] = {}
    for place, pair in enumerate(pairwise(ends)):
        kinds.setdefault((sum(map(bool, pair)), sum(map(any, pair))), []).append(place)
    gap = draw(st.sampled_from(draw(st.sampled_from(list(kinds.values())))))
    beside = [d for d in kinks(data)[max(gap - 1, 0) : gap + 1] if any(d)]
    axes = [tuple([fmpq(i == k) for i in range(data.tasks)]) for k in range(data.tasks)]
    size = draw(st.sampled_from(SIZES)) * draw(st.sampled_from((1, -1)))
    knot = data.points[gap] + draw(st.sampled_from(PLACES)) * data.gaps[gap]
    return [(knot, scale(size, draw(st.sampled_from(beside or axes))))]


@st.composite
def optima(draw: DrawFn, data: Dataset) -> LinearSpline:
    """An optimum of the data; every optimum with finitely many knots arises so. Shrinks to connect-the-dots.

    In each aligned gap parts p of the kink at the left end and q of that at the right are replaced, repeatedly, by one
    knot of kink p + q at (p x_j + q x_{j+1}) / (p + q): a knot's two hats say how it splits back.
    """
    all_kinks = list(kinks(data))
    base = slopes(data)[0]
    knots = []
    for gap in aligned_gaps(runs_of(all_kinks)):
        for _ in range(draw(st.integers(0, 2))):
            u, v = all_kinks[gap - 1], all_kinks[gap]
            p, q = scale(draw(st.sampled_from(PARTS)), u), scale(draw(st.sampled_from(PARTS)), v)
            if not any(p) or not any(q):
                continue
            c = ratio(p, q)
            knots.append(((data.points[gap] + c * data.points[gap + 1]) / (1 + c), add(p, q)))
            all_kinks[gap - 1], all_kinks[gap] = subtract(u, p), subtract(v, q)
    offset = subtract(data.labels[0], scale(data.points[0], base))
    return LinearSpline.from_knots(base, offset, knots + list(zip(data.points[1:-1], all_kinks, strict=True)))


@st.composite
def networks(draw: DrawFn, spline: LinearSpline) -> ReLUNetwork:
    """A network that computes the spline: neurons split, turned round (w < 0), unbalanced, and dead ones added.

    Shrinks to one neuron with w = 1 per knot.
    """
    slope, offset = spline.slope, spline.offset
    hidden = []
    for knot, kink in zip(spline.knots, spline.kinks, strict=True):
        share = draw(st.sampled_from(PARTS))
        for part in [kink] if is_zero(share) or is_zero(1 - share) else [scale(share, kink), scale(1 - share, kink)]:
            w = draw(st.sampled_from(POSITIVE)) * draw(st.sampled_from((1, -1)))
            neuron = Neuron(w, -w * knot, scale(1 / abs(w), part))
            if sign(w) < 0:
                slope, offset = subtract(slope, scale(w, neuron.v)), subtract(offset, scale(neuron.b, neuron.v))
            hidden.append(neuron)
    for _ in range(draw(st.integers(0, 1))):
        hidden.append(Neuron(fmpq(draw(st.integers(0, 1))), draw(rationals(2)), zero(spline.tasks)))
    return ReLUNetwork(tuple(hidden), slope, offset)


@st.composite
def free_networks(draw: DrawFn, tasks: int) -> ReLUNetwork:
    """Any small network with `tasks` outputs, fitting nothing in particular; dead neurons are frequent."""
    hidden = draw(st.lists(neurons(tasks), max_size=4))
    return ReLUNetwork(tuple(hidden), draw(vectors(tasks, 3)), draw(vectors(tasks, 3)))


@st.composite
def splines(draw: DrawFn, tasks: int = 1, most_knots: int = 4) -> LinearSpline:
    """Any spline R -> R^tasks with rational knots, fitting nothing in particular. Shrinks to 0."""
    knots = draw(st.lists(st.tuples(rationals(), vectors(tasks)), max_size=most_knots))
    return LinearSpline.from_knots(draw(vectors(tasks)), draw(vectors(tasks)), knots)


def neurons(tasks: int = 1) -> SearchStrategy[Neuron]:
    """One neuron with `tasks` output weights; w = 0 and v = 0 are frequent."""
    return st.builds(Neuron, rationals(3), rationals(3), vectors(tasks, 3))


def non_unique_with_optima() -> SearchStrategy[tuple[Dataset, LinearSpline]]:
    """A dataset with many optima and one of them. Shrinks to labels with kinks 1, 1 and their connect-the-dots."""
    return planted_datasets(non_unique=True).flatmap(lambda data: st.tuples(st.just(data), optima(data)))


def as_lists(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """What the strategy draws, in plain lists and tuples of `fractions.Fraction`.

    A dataset becomes (x, y) with N points and N labels of T coordinates, a spline (slope, offset, [(knot, kink), ...]),
    a network ([(w, b, v), ...], slope, offset): the arguments of `Dataset.from_fractions`, `LinearSpline.from_knots`
    and `ReLUNetwork.from_parameters`. In tuples every member is turned into lists.
    """
    return strategy.map(plain)


def plain(value: Any) -> Any:
    """A value of this package in plain lists of fractions, as described in `as_lists`."""
    match value:
        case fmpq():
            return Fraction(int(value.p), int(value.q))
        case Dataset():
            return plain_vector(value.points), [plain_vector(label) for label in value.labels]
        case LinearSpline():
            knots = [(plain(t), plain_vector(m)) for t, m in zip(value.knots, value.kinks, strict=True)]
            return plain_vector(value.slope), plain_vector(value.offset), knots
        case Neuron():
            return plain(value.w), plain(value.b), plain_vector(value.v)
        case ReLUNetwork():
            parameters = [plain(neuron) for neuron in value.neurons]
            return parameters, plain_vector(value.slope), plain_vector(value.offset)
        case tuple():
            return tuple(map(plain, value))
        case _:
            raise TypeError(f"a {type(value).__name__} has no form in plain lists")


def plain_vector(v: Vector) -> list[Fraction]:
    """The coordinates as a list of fractions."""
    return list(map(plain, v))
