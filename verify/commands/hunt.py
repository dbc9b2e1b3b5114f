"""`reluproof hunt`: searches for a smallest counterexample to a claim."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from ..reading import InputError
from .exit_status import DECIDED, REFUTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..hunt.hunt import Hunt

MOST_SEED = 2**64

EXAMPLES = """examples:
  reluproof hunt B --without 'zero kinks'
  reluproof hunt D --without 'T>=2' --emit csv > counterexample.csv
  reluproof hunt my_claim.py --examples 1000 --emit pytest"""


def add_hunt(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "hunt",
        help="search for a smallest counterexample to a statement, to one without a hypothesis, or to your own claim",
        description="Search for a counterexample with Hypothesis, then for the smallest one: fewest points, fewest "
        "tasks, smallest |label|, then lexicographic. FILE.py is EXECUTED: it must define claim(data), which takes a "
        "Dataset and returns truth. The same seed gives the same answer. Exit status: 0 none found, 1 found, 2 bad "
        "input.",
    )
    command.add_argument(
        "claim", metavar="CLAIM|FILE.py", help="a letter or name such as B, or a file, which is executed"
    )
    command.add_argument("--without", metavar="HYPOTHESIS", help="the hypothesis to drop, such as T>=2 of statement D")
    command.add_argument("--seed", type=int, default=0, metavar="S", help="seed of the search (default 0)")
    command.add_argument("--examples", type=int, default=200, metavar="n", help="examples searched (default 200)")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--emit", choices=["pytest", "csv", "json"], help="print only the counterexample, in this form")
    form.add_argument("--json", action="store_true", help="print one JSON object about the hunt")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_hunt)


def run_hunt(arguments: argparse.Namespace) -> int:
    """Hunt and print; status 1 if a counterexample was found."""
    from ..hunt.as_text import hunt_json
    from ..hunt.hunt import hunt
    from ..hunt.target import named

    if not 1 <= arguments.examples <= 1_000_000:
        raise InputError(f"--examples: from 1 to 1000000, not {arguments.examples}")
    if not 0 <= arguments.seed < MOST_SEED:
        raise InputError(f"--seed: from 0 to {MOST_SEED - 1}, not {arguments.seed}")
    hunted = named(arguments.claim, arguments.without)
    try:
        found = hunt(hunted, arguments.examples, arguments.seed, _progress(arguments.examples))
    finally:
        _progress(0)(0)
    if arguments.json:
        print(json.dumps(hunt_json(found, _certificate(found))))
    elif found.verdict is None:
        # What is emitted is read by a program: it gets nothing rather than a sentence.
        print(_none_found(found), file=sys.stdout if arguments.emit is None else sys.stderr)
    elif arguments.emit is not None:
        print(_emitted(found, arguments.emit))
    else:
        print(_text(found))
    return DECIDED if found.verdict is None else REFUTED


def _progress(examples: int) -> "Callable[[int], None]":
    """Shows on a terminal how many examples are decided; of 0 examples, clears the line."""
    terminal = sys.stderr.isatty()

    def show(tried: int) -> None:
        if terminal and (examples == 0 or tried % 20 == 0):
            sys.stderr.write("\r\x1b[K" if examples == 0 else f"\r{tried} of {examples} examples decided\x1b[K")
            sys.stderr.flush()

    return show


def _none_found(found: "Hunt") -> str:
    undecided = f", {found.undecided} of them undecided" if found.undecided else ""
    return (
        f"{found.hunted.name}: no counterexample among {found.tried} examples{undecided} (seed {found.seed}), over "
        f"{found.hunted.words}"
    )


def _emitted(found: "Hunt", form: str) -> str:
    from ..hunt.as_text import csv_text, json_data, pytest_text

    if form == "pytest":
        return pytest_text(found)
    if found.counterexample is None:
        raise InputError(f"--emit {form}: the counterexample is no dataset; try --emit pytest")
    if form == "csv":
        return csv_text(found.hunted, found.counterexample, found.smallest)
    return json.dumps(json_data(found.counterexample.data))


def _text(found: "Hunt") -> str:
    from ..hunt.as_text import csv_text

    certificate = _certificate(found)
    parts = []
    if found.counterexample is not None:
        parts.append(csv_text(found.hunted, found.counterexample, found.smallest))
    if found.smallest is None and found.verdict is not None:
        parts.append(
            f"{found.hunted.name} is refuted, as shrunk by Hypothesis, by\n{found.subject!r}\n{found.verdict.reason}"
        )
    parts.append(
        f"found at example {found.tried} of at most {found.examples} (seed {found.seed}), over {found.hunted.words}"
    )
    if certificate is not None:
        parts.append("certificate, accepted by the checker:\n" + "\n".join(certificate))
    return "\n\n".join(parts)


def _certificate(found: "Hunt") -> list[str] | None:
    """The lines of a certificate of the dataset, if the refuted thing is uniqueness; only if the checker accepts it."""
    from .. import checker
    from ..check import check

    if found.counterexample is None or not found.counterexample.certified:
        return None
    lines = list(check(found.counterexample.data).certificate())
    checker.Proof(iter([line.encode() for line in lines])).run()
    return [line.rstrip("\n") for line in lines]
