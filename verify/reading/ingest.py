"""Whatever a user hands over, as a dataset with its source: what `check` and all that is like it begin with."""

import os
from collections.abc import Sequence
from typing import Any

from ...theory.dataset import Dataset
from .choices import Choices, Column
from .frames import is_of_a_frame_library
from .provenance import ReadData, Source
from .read import read, read_arrays, read_frame
from .source import InputError


def ingest(data: Any, y: Any = None, *, x: Column | None = None, **choices: Any) -> ReadData:
    """The dataset in `data`.

    data: a `Dataset`; the path of a file, or "-" for standard input; a data frame of pandas, polars or pyarrow; a pair
    of arrays (x, y), or x with y as the second argument: arrays, series, or sequences of numbers. For files and data
    frames `x` and `y` name columns, y one or several; the other keywords are those of `Choices`.
    """
    if isinstance(data, ReadData):
        return data
    if isinstance(data, Dataset):
        if y is not None or x is not None or choices:
            raise InputError("a dataset is complete: give nothing beside it")
        return ReadData(data, Source("dataset", None, data.reading))
    if isinstance(data, str | os.PathLike):
        return read(data, _choices(x, y, choices))
    if is_of_a_frame_library(data) and (y is None or _names_columns(y)):
        return read_frame(data, _choices(x, y, choices))
    if y is None and isinstance(data, tuple) and len(data) == 2:
        data, y = data
    if y is None:
        raise InputError(f"this is a {type(data).__name__}: give a path, a dataset, a data frame, or arrays x and y")
    if x is not None:
        raise InputError("x names a column of a file or a data frame: give arrays as check(x, y)")
    return read_arrays(data, y, _choices(None, None, choices))


def _names_columns(y: Any) -> bool:
    return isinstance(y, str | int) or (isinstance(y, Sequence) and all([isinstance(name, str) for name in y]))


def _choices(x: Column | None, y: Any, others: dict[str, Any]) -> Choices:
    names = None if y is None else (y,) if isinstance(y, str | int) else tuple(y)
    try:
        return Choices(x=x, y=names, **others)
    except TypeError as error:
        raise InputError(f"{error}".replace("Choices.__init__() got an", "check got an")) from None
