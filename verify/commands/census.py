"""`reluproof census`: exact probabilities that uniqueness fails for labels from a finite set."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import sign
from ...theory.numeral import NumeralError, format_rational, parse_rational
from ..reading import InputError
from ..report.terminal import columns
from ..words import bounds, fitted
from .exit_status import DECIDED, REFUTED
from .progress import bar

if TYPE_CHECKING:
    from ..census import Census, LabelSet
    from ..census.enumeration import Enumeration

MOST_SEQUENCES = 5000
"""Censuses of at most so many label sequences are confirmed by enumeration, always."""

MOST_POINTS = 100_000
DIGITS = 12
LONGEST_FRACTION = 60

EXAMPLES = """examples:
  reluproof census --labels one-hot:3 --points 20
  reluproof census --labels '0,1; 1,0; 1/2,3' --weights 1/2,1/4,1/4 --at 0,1,3,4
  reluproof census --labels binary:2 --points 12 --runs --width"""


def add_census(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "census",
        help="exact probability that uniqueness fails for labels from a finite set",
        description="The exact probability that connect-the-dots is not the only optimum, for independent labels from "
        "a finite set: a transfer matrix over windows of labels, confirmed by enumeration where that is short.",
    )
    command.add_argument(
        "--labels",
        required=True,
        metavar="SET",
        help="one-hot:T; binary:T, that is {0,1}^T; grid:M:T, that is [-M,M]^T; or a list of labels such as "
        "'0,1; 1,0; 1/2,3' (coordinates separated by commas)",
    )
    command.add_argument(
        "--weights", metavar="W,W,...", help="rational weights of the labels of a list (default: equal)"
    )
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--points", type=int, metavar="N", help="N equally spaced points")
    where.add_argument("--at", metavar="X,X,...", help="the points, increasing")
    command.add_argument("--runs", action="store_true", help="also the distribution of the number of aligned runs")
    command.add_argument("--width", action="store_true", help="also the distribution of the fewest active neurons")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_census)


def run_census(arguments: argparse.Namespace) -> int:
    """Count, and confirm where the enumeration is short; status 1 if the two disagree."""
    from ..census import census
    from ..census.count import CensusError, aligned_runs, sparsest_widths, validated

    labels = _label_set(arguments.labels, arguments.weights)
    points = _points(arguments)
    try:
        validated(labels, points, phases=3 if arguments.runs or arguments.width else 0)
        found = census(labels, points, bar("point"))
        tables = {
            name: count(labels, points, bar("point"))
            for name, count in (("runs", aligned_runs), ("width", sparsest_widths))
            if getattr(arguments, name)
        }
    except CensusError as error:
        raise InputError(str(error)) from None
    result: dict[str, Any] = {
        "schema": "reluproof.census/1",
        "labels": arguments.labels,
        "tasks": labels.tasks,
        "points": [format_rational(x) for x in points],
        "non_unique": _probability(found.non_unique),
        "unique": _probability(found.unique),
        "decay": None if found.decay is None else bounds(found.decay),
        **{name: {str(number): _probability(p) for number, p in table.items()} for name, table in tables.items()},
        "enumeration": _enumerated(labels, points, found.unique, tables),
    }
    print(json.dumps(result) if arguments.json else _text(result, found, arguments))
    refuted = result["enumeration"] is not None and not result["enumeration"]["agrees"]
    return REFUTED if refuted else DECIDED


def _numbers(text: str, what: str) -> list[fmpq]:
    try:
        return [parse_rational(cell.strip()) for cell in text.split(",")]
    except NumeralError as error:
        raise InputError(f"{what}: {error}") from None


def _label_set(text: str, weights: str | None) -> "LabelSet":
    from ..census import Box, LabelList, OneHot

    kind, _, rest = text.partition(":")
    if kind in ("one-hot", "binary", "grid"):
        if weights is not None:
            raise InputError("--weights: only the labels of an explicit list can have weights")
        sizes = [_size(part, text) for part in rest.split(":")]
        if len(sizes) != (2 if kind == "grid" else 1):
            raise InputError(f"--labels {text}: write one-hot:T, binary:T or grid:M:T, for example grid:1:2")
        if kind == "one-hot":
            return OneHot(sizes[0])
        ends = (0, 1) if kind == "binary" else (-sizes[0], sizes[0])
        return Box(tuple(fmpq(value) for value in range(ends[0], ends[1] + 1)), sizes[-1])
    vectors = [tuple(_numbers(label, "--labels")) for label in text.split(";")]
    given = None if weights is None else _numbers(weights, "--weights")
    if given is not None and any(sign(weight) <= 0 for weight in given):
        raise InputError("--weights: every weight must be positive")
    if given is not None and len(given) != len(vectors):
        raise InputError(f"--weights: {len(given)} weights for {len(vectors)} labels")
    try:
        return LabelList.from_rationals(vectors, given)
    except ValueError as error:
        raise InputError(f"--labels: {error}") from None


def _size(text: str, whole: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 1000):
        raise InputError(f"--labels {whole}: T and M are whole numbers from 1 to 1000")
    return int(text)


def _points(arguments: argparse.Namespace) -> list[fmpq]:
    if arguments.at is not None:
        return _numbers(arguments.at, "--at")
    if not 2 <= arguments.points <= MOST_POINTS:
        raise InputError(f"--points: from 2 to {MOST_POINTS} points")
    return [fmpq(index) for index in range(arguments.points)]


def _probability(value: fmpq) -> dict[str, str]:
    return {"exact": format_rational(value), **bounds(Enclosure.exactly(value))}


def _enumerated(
    labels: "LabelSet", points: list[fmpq], unique: fmpq, tables: dict[str, dict[int, fmpq]]
) -> dict[str, Any] | None:
    from ..census.enumeration import enumeration

    if len(points) > MOST_SEQUENCES or labels.total > MOST_SEQUENCES:
        return None
    if len(labels.labels()) ** len(points) > MOST_SEQUENCES:
        return None
    found: Enumeration = enumeration(labels, points)
    agrees = found.unique == unique
    agrees &= tables.get("runs", found.aligned_runs) == found.aligned_runs
    agrees &= tables.get("width", found.sparsest_widths) == found.sparsest_widths
    return {"sequences": found.sequences, "agrees": agrees, "unique": format_rational(found.unique)}


def _text(result: dict[str, Any], found: "Census", arguments: argparse.Namespace) -> str:
    count = len(result["points"])
    where = f"at {arguments.at}" if arguments.at is not None else f"{count} equally spaced points"
    lines = [f"labels {result['labels']} (T = {result['tasks']}), {where}", ""]
    lines += [f"P(not unique)  {_shown(result['non_unique'])}", f"P(unique)      {_shown(result['unique'])}"]
    if found.decay is not None:
        lower, upper = found.decay.decimals(DIGITS)
        lines.append(f"decay          each further point multiplies P(unique) in the long run by {lower} to {upper}")
    for name, title in (("runs", "aligned runs"), ("width", "fewest neurons")):
        if name in result:
            lines += ["", f"{title:<14} probability"]
            lines += [f"{number:>14} {_shown(p)}" for number, p in result[name].items()]
    lines += ["", _confirmation(result["enumeration"])]
    return "\n".join(fitted(lines, columns()))


def _confirmation(enumerated: dict[str, Any] | None) -> str:
    if enumerated is None:
        most = f"{MOST_SEQUENCES} label sequences or weights"
        return f"decided by a transfer matrix alone: nothing above {most} is enumerated"
    if enumerated["agrees"]:
        return f"decided by a transfer matrix, and again by deciding all {enumerated['sequences']} label sequences"
    return f"REFUTED: all {enumerated['sequences']} label sequences give P(unique) = {enumerated['unique']}"


def _shown(probability: dict[str, str]) -> str:
    exact = probability["exact"]
    lower, upper = Enclosure.exactly(parse_rational(exact, longest=len(exact))).decimals(DIGITS)
    if lower == upper:
        return exact if exact == lower else f"{exact} = {lower}"
    decimals = f"between {lower} and {upper}"
    return f"{exact}, {decimals}" if len(exact) <= LONGEST_FRACTION else f"{decimals} (exact with --json)"
