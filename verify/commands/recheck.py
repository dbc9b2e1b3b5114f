"""`reluproof recheck`: hands a certificate to the checker, in a process of its own."""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

CHECKER = Path(__file__).parents[1] / "checker.py"


def add_recheck(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "recheck",
        help="judge a certificate with the standalone checker",
        description="Judge a certificate: 0 accepted, 1 rejected, 2 unreadable. The checker imports nothing of "
        "reluproof; it is verify/checker.py and runs on its own as well.",
    )
    command.add_argument(
        "certificate", metavar="CERTIFICATE", help="a file written by check --certificate; - reads standard input"
    )
    command.add_argument(
        "data",
        nargs="?",
        metavar="DATA",
        help="also require that it is about these data: a plain table or JSON, not .npy",
    )
    command.set_defaults(run=run_recheck)


def run_recheck(arguments: argparse.Namespace) -> int:
    """Run the checker isolated from this installation (-I -S) and pass its answer and exit status on."""
    files = [arguments.certificate] + ([arguments.data] if arguments.data is not None else [])
    sys.stdout.flush()
    # Open files are passed on, so that a shell's <(...) can be read.
    command = [sys.executable, "-I", "-S", str(CHECKER), *files]
    return subprocess.run(command, check=False, close_fds=False).returncode
