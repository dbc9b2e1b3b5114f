"""argparse as the commands use it: one line per error, numbers that begin with a minus, and where to look for help."""

import argparse
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from ..reading.source import printable
from .exit_status import BAD_INPUT


class Help(argparse.RawDescriptionHelpFormatter):
    """Fills paragraphs; text that has lines of its own, such as the examples at the end, stays as it is."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return super()._fill_text(text, width, indent)
        return argparse.HelpFormatter._fill_text(self, text, width, indent)


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong and where help is."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"formatter_class": Help, **options})
        # "-2,-1" and "-1;1" are values, not options: argparse before Python 3.14 knows single numbers only.
        self._negative_number_matcher = re.compile(r"-\.?\d")

    def error(self, message: str) -> NoReturn:
        """One line on standard error, status 2."""
        self.exit(BAD_INPUT, f"{self.prog}: {message} (see {self.prog} --help)\n")

    def long_options(self) -> list[str]:
        """All options that begin with two dashes."""
        return [name for name in self._option_string_actions if name.startswith("--")]


def parse(parser: Parser, commands: Mapping[str, Parser], arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments of one command; a command or option that does not exist gets the nearest one as a suggestion."""
    if arguments and not arguments[0].startswith("-") and arguments[0] not in commands:
        hint = nearest(arguments[0], list(commands)) or f"there are {', '.join(commands)}"
        parser.error(f"there is no command {printable(arguments[0])!r}: {hint}")
    parsed, unknown = parser.parse_known_args(arguments)
    if unknown:
        command = commands[parsed.command]
        hints = [nearest(text.partition("=")[0], command.long_options()) for text in unknown]
        words = " ".join(map(printable, unknown))
        command.error(f"unknown arguments: {words}" + "".join([f"; {hint}" for hint in hints if hint][:1]))
    return parsed


def nearest(word: str, known: Sequence[str]) -> str | None:
    """'did you mean ...?' where one of the known words is like it."""
    found = get_close_matches(word, known, n=1)
    return f"did you mean {found[0]}?" if found else None
