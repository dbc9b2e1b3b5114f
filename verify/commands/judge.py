"""`reluproof judge`: a trained network beside what the theory says."""

import argparse
import json
import re
from typing import TYPE_CHECKING, Any

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numeral import NumeralError, parse_rational
from ..networks import Judgement, NetworkFile, judge, read_network
from ..reading import InputError, read
from ..report.judgement import judgement_json, judgement_text
from ..whole_file import in_words, refuse_same_file, write_whole_bytes
from ..words import counted
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED, REFUTED, UNDECIDED
from .penalty import Note, add_loss, add_penalty, check_loss, penalty_and_words
from .plot_option import add_plot, check_plot, drawn_plot, write_plot

if TYPE_CHECKING:
    from ..networks.objective import Objective

READINGS = {
    "npz": "weights read as the dyadic rationals that they are",
    "safetensors": "weights read as the dyadic rationals that they are",
    "json": "weights read exactly as written",
}
QUANTITIES = (
    "excess",
    "excess_relative",
    "misfit",
    "path_cost",
    "weight_decay",
    "imbalance",
    "distance",
    "gap",
    "gap_relative",
)
_REQUIREMENT = re.compile(rf"({'|'.join(QUANTITIES)})(<=?)(.+)")

EXAMPLES = """examples:
  reluproof judge table.csv network.npz
  reluproof judge table.csv network.safetensors --weight-decay 1e-4 --loss mse
  reluproof judge table.csv network.npz --require 'excess_relative<=1e-2'
  reluproof judge table.csv network.npz -o sparsest.npz --plot picture.svg"""


def add_judge(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "judge",
        help="a trained network beside the theory: its excess, neuron by neuron, and its distance",
        description="What a trained two-layer ReLU network with one input costs beyond what its own outputs need, "
        "exactly divided among its neurons; how far it is from connect-the-dots of its outputs, and how far the excess "
        "allows; with a lambda also how far its objective is from the least one.",
    )
    command.add_argument("data", metavar="DATA", help="one dataset, as for check")
    add_data_options(command)
    command.add_argument("network", metavar="NETWORK", help=".npz, .safetensors or JSON; pickles are refused")
    add_penalty(command.add_mutually_exclusive_group())
    add_loss(command)
    command.add_argument("--require", action="append", default=[], metavar="NAME<=NUMBER",
                         help=f"exit with status 1 unless it is so; NAME: {', '.join(QUANTITIES)}")  # fmt: skip
    command.add_argument("-o", "--output", metavar="FILE", help="write another network, in the format of NETWORK")
    command.add_argument("--write", choices=["merged", "balanced", "sparsest"], default="sparsest",
                         help="which one: the same function with one neuron per knot; the same function with balanced "
                         "neurons; the same outputs with the fewest neurons (default)")  # fmt: skip
    add_plot(command, "the function, its distance and its neurons by waste")
    command.add_argument("--json", action="store_true", help="print one JSON object, schema reluproof.judge/1")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_judge)


def run_judge(arguments: argparse.Namespace) -> int:
    """Judge, print, and write another network if asked."""
    check_loss(arguments)
    requirements = [_requirement(text) for text in arguments.require]
    if arguments.output is not None:
        refuse_same_file("--output", arguments.output, arguments.data)
        refuse_same_file("--output", arguments.output, arguments.network)
    check_plot(arguments, (arguments.data, arguments.network), ("output",))
    data, source = read(arguments.data, choices_of(arguments)), read_network(arguments.network)
    if arguments.output is not None and not arguments.output.lower().endswith(f".{source.format}"):
        raise InputError(f"--output {arguments.output}: it is written as it came: name a .{source.format} file")
    try:
        judged = judge(data.dataset, source.network)
    except ValueError as error:
        raise InputError(f"{source.name} on {data.source.name}: {error}") from None
    found, notes = _objective(judged, arguments)
    measured = {name: _quantity(name, judged, found) for name, _, _ in requirements}
    figure = drawn_plot(arguments, lambda width: judged.plot(width=width, source=data.source))
    written = None if arguments.output is None else _another(arguments, judged, source)
    if arguments.json:
        described = {"name": source.name, "sha256": source.sha256, "format": source.format}
        print(json.dumps(judgement_json(judged, data.source, described, found)))
    else:
        print(judgement_text(judged, data.source, source.name, READINGS[source.format], found, notes))
    write_plot(arguments, figure)
    if written is not None:
        _write(arguments, *written)
    return _status(requirements, measured)


def _objective(judged: Judgement, arguments: argparse.Namespace) -> "tuple[Objective | None, tuple[Note, ...]]":
    if arguments.penalty is None and arguments.weight_decay is None:
        return None, ()
    from ..fit.noisy import Noisy
    from ..networks.objective import objective

    penalty, notes = penalty_and_words(Noisy.of(judged.data), arguments)
    return objective(judged, penalty), notes


def _another(arguments: argparse.Namespace, judged: Judgement, source: NetworkFile) -> tuple[bytes, str]:
    """The content to be written, and what is said about it."""
    from ..networks.alternatives import ALTERNATIVES, file_bytes

    network = ALTERNATIVES[arguments.write](judged)
    content, notes = file_bytes(network, source)
    named = f"the {arguments.write} network, {counted(network.width, 'neuron')}, was written to {arguments.output}"
    return content, "; ".join([named, *notes])


def _write(arguments: argparse.Namespace, content: bytes, told: str) -> None:
    with in_words(arguments.output):
        write_whole_bytes(arguments.output, content)
    if not arguments.json:
        print(f"\n{told}")


def _requirement(text: str) -> tuple[str, str, fmpq]:
    match = _REQUIREMENT.fullmatch(text.replace(" ", ""))
    if match is None:
        raise InputError(f"--require {text}: write NAME<=NUMBER, NAME one of {', '.join(QUANTITIES)}")
    try:
        return match[1], match[2], parse_rational(match[3])
    except NumeralError as error:
        raise InputError(f"--require {text}: {error}") from None


def _quantity(name: str, judged: Judgement, found: "Objective | None") -> Enclosure:
    value = {
        "excess": judged.excess,
        "excess_relative": judged.relative_excess,
        "misfit": Enclosure.exactly(judged.misfit),
        "path_cost": judged.path_cost,
        "weight_decay": Enclosure.exactly(judged.weight_decay),
        "imbalance": judged.imbalance,
        "distance": judged.farthest.measured,
        "gap": None if found is None else found.gap,
        "gap_relative": None if found is None else found.relative,
    }[name]
    if value is None:
        why = "give --lambda or --weight-decay" if found is None and name.startswith("gap") else "it is relative to 0"
        raise InputError(f"--require {name}: {why}")
    return value


def _status(requirements: list[tuple[str, str, fmpq]], measured: dict[str, Enclosure]) -> int:
    """0 if all are met, 1 if one is not, 3 if bounds do not tell."""
    status = DECIDED
    for name, relation, limit in requirements:
        value = measured[name]
        met = value.upper <= limit if relation == "<=" else value.upper < limit
        broken = value.lower > limit if relation == "<=" else value.lower >= limit
        if broken:
            return REFUTED
        status = status if met else UNDECIDED
    return status
