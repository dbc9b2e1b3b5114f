"""`reluproof explore`: a page to play with."""

import argparse
from typing import Any

from ..reading import InputError, read
from ..reading.source import printable
from ..whole_file import in_words, refuse_same_file, write_whole
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED

EXAMPLES = """examples:
  reluproof explore
  reluproof explore table.csv --x year --y gdp -o page.html"""


def add_explore(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "explore",
        help="write a page where points can be dragged and every verdict is exact",
        description="Write one self-contained HTML page (no network needed): drag, add and delete points, one or two "
        "tasks; it shows connect-the-dots, all optima, the sparsest one, margin and uniqueness, decided in the browser "
        "in exact rational arithmetic.",
    )
    command.add_argument(
        "data", nargs="?", metavar="DATA", help="what it begins with, as for check; at most 200 points"
    )
    add_data_options(command)
    command.add_argument(
        "-o", "--output", default="explore.html", metavar="FILE", help="default explore.html; - prints it"
    )
    command.epilog = EXAMPLES
    command.set_defaults(run=run_explore)


def run_explore(arguments: argparse.Namespace) -> int:
    """Write the page."""
    from ..explore import explore_page

    if arguments.data is None:
        page = explore_page()
    else:
        refuse_same_file("--output", arguments.output, arguments.data)
        found = read(arguments.data, choices_of(arguments))
        source = found.source
        try:
            page = explore_page(
                found.dataset, title=source.name, point=source.x_name or "x", tasks=source.task_names or ()
            )
        except ValueError as error:
            raise InputError(f"{source.name}: {error}") from None
    if arguments.output == "-":
        print(page, end="")
        return DECIDED
    with in_words(arguments.output):
        write_whole(arguments.output, [page])
    print(f"written to {printable(arguments.output)}: open it in a browser")
    return DECIDED
