"""The options of every command that takes DATA: which columns, how numbers are written, what to do with repeated x."""

import argparse
import csv

from ..reading import Choices, InputError
from ..reading.choices import Column

FORMATS = (
    "a table as text (CSV, TSV, blanks), JSON, .npy, .npz, and with reluproof[tables] .xlsx, Parquet, Arrow; also "
    "packed by gzip, xz, bzip2 or zip; - reads standard input"
)


def add_data_options(command: argparse.ArgumentParser) -> None:
    """Add them to a command."""
    group = command.add_argument_group(
        "data", "By default the first column is x and each further one is a task; numbers are read exactly as written."
    )
    group.add_argument("--x", metavar="NAME|INDEX", help="the column of x, by name or counted from 1")
    group.add_argument(
        "--y",
        action="append",
        metavar="NAME,...",
        help="the columns of labels: names or numbers, separated by commas, also patterns such as 'gdp*'; a name with "
        "a comma in double quotes; can be given again",
    )
    group.add_argument("--skip-rows", type=int, default=0, metavar="K", help="lines (of a sheet: rows) above the table")
    group.add_argument("--sheet", metavar="NAME|INDEX", help="the sheet of an .xlsx workbook")
    group.add_argument("--decimal", default=".", metavar="MARK", help="the decimal mark in text: . (default) or ,")
    group.add_argument(
        "--thousands", metavar="MARK", help="the thousands separator in text: , . ' or a blank; none by default"
    )
    group.add_argument(
        "--x-dates", action="store_true", help="x holds dates or times (ISO 8601): read as days from the first, exactly"
    )
    group.add_argument("--date-format", metavar="FORMAT", help="their form, for example %%d.%%m.%%Y")
    group.add_argument(
        "--duplicates",
        default="refuse",
        choices=["refuse", "mean", "first"],
        help="rows with the same x: refused (default), their exact mean, or the first of them",
    )
    group.add_argument(
        "--floats",
        choices=["binary", "shortest"],
        help="binary floats as the dyadic rationals that they are (default, except for .xlsx), or as the shortest "
        "decimals that they print as",
    )


def choices_of(arguments: argparse.Namespace) -> Choices:
    """What the user chose; InputError for choices that contradict each other."""
    columns = None if arguments.y is None else tuple([name for text in arguments.y for name in _names(text)])
    return Choices(
        x=arguments.x,
        y=columns,
        skip_rows=arguments.skip_rows,
        sheet=arguments.sheet,
        decimal=arguments.decimal,
        thousands=arguments.thousands,
        x_dates=arguments.x_dates,
        date_format=arguments.date_format,
        duplicates=arguments.duplicates,
        floats=arguments.floats,
    )


def _names(text: str) -> list[Column]:
    """The names in a list separated by commas, in which double quotes hold a name together."""
    try:
        row = next(csv.reader([text], strict=True, skipinitialspace=True), [])
    except csv.Error as error:
        raise InputError(f"--y {text}: {error}: write names as in a line of CSV") from None
    if not row or not all(row):
        raise InputError(f"--y {text!r}: a name is missing: write names separated by commas")
    return [name.strip() for name in row]
