"""Printing for people: the width of their terminal, and colour where it has it (NO_COLOR and pipes are respected)."""

import os
import shutil
import sys

from ..words import WIDTH

NARROWEST = 40

LOOKS = {"bad": "bold red", "good": "bold green", "label": "cyan"}

_LOUD = r"(?P<bad>\bREFUTED\b|\bDIFFERS FROM\b|\bNOT the only optimum\b|^only optimum +no\b)"
_GOOD = r"(?P<good>^only optimum +yes\b|: only optimum\b|\ball hold\b|\bholds(?=:))"
_NAME = r"^(?P<label>[a-z0-9][a-z0-9 -]{2,17}?)(?=  )"


def is_terminal() -> bool:
    """Whether standard output goes to a person."""
    return sys.stdout is not None and sys.stdout.isatty()


def columns() -> int:
    """The columns that a line may have."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDTH) if is_terminal() else WIDTH


def show(text: str) -> None:
    """Print the text; on a terminal that has colours, with verdicts and names set off by them."""
    if not is_terminal() or os.environ.get("NO_COLOR"):
        sys.stdout.write(f"{text}\n")
        return
    from rich.console import Console
    from rich.text import Text

    coloured = Text(text)
    for pattern in (_LOUD, _GOOD, _NAME):
        coloured.highlight_regex(f"(?m){pattern}")
    coloured.spans = [type(span)(span.start, span.end, LOOKS[str(span.style)]) for span in coloured.spans]
    Console(highlight=False, soft_wrap=True).print(coloured)
