"""`reluproof check`: decides datasets and prints what was found."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...theory.verdict import Verdict
from ..answers.findings import Findings
from ..check import check
from ..reading import InputError, read
from ..reading.read import named
from ..reading.source import printable
from ..report.short import line_report, short_report
from ..report.terminal import columns, show
from ..report.text import text_report
from ..whole_file import refuse_same_file, report_beside
from ..words import wrapped
from .data_options import FORMATS, add_data_options, choices_of
from .exit_status import BAD_INPUT, DECIDED, REFUTED, UNDECIDED
from .failure import described
from .inputs import expanded
from .opinions import Opinions, add_opinions, opinions_of, refuse_orphans
from .plot_option import add_plot, check_plot, drawn_plot, save_plot
from .progress import bar

MOST_JOBS = 64
_TALLY = {BAD_INPUT: "could not be read"}
EXAMPLES = """examples:
  reluproof check table.csv
  reluproof check table.csv --x year --y gdp,inflation -v
  reluproof check results/ --jobs 4 --json > results.jsonl
  reluproof check table.csv --certificate proof.jsonl --plot picture.svg"""


def add_check(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "check",
        help="decide datasets exactly: optimal cost, uniqueness, all optima, margin, Sobolev side",
        description="Decide one or more datasets exactly. A folder stands for the tables in it; several datasets give "
        "one line each and a tally, with --json JSON Lines.",
    )
    command.add_argument(
        "data",
        nargs="+",
        metavar="DATA",
        help=FORMATS,
    )
    add_data_options(command)
    command.add_argument(
        "-v", "--verbose", action="store_true", help="everything that was found, statement by statement"
    )
    command.add_argument("-q", "--quiet", action="store_true", help="one line per dataset; so are several by default")
    command.add_argument("--explain", action="store_true", help="-v, and the numbers at the place that decides")
    command.add_argument("--json", action="store_true", help="print one JSON object per dataset")
    command.add_argument("--latex", action="store_true", help="print a LaTeX table (booktabs)")
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="check N datasets at a time")
    command.add_argument("--require", choices=["unique"], help="exit with status 1 unless this is so for every dataset")
    command.add_argument(
        "--certificate",
        metavar="FILE",
        help="write a certificate of the answers (one dataset only); - is standard output, and the report then goes "
        "to standard error",
    )
    add_opinions(command)
    add_plot(command, "data, optima, dual certificate, angles and coefficients (one dataset only)")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Check every dataset; a bad one is reported and the others still are checked."""
    paths = expanded(arguments.data)
    _check_usage(arguments, paths)
    arguments.one_line = arguments.quiet or len(paths) > 1
    if arguments.jobs > 1 and len(paths) > 1:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(min(arguments.jobs, len(paths))) as pool:
            others = [path for path in paths if path != "-"]  # the processes have no standard input
            found = pool.map(_checked, others, [arguments] * len(others), chunksize=8)
            outcomes = (_checked(path, arguments) if path == "-" else next(found) for path in paths)
            return _print_all(outcomes, arguments, many=True)
    return _print_all((_checked(path, arguments) for path in paths), arguments, many=len(paths) > 1)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one dataset: its text for standard output, its error, and its exit status."""

    status: int
    text: str
    unique: bool | None
    error: str = ""


def _checked(path: str, arguments: argparse.Namespace) -> _Outcome:
    """Check one dataset; what is wrong with it is told, not raised, so that others are checked all the same."""
    try:
        findings = check(read(path, choices_of(arguments)), progress=bar("step"))
        others = opinions_of(findings, arguments)
    except InputError as wrong:
        return _Outcome(BAD_INPUT, "", None, str(wrong))
    except Exception as error:  # noqa: BLE001 - a fault in one dataset does not stop the others
        words, status = described(error)
        return _Outcome(status, "", None, f"{named(path)}: {words}")
    figure = drawn_plot(arguments, lambda width: findings.plot(width=width))
    if arguments.certificate is not None:
        _write_certificate(findings, arguments.certificate)
    save_plot(arguments, figure)
    status, complaint = _status(findings, others, arguments.require)
    return _Outcome(status, _text(findings, others, arguments), findings.unique, complaint)


def _print_all(outcomes: Iterable[_Outcome], arguments: argparse.Namespace, *, many: bool) -> int:
    """Print the outcomes as they come, and for many of them a tally; the status is the largest."""
    status, tally = DECIDED, Counter[bool | str]()
    apart = many and not arguments.json and not arguments.quiet and (arguments.verbose or arguments.explain)
    for outcome in outcomes:
        if outcome.error:
            sys.stderr.write(f"reluproof: {outcome.error}\n")
        if outcome.text:
            with report_beside(arguments.certificate):
                show(("\n" if apart and tally else "") + outcome.text)
        status = max(status, outcome.status)
        tally[_TALLY.get(outcome.status, "failed") if outcome.unique is None else outcome.unique] += 1
    if many and not arguments.json:
        bad = "".join([f", {tally[kind]} {kind}" for kind in (*_TALLY.values(), "failed") if tally[kind]])
        show(f"\n{sum(tally.values())} datasets: {tally[True]} unique, {tally[False]} not unique{bad}")
    return status


def _check_usage(arguments: argparse.Namespace, paths: Sequence[str]) -> None:
    if list(paths).count("-") > 1:
        raise InputError("standard input (-) can be read only once")
    for option in ("certificate", "plot"):
        if getattr(arguments, option) is not None and len(paths) > 1:
            raise InputError(f"--{option} writes one file: give one dataset")
    if arguments.certificate is not None:
        refuse_same_file("--certificate", arguments.certificate, paths[0])
    check_plot(arguments, paths, ("certificate",))
    if not 1 <= arguments.jobs <= MOST_JOBS:
        raise InputError(f"--jobs: from 1 to {MOST_JOBS}")
    refuse_orphans(arguments)


def _text(findings: Findings, others: Opinions, arguments: argparse.Namespace) -> str:
    """What is printed about one dataset."""
    if arguments.json:
        return json.dumps(others.add_to(findings.to_json()))
    if arguments.latex:
        from ..report.latex import latex_report

        return latex_report(findings)
    parts = [_report(findings, arguments), *others.paragraphs(columns())]
    if arguments.certificate is not None:
        from ..certify import uncertified

        missing = ", ".join(uncertified(findings))
        where = f"certificate written to {printable(arguments.certificate)}"
        parts.append("\n".join(wrapped(f"{where}; it proves all that --json gives except {missing}", columns())))
    if arguments.plot is not None:
        parts.append(f"picture written to {printable(arguments.plot)}")
    return "\n\n".join(parts)


def _report(findings: Findings, arguments: argparse.Namespace) -> str:
    if arguments.verbose or arguments.explain:
        return text_report(findings, explain=arguments.explain, width=columns())
    if arguments.one_line:
        return line_report(findings)
    return short_report(findings, columns())


def _write_certificate(findings: Findings, path: str) -> None:
    from ..certify import CertificateError, write_certificate

    try:
        write_certificate(path, findings.certificate())
    except CertificateError as error:
        raise InputError(str(error)) from None


def _status(findings: Findings, others: Opinions, require: str | None) -> tuple[int, str]:
    """The exit status of one dataset, and what is said on standard error about it."""
    verdicts: list[Verdict] = [result.verdict for result in findings.claims] + others.verdicts
    if findings.independent is not None:
        verdicts.append(findings.independent.verdict)
    words = {verdict.word for verdict in verdicts}
    if require == "unique" and not findings.unique:
        return REFUTED, f"{findings.source.name}: --require unique is not met"
    if "refuted" in words:
        return REFUTED, ""
    return (UNDECIDED if "undecided" in words else DECIDED), ""
