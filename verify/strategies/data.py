"""Datasets: without structure, on grids, one-hot, with runs, at a distance from a non-unique one, of extreme sizes."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from flint import fmpq
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ...theory.alignment import aligned, is_unique
from ...theory.dataset import Dataset
from ...theory.numbers import RationalLike, Vector, rational, sign
from ...theory.optimum import from_kinks, kinks, slopes
from ...theory.vectors import scale, zero
from .entries import FIRST, GAPS, POSITIVE, points, vectors

POWERS = (20, -20, 100, -100, 300, -300)
UNEVEN_GAPS = tuple([fmpq(10) ** power for power in (0, 6, -6, 12, -12)])
Tasks = int | Iterable[int]
DIRECTIONS: dict[int, list[tuple[int, ...]]] = {
    1: [(1,), (-1,)],
    2: [(1, 0), (0, 1), (3, 4), (1, -1), (-1, 2)],
    3: [(1, 0, 0), (0, 0, 1), (1, 2, 2), (1, -1, 1), (-2, 0, 1)],
}


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
    return Dataset(_placed(draw(FIRST), rows), tuple([label[:width] for _, label in rows]))


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
    return Dataset(_placed(draw(FIRST), rows), tuple(labels))


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
