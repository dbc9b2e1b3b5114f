"""`reluproof solve`: the finite-dimensional program over breakpoints, with a proved interval for its optimum."""

import argparse
import json
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import monotonic
from typing import Any

from ...theory.enclosure import Enclosure
from ..reading import InputError, ReadData, read
from ..report.terminal import columns
from ..words import between, fitted
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED, REFUTED, UNDECIDED
from .progress import LONG

DIGITS = 30

EXAMPLES = """examples:
  reluproof solve table.csv
  reluproof solve table.csv --breakpoints interior --coupling l1
  reluproof solve table.csv --penalise-biases --digits 12"""


def add_solve(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "solve",
        help="solve the program over given breakpoints without the theorem",
        description="The cheapest network that interpolates the data and bends only at the breakpoints given, found "
        "without the theorem, with a rigorous interval for its cost. The work is bounded: where an interval of the "
        "width asked for is not found, the narrowest one found is printed as undecided (exit status 3). With penalised "
        "biases and up to 10 points that is within about half a minute, and 12 digits are nearly always reached; the "
        "other problems end by themselves, because breakpoints at the data points are enough for them.",
    )
    command.add_argument("data", metavar="DATA", help="one dataset, as for check; at most 200 points")
    add_data_options(command)
    command.add_argument("--coupling", choices=["l2", "l1", "linf"], default="l2", help="norm of a kink across tasks")
    command.add_argument(
        "--breakpoints",
        default="adaptive",
        metavar="interior|midpoints|adaptive|LIST",
        help="interior data points; data points and midpoints; anywhere on the line (default); or 1/2,3,0.7",
    )
    command.add_argument("--digits", type=int, default=DIGITS, metavar="D", help="relative width 10^-D (default 30)")
    command.add_argument("--penalise-biases", action="store_true", help="a neuron costs |v| sqrt(w^2 + b^2)")
    command.add_argument("--no-linear-part", action="store_true", help="only the constant is free, not the slope")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_solve)


def run_solve(arguments: argparse.Namespace) -> int:
    """Solve, audit, print; the status is 3 if the interval is wider than asked for."""
    from ..report.solver import answer_text
    from ..solve.audit import AuditError
    from ..solve.breakpoints import solve
    from ..solve.program import Program, ProgramError

    found = read(arguments.data, choices_of(arguments))
    source, data = found.source, found.dataset
    try:
        program = Program(
            data,
            (),
            arguments.coupling,
            penalised_biases=arguments.penalise_biases,
            linear_part=not arguments.no_linear_part,
        )
        answer = solve(program, arguments.breakpoints, arguments.digits, _progress())
    except ProgramError as error:
        raise InputError(f"{source.name}: {error}") from None
    except AuditError as error:
        print(f"refuted: the audit rejects the solver's answer: {error}")
        return REFUTED
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
    if arguments.json:
        print(json.dumps(_json(found, arguments, answer)))
    else:
        head = [f"{source.name}: {data.size} points, tasks: {data.tasks}", *source.said, ""]
        print("\n".join([*fitted(head, columns()), *answer_text(answer, arguments.digits, columns())]))
    return UNDECIDED if answer.status == "undecided" else DECIDED


def _progress() -> Callable[[int, Enclosure | None], None]:
    """The interval after every round: in one line of a terminal, elsewhere in a line of its own once work is long."""
    start, terminal = monotonic(), sys.stderr.isatty()

    def show(rounds: int, bounds: Enclosure | None) -> None:
        cost = "no network yet" if bounds is None else f"the cost is {between(bounds)}"
        if terminal:
            sys.stderr.write(f"\rround {rounds}: {cost}\x1b[K")
        elif monotonic() - start > LONG:
            sys.stderr.write(f"reluproof: after {monotonic() - start:.0f} seconds, round {rounds}: {cost}\n")
        sys.stderr.flush()

    return show


def _json(found: ReadData, arguments: argparse.Namespace, answer: Any) -> dict[str, Any]:
    from ..report.solver import answer_json

    return {
        "schema": "reluproof.solve/1",
        "version": version("reluproof"),
        "input": found.source.to_json(),
        "points": found.dataset.size,
        "tasks": found.dataset.tasks,
        "coupling": arguments.coupling,
        "penalised_biases": arguments.penalise_biases,
        "linear_part": not arguments.no_linear_part,
        **answer_json(answer, arguments.digits),
    }
