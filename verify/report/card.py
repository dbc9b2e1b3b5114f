"""Findings as a card in a notebook: HTML without scripts, everything from the data escaped."""

from html import escape

from ..answers.findings import Findings
from ..words import counted
from .short import short_rows


def html_card(findings: Findings) -> str:
    """A small table with the verdict on top."""
    data = findings.data
    verdict = "Connect-the-dots is the only optimum" if findings.unique else "Connect-the-dots is not the only optimum"
    colour = "#00664b" if findings.unique else "#9c3300"
    left = 'style="text-align:left;vertical-align:top"'
    cells = [(escape(name), escape(text)) for name, text in short_rows(findings)[1:]]
    rows = "".join(f"<tr><th {left}>{name}</th><td {left}>{text}</td></tr>" for name, text in cells)
    head = f"{escape(findings.source.name)}: {data.size} points, {counted(data.tasks, 'task')}"
    return (
        f'<div style="border:1px solid #c9c9c4;border-radius:4px;padding:.6em 1em;max-width:46em">'
        f'<div style="opacity:.7">{head}</div><div style="font-weight:bold;color:{colour}">{verdict}</div>'
        f"<table>{rows}</table></div>"
    )
