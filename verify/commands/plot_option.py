"""The options of the picture, for every command whose answer can be drawn."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any

from ..reading import InputError
from ..reading.source import printable
from ..whole_file import refuse_one_output, refuse_same_file

WIDTHS = ("page", "column")


def add_plot(command: argparse.ArgumentParser, what: str) -> None:
    """Add --plot FILE and --plot-width; `what` says what is drawn."""
    command.add_argument("--plot", metavar="FILE", help=f"draw {what}: .svg, .png or .pdf (needs reluproof[plots])")
    command.add_argument("--plot-width", choices=WIDTHS, help="how wide: a page of a paper (default) or one column")


def check_plot(arguments: argparse.Namespace, inputs: Sequence[str], outputs: Sequence[str] = ()) -> None:
    """InputError, before anything is computed, if the picture could not be written.

    inputs: the files that are read; outputs: the names of the options whose files the command writes too.
    """
    if arguments.plot is None:
        if arguments.plot_width is not None:
            raise InputError("--plot-width belongs to --plot: add it")
        return
    from ..pictures.file import format_of
    from ..pictures.style import styled

    format_of("--plot", arguments.plot)
    for path in inputs:
        refuse_same_file("--plot", arguments.plot, path)
    for option in outputs:
        if (path := getattr(arguments, option)) is not None:
            refuse_one_output("--plot", arguments.plot, f"--{option}", path)
    with styled():
        pass


def width_of(arguments: argparse.Namespace) -> float:
    """In inches."""
    from ..pictures.style import COLUMN, PAGE

    return COLUMN if arguments.plot_width == "column" else PAGE


def drawn_plot(arguments: argparse.Namespace, draw: Callable[[float], Any]) -> Any:
    """The picture, drawn by a function of its width, if one was asked for: InputError before anything is printed."""
    if arguments.plot is None:
        return None
    try:
        return draw(width_of(arguments))
    except InputError as error:
        said = str(error)
        raise InputError(said if said.startswith("--plot") else f"--plot {printable(arguments.plot)}: {said}") from None


def save_plot(arguments: argparse.Namespace, figure: Any) -> None:
    """Write the picture, if there is one; a line on standard error where it lacks characters."""
    from ..pictures.file import format_of, save
    from ..pictures.style import boxes

    if figure is None:
        return
    save(figure, arguments.plot)
    if format_of("--plot", arguments.plot) != ".svg" and (missing := boxes(figure)):
        sys.stderr.write(f"reluproof: the picture has boxes for {missing}, which its font lacks; .svg keeps the text\n")


def write_plot(arguments: argparse.Namespace, figure: Any) -> None:
    """Write the picture, if there is one, and say so unless JSON was asked for."""
    save_plot(arguments, figure)
    if figure is not None and not arguments.json:
        print(f"\npicture written to {printable(arguments.plot)}")
