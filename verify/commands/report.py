"""`reluproof report`: one dataset as a page to read, print and keep."""

import argparse
from pathlib import Path
from typing import Any

from ..check import check
from ..reading import InputError, read
from ..reading.source import printable
from ..whole_file import in_words, refuse_one_output, refuse_same_file, write_whole, write_whole_bytes
from .data_options import FORMATS, add_data_options, choices_of
from .exit_status import DECIDED, REFUTED, UNDECIDED

EXAMPLES = """examples:
  reluproof report table.csv -o report.html
  reluproof report table.csv --x year --y gdp -o report.html
  reluproof report table.csv --pdf report.pdf"""


def add_report(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "report",
        help="write a page with verdict, picture, exact numbers, proofs and certificate",
        description="Decide one dataset and write one self-contained HTML page: it needs no network, and its "
        "only script shows exact values where the pointer or the keyboard rests. Needs the extra reluproof[plots]; "
        "as PDF, reluproof[pdf].",
        epilog=EXAMPLES,
    )
    command.add_argument("data", metavar="DATA", help=FORMATS)
    add_data_options(command)
    command.add_argument("-o", "--output", metavar="FILE", help="the page, FILE.html; - prints it")
    command.add_argument("--pdf", metavar="FILE", help="the report as PDF, FILE.pdf, instead of the page or beside it")
    command.set_defaults(run=run_report)


def run_report(arguments: argparse.Namespace) -> int:
    """Decide, and write the page, the PDF or both."""
    from ..page import report_page, report_pdf

    _check_outputs(arguments)
    findings = check(read(arguments.data, choices_of(arguments)))
    page = None if arguments.output is None else report_page(findings)
    pdf = None if arguments.pdf is None else report_pdf(findings)
    if page is not None:
        with in_words(arguments.output):
            write_whole(arguments.output, [page])
        if arguments.output != "-":
            print(f"written to {printable(arguments.output)}: open it in a browser")
    if pdf is not None:
        with in_words(arguments.pdf):
            write_whole_bytes(arguments.pdf, pdf)
        if arguments.output != "-":
            print(f"written to {printable(arguments.pdf)}")
    words = {result.verdict.word for result in findings.claims}
    return REFUTED if "refuted" in words else UNDECIDED if "undecided" in words else DECIDED


def _check_outputs(arguments: argparse.Namespace) -> None:
    """InputError, before anything is computed, if a report could not be written where it should be."""
    from ..page import require_pdf

    if arguments.output is None and arguments.pdf is None:
        raise InputError("report: say where it goes: -o FILE.html, --pdf FILE.pdf, or both")
    for option, path in (("--output", arguments.output), ("--pdf", arguments.pdf)):
        if path is not None:
            refuse_same_file(option, path, arguments.data)
    if arguments.pdf is None:
        return
    if Path(arguments.pdf).suffix.lower() != ".pdf":
        raise InputError(f"--pdf {printable(arguments.pdf)}: the name must end in .pdf")
    if arguments.output is not None:
        refuse_one_output("--output", arguments.output, "--pdf", arguments.pdf)
    require_pdf()
