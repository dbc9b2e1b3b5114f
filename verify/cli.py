"""The command line: reads arguments, calls the library, prints, and sets the exit status.

Exit status: 0 decided and nothing refuted; 1 something is refuted, or a requirement is not met; 2 bad usage or bad
input, with one line on standard error; 3 something asked for stays undecided; 4 a fault of reluproof itself; 130
interrupted, 143 terminated, 129 hung up; 141 the reader of the output went away before the answer was known.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from .commands.census import add_census
from .commands.check import add_check
from .commands.claims import add_claims
from .commands.completion import add_completion
from .commands.decide import add_decide
from .commands.exit_status import DECIDED, INTERRUPTED, UNREAD
from .commands.explore import add_explore
from .commands.failure import described
from .commands.fit import add_fit
from .commands.hunt import add_hunt
from .commands.judge import add_judge
from .commands.kernel import add_kernel
from .commands.nearest import add_nearest
from .commands.parser import Parser, parse
from .commands.probe import add_probe
from .commands.recheck import add_recheck
from .commands.report import add_report
from .commands.solve import add_solve
from .commands.termination import Terminated, terminable
from .commands.train import add_train
from .reading.source import InputError

COMMANDS = (
    add_check,
    add_recheck,
    add_decide,
    add_fit,
    add_census,
    add_nearest,
    add_kernel,
    add_probe,
    add_claims,
    add_solve,
    add_judge,
    add_train,
    add_hunt,
    add_explore,
    add_report,
)


EXAMPLES = """examples:
  reluproof check table.csv                  is connect-the-dots the only optimum?
  reluproof nearest table.csv                how far the labels are from losing that
  reluproof fit table.csv --lambda 0.01max   noisy data
  reluproof judge table.csv network.npz      a trained network
  reluproof check --help                     everything about one command"""


def build_parser() -> tuple[Parser, Mapping[str, Parser]]:
    """The parser, and that of each command."""
    from importlib.metadata import version

    parser = Parser(
        prog="reluproof",
        description="Exact checks of what a univariate multi-task ReLU network with weight decay learns. Exit status: "
        "0 decided, 1 refuted or requirement not met, 2 bad input, 3 undecided, 4 a fault of reluproof itself.",
        epilog=EXAMPLES,
    )
    parser.add_argument("--version", action="version", version=f"reluproof {version('reluproof')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for add in COMMANDS:
        add(commands)
    add_completion(commands, parser)
    return parser, commands.choices


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show ends nothing
    if sys.stderr is None:  # closed: what would be said there is said to nobody, and no file takes its place
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    status: int | None = None
    try:
        with terminable():
            parser, commands = build_parser()
            if sys.stdout is None:
                raise InputError("standard output is closed: there is nowhere to print to")
            if not given:
                parser.print_help()
                return DECIDED
            parsed = parse(parser, commands, given)
            status = parsed.run(parsed)
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`): the answer stands, if it was known.
        _discard_output()
        return UNREAD if status is None else status
    except Exception as error:  # noqa: BLE001 - no traceback, and never the status of a refutation
        return _failed(error)
    except KeyboardInterrupt:
        return _say("interrupted; what was printed before is complete", INTERRUPTED)
    except Terminated as ended:
        return _say("terminated; what was printed before is complete", ended.status)
    return status


def _failed(error: Exception) -> int:
    if isinstance(error, OSError) and error.filename is None:
        _discard_output()
    return _say(*described(error))


def _say(text: str, status: int) -> int:
    try:
        sys.stderr.write(f"reluproof: {text}\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # a full disk; what stays in the buffer would change the status on exit
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    return status


def _discard_output() -> None:
    """What is left in the buffer goes nowhere, so that the interpreter does not complain about it on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    raise SystemExit(main())
