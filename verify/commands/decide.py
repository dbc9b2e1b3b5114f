"""`reluproof decide`: uniqueness alone, at array speed, for data of any length."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from ..places import Places
from ..reading.source import InputError, printable
from ..report.terminal import columns
from ..whole_file import refuse_same_file, report_beside
from ..words import READINGS, aligned_rows, between, bounds, counted, enumerated, fitted
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED, REFUTED

if TYPE_CHECKING:
    from ..arrays import Enclosures
    from ..arrays.files import DecidedFile

SHOWN_RUNS = 8
ARRAYS = "needs the arrays themselves: give a .npy file of shape (N, 1 + T)"

EXAMPLES = """examples:
  reluproof decide table.csv
  reluproof decide points.npy --enclosures
  reluproof decide points.npy --certificate proof.jsonl --require unique"""


def add_decide(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "decide",
        help="uniqueness and runs alone, exactly, at array speed",
        description="Whether connect-the-dots is the only optimum, and the aligned runs: exact, behind a filter in "
        "floating point. A .npy file of shape (N, 1 + T), x in the first column, is mapped into memory and may be "
        "larger than it. For all answers use check.",
    )
    command.add_argument("data", metavar="DATA", help=".npy, or any file that check takes")
    add_data_options(command)
    command.add_argument("--enclosures", action="store_true", help="also bounds of cost, 1 - cos and margin (.npy)")
    command.add_argument("--certificate", metavar="FILE", help="write a certificate, streamed (.npy)")
    command.add_argument("--require", choices=["unique"], help="exit with status 1 unless it is")
    command.add_argument("--json", action="store_true", help="print one JSON object, with all runs")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_decide)


def run_decide(arguments: argparse.Namespace) -> int:
    """Decide, print, and write the certificate if asked."""
    from ..arrays.files import decide_file

    if arguments.certificate is not None:
        refuse_same_file("--certificate", arguments.certificate, arguments.data)
    found = decide_file(arguments.data, choices_of(arguments))
    for option in ("enclosures", "certificate"):
        if getattr(arguments, option) and found.arrays is None:
            raise InputError(f"--{option} {ARRAYS}")
    enclosures = _with_arrays(arguments, found)
    with report_beside(arguments.certificate):
        print(json.dumps(_json(found, enclosures)) if arguments.json else _text(arguments, found, enclosures))
    return REFUTED if arguments.require == "unique" and not found.decision.unique else DECIDED


def _with_arrays(arguments: argparse.Namespace, found: "DecidedFile") -> "Enclosures | None":
    """The enclosures, if asked; writes the certificate, if asked."""
    from ..arrays import enclose
    from ..certify import CertificateError, write_certificate
    from ..certify.arrays import certificate_of_arrays

    if found.arrays is None:
        return None
    try:
        enclosures = enclose(*found.arrays, found.decision) if arguments.enclosures else None
        if arguments.certificate is not None:
            write_certificate(arguments.certificate, certificate_of_arrays(*found.arrays))
    except InputError as error:
        raise InputError(f"{found.source.name}: {error}") from None
    except CertificateError as error:
        raise InputError(str(error)) from None
    return enclosures


def _json(found: "DecidedFile", enclosures: "Enclosures | None") -> dict[str, Any]:
    decision, stages = found.decision, found.decision.stages
    result: dict[str, Any] = {
        "schema": "reluproof.decide/1",
        "input": found.source.to_json(),
        "points": decision.points,
        "tasks": decision.tasks,
        "unique": decision.unique,
        "runs": [{"first": a, "last": b} for a, b in zip(decision.first.tolist(), decision.last.tolist(), strict=True)],
        "decided_by": stages.words,
        "windows": {"block": stages.block, "window": stages.window, "modular": stages.modular, "exact": stages.exact},
    }
    if enclosures is not None:
        angle, margin, square = enclosures.angle, enclosures.margin, enclosures.squared_margin
        result["cost"] = bounds(enclosures.cost)
        result["angles"] = None if angle is None else {**bounds(angle.value), "gap": angle.gap}
        result["margin"] = None if margin is None or square is None else {**bounds(margin), "pair": square.gap}
    return result


def _text(arguments: argparse.Namespace, found: "DecidedFile", enclosures: "Enclosures | None") -> str:
    decision, source, width = found.decision, found.source, columns()
    tasks = counted(decision.tasks, "task")
    head = [f"{source.name}: {decision.points} points, {tasks}; {READINGS[source.reading]}", *source.said]
    rows = [("only optimum", _uniqueness(found))]
    if enclosures is not None:
        rows.append(("optimal cost", between(enclosures.cost)))
        if enclosures.angle is not None:
            rows.append(("1 - cos theta", f"{between(enclosures.angle.value)} at its smallest"))
        if enclosures.margin is not None:
            rows.append(("margin", between(enclosures.margin)))
    rows.append(("decided by", decision.stages.words))
    lines = [*fitted(head, width), "", *aligned_rows(rows, width)]
    if arguments.certificate is not None:
        lines += ["", f"certificate written to {printable(arguments.certificate)}"]
    return "\n".join(lines)


def _uniqueness(found: "DecidedFile") -> str:
    decision = found.decision
    if decision.unique:
        return "yes: connect-the-dots, and nothing else"
    pairs = list(zip(decision.first[:SHOWN_RUNS].tolist(), decision.last[:SHOWN_RUNS].tolist(), strict=True))
    places = Places({index: found.point(index) for pair in pairs for index in pair}, found.source)
    runs, count = [places.span(*pair) for pair in pairs], len(decision.first)
    return f"no: the kinks are aligned on {counted(count, 'run')}, {enumerated(runs, SHOWN_RUNS, count)}"
