"""Who else is asked about a dataset: solvers that do not know the theorem, and the program that is proved."""

import argparse
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...theory.verdict import Verdict
from ..answers.findings import Findings
from ..reading import InputError

if TYPE_CHECKING:
    from ..independent import Comparison
    from ..proved_program import ThirdOpinion


DIGITS = 30

VERIFIED = "RELUPROOF_VERIFIED"
"""The variable of the environment that names the proved program where `--verified` does not."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What others say of a dataset, if they were asked. digits: those that the solvers were asked for."""

    solvers: "tuple[Comparison, ...]"
    digits: int
    proved: "ThirdOpinion | None"

    @property
    def verdicts(self) -> list[Verdict]:
        """The verdict of each of them."""
        return [other.verdict for other in self.solvers] + ([self.proved.verdict] if self.proved else [])

    def paragraphs(self, width: int) -> list[str]:
        """What is printed about each of them."""
        parts = []
        if self.solvers:
            from ..report.solver import comparison_text

            parts.append("\n".join(comparison_text(self.solvers, self.digits, width)))
        if self.proved is not None:
            from ..report.proved import proved_text

            parts.append(proved_text(self.proved))
        return parts

    def add_to(self, found: dict[str, Any]) -> dict[str, Any]:
        """The JSON object of the findings with what others say of them."""
        if self.solvers:
            from ..report.solver import comparison_json

            found["independent"]["solvers"] = [comparison_json(other, self.digits) for other in self.solvers]
        if self.proved is not None:
            from ..report.proved import proved_json

            found["verified"] = proved_json(self.proved)
        return found


def add_opinions(command: argparse.ArgumentParser) -> None:
    """Add the options that say who else is asked."""
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
    command.add_argument("--digits", type=int, metavar="D", help=f"digits for --independent (default {DIGITS})")
    command.add_argument(
        "--verified",
        metavar="PROGRAM",
        help="also ask the proved program, which `make verified` builds, for runs, uniqueness and fewest neurons "
        f"(default: the variable {VERIFIED} of the environment, if it is set)",
    )


def refuse_orphans(arguments: argparse.Namespace) -> None:
    """InputError for options that say how to ask somebody who is not asked."""
    if not arguments.independent and (arguments.breakpoints is not None or arguments.digits is not None):
        raise InputError("--breakpoints and --digits belong to --independent: add it")


def opinions_of(findings: Findings, arguments: argparse.Namespace) -> Opinions:
    """Ask all that were asked for; InputError if one of them cannot be asked that."""
    digits = DIGITS if arguments.digits is None else int(arguments.digits)
    return Opinions(_independent(findings, arguments, digits), digits, _proved(findings, arguments))


def _independent(findings: Findings, arguments: argparse.Namespace, digits: int) -> "tuple[Comparison, ...]":
    """What the solvers say that do not know the theorem, if asked."""
    if not arguments.independent:
        return ()
    from ..independent import side_by_side
    from ..solve.program import ProgramError

    breakpoints = "adaptive" if arguments.breakpoints is None else arguments.breakpoints
    try:
        return side_by_side(findings, breakpoints, digits)
    except ProgramError as error:
        raise InputError(f"{findings.source.name}: {error}") from None


def _proved(findings: Findings, arguments: argparse.Namespace) -> "ThirdOpinion | None":
    """What the proved program says, if there is one to ask."""
    program = os.environ.get(VERIFIED, "") if arguments.verified is None else arguments.verified
    if not program and arguments.verified is None:
        return None
    from ..proved_program import third_opinion

    return third_opinion(findings, program)
