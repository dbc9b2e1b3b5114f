"""The option --plot, for every command whose answer can be drawn."""

import argparse
from collections.abc import Callable
from typing import Any

from ..whole_file import refuse_same_file


def add_plot(command: argparse.ArgumentParser, what: str) -> None:
    """Add --plot FILE; `what` says what is drawn."""
    command.add_argument("--plot", metavar="FILE", help=f"draw {what}: .svg, .png or .pdf (needs reluproof[plots])")


def check_plot(arguments: argparse.Namespace, data: str) -> None:
    """InputError, before anything is computed, if the picture could not be written."""
    if arguments.plot is None:
        return
    from ..pictures.file import format_of
    from ..pictures.style import styled

    format_of("--plot", arguments.plot)
    refuse_same_file("--plot", arguments.plot, data)
    with styled():
        pass


def save_plot(arguments: argparse.Namespace, draw: Callable[[], Any]) -> None:
    """Write the picture."""
    from ..pictures.file import save

    save(draw(), arguments.plot)


def draw_plot(arguments: argparse.Namespace, draw: Callable[[], Any]) -> None:
    """Write the picture, if one was asked for, and say so unless JSON was asked for."""
    if arguments.plot is None:
        return
    save_plot(arguments, draw)
    if not arguments.json:
        print(f"\npicture written to {arguments.plot}")
