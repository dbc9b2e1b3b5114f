"""Arrays as a table of points and labels in increasing order: checked, and handed out in overlapping blocks."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy

from ...theory.arrays import DatasetError, require_numbers, untied
from ..reading.source import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = Any


class NotIncreasing(Exception):
    """Some point is not larger than the one before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """x of shape (N,) and y of shape (N, T), as given; order: the rows in increasing x, None if they are in order."""

    x: Array
    y: Array
    order: Array | None = None

    @classmethod
    def of(cls, x: "ArrayLike", y: "ArrayLike") -> "Table":
        """From arrays that are not copied; InputError for shapes and types that form no dataset."""
        points, labels = as_array("x", x), as_array("y", y)
        if points.ndim != 1 or labels.ndim not in (1, 2) or len(points) != len(labels):
            raise InputError(
                f"x has shape {points.shape} and y has shape {labels.shape}: they must be (N,) and (N,) or (N, T)"
            )
        if len(points) < 2:
            raise InputError(f"there are {len(points)} points: at least 2 are needed")
        table = cls(points, labels[:, None] if labels.ndim == 1 else labels)
        if not table.tasks:
            raise InputError("there is no label: give at least one task")
        return table

    @property
    def size(self) -> int:
        """N."""
        return len(self.x)

    @property
    def tasks(self) -> int:
        """T."""
        return int(self.y.shape[1])

    def in_order(self) -> "Table":
        """The table itself if its points increase, else sorted."""
        for start in range(0, self.size, 1 << 14):
            points = self.x[start : start + (1 << 14) + 1]
            if not (points[1:] > points[:-1]).all():
                return self.sorted()
        return self

    def sorted(self) -> "Table":
        """The table in increasing order; needs 8 bytes per point. InputError if two points are equal."""
        with numpy.errstate(all="ignore"):
            for start in range(0, self.size, 1 << 16):
                require_finite("x[{}]", self.x[start : start + (1 << 16)], start)
        order = numpy.argsort(self.x, kind="stable")
        for start in range(0, self.size - 1, 1 << 16):
            rows = order[start : start + (1 << 16) + 1]
            points = self.x[rows]
            if (equal := numpy.flatnonzero(points[1:] == points[:-1])).size:
                i, j = rows[equal[0]], rows[equal[0] + 1]
                raise InputError(f"x[{i}] and x[{j}] have the same x, {self.x[i]}: keep one of them")
        return replace(self, order=order)

    def rows(self, start: int, stop: int) -> tuple[Array, Array]:
        """Points and labels start..stop - 1 in increasing order."""
        rows: Any = slice(start, stop) if self.order is None else self.order[start:stop]
        return plain("x", self.x[rows]), plain("y", self.y[rows])

    def blocks(self, windows: int) -> Iterator[tuple[int, Array, Array]]:
        """(index of the first point, points, labels): blocks of `windows` + 3 points, the last 3 of which return.

        All points are handed out, also for N < 4. The labels are finite; the points are if they increase, which is
        checked here only for blocks without a window. Raises NotIncreasing and InputError.
        """
        for start in range(0, max(1, self.size - 3), windows):
            x, y = self.rows(start, start + windows + 3)
            if not (math.isfinite(x[0]) and math.isfinite(x[-1]) and (len(x) > 3 or (x[1:] > x[:-1]).all())):
                raise NotIncreasing  # sorting names the place of a value that is not finite
            require_finite("y[{}]", y, start if self.order is None else self.order[start:])
            yield start, x, y


def as_array(name: str, values: "ArrayLike") -> Array:
    """The values as an array of floats of at most 64 bits or integers, not copied if they are one."""
    try:
        values = untied(name, values)
        array = numpy.asanyarray(values)
        require_numbers(name, array)
        if not hasattr(values, "dtype") and array.dtype.kind == "f":
            _require_unrounded(name, values, array)
    except ValueError as error:  # a DatasetError, or rows of different lengths
        raise InputError(str(error) if isinstance(error, DatasetError) else f"{name}: {error}") from None
    return numpy.asarray(array)


def _require_unrounded(name: str, values: "ArrayLike", array: Array) -> None:
    """InputError if an integer in a list of floats is none that a float holds, so that the array is not the data."""
    if ((numpy.asarray(values, dtype=object) != array.astype(object)) & numpy.isfinite(array)).any():
        raise InputError(f"{name} has integers among floats that no float holds: give them as exact numbers to check")


def plain(name: str, values: Array) -> Array:
    """A block as native float64 or int64, exactly; InputError for integers of 2^63 and more."""
    if values.dtype.kind == "f":
        return numpy.asarray(values, dtype=numpy.float64)
    if values.dtype.kind == "u" and values.dtype.itemsize == 8 and values.size and values.max() >= 2**63:
        raise InputError(f"{name} holds integers of 2^63 and more: give int64")
    return numpy.asarray(values, dtype=numpy.int64)


def require_finite(place: str, values: Array, rows: Any) -> None:
    """InputError that names the first row with a value that is nan or infinite; `rows`: the first row, or all."""
    if values.dtype.kind != "f":
        return
    if math.isfinite(numpy.add.reduce(values, axis=None)):  # one bad entry spoils the sum, which may also overflow
        return
    bad = ~numpy.isfinite(values).reshape(len(values), -1).all(axis=1)
    if bad.any():
        index = int(bad.argmax())
        row = rows + index if isinstance(rows, int) else int(rows[index])
        shown = values.reshape(len(values), -1)[index]
        value = shown[~numpy.isfinite(shown)][0]
        raise InputError(f"{place.format(row)} holds {value}: a dataset needs finite values")
