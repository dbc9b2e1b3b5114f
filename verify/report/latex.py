"""Findings as a LaTeX table (booktabs), for papers."""

from ...theory.root_sum import square_root
from ..answers.findings import Findings
from ..places import Places
from ..words import counted, shortly
from .text import WORDS

_SPECIAL = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
            "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}  # fmt: skip


def escaped(text: str) -> str:
    """Text as LaTeX prints it."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def latex_report(findings: Findings) -> str:
    """One table of what was found, without a final newline; needs the package booktabs."""
    data, places = findings.data, Places(findings.data.points, findings.source)
    rows = [
        ("points, tasks", f"{data.size}, {data.tasks}"),
        ("optimal cost", rf"${_number(shortly(findings.cost.enclosure(), 12))}$"),
        ("only optimum", "yes" if findings.unique else f"no: {counted(len(findings.aligned_runs), 'aligned run')}"),
    ]
    if findings.optima.radius is not None:
        runs = [escaped(places.span(run.first, run.last)) for run in findings.aligned_runs[:3]]
        more = len(findings.aligned_runs) - len(runs)
        rows.append(("where", "; ".join(runs) + (f"; and {more} more" if more else "")))
    if findings.margin is not None:
        margin = "0" if findings.margin.is_zero else shortly(square_root(findings.margin.squared().enclosure()))
        rows.append(("margin", f"${_number(margin)}$"))
    rows.append(("neurons", f"{findings.optima.connect_the_dots.width}, sparsest {findings.sparsest.width}"))
    rows += [(f"{r.letter}: {escaped(r.name)}", WORDS[r.verdict.word]) for r in findings.claims]
    lines = [rf"{name} & {text} \\" for name, text in rows]
    head = [
        r"\begin{tabular}{ll}",
        r"\toprule",
        rf"\multicolumn{{2}}{{l}}{{{escaped(findings.source.name)}}} \\",
        r"\midrule",
    ]
    return "\n".join([*head, *lines, r"\bottomrule", r"\end{tabular}"])


def _number(text: str) -> str:
    """Dots that mean more digits as LaTeX sets them."""
    return text.replace("...", r"\ldots")
