"""Arrays and sequences as exact numbers: the one place where the values of others become rationals.

A binary float is the dyadic rational that it is; `shortest` takes it as the shortest decimal that it prints as instead,
which is what most people mean by 0.1. Nothing but numpy, and that for tensors only, is imported to do it: an array
is known by its dtype.
"""

from collections.abc import Callable, Mapping, Set
from decimal import Decimal
from fractions import Fraction
from functools import partial
from operator import index
from typing import Any, Literal, NamedTuple

from flint import fmpq, fmpz

from .numeral import parse_rational, shown

Reading = Literal["decimal", "binary", "shortest", "exact"]
"""How numbers came to be exact: numerals read as written; binary floats as the dyadic rationals that they are; floats
as the shortest decimals that they print as; integers and rationals, which nothing had to read."""

RowPlace = Callable[[int], str]
CellPlace = Callable[[int, int], str]
"""How a refusal names an element of x by its row, or of y by its row and task, counted from 0."""

X_PLACE: RowPlace = "x[{}]".format
Y_PLACE: CellPlace = "y[{}, {}]".format

_LARGEST_EXPONENT = 10_000  # of a Decimal, which can name numbers that no memory holds
_FLOATS = "give floats of at most 64 bits, or integers"
_MISSING = ("NAType", "NaTType")  # how pandas says it
_MASKED = "masked values are missing ones: remove their rows"


class DatasetError(ValueError):
    """The values given do not form a dataset; the message says which requirement fails and where."""


class ExactArrays(NamedTuple):
    """N points and N labels of T coordinates, in the order given, and how their numbers were read."""

    points: list[fmpq]
    labels: list[tuple[fmpq, ...]]
    reading: Reading


class _Grid(NamedTuple):
    """Values column by column, and the shape that they were given in."""

    columns: list[list[Any]]
    shape: tuple[int, ...]


def exact_arrays(
    x: Any, y: Any, *, shortest: bool = False, x_place: RowPlace = X_PLACE, y_place: CellPlace = Y_PLACE
) -> ExactArrays:
    """The exact numbers of x, of shape (N,) or (N, 1), and y, of shape (N,) or (N, T).

    Arrays of integers or of floats of at most 64 bits; sequences of numbers, Fractions, Decimals and numpy's scalars.
    DatasetError for others, by its place.

    >>> exact_arrays([0, 1], [0.5, Fraction(1, 3)])
    ExactArrays(points=[0, 1], labels=[(1/2,), (1/3,)], reading='binary')
    >>> exact_arrays([0, 1], [[0.1, 2], [3, 4]], shortest=True).labels[0]
    (1/10, 2)
    """
    points, labels = _grid("x", x), _grid("y", y)
    if len(labels.shape) not in (1, 2) or points.shape not in (labels.shape[:1], (*labels.shape[:1], 1)):
        raise DatasetError(
            f"x has shape {points.shape} and y has shape {labels.shape}: they must be (N,) and (N,) or (N, T)"
        )
    numbers = [exact_column(column, x_place, shortest=shortest) for column in points.columns]
    coordinates = [
        exact_column(column, partial(_place, y_place, task), shortest=shortest)
        for task, column in enumerate(labels.columns)
    ]
    floats = any([is_float(value) for column in (*points.columns, *labels.columns) for value in column])
    rows: list[tuple[fmpq, ...]] = [() for _ in range(labels.shape[0])]
    if coordinates:
        rows = list(zip(*coordinates, strict=True))
    return ExactArrays(numbers[0] if numbers else [], rows, float_reading(shortest=shortest) if floats else "exact")


def exact_rows(name: str, values: Any) -> list[tuple[fmpq, ...]]:
    """The exact rows of an array of shape (N, d), or (N,) for d = 1, as `exact_arrays` reads one.

    >>> exact_rows("x", [[0, 0.5], [1, 2]])
    [(0, 1/2), (1, 2)]
    """
    grid = _grid(name, values)
    if len(grid.shape) not in (1, 2):
        raise DatasetError(f"{name} has shape {grid.shape}: it must be (N,) or (N, d)")
    place: CellPlace = f"{name}[{{}}, {{}}]".format
    columns = [exact_column(column, partial(_place, place, k)) for k, column in enumerate(grid.columns)]
    return list(zip(*columns, strict=True))


def _place(place: CellPlace, task: int, row: int) -> str:
    return place(row, task)


def float_reading(*, shortest: bool) -> Reading:
    """The name of the reading that was used where some number was a binary float.

    >>> float_reading(shortest=True), float_reading(shortest=False)
    ('shortest', 'binary')
    """
    return "shortest" if shortest else "binary"


def exact_column(values: list[Any], place: Callable[[int], str], *, shortest: bool = False) -> list[fmpq]:
    """The exact values of scalars; DatasetError names the place of one that is no finite real number.

    >>> exact_column([1, 0.5, Fraction(1, 3)], X_PLACE)
    [1, 1/2, 1/3]
    >>> exact_column([0.1], X_PLACE, shortest=True)
    [1/10]
    >>> exact_column([1, float("nan")], X_PLACE)
    Traceback (most recent call last):
    reluproof.theory.arrays.DatasetError: x[1] is nan: a dataset needs finite values
    """
    kinds = set(map(type, values))
    if kinds <= {int}:
        return list(map(fmpq, values))
    column = []
    for row, value in enumerate(values):
        try:
            column.append(_exact(value, shortest))
        except _NoNumber as error:
            raise DatasetError(f"{place(row)} is {error}") from None
    return column


def untied(name: str, values: Any) -> Any:
    """A tensor of torch or TensorFlow as an array of numpy with the same numbers; anything else as it is.

    Tensors that are trained or on another device are taken as well; bfloat16, which numpy has not, is widened, which
    is exact. DatasetError for what numpy cannot hold.

    >>> untied("x", [0, 1])
    [0, 1]
    """
    if not (hasattr(values, "detach") or hasattr(values, "numpy")):
        return values
    import numpy

    try:
        for step in ("detach", "cpu"):
            values = getattr(values, step)() if hasattr(values, step) else values
        try:
            return numpy.asarray(values)
        except TypeError:
            return numpy.asarray(values.float())
    except (AttributeError, TypeError, ValueError, RuntimeError) as error:
        raise DatasetError(f"{name} is no array of numbers ({error})") from None


def require_numbers(name: str, values: Any) -> None:
    """DatasetError unless the array `values` holds integers or floats of at most 64 bits, none of them masked.

    >>> import numpy
    >>> require_numbers("x", numpy.array([0, 1]))
    >>> require_numbers("y", numpy.array([0, 1j]))
    Traceback (most recent call last):
    reluproof.theory.arrays.DatasetError: y holds complex128 values: give floats of at most 64 bits, or integers
    """
    _require_unmasked(name, values)
    if values.dtype.kind not in "iuf" or values.dtype.itemsize > 8:
        raise DatasetError(f"{name} holds {dtype_name(values.dtype)}: {_FLOATS}")


def dtype_name(dtype: Any) -> str:
    """How a refusal names the type of an array's elements.

    >>> import numpy
    >>> dtype_name(numpy.dtype(bool)), dtype_name(numpy.dtype(object))
    ('bool values', 'Python objects')
    """
    if dtype.hasobject:
        return "Python objects"
    return "structured records" if dtype.names else repr(f"{dtype.name} values")[1:-1]


class _NoNumber(Exception):
    """What a value is instead of a finite real number, and what would be right."""


def _exact(value: Any, shortest: bool) -> fmpq:
    if isinstance(value, fmpq):
        return value
    if getattr(value, "shape", None) == ():
        if getattr(value, "mask", False):
            raise _NoNumber(f"masked: {_MASKED}")
        value = value[()]  # an array without dimensions is its element
    if not isinstance(value, bool):
        try:
            return fmpq(fmpz(index(value)))
        except TypeError:  # not an integer
            pass
    return _of_ratio(value, shortest)


def _of_ratio(value: Any, shortest: bool) -> fmpq:
    """A float, Fraction or Decimal: whatever knows its exact ratio."""
    if value is None or type(value).__name__ in _MISSING:
        raise _NoNumber(f"missing ({value}): remove its row, or give a number")
    if not isinstance(value, float | Fraction | Decimal) and not (is_float(value) and value.dtype.itemsize <= 8):
        raise _NoNumber(f"{_described(value)}: give integers, fractions or floats of at most 64 bits")
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise _NoNumber(f"{value:.3E}: its exponent must be within +-{_LARGEST_EXPONENT}")
    try:
        if shortest and is_float(value):
            return parse_rational(float.__repr__(value) if isinstance(value, float) else str(value))
        return fmpq(*map(fmpz, value.as_integer_ratio()))
    except (OverflowError, ValueError):
        raise _NoNumber(f"{value}: a dataset needs finite values") from None


def is_float(value: Any) -> bool:
    """Whether a scalar is a binary float, Python's or numpy's.

    >>> is_float(0.5), is_float(Fraction(1, 2)), is_float(1)
    (True, False, False)
    """
    return isinstance(value, float) or getattr(getattr(value, "dtype", None), "kind", None) == "f"


def _described(value: Any) -> str:
    return f"{shown(str(value))}, of type {type(value).__name__}"


def _require_unmasked(name: str, values: Any) -> None:
    mask = getattr(values, "mask", None)
    if mask is not None and bool(mask.any()):
        raise DatasetError(f"{name}: {_MASKED}")


def _grid(name: str, values: Any) -> _Grid:
    values = untied(name, values)
    if hasattr(values, "dtype") and hasattr(values, "tolist"):
        if values.dtype.kind != "O":
            require_numbers(name, values)
            return _Grid(_array_columns(values), tuple(values.shape))
        _require_unmasked(name, values)
        values = values.tolist()
    if not hasattr(values, "__iter__") or not _is_ordered(values):
        raise DatasetError(f"{name} is {_described(values)}: give a sequence of numbers")
    try:
        rows = list(values)
    except TypeError:  # an array without dimensions has the method
        raise DatasetError(f"{name} is {_described(values)}: give a sequence of numbers") from None
    if not any(map(_is_row, rows)):
        return _Grid([rows], (len(rows),))
    return _nested_grid(name, rows)


def _array_columns(values: Any) -> list[list[Any]]:
    columns = {1: [values], 2: values.T}.get(values.ndim, [])
    # numpy's scalars know how they print where they are shorter than 64 bits; Python's floats are faster.
    short = values.dtype.kind == "f" and values.dtype.itemsize < 8
    return [list(column) if short else column.tolist() for column in columns]


def _is_ordered(value: Any) -> bool:
    """Whether iterating gives the values that somebody means: sets have no order, mappings give keys."""
    return not isinstance(value, Set | Mapping | str | bytes)


def _is_row(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str | bytes) and getattr(value, "shape", None) != ()


def _nested_grid(name: str, rows: list[Any]) -> _Grid:
    for number, row in enumerate(rows):
        if not (_is_row(row) and _is_ordered(row)):
            raise DatasetError(
                f"{name}[{number}] is {_described(row)} among rows: give every point a row of its labels"
            )
        _require_unmasked(f"{name}[{number}]", row)
        if len(row) != len(rows[0]):
            raise DatasetError(
                f"{name}[{number}] has {len(row)} numbers, {name}[0] has {len(rows[0])}: give every row the same number"
            )
    return _Grid([list(column) for column in zip(*rows, strict=True)], (len(rows), len(rows[0])))
