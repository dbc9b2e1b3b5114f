"""Noisy data as the solver wants them: distinct increasing points, exact or as arrays, repeated points merged."""

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy
from flint import fmpq

from ...theory.arrays import DatasetError, untied
from ...theory.dataset import Dataset
from ...theory.knot_sums import KnotSums
from ...theory.numbers import ZERO, RationalLike, Vector, rational, sign
from ...theory.regularised import Regularised
from ...theory.repeated_points import merge_repeated
from ..reading import InputError, ReadData, Source, read_arrays
from . import problem
from .observations import Observations, read_observations
from .problem import Problem

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = Any
Rows = tuple[tuple[Vector, fmpq], ...]
Given = "Noisy | Observations | Dataset | ReadData | str | os.PathLike[str] | tuple[ArrayLike, ArrayLike]"


class Noisy:
    """Data with positive weights, prepared once for any lambda.

    scatter: the part of the objective that no fit
    can change, because labels of one point differ. `data` and `weights` are exact and made when they are needed.
    """

    def __init__(
        self,
        exact: tuple[Dataset, tuple[fmpq, ...]] | None,
        arrays: tuple[Array, Array, Array] | None,
        source: Source,
        *,
        observations: tuple[Rows, ...] | None = None,
        scatter: fmpq = ZERO,
    ) -> None:
        self._exact, self._arrays, self._observations = exact, arrays, observations
        self.source, self.scatter = source, scatter

    @classmethod
    def of(cls, data: Any, weights: "Iterable[RationalLike] | ArrayLike | None" = None) -> "Noisy":
        """From a dataset, observations, a path ("-" for standard input) or arrays (x, y) of shapes (N,) and (N,) or
        (N, T), repeated points allowed; weights: one positive number for each observation, in the same order.

        Raises InputError for bad input, one line.
        """
        if isinstance(data, Noisy):
            if weights is not None:
                raise InputError("weights belong to the observations: give them together")
            return data
        if isinstance(data, tuple):
            return _of_arrays(data[0], data[1], weights)
        if isinstance(data, Dataset):
            data = ReadData(data, Source("dataset", None, data.reading))
        if isinstance(data, ReadData):
            data = Observations(data.dataset.points, data.dataset.labels, None, data.source)
        elif not isinstance(data, Observations):
            data = read_observations(os.fspath(data))
        return _of_observations(data, weights)

    @property
    def observations(self) -> tuple[Rows, ...]:
        """For each point its observations: labels and weights."""
        if self._observations is None:
            self._observations = tuple(
                [((label, w),) for label, w in zip(self.data.labels, self.exact[1], strict=True)]
            )
        return self._observations

    @property
    def observed(self) -> int:
        """How many observations there are, repeated points counted."""
        return self.size if self._observations is None else sum(map(len, self._observations))

    @cached_property
    def weighted(self) -> bool:
        """Whether some observation has another weight than 1."""
        return any(weight != 1 for rows in self.observations for _, weight in rows)

    @property
    def is_exact(self) -> bool:
        """Whether the exact data are at hand, not only arrays."""
        return self._exact is not None

    @property
    def size(self) -> int:
        """N, the number of distinct points."""
        return self._exact[0].size if self._exact is not None else len(self.arrays[0])

    @property
    def tasks(self) -> int:
        """T."""
        return self._exact[0].tasks if self._exact is not None else int(self.arrays[1].shape[1])

    @property
    def arrays(self) -> tuple[Array, Array, Array]:
        """The arrays that were given: points, labels (N, T), weights."""
        assert self._arrays is not None
        return self._arrays

    @property
    def data(self) -> Dataset:
        """The exact data."""
        return self.exact[0]

    @property
    def exact(self) -> tuple[Dataset, tuple[fmpq, ...]]:
        """Exact data and weights."""
        if self._exact is None:
            x, y, w = self.arrays
            weights = [fmpq(*value.as_integer_ratio()) for value in w.tolist()]
            self._exact = Dataset.from_arrays(x, y), tuple(weights)
        return self._exact

    def regularised(self, penalty: fmpq) -> Regularised:
        """The exact problem."""
        data, weights = self.exact
        return Regularised(data, penalty, weights)

    def problem(self, penalty: fmpq) -> Problem:
        """The problem on arrays."""
        if self._arrays is not None:
            return problem.from_arrays(*self._arrays, penalty)
        return self._template.with_penalty(penalty)

    @cached_property
    def _template(self) -> Problem:
        return problem.from_exact(self.regularised(fmpq(1)))

    @cached_property
    def sums(self) -> KnotSums:
        """Running sums of the exact data."""
        return KnotSums(*self.exact)


def _of_observations(found: Observations, weights: Any) -> Noisy:
    given = found.weights if weights is None else _checked([rational(value) for value in weights], len(found.points))
    values = [fmpq(1)] * len(found.points) if given is None else list(given)
    order = sorted(range(len(found.points)), key=found.points.__getitem__)
    merged = merge_repeated(
        [found.points[i] for i in order], [found.labels[i] for i in order], [values[i] for i in order]
    )
    if len(merged.points) < 2:
        raise InputError(f"{found.source.name}: all points have the same x, {merged.points[0]}: at least 2 are needed")
    return Noisy(
        (Dataset(merged.points, merged.labels), merged.weights),
        None,
        found.source,
        observations=_grouped(merged.points, [(found.points[i], found.labels[i], values[i]) for i in order]),
        scatter=merged.scatter,
    )


def _grouped(points: Sequence[fmpq], rows: Sequence[tuple[fmpq, Vector, fmpq]]) -> tuple[Rows, ...]:
    """Rows in increasing order, gathered by their points."""
    remaining = iter(rows)
    row = next(remaining, None)
    found = []
    for point in points:
        group = []
        while row is not None and row[0] == point:
            group.append(row[1:])
            row = next(remaining, None)
        found.append(tuple(group))
    return tuple(found)


def _checked(weights: Sequence[fmpq], size: int) -> Sequence[fmpq]:
    if len(weights) != size:
        raise InputError(f"{size} observations but {len(weights)} weights: give one weight for each")
    for index, weight in enumerate(weights):
        if sign(weight) <= 0:
            raise InputError(f"weight {index} is {weight}: weights must be positive; leave the observation out instead")
    return weights


def _of_arrays(x: Any, y: Any, weights: Any) -> Noisy:
    """Float arrays stay arrays; anything else, and repeated points, become exact at once."""
    try:
        x, y = untied("x", x), untied("y", y)
        weights = untied("weights", weights)
    except DatasetError as error:
        raise InputError(str(error)) from None
    points, labels = numpy.asarray(x), numpy.asarray(y)
    if weights is not None and not isinstance(weights, numpy.ndarray):
        given = list(weights)
        weights = numpy.asarray(given)
        if weights.dtype.kind not in "fiub":  # "1/2", fractions: as they are
            weights = numpy.empty(len(given), dtype=object)
            weights[:] = given
    kinds = [array.dtype.kind + str(array.dtype.itemsize) for array in (points, labels)]
    plain = kinds == ["f8", "f8"] and points.ndim == 1 and labels.ndim in (1, 2) and len(points) == len(labels) >= 2
    rational_weights = weights is not None and weights.dtype.kind not in "fiub"
    if not plain or rational_weights or numpy.ma.is_masked(x) or numpy.ma.is_masked(y):
        return _exact_arrays(points, labels, x, y, weights)
    rows = labels.reshape(len(labels), -1)
    values = numpy.ones(len(points)) if weights is None else numpy.asarray(weights, dtype=float)
    if values.shape != points.shape or not (numpy.isfinite(values).all() and (values > 0).all()):
        raise InputError("weights must be one positive finite number for each observation")
    order = numpy.argsort(points, kind="stable")
    increasing = points[order]
    if not (numpy.isfinite(increasing).all() and numpy.isfinite(rows).all() and rows.shape[1]):
        return _exact_arrays(points, labels, x, y, weights)
    if not (numpy.diff(increasing) > 0).all():
        return _exact_arrays(points, labels, x, y, weights)
    return Noisy(None, (increasing, rows[order], values[order]), Source("arrays", None, "binary"))


def _exact_arrays(points: Array, labels: Array, x: Any, y: Any, weights: Any) -> Noisy:
    exact_weights = None
    if weights is not None:
        flat = numpy.asarray(weights).tolist()
        try:
            exact_weights = [
                fmpq(*value.as_integer_ratio()) if isinstance(value, (float, bool)) else rational(value)
                for value in flat
            ]
        except (TypeError, ValueError, OverflowError):
            raise InputError("weights must be one positive finite number for each observation") from None
    if points.ndim == 1 and labels.ndim in (1, 2) and len(points) == len(labels):
        places, counts = numpy.unique(points, return_counts=True)
        if len(places) and counts.max() > 1:
            return _repeated(points, labels, exact_weights)
    found = read_arrays(x, y)
    if exact_weights is not None:
        exact_weights = [_checked(exact_weights, len(found.rows))[row] for row in found.rows]
    data = found.dataset
    given = Observations(data.points, data.labels, None, found.source)
    return _of_observations(given, exact_weights)


def _repeated(points: Array, labels: Array, weights: Any) -> Noisy:
    """Every observation becomes a dataset of its own kind of number, then they are merged."""
    places = numpy.arange(len(points))
    read = read_arrays(places, numpy.column_stack([points, labels.reshape(len(points), -1)]))
    rows = read.dataset.labels
    source = Source("arrays", None, read.source.reading)
    found = Observations(tuple([row[0] for row in rows]), tuple([row[1:] for row in rows]), None, source)
    return _of_observations(found, weights)
