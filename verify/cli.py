"""The command line: reads arguments, calls the library, prints, and sets the exit status.

Exit status: 0 decided and nothing refuted; 1 something is refuted, or a requirement is not met; 2 bad usage or bad
input, with one line on standard error; 3 something asked for stays undecided.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from .check import check
from .findings import Findings
from .reading import InputError
from .report import text_report

DECIDED, REFUTED, BAD_INPUT, UNDECIDED = 0, 1, 2, 3


class _Parser(argparse.ArgumentParser):
    """argparse with one line per error."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message} (see {self.prog} --help)\n")
        raise SystemExit(BAD_INPUT)


def build_parser() -> _Parser:
    """The parser of all commands."""
    from importlib.metadata import version

    parser = _Parser(
        prog="reluproof",
        description="Exact checks of what a univariate multi-task ReLU network with weight decay learns.",
        epilog="Exit status: 0 decided, 1 refuted or requirement not met, 2 bad input, 3 undecided.",
    )
    parser.add_argument("--version", action="version", version=f"reluproof {version('reluproof')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _add_check(commands)
    return parser


def _add_check(commands: "argparse._SubParsersAction[_Parser]") -> None:
    command = commands.add_parser(
        "check",
        help="decide datasets exactly: optimal cost, uniqueness, all optima, margin, Sobolev side",
        description="Decide one or more datasets exactly. Several files with --json give JSON Lines.",
    )
    command.add_argument(
        "data",
        nargs="+",
        metavar="DATA",
        help="CSV or TSV (first column x, then one column per task), JSON, .npy or .npz; - reads standard input",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object per dataset")
    command.add_argument("--explain", action="store_true", help="show the numbers at the place that decides")
    command.add_argument("--require", choices=["unique"], help="exit with status 1 unless this is so for every dataset")
    command.set_defaults(run=_run_check)


def _run_check(arguments: argparse.Namespace) -> int:
    if arguments.data.count("-") > 1:
        raise InputError("standard input (-) can be read only once")
    status = DECIDED
    for index, path in enumerate(arguments.data):
        try:
            findings = check(path)
        except InputError as error:
            sys.stderr.write(f"reluproof: {error}\n")
            status = max(status, BAD_INPUT)
            continue
        if arguments.json:
            print(json.dumps(findings.to_json(), ensure_ascii=False))
        else:
            print(("\n" if index else "") + text_report(findings, explain=arguments.explain))
        status = max(status, _status(findings, arguments.require))
    return status


def _status(findings: Findings, require: str | None) -> int:
    words = {result.verdict.word for result in findings.claims}
    if "refuted" in words or (require == "unique" and not findings.unique):
        return REFUTED
    return UNDECIDED if "undecided" in words else DECIDED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parsed = build_parser().parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
        sys.stdout.flush()
    except InputError as error:
        sys.stderr.write(f"reluproof: {error}\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        sys.stderr.write("reluproof: interrupted; the datasets printed so far are complete\n")
        return BAD_INPUT
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say, and the interpreter must not complain on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DECIDED
    return status


if __name__ == "__main__":
    raise SystemExit(main())
