"""`reluproof completion`: a script with which a shell completes commands, options and names of files."""

import argparse
from functools import partial
from typing import Any

from ..reading import InputError
from .exit_status import DECIDED

SHELLS = ("bash", "zsh", "tcsh")
PATHS = ("DATA", "FILE", "NETWORK", "CERTIFICATE", "PROGRAM")
"""What an argument that is a path is called in the help."""

EXAMPLES = """examples:
  eval "$(reluproof completion bash)"              in ~/.bashrc
  reluproof completion zsh > ~/.zfunc/_reluproof   with fpath+=~/.zfunc in ~/.zshrc"""


def add_completion(commands: "argparse._SubParsersAction[Any]", whole: argparse.ArgumentParser) -> None:
    """Add the command to the parser; `whole` is the parser of all commands, after they have been added."""
    command = commands.add_parser(
        "completion",
        help="print a script with which bash, zsh or tcsh completes commands and options",
        description="Print a script with which the shell completes commands, options, their values and names of files. "
        "Needs the extra reluproof[completion].",
    )
    command.add_argument("shell", choices=SHELLS, metavar="|".join(SHELLS), help="the shell")
    command.epilog = EXAMPLES
    command.set_defaults(run=partial(run_completion, whole, commands))


def run_completion(
    whole: argparse.ArgumentParser, commands: "argparse._SubParsersAction[Any]", arguments: argparse.Namespace
) -> int:
    """Print the script for one shell; InputError where shtab is missing."""
    try:
        import shtab
    except ImportError:
        raise InputError("completion needs shtab: pip install 'reluproof[completion]'") from None
    for choice in commands._choices_actions:  # shtab would show whole descriptions beside the names
        commands.choices[choice.dest].description = choice.help
    for action in [action for command in commands.choices.values() for action in command._actions]:
        if isinstance(action.metavar, str) and any(word in PATHS for word in _words(action.metavar)):
            setattr(action, "complete", shtab.FILE)  # noqa: B010 - the attribute is shtab's own
    print(shtab.complete(whole, arguments.shell))
    return DECIDED


def _words(metavar: str) -> list[str]:
    """'CLAIM|FILE.py' is CLAIM and FILE."""
    return [word.partition(".")[0] for word in metavar.split("|")]
