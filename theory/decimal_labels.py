"""Non-unique datasets near a given one whose labels have few decimals.

For a fixed ratio rho of the two kinks, the labels at the four points of a pair must lie, in every task, in the kernel
of one functional with integer coefficients: a lattice of rank 3. Its point nearest to the data is looked for around
Babai's, in a basis reduced by LLL (Lenstra, Lenstra, Lovasz 1982). Over ratios and pairs this is a search: the dataset
returned is non-unique and its distance exact, but a nearer one may exist, unless `decimal_search` can exclude that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from flint import fmpq, fmpz, fmpz_mat

from .alignment import aligned, is_unique
from .dataset import Dataset
from .decimal_search import exhaust
from .margin import pair_margins
from .nearest import Nearest, functionals, nearest_non_unique, project, window
from .numbers import ZERO, Vector
from .optimum import kinks
from .vectors import dot, integral, scale, squared_length, subtract

LARGEST_TERM = 12
"""Ratios p/q with p and q up to this are tried, besides the best one and powers of 2."""

LARGEST_POWER = 40

PAIRS = 3
"""The pairs nearest to alignment that are tried."""


class WithDecimals(NamedTuple):
    """A non-unique dataset with few decimals, and whether it is proved that none with so many is nearer."""

    nearest: Nearest
    proved: bool


def nearest_with_decimals(data: Dataset, digits: int) -> WithDecimals | None:
    """The nearest non-unique dataset found whose labels are multiples of 10^-digits; None for N < 4.

    Where few multiples of 10^-digits are as near as the one found by the lattices, all of them are looked at: then the
    nearest is found, and proved.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 0, 1])
    >>> nearest_with_decimals(data, 2).nearest.squared_distance
    1/10000
    """
    if data.size < 4:
        return None
    unit = fmpq(1, fmpz(10) ** digits)
    found = _by_lattices(data, unit)
    searched = exhaust(data, unit, found.squared_distance / (unit * unit))
    if searched.columns:
        four = [tuple([fmpq(column[place]) * unit for column in searched.columns]) for place in range(4)]
        pair, rounded = searched.pair, [_rounded(label, unit) for label in data.labels]
        moved = Dataset(data.points, (*rounded[: pair - 1], *four, *rounded[pair + 3 :]))
        found = Nearest(moved, pair, searched.ratio, searched.square * unit * unit, attained=False, optimal=False)
    return WithDecimals(found, searched.complete)


def _by_lattices(data: Dataset, unit: fmpq) -> Nearest:
    rounded = Dataset(data.points, tuple([_rounded(label, unit) for label in data.labels]))
    found: Nearest | None = None
    if not is_unique(rounded):
        found = _as_nearest(data, rounded)
    for pair, ratio in _pairs_and_ratios(data):
        if found is None or project(window(data, pair), 1, ratio)[1] < found.squared_distance:
            moved = _moved(data, rounded, pair, ratio, unit)
            if found is None or moved.squared_distance < found.squared_distance:
                found = moved
    assert found is not None
    return found


def _as_nearest(data: Dataset, moved: Dataset) -> Nearest:
    near = nearest_non_unique(moved)
    assert near is not None
    square = _squared_distance(data, moved)
    return replace(near, squared_distance=square, optimal=False)


def _squared_distance(data: Dataset, moved: Dataset) -> fmpq:
    pairs = zip(data.labels, moved.labels, strict=True)
    return sum([squared_length(subtract(a, b)) for a, b in pairs], ZERO)


def _pairs_and_ratios(data: Dataset) -> Iterator[tuple[int, fmpq]]:
    """Pairs and ratios, the most promising first."""
    exact = nearest_non_unique(data)
    assert exact is not None
    ranked = sorted(pair_margins(data), key=lambda pair: pair.squared().enclosure().lower)[:PAIRS]
    ratios = {fmpq(p, q) for p in range(1, LARGEST_TERM + 1) for q in range(1, LARGEST_TERM + 1)}
    ratios |= {fmpq(2) ** k for k in range(-LARGEST_POWER, LARGEST_POWER + 1)}
    tried = {(pair.pair, ratio) for pair in ranked for ratio in ratios} | {(exact.pair, exact.ratio)}
    yield from sorted(tried, key=lambda candidate: (project(window(data, candidate[0]), 1, candidate[1])[1], candidate))


def _rounded(label: Vector, unit: fmpq) -> Vector:
    return tuple([fmpq(_nearest_integer(entry / unit)) * unit for entry in label])


def _nearest_integer(value: fmpq) -> fmpz:
    return (value + fmpq(1, 2)).floor()


def _moved(data: Dataset, rounded: Dataset, pair: int, ratio: fmpq, unit: fmpq) -> Nearest:
    """The nearest labels found with d_{j+1} = ratio * d_j != 0 at the pair."""
    one, two = functionals(data, pair)
    normal, _ = integral(subtract(scale(ratio, one), two))
    basis = _kernel_basis(normal)
    columns = [_nearby(basis, scale(1 / unit, column)) for column in zip(*window(data, pair).labels, strict=True)]
    chosen = [options[0] for options in columns]
    if not any(dot(one, tuple(map(fmpq, point))) for _, point in chosen):
        _bend(columns, chosen, one)
    labels = [tuple([fmpq(point[place]) * unit for _, point in chosen]) for place in range(4)]
    moved = Dataset(data.points, (*rounded.labels[: pair - 1], *labels, *rounded.labels[pair + 3 :]))
    assert aligned(*kinks(window(moved, pair)))
    return Nearest(moved, pair, ratio, _squared_distance(data, moved), attained=False, optimal=False)


LatticePoint = tuple[fmpq, tuple[fmpz, ...]]
"""The squared distance of a lattice point from the data, and the point."""


def _bend(columns: Sequence[list[LatticePoint]], chosen: list[LatticePoint], functional: Vector) -> None:
    """All kinks at the pair vanish: in the task where that costs least, take the nearest point with a kink."""
    bent = [next(c for c in options if dot(functional, tuple(map(fmpq, c[1])))) for options in columns]
    task = min(range(len(columns)), key=lambda index: bent[index][0] - columns[index][0][0])
    chosen[task] = bent[task]


def _kernel_basis(normal: Sequence[fmpz]) -> list[tuple[fmpz, ...]]:
    """A reduced basis of the integer vectors orthogonal to `normal`, which must not be zero."""
    weight = 2 ** (4 * max(abs(n).bit_length() for n in normal) + 8)
    rows = [[int(i == j) for j in range(4)] + [weight * n] for i, n in enumerate(normal)]
    reduced = fmpz_mat(rows).lll().tolist()
    return [tuple(row[:4]) for row in reduced if not row[4]]


def _nearby(basis: Sequence[tuple[fmpz, ...]], target: Vector) -> list[LatticePoint]:
    """Lattice points around Babai's nearest plane, the nearest one first."""
    vectors = [tuple(map(fmpq, b)) for b in basis]
    orthogonal: list[Vector] = []
    for v in vectors:
        rest = v
        for o in orthogonal:
            rest = subtract(rest, scale(dot(v, o) / dot(o, o), o))
        orthogonal.append(rest)
    found: tuple[fmpz, ...] = (fmpz(0),) * 4
    rest = target
    for v, o, b in reversed(list(zip(vectors, orthogonal, basis, strict=True))):
        times = _nearest_integer(dot(rest, o) / dot(o, o))
        rest = subtract(rest, scale(fmpq(times), v))
        found = tuple([f + times * entry for f, entry in zip(found, b, strict=True)])
    around = []
    for steps in product((-1, 0, 1), repeat=len(basis)):
        point = tuple([f + sum(s * b[i] for s, b in zip(steps, basis, strict=True)) for i, f in enumerate(found)])
        around.append((squared_length(subtract(target, tuple(map(fmpq, point)))), point))
    return sorted(around)
