"""One dataset -> its margin's other end: a non-unique dataset about as near as there is one."""

from dataclasses import dataclass
from typing import Any

from ...theory.dataset import Dataset
from ...theory.decimal_labels import nearest_with_decimals
from ...theory.nearest import Nearest, nearest_non_unique
from .. import drawing
from ..reading import ingest
from ..reading.choices import Column
from ..reading.provenance import Source


@dataclass(frozen=True, slots=True, eq=False)
class NearestAnswer:
    """A dataset and a non-unique one near it.

    found: None for N < 4, where every dataset is unique. decimals: how many the labels found have, if that was asked
    for, and proved: whether no labels with so many decimals are nearer.
    """

    data: Dataset
    source: Source
    found: Nearest | None
    decimals: int | None = None
    proved: bool | None = None

    def plot(self, ax: Any = None, *, width: float | None = None) -> Any:
        """A matplotlib figure of both datasets and what moved; with `ax`, the first task drawn into it.

        width: in inches, of the figure; None for that of a page. Needs the extra `plots`; InputError without it, and
        where there is no such dataset.
        """
        return drawing.plot("nearest", self, ax, width=width)


def nearest(
    data: Any, y: Any = None, *, x: Column | None = None, decimals: int | None = None, **choices: Any
) -> NearestAnswer:
    """The nearest dataset whose optimum is not unique, the points staying fixed (statement N).

    data, y, x and the other keywords: as for `check`. decimals: one whose labels have so many. Exact; where the nearest
    is irrational, or only the distance is attained, one at most 1 + 1e-12 times as far. Raises InputError for bad
    input.

    >>> nearest([0, 1, 2, 3], [0, 0, 1, 3]).found.squared_distance
    0
    """
    read = ingest(data, y, x=x, **choices)
    if decimals is None:
        return NearestAnswer(read.dataset, read.source, nearest_non_unique(read.dataset))
    found = nearest_with_decimals(read.dataset, decimals)
    if found is None:
        return NearestAnswer(read.dataset, read.source, None, decimals)
    return NearestAnswer(read.dataset, read.source, found.nearest, decimals, found.proved)
