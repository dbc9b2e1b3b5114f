"""The command line: reads arguments, calls the library, prints, and sets the exit status.

Exit status: 0 decided and nothing refuted; 1 something is refuted, or a requirement is not met; 2 bad usage or bad
input, with one line on standard error; 3 something asked for stays undecided.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from .census_command import add_census
from .check_command import add_check
from .claims_command import add_claims
from .decide_command import add_decide
from .exit_status import BAD_INPUT, DECIDED
from .hunt_command import add_hunt
from .nearest_command import add_nearest
from .probe_command import add_probe
from .reading import InputError
from .recheck_command import add_recheck
from .solve_command import add_solve


class _Parser(argparse.ArgumentParser):
    """argparse with one line per error."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message} (see {self.prog} --help)\n")
        raise SystemExit(BAD_INPUT)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    from importlib.metadata import version

    parser = _Parser(
        prog="reluproof",
        description="Exact checks of what a univariate multi-task ReLU network with weight decay learns.",
        epilog="Exit status: 0 decided, 1 refuted or requirement not met, 2 bad input, 3 undecided.",
    )
    parser.add_argument("--version", action="version", version=f"reluproof {version('reluproof')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    add_check(commands)
    add_recheck(commands)
    add_decide(commands)
    add_census(commands)
    add_nearest(commands)
    add_probe(commands)
    add_claims(commands)
    add_solve(commands)
    add_hunt(commands)
    return parser


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
