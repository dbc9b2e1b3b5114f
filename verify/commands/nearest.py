"""`reluproof nearest`: the margin of one dataset, and a non-unique dataset about as near as that."""

import argparse
import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flint import fmpq, fmpz

from ...theory.alignment import is_unique
from ...theory.dataset import Dataset
from ...theory.enclosure import Enclosure, round_decimal
from ...theory.margin import PairMargin, margin
from ...theory.nearest import Nearest, is_attained
from ...theory.numbers import sign
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum, square_root
from ..answers.nearest import nearest
from ..places import Places, as_given, readable
from ..reading import InputError, Source, read
from ..reading.source import printable
from ..report.terminal import columns
from ..whole_file import in_words, refuse_same_file, report_beside, write_whole
from ..words import aligned_rows, between, bounds, counted, numerals, wrapped
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED
from .plot_option import add_plot, check_plot, drawn_plot, write_plot

MOST_DECIMALS = 100
LONGEST_SQUARE = 100
_NEAR_ZERO = "nearer than 1e-12 times the largest label (or times 1, if all are 0)"

SHOWN_CHANGES = 40

EXAMPLES = """examples:
  reluproof nearest table.csv
  reluproof nearest table.csv --decimals 2 -o changed.csv
  reluproof nearest table.csv --x year --y gdp --json
  reluproof nearest table.csv --plot moved.pdf --plot-width column"""


def add_nearest(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "nearest",
        help="the margin, and the nearest dataset whose optimum is not unique",
        description="The Euclidean distance of the labels (the points staying fixed) to the closure of the datasets "
        "whose optimum is not unique, and such a dataset: the nearest one where it is rational, else one at most "
        "1 + 1e-12 times as far; where the margin is 0 but not attained, one very near.",
    )
    command.add_argument("data", metavar="DATA", help="one dataset, as for check")
    add_data_options(command)
    command.add_argument(
        "--decimals", type=int, metavar="D", help="one with D decimals instead: the nearest, proved or found"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write the non-unique dataset to a CSV file; - is standard output, the report then goes to standard error",
    )
    add_plot(command, "the dataset, the one found, and what moved")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_nearest)


def run_nearest(arguments: argparse.Namespace) -> int:
    """Find it, print it, and write it if asked."""
    if arguments.decimals is not None and not 0 <= arguments.decimals <= MOST_DECIMALS:
        raise InputError(f"--decimals: from 0 to {MOST_DECIMALS}")
    if arguments.output is not None:
        refuse_same_file("--output", arguments.output, arguments.data)
    check_plot(arguments, (arguments.data,), ("output",))
    answer = nearest(read(arguments.data, choices_of(arguments)), decimals=arguments.decimals)
    data, source, found = answer.data, answer.source, answer.found
    figure = drawn_plot(arguments, lambda width: answer.plot(width=width))
    if arguments.output is not None:
        if found is None:
            raise InputError(f"{source.name}: {data.size} points: every such dataset is unique, nothing to write")
        with in_words(arguments.output):
            write_whole(arguments.output, _table(source, found.dataset, arguments.decimals))
    result = _result(source, data, found)
    if result["nearest"] is not None:
        result["nearest"] |= {"decimals": arguments.decimals, "proved": answer.proved}
    with report_beside(arguments.output):
        print(json.dumps(result) if arguments.json else _text(result, source, data, found, arguments))
        write_plot(arguments, figure)
    return DECIDED


def _table(source: Source, data: Dataset, decimals: int | None) -> Iterator[str]:
    """The lines of the changed table: the names of its columns, then numbers as decimals wherever these are exact."""
    if source.x_name is not None and source.task_names is not None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([source.x_name, *source.task_names])
        yield line.getvalue()
    for point, label in zip(data.points, data.labels, strict=True):
        entries = [_cell(entry) if decimals is None else _decimal(entry, decimals) for entry in label]
        yield ",".join([_cell(point), *entries]) + "\n"


def _cell(value: fmpq) -> str:
    below, above = (round_decimal(value, MOST_DECIMALS, up=up) for up in (False, True))
    return below if below == above else format_rational(value)


def _decimal(value: fmpq, decimals: int) -> str:
    """A multiple of 10^-decimals, exactly."""
    digits = str(abs(value * fmpz(10) ** decimals)).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    return ("-" if sign(value) < 0 else "") + whole + ("." + fraction if decimals else "")


def _result(source: Source, data: Dataset, found: Nearest | None) -> dict[str, Any]:
    best = margin(data)
    assert (best is None) == (found is None)
    head = {"schema": "reluproof.nearest/1", "input": source.name, "reading": source.reading, "unique": is_unique(data)}
    head["source"] = source.to_json()
    if best is None or found is None:
        return {**head, "margin": None, "nearest": None}
    square = best.squared().enclosure()
    exact = {"rational": format_rational(best.rational), "signed_root": format_rational(-best.discriminant)}
    nearest = {
        "squared_distance": format_rational(found.squared_distance),
        **bounds(RootSum([found.squared_distance]).enclosure()),
        "factor_of_margin": _factor(found, best),
        "pair": found.pair,
        "ratio": format_rational(found.ratio),
        "optimal": found.optimal,
        "x": numerals(found.dataset.points),
        "y": [numerals(label) for label in found.dataset.labels],
    }
    of_margin = {**bounds(square_root(square)), "squared": exact, "pair": best.pair, "attained": is_attained(data)}
    return {**head, "margin": of_margin, "nearest": nearest}


def _factor(found: Nearest, best: PairMargin) -> str | None:
    """An upper bound of distance / margin; None where the margin is 0."""
    if best.is_zero:
        return None
    square = found.squared_distance / best.squared().enclosure().lower
    return square_root(Enclosure.exactly(square)).decimals(20)[1]


def _text(
    result: dict[str, Any], source: Source, data: Dataset, found: Nearest | None, arguments: argparse.Namespace
) -> str:
    places, width = Places(data.points, source), columns()
    head = [f"{source.name}: {data.size} points, {counted(data.tasks, 'task')}", *source.said]
    if found is None:
        rows = [("margin", "none: with fewer than 4 points every dataset is unique")]
    else:
        rows = [
            ("margin", _margin_text(result, places)),
            ("nearest", _nearest_text(result, found, places, arguments.decimals)),
            *[("", change) for change in _shown_changes(source, data, found.dataset, arguments.decimals)],
        ]
    lines = [*[line for text in head for line in wrapped(text, width)], "", *aligned_rows(rows, width)]
    if arguments.output is not None:
        lines += ["", f"written to {printable(arguments.output)}"]
    return "\n".join(lines)


def _shown_changes(source: Source, data: Dataset, new: Dataset, decimals: int | None) -> list[str]:
    """The first changes, and how many more there are."""
    shown = list(islice(_changes(source, data, new, decimals), SHOWN_CHANGES))
    pairs = zip(data.labels, new.labels, strict=True)
    more = sum([old != y for before, after in pairs for old, y in zip(before, after, strict=True)]) - len(shown)
    return [*shown, f"and {counted(more, 'more label')} (--json or -o gives them all)"] if more else shown


def _changes(source: Source, data: Dataset, new: Dataset, decimals: int | None) -> Iterator[str]:
    """Every label that changes, task by task: 'inflation at year = 1995 (line 150): 3.44 -> 3.43'."""
    places = Places(data.points, source)
    names = source.task_names or [f"task {task + 1}" if data.tasks > 1 else "label" for task in range(data.tasks)]
    for index, (before, after) in enumerate(zip(data.labels, new.labels, strict=True)):
        for name, old, y in zip(names, before, after, strict=True):
            if old != y:
                becomes = readable(y) if decimals is None else _decimal(y, decimals)
                was = as_given(old, source.reading)  # the float 0.1 prints as the decimal that it becomes
                yield f"{name} at {places.at(index)}: {readable(old) if was == becomes else was} -> {becomes}"


def _margin_text(result: dict[str, Any], places: Places) -> str:
    found = result["margin"]
    if not result["unique"]:
        return "0: the dataset itself is not unique"
    pair = places.at(found["pair"], found["pair"] + 1)
    if found["lower"] == found["upper"] == "0":
        return f"0, not attained: unique, but non-unique datasets come arbitrarily near, at {pair}"
    root = f" - sqrt({found['squared']['signed_root'].lstrip('-')})" if found["squared"]["signed_root"] != "0" else ""
    how = "attained" if found["attained"] else "not attained: only the closure of the non-unique datasets is so near"
    square = found["squared"]["rational"] + root
    exact = f"squared, exactly {square}" if len(square) <= LONGEST_SQUARE else "its exact square is given by --json"
    return f"between {found['lower']} and {found['upper']}, at {pair}, {how}; {exact}"


def _nearest_text(result: dict[str, Any], found: Nearest, places: Places, decimals: int | None) -> str:
    if not found.squared_distance:
        return "the dataset itself"
    distance = between(RootSum([found.squared_distance]).enclosure(), 20)
    pair = f"{places.at(found.pair, found.pair + 1)}, kinks in the ratio {readable(found.ratio)}"
    if decimals is not None:
        word = "nearest, proved," if result["nearest"]["proved"] else "nearest found"
        return f"with {counted(decimals, 'decimal')}, the {word} is at {distance}, at {pair}"
    if found.optimal:
        return f"attained at {distance}, at {pair}"
    factor = result["nearest"]["factor_of_margin"]
    near = f"at most {factor} times as far" if factor is not None else _NEAR_ZERO
    return f"non-unique at {distance}, {near}, at {pair}"
