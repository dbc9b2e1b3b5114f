"""The one home of the Hypothesis strategies: rational datasets of every named kind, and noisy arrays with a lambda.

A dataset is drawn as a `Table` of plain fractions (for an oracle that knows nothing of ours) and turned into a
`Dataset` by `Table.dataset`. Every choice shrinks to its simplest value: points 0, 1, 2, ..., few tasks, labels or
kinks that are small integers. Long data are drawn with one choice per number and one scale for all of them, so that 60
points with 8 tasks stay within Hypothesis's budget.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any, NamedTuple

import numpy
from array_sets import NOISY, noisy
from hypothesis import strategies as st
from oracle.kinks import with_kinks
from reluproof.theory import Dataset

Row = list[Fraction]


class Table(NamedTuple):
    """N increasing points x and N labels y of T coordinates, as plain fractions."""

    x: list[Fraction]
    y: list[Row]

    def dataset(self) -> Dataset:
        """The same data as the value that the package works with."""
        return Dataset.from_fractions(self.x, self.y)


def _fractions(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


GAPS = _fractions("1", "2", "3", "1/2", "5", "1/3", "3/2", "7", "2/3", "1/10", "11", "13/7", "40", "3/100")
FACTORS = _fractions("1", "2", "3", "1/2", "1/3", "5", "3/2", "7/5", "1/10", "20")
SMALL = _fractions("0", "1", "-1", "2", "-2", "3", "-3", "1/2", "-1/2", "4", "1/3", "-2/3", "5/2", "-7")
ENTRIES = _fractions("1", "0", "-1", "2", "-2", "3", "1/2", "-1/3")


def sizes(low: int = 2, high: int = 8) -> st.SearchStrategy[int]:
    """N; half the time enough for a pair of interior points."""
    return st.one_of(st.integers(low, high), st.integers(max(low, min(5, high)), high))


def tasks(high: int = 8) -> st.SearchStrategy[int]:
    """T, a third of the time 1."""
    return st.one_of(st.just(1), st.integers(1, min(3, high)), st.integers(1, high))


@st.composite
def points(draw: st.DrawFn, size: int, gaps: Sequence[Fraction] = GAPS) -> list[Fraction]:
    """Increasing points: 0, 1, 2, ... or with gaps from a list."""
    even = draw(st.booleans())
    steps = [gaps[0]] * (size - 1) if not even else draw(_several(st.sampled_from(gaps), size - 1))
    return list(accumulate(steps, initial=draw(st.sampled_from(SMALL))))


def _several(entries: st.SearchStrategy[Fraction], count: int) -> st.SearchStrategy[list[Fraction]]:
    return st.lists(entries, min_size=count, max_size=count)


def _rows(flat: list[Fraction], width: int) -> list[Row]:
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def _vector(width: int) -> st.SearchStrategy[Row]:
    """A direction; shrinks to ones."""
    return _several(st.sampled_from(ENTRIES), width)


def _place(width: int) -> st.SearchStrategy[Row]:
    """A first label or slope; shrinks to zeros."""
    return _several(st.sampled_from(SMALL), width)


@st.composite
def generic(draw: st.DrawFn, size: int, width: int) -> Table:
    """Labels with up to five digits over one denominator per task; almost never degenerate for two tasks or more."""
    numerators = draw(st.lists(st.integers(-99999, 99999), min_size=size * width, max_size=size * width))
    denominators = draw(st.lists(st.integers(1, 97), min_size=width, max_size=width))
    flat = [Fraction(number, denominators[place % width]) for place, number in enumerate(numerators)]
    return Table(draw(points(size)), _rows(flat, width))


@st.composite
def integers(draw: st.DrawFn, size: int, width: int) -> Table:
    """Small integer labels at integer points."""
    flat = draw(_several(st.sampled_from([Fraction(n) for n in (0, 1, -1, 2, -2, 3, -3)]), size * width))
    return Table(draw(points(size, [Fraction(n) for n in (1, 2, 3, 5)])), _rows(flat, width))


@st.composite
def symbols(draw: st.DrawFn, size: int, width: int) -> Table:
    """Labels from an alphabet of two to four vectors: one-hot, or drawn."""
    if width > 1 and draw(st.booleans()):
        alphabet = [[Fraction(place == hot) for place in range(width)] for hot in range(width)]
    else:
        alphabet = [[Fraction(0)] * width, *draw(st.lists(_vector(width), min_size=1, max_size=3))]
    labels = draw(st.lists(st.sampled_from(alphabet), min_size=size, max_size=size))
    return Table(draw(points(size)), labels)


@st.composite
def _bent(draw: st.DrawFn, size: int, width: int, factors: Sequence[Fraction], pool: int, turns: bool) -> Table:
    """Kinks that are factors times directions from a small pool; the direction changes only where `turns` is drawn."""
    directions = draw(st.lists(_vector(width), min_size=1, max_size=pool))
    direction, kinks = directions[0], []
    for _ in range(max(0, size - 2)):
        if turns and draw(st.integers(0, 3)) == 3:
            direction = draw(st.sampled_from(directions))
        factor = draw(st.sampled_from(factors))
        kinks.append([factor * entry for entry in direction])
    x = draw(points(size))
    return Table(x, with_kinks(x, draw(_place(width)), draw(_place(width)), kinks))


def runs(size: int, width: int) -> st.SearchStrategy[Table]:
    """Long runs: positive multiples of a direction that seldom changes."""
    return _bent(size, width, FACTORS, 3, True)


def zeros(size: int, width: int) -> st.SearchStrategy[Table]:
    """Mostly zero kinks: collinear stretches, between them kinks of few directions."""
    return _bent(size, width, [*FACTORS[:3], Fraction(-1), *_fractions("0", "0", "0")], 2, True)


def opposite(size: int, width: int) -> st.SearchStrategy[Table]:
    """One direction with both signs: neighbouring kinks are parallel, aligned or opposite."""
    return _bent(size, width, FACTORS[:5] + [-factor for factor in FACTORS[:5]], 1, False)


def mixed(size: int, width: int) -> st.SearchStrategy[Table]:
    """Runs, zeros, opposite kinks and turns together."""
    return _bent(size, width, [*FACTORS[:5], *_fractions("0", "0", "-1", "-2", "-1/3")], 3, True)


@st.composite
def nearly(draw: st.DrawFn, size: int, width: int) -> Table:
    """A dataset with runs in which one coordinate of one label is off by 10^-1 to 10^-40."""
    x, y = draw(runs(size, width))
    row, place = draw(st.integers(0, size - 1)), draw(st.integers(0, width - 1))
    off = Fraction(draw(st.sampled_from([1, -1])), 10 ** draw(st.integers(1, 40)))
    y[row] = [entry + off * (coordinate == place) for coordinate, entry in enumerate(y[row])]
    return Table(x, y)


@st.composite
def uneven(draw: st.DrawFn, size: int, width: int) -> Table:
    """Gaps from 10^-12 to 10^12 in one dataset, under kinks in runs or under integer labels."""
    gaps = [Fraction(10) ** power for power in (0, 3, -3, 6, -6, 12, -12)]
    x = list(accumulate(draw(_several(st.sampled_from(gaps), size - 1)), initial=Fraction(0)))
    if draw(st.booleans()):
        return Table(x, draw(integers(size, width)).y)
    direction = draw(_vector(width))
    factors = draw(_several(st.sampled_from([*FACTORS, Fraction(0), Fraction(-1)]), max(0, size - 2)))
    kinks = [[factor * entry for entry in direction] for factor in factors]
    return Table(x, with_kinks(x, draw(_place(width)), draw(_place(width)), kinks))


Kind = Callable[[int, int], st.SearchStrategy[Table]]

PLAIN: dict[str, Kind] = {
    "generic": generic,
    "integers": integers,
    "symbols": symbols,
    "runs": runs,
    "zeros": zeros,
    "opposite": opposite,
    "mixed": mixed,
    "nearly": nearly,
}


def _magnified(powers: Sequence[int]) -> Kind:
    @st.composite
    def kind(draw: st.DrawFn, size: int, width: int) -> Table:
        x, y = draw(st.sampled_from(list(PLAIN.values())).flatmap(lambda plain: plain(size, width)))
        along, across = (Fraction(10) ** draw(st.sampled_from(powers)) for _ in range(2))
        return Table([along * point for point in x], [[across * entry for entry in row] for row in y])

    return kind


KINDS: dict[str, Kind] = {
    **PLAIN,
    "uneven": uneven,
    "huge": _magnified([10, 30, 100, 300]),
    "tiny": _magnified([-10, -30, -100, -300]),
    "huge and tiny": _magnified([300, -300, 20, -20]),
}
"""Every kind of dataset by name."""


@st.composite
def tables(
    draw: st.DrawFn,
    kind: str | None = None,
    size: st.SearchStrategy[int] | None = None,
    width: st.SearchStrategy[int] | None = None,
) -> Table:
    """Plain data of one kind (any kind if None), N drawn from `size` and T from `width`."""
    name = draw(st.sampled_from(list(KINDS))) if kind is None else kind
    return draw(KINDS[name](draw(sizes() if size is None else size), draw(tasks() if width is None else width)))


def datasets(
    kind: str | None = None,
    size: st.SearchStrategy[int] | None = None,
    width: st.SearchStrategy[int] | None = None,
) -> st.SearchStrategy[Dataset]:
    """The same as values of the package."""
    return tables(kind, size, width).map(Table.dataset)


SHARES = (1e-12, 1e-8, 1e-4, 1e-2, 0.1, 0.5, 0.9, 1 - 1e-6, 1 - 1e-10)
Noisy = tuple[str, "numpy.ndarray[Any, Any]", "numpy.ndarray[Any, Any]", float]


@st.composite
def noisy_problems(
    draw: st.DrawFn, largest: int = 40, most_tasks: int = 4, families: Sequence[str] = tuple(NOISY)
) -> Noisy:
    """(family, x, y, share of lambda_max): every family of arrays that made a float solver stumble."""
    family = draw(st.sampled_from(families))
    size, width = draw(st.integers(3, largest)), draw(st.integers(1, most_tasks))
    x, y = noisy(family, size, width, draw(st.integers(0, 2**32 - 1)))
    return family, x, y, draw(st.sampled_from(SHARES))
