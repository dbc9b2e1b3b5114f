"""Hypothesis strategies for exact datasets, interpolants, networks and optima, for anyone's tests.

Datasets: `generic_datasets`, `grid_datasets`, `one_hot_datasets`, `planted_datasets` (runs), `near_datasets` (at a
chosen distance from a non-unique one), `extreme_datasets` (magnitudes); `datasets` mixes the ordinary kinds. Functions:
`interpolants` of a dataset, `optima` of one, `splines` and `free_networks` beside none; `networks` that compute a given
spline with redundant, dead and unbalanced neurons; `non_unique_with_optima` for both together. `as_lists` turns any of
these into plain lists of fractions. `hypothesis.strategies.from_type` knows the types (see `from_type`).

Everything drawn is exact. All strategies shrink to few points at 0, 1, 2, ..., few tasks and small integer labels, so
that a shrunk counterexample reads like one from a textbook.
"""

from collections.abc import Iterable, Sequence
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
from ...theory.optimum import aligned, is_unique, kinks, runs_of, slopes, through
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
Tasks = int | Iterable[int]
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


def _rows(label: SearchStrategy[Any], sizes: tuple[int, int]) -> SearchStrategy[list[tuple[fmpq, Any]]]:
    """Labels, each with the gap before it: Hypothesis shortens a list best where both go at once."""
    return st.lists(st.tuples(st.sampled_from(GAPS), label), min_size=sizes[0], max_size=sizes[1])


def _placed(first: fmpq, rows: Sequence[tuple[fmpq, Any]]) -> tuple[fmpq, ...]:
    """The points: the first one, then one after each gap but that of the first row."""
    return tuple(accumulate([gap for gap, _ in rows[1:]], initial=first))


def _sizes(min_size: int, max_size: int | None, usual: int, least: int = 2) -> tuple[int, int]:
    """The bounds of N: at most `usual` unless asked for more, at least `least`; ValueError where there is no N."""
    largest = max(usual, min_size) if max_size is None else max_size
    if largest < max(min_size, least):
        raise ValueError(f"sizes from {max(min_size, least)} to {largest}: there are none")
    return max(min_size, least), largest


def _widths(tasks: Tasks, least: int = 1) -> tuple[int, ...]:
    """The numbers of tasks to choose from; ValueError if there are none, or one below `least`."""
    widths = (tasks,) if isinstance(tasks, int) else tuple(tasks)
    if not widths or min(widths) < least:
        raise ValueError(f"numbers of tasks are whole numbers from {least} on, at least one of them, not {tasks!r}")
    return widths


def _directions(tasks: int) -> SearchStrategy[Vector]:
    """A few directions: along axes, across them, opposite ones."""
    ramp = tuple(range(1, tasks + 1))
    wide = [
        (1, *[0] * (tasks - 1)),
        (*[0] * (tasks - 1), 1),
        ramp,
        tuple([(-1) ** k for k in range(tasks)]),
        (-1,) * tasks,
    ]
    return st.sampled_from(DIRECTIONS.get(tasks, wide)).map(lambda v: tuple(map(fmpq, v)))


def generic_datasets(
    min_size: int = 2, max_size: int | None = None, tasks: Tasks = (1, 2, 3)
) -> SearchStrategy[Dataset]:
    """Rational points and labels without any structure: for T >= 2 almost always unique."""
    return _generic(_sizes(min_size, max_size, 7), _widths(tasks))


@st.composite
def _generic(draw: DrawFn, sizes: tuple[int, int], widths: tuple[int, ...]) -> Dataset:
    # Drawn for the most tasks and cut, so that one choice alone decides about T when Hypothesis shrinks.
    width = draw(st.sampled_from(widths))
    rows = draw(_rows(vectors(max(widths)), sizes))
    return Dataset(_placed(draw(_FIRST), rows), tuple([label[:width] for _, label in rows]))


def grid_datasets(min_size: int = 2, max_size: int | None = None, tasks: Tasks = (1, 2, 3)) -> SearchStrategy[Dataset]:
    """Integer labels in -2..2 on 0, 1, 2, ...: zero kinks and aligned ones are frequent."""
    return _grid(_sizes(min_size, max_size, 8), _widths(tasks))


@st.composite
def _grid(draw: DrawFn, sizes: tuple[int, int], widths: tuple[int, ...]) -> Dataset:
    width = draw(st.sampled_from(widths))
    label = st.tuples(*[st.integers(-2, 2).map(fmpq)] * max(widths))
    labels = draw(st.lists(label, min_size=sizes[0], max_size=sizes[1]))
    return Dataset(tuple(map(fmpq, range(len(labels)))), tuple([label[:width] for label in labels]))


def one_hot_datasets(
    min_size: int = 2, max_size: int | None = None, tasks: Tasks = (1, 2, 3, 4)
) -> SearchStrategy[Dataset]:
    """Labels e_1, ..., e_T: the classification labels of statement P."""
    return _one_hot(_sizes(min_size, max_size, 8), _widths(tasks))


@st.composite
def _one_hot(draw: DrawFn, sizes: tuple[int, int], widths: tuple[int, ...]) -> Dataset:
    width = draw(st.sampled_from(widths))
    rows = draw(_rows(st.integers(0, width - 1), sizes))
    labels = [tuple([fmpq(hot == t) for t in range(width)]) for _, hot in rows]
    return Dataset(_placed(draw(_FIRST), rows), tuple(labels))


def from_kinks(x: Sequence[fmpq], all_kinks: Sequence[Vector], slope: Vector, first: Vector) -> Dataset:
    """The dataset on the points x with the given kinks, first slope and first label."""
    all_slopes = accumulate(all_kinks, add, initial=slope)
    gaps = [right - left for left, right in pairwise(x)]
    labels = accumulate([scale(h, s) for h, s in zip(gaps, all_slopes, strict=True)], add, initial=first)
    return Dataset(tuple(x), tuple(labels))


def planted_datasets(
    min_size: int = 3, max_size: int | None = None, tasks: Tasks = (1, 2, 3), *, non_unique: bool = False
) -> SearchStrategy[Dataset]:
    """Kinks drawn as runs of aligned vectors, broken by zero kinks and by turns; at least one long run if asked.

    non_unique: at least one run is longer than 1, so that N >= 4.
    """
    return _planted(_sizes(min_size, max_size, 14, least=4 if non_unique else 3), _widths(tasks), non_unique)


@st.composite
def _planted(draw: DrawFn, sizes: tuple[int, int], widths: tuple[int, ...], non_unique: bool) -> Dataset:
    width = draw(st.sampled_from(widths))
    fewest, most = sizes[0] - 2, sizes[1] - 2
    lengths = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    # The long run comes first, so that the simplest draw already has all the points it needs and shrinks as such.
    if non_unique and max(lengths) < 2:
        lengths[0] = 2
    while sum(max(length, 1) for length in lengths) < fewest:
        lengths.append(draw(st.integers(0, 4)))
    if non_unique:
        _bring_forward(lengths, most)
    all_kinks: list[Vector] = []
    for length in lengths:
        direction = draw(_directions(width))
        all_kinks += [scale(draw(st.sampled_from(POSITIVE)), direction) for _ in range(length)] or [zero(width)]
    kept = all_kinks[:most]
    return from_kinks(draw(points(len(kept) + 2)), kept, draw(vectors(width, 2)), draw(vectors(width, 2)))


def _bring_forward(lengths: list[int], most: int) -> None:
    """Put the first long run in front where only so many kinks are kept and it would be cut."""
    long = next(place for place, length in enumerate(lengths) if length > 1)
    if sum(max(length, 1) for length in lengths[:long]) + 2 > most:
        lengths.insert(0, lengths.pop(long))


def near_datasets(
    distance: RationalLike | None = None, *, min_size: int = 4, max_size: int | None = None, tasks: Tasks = (2, 3)
) -> SearchStrategy[tuple[Dataset, Dataset]]:
    """A unique dataset with a non-unique one whose labels are at exactly this Euclidean distance; N >= 4, T >= 2.

    distance: a positive rational; 10^-1 to 10^-40 is drawn if None. The unique dataset is the other one with one
    coordinate of one label moved, so its margin is at most the distance. ValueError if a task number is below 2: for
    one task small moves leave aligned kinks aligned.
    """
    widths = _widths(tasks)
    if min(widths) < 2:
        raise ValueError("near a dataset with aligned kinks unique ones exist for T >= 2 only")
    if distance is not None and sign(rational(distance)) <= 0:
        raise ValueError(f"a distance is positive, not {distance}")
    tiny = st.integers(1, 40).map(lambda power: fmpq(1, 10**power))
    steps = tiny if distance is None else st.just(rational(distance))
    return _near(steps, _sizes(min_size, max_size, 8, least=4), widths)


@st.composite
def _near(
    draw: DrawFn, steps: SearchStrategy[fmpq], sizes: tuple[int, int], widths: tuple[int, ...]
) -> tuple[Dataset, Dataset]:
    width = draw(st.sampled_from(widths))
    choices = _directions(width)
    u = draw(choices)
    most = sizes[1] - 4
    before = draw(st.lists(choices, max_size=min(2, most)))
    fewest = max(sizes[0] - 4 - len(before), 0)
    after = draw(st.lists(choices, min_size=fewest, max_size=max(min(2, most - len(before)), fewest)))
    left, right = _turning([u, *before])[:0:-1], _turning([u, *after])[1:]
    all_kinks = [*left, u, scale(draw(st.sampled_from(POSITIVE)), u), *right]
    data = from_kinks(draw(points(len(all_kinks) + 2)), all_kinks, draw(vectors(width, 2)), draw(vectors(width, 2)))
    # The first of the four labels moves: the minor with a coordinate in which u has another entry becomes nonzero.
    task = next(k for k in range(width) if any(u[:k] + u[k + 1 :]))
    moved = with_label_moved(data, len(before), task, draw(steps) * draw(st.sampled_from((1, -1))))
    assume(is_unique(moved))
    return moved, data


def _turning(vectors: Sequence[Vector]) -> list[Vector]:
    """The vectors, turned round where they would be aligned with the one before."""
    turned = [vectors[0]]
    for v in vectors[1:]:
        turned.append(scale(fmpq(-1), v) if aligned(turned[-1], v) else v)
    return turned


def with_label_moved(data: Dataset, point: int, task: int, step: fmpq) -> Dataset:
    """The dataset with one coordinate of one label moved."""
    moved = tuple([y + step * (k == task) for k, y in enumerate(data.labels[point])])
    return Dataset(data.points, (*data.labels[:point], moved, *data.labels[point + 1 :]))


def extreme_datasets(
    min_size: int = 2, max_size: int | None = None, tasks: Tasks | None = None
) -> SearchStrategy[Dataset]:
    """Points and labels of sizes from 10^-300 to 10^300, or gaps from 10^-12 to 10^12 in one dataset."""
    return _extreme(datasets(min_size, max_size, tasks))


@st.composite
def _extreme(draw: DrawFn, ordinary: SearchStrategy[Dataset]) -> Dataset:
    data = draw(ordinary)
    if draw(st.booleans()):
        x = tuple(accumulate([draw(st.sampled_from(UNEVEN_GAPS)) for _ in data.gaps], initial=data.points[0]))
        return from_kinks(x, kinks(data), slopes(data)[0], data.labels[0])
    along, across = (fmpq(10) ** draw(st.sampled_from(POWERS)) for _ in range(2))
    return Dataset(scale(along, data.points), tuple([scale(across, label) for label in data.labels]))


def datasets(min_size: int = 2, max_size: int | None = None, tasks: Tasks | None = None) -> SearchStrategy[Dataset]:
    """All kinds of datasets together, but for those with extreme numbers.

    min_size, max_size: bounds of N, small ones if not given. tasks: one number T, or several to choose from.
    """
    bounds: dict[str, Any] = {"min_size": min_size, "max_size": max_size}
    bounds |= {} if tasks is None else {"tasks": tasks}
    planted = [] if max_size == 2 else [planted_datasets(**bounds)]  # two points have no kinks
    return st.one_of(grid_datasets(**bounds), *planted, one_hot_datasets(**bounds), generic_datasets(**bounds))


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
