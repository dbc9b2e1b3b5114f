"""Data frames of pandas, polars and pyarrow, and the Parquet and Arrow files that become one, through narwhals."""

import io
from typing import TYPE_CHECKING, Any

from ...theory.numeral import shown
from .choices import Choices
from .columns import pick
from .dates import Instant
from .exact_cells import Cells
from .extra import needs_extra
from .source import LONGEST_REASON, MAX_NUMBERS, InputError, damaged, printable, too_many

if TYPE_CHECKING:
    from .kinds import Kind

_CHOICES = ("x", "y", "x_dates", "date_format", "duplicates", "floats")
_LIBRARIES = frozenset({"pandas", "polars", "pyarrow", "modin", "cudf", "narwhals"})


def is_of_a_frame_library(value: Any) -> bool:
    """Whether a value is a data frame, table or series; nothing is imported to see it."""
    return any([kind.__module__.partition(".")[0] in _LIBRARIES for kind in type(value).__mro__])


def frame_cells(native: Any, choices: Choices, what: str = "a data frame") -> Cells:
    """The cells of the columns that were chosen of a data frame; InputError if there is none."""
    choices.only(what, _CHOICES)
    with needs_extra(what):
        import narwhals.stable.v1 as narwhals
    try:
        frame: Any = narwhals.from_native(native, eager_only=True)
    except narwhals.exceptions.DuplicateError:
        raise InputError("two columns have the same name: give each a name of its own") from None
    except TypeError:
        raise InputError(f"this is a {type(native).__name__}: give a data frame (collect a lazy one first)") from None
    names, index = [str(name) for name in frame.columns], _index(narwhals.maybe_get_index(frame), choices)
    series = [frame[:, column] for column in range(len(names))]
    if index is not None:
        names, series = [str(index.name), *names], [index, *series]
    if not names:
        raise InputError("the data frame has no columns: give x and at least one label")
    picked = pick(names, len(names), choices)
    if len(series[picked.x]) * (1 + len(picked.y)) > MAX_NUMBERS:
        raise too_many(len(series[picked.x]) * (1 + len(picked.y)))
    return Cells(
        picked,
        _values(series[picked.x]),
        [_values(series[column]) for column in picked.y],
        lambda row: f"row {row} (from 0)",
        lambda row, column: f"column {shown(names[column])}, row {row} (from 0)",
    )


def series_or_columns(value: Any) -> tuple[list[str], list[list[Any]]]:
    """The names and values of a series, or of all columns of a data frame."""
    with needs_extra("a data frame"):
        import narwhals.stable.v1 as narwhals
    found: Any = narwhals.from_native(value, eager_only=True, allow_series=True)
    if isinstance(found, narwhals.Series):
        return [printable(str(found.name or ""))], [_values(found)]
    names = [printable(str(name)) for name in found.columns]
    return names, [_values(found[:, column]) for column in range(len(names))]


def file_frame(kind: "Kind", content: bytes) -> Any:
    """The table of a Parquet or Arrow (Feather) file."""
    what = "the Parquet file" if kind == "parquet" else "the Arrow file"
    with needs_extra(what):
        import pyarrow
        from pyarrow import feather, parquet
    try:
        if kind == "parquet":
            file = parquet.ParquetFile(io.BytesIO(content))
            if (count := file.metadata.num_rows * file.metadata.num_columns) > MAX_NUMBERS:
                raise too_many(count)
            table = file.read()
        else:
            table = feather.read_table(io.BytesIO(content))
        table.validate(full=True)  # text that is no UTF-8, lengths that do not agree
        _ = table.column_names
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise damaged(what, error) from None
    return table


def _values(series: Any) -> list[Any]:
    """The values as Python objects that know all their digits; None or a library's own word where one is missing."""
    try:
        return _times(series) or _others(series)
    except (OverflowError, ValueError) as error:  # times before the year 1 or after 9999
        reason = printable(str(error))[:LONGEST_REASON]
        raise InputError(f"column {shown(str(series.name))} cannot be read ({reason})") from None


def _times(series: Any) -> list[Any] | None:
    """Times that are finer than Python's microseconds; None where they are not. pandas has a type of its own."""
    unit, zone = getattr(series.dtype, "time_unit", None), getattr(series.dtype, "time_zone", None)
    if unit != "ns" or not str(series.dtype).startswith("Datetime") or series.implementation.is_pandas_like():
        return None
    found = series.dt.timestamp("ns").to_list()
    return [None if value is None else Instant.since_1970(value, zoned=zone is not None) for value in found]


def _others(series: Any) -> list[Any]:
    # to_list makes longer floats of short ones, which no longer print as they did.
    dtype = series.dtype
    short = dtype.is_float() and str(dtype) != "Float64" and not series.is_null().any()
    return list(series.to_numpy()) if short else list(series.to_list())


def _index(index: Any, choices: Choices) -> Any | None:
    """The index of a pandas frame as a series, if it was chosen as x; refused if it looks meant and was not chosen."""
    if index is None or type(index).__name__ == "RangeIndex":
        return None
    name = None if index.name is None else str(index.name)
    if choices.x is not None:
        if name is None or str(choices.x) != name:
            return None
        import narwhals.stable.v1 as narwhals

        return narwhals.from_native(index.to_series(), series_only=True)
    kind = "floats" if index.dtype.kind == "f" else None
    if type(index).__name__.startswith(("Datetime", "Period", "Timedelta")):
        kind = "dates"
    if name is None and kind is None:
        return None
    called = f"is {kind if name is None else shown(name)}"
    raise InputError(f"the index of the data frame {called}, no column: choose x (x=...), or use reset_index()")
