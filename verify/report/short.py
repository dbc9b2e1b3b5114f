"""Findings in a line or in five: verdict, cost, where, how near; numbers that are rounded say so."""

from ...theory.enclosure import Enclosure
from ...theory.root_sum import RootSum, square_root
from ..answers.findings import Findings
from ..places import readable
from ..words import (
    LONGEST_NUMERAL,
    WIDTH,
    aligned_rows,
    counted,
    enumerated,
    shortly,
)
from .text import SHOWN_ROOTS, WORDS, equals, head_lines, independent_rows, places_of, uniqueness_text

SHORT_RUNS = 3


SHORT_DIGITS = 12


def line_report(findings: Findings) -> str:
    """One line: the name, uniqueness, cost and margin."""
    return f"{findings.source.name}: {verdict_line(findings)}"


def verdict_line(findings: Findings) -> str:
    """Uniqueness, cost and margin, and every statement that was not confirmed."""
    verdict = "only optimum" if findings.unique else "NOT the only optimum"
    margin = "" if findings.margin is None else f", margin {_margin_value(findings)}"
    wrong = [result.letter for result in findings.claims if result.verdict.word in ("refuted", "undecided")]
    doubt = f"; not confirmed: {', '.join(wrong)}" if wrong else ""
    return f"{verdict}, cost {_line_cost(findings)}{margin}{doubt}"


def _line_cost(findings: Findings) -> str:
    """Exact where that is short."""
    exact = findings.cost.merged()
    rational = None if exact is None else exact.as_rational()
    if rational is None:
        return shortly(findings.cost.enclosure(), 9)
    text = readable(rational)
    return shortly(Enclosure.exactly(rational), 9) if "/" in text or "[" in text else text


def short_report(findings: Findings, width: int = WIDTH) -> str:
    """What most readers want: verdict, cost, where, how near, the Sobolev side, and how it was proved."""
    return "\n".join([*head_lines(findings, width), "", *aligned_rows(short_rows(findings), width)])


def short_rows(findings: Findings) -> list[tuple[str, str]]:
    """The same as names and texts."""
    return [
        ("only optimum", uniqueness_text(findings)),
        ("cost", _short_cost(findings)),
        *_where(findings),
        ("how near", _how_near(findings)),
        ("Sobolev", f"the minimum-norm interpolant {equals(findings)} connect-the-dots between the data"),
        ("proofs", _proofs(findings)),
        *_doubts(findings),
    ]


def _short_cost(findings: Findings) -> str:
    exact = findings.cost.merged()
    value = shortly(findings.cost.enclosure(), SHORT_DIGITS)
    if exact is None or len(exact.terms) > SHOWN_ROOTS or len(str(exact)) > LONGEST_NUMERAL:
        return value if exact is None else f"{value}, a sum of {counted(len(exact.terms), 'square root')}"
    rational = exact.as_rational()
    return f"exactly {exact}, {value}" if rational is None else f"exactly {readable(rational)}"


def _where(findings: Findings) -> list[tuple[str, str]]:
    """The runs and the reach of the optima; nothing for a unique dataset."""
    tent, places = findings.optima.radius, places_of(findings)
    if tent is None:
        return []
    runs = [places.span(run.first, run.last) for run in findings.aligned_runs]
    height = shortly(RootSum([tent.height_squared]).enclosure())
    reach = f"optima differ by up to {height}, at {places.name} = {readable(tent.at)}"
    return [("where", f"{enumerated(runs, SHORT_RUNS)}; {reach}")]


def _margin_value(findings: Findings) -> str:
    margin = findings.margin
    return "0" if margin is None or margin.is_zero else shortly(square_root(margin.squared().enclosure()))


def _how_near(findings: Findings) -> str:
    margin = findings.margin
    if margin is None:
        return "never: with fewer than 4 points every dataset is unique"
    if margin.is_zero:
        return "0: it is not unique" if not findings.unique else "0: non-unique labels come arbitrarily near"
    where = places_of(findings).at(margin.pair, margin.pair + 1)
    return f"labels {_margin_value(findings)} away are not unique, at {where}"


def _proofs(findings: Findings) -> str:
    words = [result.verdict.word for result in findings.claims]
    held, silent = words.count("holds"), words.count("does_not_apply")
    rest = f", {silent} about other data" if silent else ""
    if held + silent == len(words):
        return f"{counted(len(words), 'statement')} decided twice: all hold{rest} (-v lists them)"
    return f"{held} of {counted(len(words), 'statement')} decided twice and true{rest}"


def _doubts(findings: Findings) -> list[tuple[str, str]]:
    """What is refuted or undecided is never left out."""
    rows = [
        (result.letter, f"{WORDS[result.verdict.word]}: {result.name}: {result.verdict.reason}")
        for result in findings.claims
        if result.verdict.word in ("refuted", "undecided")
    ]
    independent = findings.independent
    if independent is not None and independent.verdict.word in ("refuted", "undecided"):
        rows += independent_rows(findings)
    return rows
