"""A command of `reluproof` in this process: what it returns and prints."""

from collections.abc import Callable

from reluproof.verify.cli import main

Run = Callable[..., tuple[int, str, str]]


def run(capsys, *arguments):
    """(exit status, standard output, standard error) of `reluproof ARGUMENTS`, numbers and paths included."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        status = stop.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def command(name: str) -> Run:
    """`run` for one command: run(capsys, *arguments)."""
    return lambda capsys, *arguments: run(capsys, name, *arguments)
