"""Points and labels in any order as a dataset in increasing order; points that occur twice as the user says."""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import lt
from typing import NamedTuple

from flint import fmpq

from ...theory.arrays import Reading
from ...theory.dataset import Dataset
from ...theory.numbers import Vector
from ...theory.numeral import shown
from .choices import Duplicates
from .source import InputError


class Ordered(NamedTuple):
    """The dataset, for each of its points the index of the row that it came from, and what there is to say."""

    dataset: Dataset
    rows: tuple[int, ...]
    note: str | None


class Unordered(NamedTuple):
    """Points and labels as they were read. place: how messages name a row; written: its point as the input has it."""

    points: Sequence[fmpq]
    labels: Sequence[Vector]
    reading: Reading
    place: Callable[[int], str]
    written: Callable[[int], str] | None = None


def in_order(data: Unordered, duplicates: Duplicates) -> Ordered:
    """The dataset; InputError for fewer than two points, none or uneven labels, and points that occur twice."""
    points, labels = data.points, data.labels
    if len(points) < 2:
        raise InputError(f"there {'is 1 point' if points else 'are no points'}: at least 2 are needed")
    if not labels[0]:
        raise InputError("there is no label: give at least one task")
    order = sorted(range(len(points)), key=points.__getitem__)
    groups = _groups(points, order)
    repeated = [group for group in groups if len(group) > 1]
    if repeated and duplicates == "refuse":
        raise InputError(_same_x(data, *repeated[0][:2]))
    if len(groups) < 2:
        raise InputError("all rows have the same x: at least 2 points are needed")
    rows = tuple([group[0] for group in groups])
    means = duplicates == "mean" and bool(repeated)
    kept = [_mean([labels[i] for i in group]) for group in groups] if means else [labels[i] for i in rows]
    dataset = Dataset(tuple([points[i] for i in rows]), tuple(kept), reading=data.reading)
    return Ordered(dataset, rows, _note(repeated, duplicates) if repeated else None)


def _groups(points: Sequence[fmpq], order: list[int]) -> list[list[int]]:
    """The order cut into groups of equal points."""
    sorted_points = [points[i] for i in order]
    if all(map(lt, sorted_points, sorted_points[1:])):
        return [[i] for i in order]
    return [list(group) for _, group in groupby(order, key=points.__getitem__)]


def _mean(labels: Sequence[Vector]) -> Vector:
    return tuple([sum(column, fmpq(0)) / len(labels) for column in zip(*labels, strict=True)])


def _same_x(data: Unordered, i: int, j: int) -> str:
    texts = [str(data.points[i]) if data.written is None else data.written(index) for index in (i, j)]
    both = " and ".join(map(shown, dict.fromkeys(texts)))
    return f"{data.place(i)} and {data.place(j)} have the same x, {both}: keep one of them (or --duplicates mean|first)"


def _note(repeated: Sequence[Sequence[int]], duplicates: Duplicates) -> str:
    rows, points = sum(map(len, repeated)), len(repeated)
    several = f"{rows} rows have the x of another: at {points} point{'' if points == 1 else 's'} "
    return several + ("their labels are averaged, exactly" if duplicates == "mean" else "the first row is taken")
