"""`reluproof check`: decides datasets and prints what was found."""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...theory.verdict import Verdict
from ..answers.findings import Findings
from ..check import check
from ..reading import InputError, read
from ..report.text import text_report
from ..whole_file import refuse_same_file, report_beside
from .data_options import FORMATS, add_data_options, choices_of
from .exit_status import BAD_INPUT, DECIDED, REFUTED, UNDECIDED
from .plot_option import add_plot, check_plot, draw_plot

if TYPE_CHECKING:
    from ..independent import Comparison
    from ..proved_program import ThirdOpinion

VERIFIED = "RELUPROOF_VERIFIED"
"""The variable of the environment that names the proved program where `--verified` does not."""


@dataclass(frozen=True, slots=True)
class _Opinions:
    """What others say of a dataset, if they were asked."""

    solvers: "tuple[Comparison, ...]"
    proved: "ThirdOpinion | None"

    @property
    def verdicts(self) -> list[Verdict]:
        return [other.verdict for other in self.solvers] + ([self.proved.verdict] if self.proved else [])


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
        help=FORMATS,
    )
    add_data_options(command)
    command.add_argument("--json", action="store_true", help="print one JSON object per dataset")
    command.add_argument("--explain", action="store_true", help="show the numbers at the place that decides")
    command.add_argument("--require", choices=["unique"], help="exit with status 1 unless this is so for every dataset")
    command.add_argument(
        "--certificate",
        metavar="FILE",
        help="write a certificate of the answers (one dataset only); - is standard output, and the report then goes "
        "to standard error",
    )
    command.add_argument(
        "--independent",
        action="store_true",
        help="also solve the program over breakpoints without the theorem, N <= 200",
    )
    command.add_argument(
        "--breakpoints",
        "--candidates",
        metavar="interior|midpoints|adaptive|LIST",
        help="for --independent: interior data points; data points and midpoints; anywhere on the line "
        "(default); or numbers such as 1/2,3,0.7; --candidates is its old name",
    )
    command.add_argument("--digits", type=int, metavar="D", help="digits for --independent (default 30)")
    command.add_argument(
        "--verified",
        metavar="PROGRAM",
        help="also ask the proved program, which `make verified` builds, for runs, uniqueness and fewest neurons "
        f"(default: the variable {VERIFIED} of the environment, if it is set)",
    )
    add_plot(command, "data, optima, dual certificate, angles and coefficients (one dataset only)")
    command.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Check every dataset; a bad one is reported and the others still are checked."""
    if arguments.data.count("-") > 1:
        raise InputError("standard input (-) can be read only once")
    if arguments.certificate is not None and len(arguments.data) > 1:
        raise InputError("--certificate writes one file: give one dataset")
    if arguments.certificate is not None:
        refuse_same_file("--certificate", arguments.certificate, arguments.data[0])
    if arguments.plot is not None and len(arguments.data) > 1:
        raise InputError("--plot draws one picture: give one dataset")
    check_plot(arguments, arguments.data[0])
    if not arguments.independent and (arguments.breakpoints is not None or arguments.digits is not None):
        raise InputError("--breakpoints and --digits belong to --independent: add it")
    choices, status = choices_of(arguments), DECIDED
    for index, path in enumerate(arguments.data):
        try:
            findings = check(read(path, choices))
            others = _Opinions(_independent(findings, arguments), _proved(findings, arguments))
        except InputError as error:
            sys.stderr.write(f"reluproof: {error}\n")
            status = max(status, BAD_INPUT)
            continue
        if arguments.certificate is not None:
            _write_certificate(findings, arguments.certificate)
        with report_beside(arguments.certificate):
            _print_findings(findings, others, arguments, first=index == 0)
            draw_plot(arguments, findings.plot)
        status = max(status, _status(findings, others, arguments.require))
    return status


def _independent(findings: Findings, arguments: argparse.Namespace) -> "tuple[Comparison, ...]":
    """What the solvers say that do not know the theorem, if asked; InputError if they cannot be asked that."""
    if not arguments.independent:
        return ()
    from ..independent import side_by_side
    from ..solve.program import ProgramError

    breakpoints = "adaptive" if arguments.breakpoints is None else arguments.breakpoints
    try:
        return side_by_side(findings, breakpoints, _digits(arguments))
    except ProgramError as error:
        raise InputError(f"{findings.source.name}: {error}") from None


def _proved(findings: Findings, arguments: argparse.Namespace) -> "ThirdOpinion | None":
    """What the proved program says, if there is one to ask; InputError if it cannot be asked."""
    program = os.environ.get(VERIFIED, "") if arguments.verified is None else arguments.verified
    if not program and arguments.verified is None:
        return None
    from ..proved_program import third_opinion

    return third_opinion(findings, program)


def _digits(arguments: argparse.Namespace) -> int:
    return 30 if arguments.digits is None else int(arguments.digits)


def _print_findings(findings: Findings, others: _Opinions, arguments: argparse.Namespace, *, first: bool) -> None:
    if arguments.json:
        print(json.dumps(_json(findings, others, arguments)))
        return
    print(("" if first else "\n") + text_report(findings, explain=arguments.explain))
    if others.solvers:
        from ..report.solver import comparison_text

        print("\n" + "\n".join(comparison_text(others.solvers, _digits(arguments))))
    if others.proved is not None:
        from ..report.proved import proved_text

        print("\n" + proved_text(others.proved))
    if arguments.certificate is not None:
        from ..certify import uncertified

        missing = ", ".join(uncertified(findings))
        print(f"\ncertificate written to {arguments.certificate}; it proves all that --json gives except {missing}")


def _json(findings: Findings, others: _Opinions, arguments: argparse.Namespace) -> dict[str, Any]:
    found = findings.to_json()
    if others.solvers:
        from ..report.solver import comparison_json

        found["independent"]["solvers"] = [comparison_json(other, _digits(arguments)) for other in others.solvers]
    if others.proved is not None:
        from ..report.proved import proved_json

        found["verified"] = proved_json(others.proved)
    return found


def _write_certificate(findings: Findings, path: str) -> None:
    from ..certify import CertificateError, write_certificate

    try:
        write_certificate(path, findings.certificate())
    except CertificateError as error:
        raise InputError(str(error)) from None


def _status(findings: Findings, others: _Opinions, require: str | None) -> int:
    verdicts: list[Verdict] = [result.verdict for result in findings.claims] + others.verdicts
    if findings.independent is not None:
        verdicts.append(findings.independent.verdict)
    words = {verdict.word for verdict in verdicts}
    if require == "unique" and not findings.unique:
        sys.stderr.write(f"reluproof: {findings.source.name}: --require unique is not met\n")
        return REFUTED
    if "refuted" in words:
        return REFUTED
    return UNDECIDED if "undecided" in words else DECIDED
