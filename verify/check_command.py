"""`reluproof check`: decides datasets and prints what was found."""

import argparse
import json
import sys
from typing import Any

from ..theory.verdict import Verdict
from .check import check
from .exit_status import BAD_INPUT, DECIDED, REFUTED, UNDECIDED
from .findings import Findings
from .reading import InputError
from .report import text_report


def add_check(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "check",
        help="decide datasets exactly: optimal cost, uniqueness, all optima, margin, Sobolev side",
        description="Decide one or more datasets exactly. Several files with --json give JSON Lines.",
    )
    command.add_argument(
        "data",
        nargs="+",
        metavar="DATA",
        help="CSV or TSV (first column x, then one column per task), JSON, .npy or .npz; - reads standard input",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object per dataset")
    command.add_argument("--explain", action="store_true", help="show the numbers at the place that decides")
    command.add_argument("--require", choices=["unique"], help="exit with status 1 unless this is so for every dataset")
    command.add_argument("--certificate", metavar="FILE", help="write a certificate of the answers (one dataset only)")
    command.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Check every dataset; a bad one is reported and the others still are checked."""
    if arguments.data.count("-") > 1:
        raise InputError("standard input (-) can be read only once")
    if arguments.certificate is not None and len(arguments.data) > 1:
        raise InputError("--certificate writes one file: give one dataset")
    status = DECIDED
    for index, path in enumerate(arguments.data):
        try:
            findings = check(path)
        except InputError as error:
            sys.stderr.write(f"reluproof: {error}\n")
            status = max(status, BAD_INPUT)
            continue
        if arguments.certificate is not None:
            _write_certificate(findings, arguments.certificate)
        _print_findings(findings, arguments, first=index == 0)
        status = max(status, _status(findings, arguments.require))
    return status


def _print_findings(findings: Findings, arguments: argparse.Namespace, *, first: bool) -> None:
    if arguments.json:
        print(json.dumps(findings.to_json(), ensure_ascii=False))
        return
    print(("" if first else "\n") + text_report(findings, explain=arguments.explain))
    if arguments.certificate is not None:
        missing = ", ".join(findings.to_json()["uncertified"])
        print(f"\ncertificate written to {arguments.certificate}; it proves all that --json gives except {missing}")


def _write_certificate(findings: Findings, path: str) -> None:
    from .certify import CertificateError, write_certificate

    try:
        write_certificate(path, findings.certificate())
    except CertificateError as error:
        raise InputError(str(error)) from None


def _status(findings: Findings, require: str | None) -> int:
    verdicts: list[Verdict] = [result.verdict for result in findings.claims]
    words = {verdict.word for verdict in verdicts}
    if "refuted" in words or (require == "unique" and not findings.unique):
        return REFUTED
    return UNDECIDED if "undecided" in words else DECIDED
