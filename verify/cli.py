"""The command line: reads arguments, calls the library, prints, and sets the exit status.

Exit status: 0 decided and nothing refuted; 1 something is refuted, or a requirement is not met; 2 bad usage or bad
input, with one line on standard error; 3 something asked for stays undecided; 130 interrupted; 141 the reader of the
output went away before the answer was known.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from .commands.census import add_census
from .commands.check import add_check
from .commands.claims import add_claims
from .commands.decide import add_decide
from .commands.exit_status import BAD_INPUT, INTERRUPTED, UNREAD
from .commands.hunt import add_hunt
from .commands.nearest import add_nearest
from .commands.probe import add_probe
from .commands.recheck import add_recheck
from .commands.solve import add_solve
from .reading import InputError


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
    status: int | None = None
    try:
        parsed = build_parser().parse_args(arguments)
        if sys.stdout is None:
            raise InputError("standard output is closed: there is nowhere to print to")
        status = parsed.run(parsed)
        sys.stdout.flush()
    except InputError as error:
        sys.stderr.write(f"reluproof: {error}\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        sys.stderr.write("reluproof: interrupted; what was printed before is complete\n")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`): the answer stands, if it was known.
        _discard_output()
        return UNREAD if status is None else status
    except OSError as error:
        _discard_output()
        sys.stderr.write(f"reluproof: the answer cannot be printed: {error.strerror}\n")
        return BAD_INPUT
    return status


def _discard_output() -> None:
    """What is left in the buffer goes nowhere, so that the interpreter does not complain about it on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    raise SystemExit(main())
