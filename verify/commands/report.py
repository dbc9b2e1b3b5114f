"""`reluproof report`: one dataset as a page to read, print and keep."""

import argparse
from typing import Any

from ..check import check
from ..reading import read
from ..reading.source import printable
from ..whole_file import in_words, refuse_same_file, write_whole
from .data_options import FORMATS, add_data_options, choices_of
from .exit_status import DECIDED, REFUTED, UNDECIDED

EXAMPLES = """examples:
  reluproof report table.csv -o report.html
  reluproof report table.csv --x year --y gdp -o report.html"""


def add_report(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "report",
        help="write a page with verdict, picture, exact numbers, proofs and certificate",
        description="Decide one dataset and write one self-contained HTML page: it needs no network, and its "
        "only script shows exact values where the pointer or the keyboard rests. Needs the extra reluproof[plots].",
        epilog=EXAMPLES,
    )
    command.add_argument("data", metavar="DATA", help=FORMATS)
    add_data_options(command)
    command.add_argument("-o", "--output", metavar="FILE", required=True, help="the page, FILE.html; - prints it")
    command.set_defaults(run=run_report)


def run_report(arguments: argparse.Namespace) -> int:
    """Decide, and write the page."""
    from ..page import report_page

    refuse_same_file("--output", arguments.output, arguments.data)
    findings = check(read(arguments.data, choices_of(arguments)))
    page = report_page(findings)
    with in_words(arguments.output):
        write_whole(arguments.output, [page])
    if arguments.output != "-":
        print(f"written to {printable(arguments.output)}: open it in a browser")
    words = {result.verdict.word for result in findings.claims}
    return REFUTED if "refuted" in words else UNDECIDED if "undecided" in words else DECIDED
