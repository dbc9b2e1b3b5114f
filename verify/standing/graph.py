"""What rests on what, as a graph: Graphviz source, and the drawing that Graphviz makes of it."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from html import escape

from .runs import Standing
from .scale import SCALE, status, word

COLOURS = {
    "proved": "#a8d8a8", "identities": "#cfe8cf", "tested": "#f4f0c0", "argued": "#eeeeee", "open": "#ffffff",
    "undecided": "#dccbe8", "refuted": "#f0b0b0",
}  # fmt: skip
"""Of the words of the scale."""

LONGEST = 60
"""Seconds that a drawing may take."""


class GraphvizError(RuntimeError):
    """Graphviz is not there, or failed; one line says which."""


def dot_text(standings: Mapping[str, Standing], letters: Sequence[str]) -> str:
    """Graphviz source: an arrow points from a claim to each claim that it rests on."""
    lines = [
        "digraph claims {",
        '  graph [rankdir=RL, fontname="Helvetica", fontsize=11, labelloc=b, nodesep=0.15, ranksep=0.6];',
        '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=12, color="#444444", height=0.35];',
        '  edge [color="#555555", arrowsize=0.7];',
        f"  label=<{_legend(standings, letters)}>;",
    ]
    for letter in letters:
        name, colour = standings[letter].claim.name, COLOURS[word(standings[letter])]
        tip = f"{letter}: {status(letter, standings)}"
        lines.append(f'  {letter} [label="{letter}. {name}", fillcolor="{colour}", tooltip="{tip}"];')
    for upper, lower in _arrows(standings, letters):
        lines.append(f'  {upper} -> {lower} [tooltip="{upper} rests on {lower}"];')
    return "\n".join([*lines, "}"]) + "\n"


def graphviz_program() -> str:
    """Where Graphviz is; GraphvizError if it is not installed."""
    program = shutil.which("dot")
    if program is None:
        raise GraphvizError("a drawing needs Graphviz (Debian: apt-get install graphviz); FILE.dot does not")
    return program


def svg_drawing(source: str) -> str:
    """The drawing of a graph as SVG, laid out by Graphviz. Raises GraphvizError."""
    try:
        done = subprocess.run(
            [graphviz_program(), "-Tsvg"], input=source.encode(), capture_output=True, check=False, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        raise GraphvizError(f"Graphviz was not ready after {LONGEST} seconds") from None
    if done.returncode:
        raise GraphvizError(f"Graphviz ended with status {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


def _legend(standings: Mapping[str, Standing], letters: Sequence[str]) -> str:
    """A table of the words that occur and their colours, in the HTML of Graphviz."""
    found = {word(standings[letter]) for letter in letters}
    cells = [
        f'<tr><td bgcolor="{COLOURS[step]}">{step}</td><td align="left">{escape(meaning)}</td></tr>'
        for step, meaning in SCALE.items()
        if step in found
    ]
    arrow = '<tr><td>A → B</td><td align="left">A rests on B</td></tr>'
    return f'<table border="0" cellborder="0" cellspacing="3">{"".join([*cells, arrow])}</table>'


def _arrows(standings: Mapping[str, Standing], letters: Sequence[str]) -> list[tuple[str, str]]:
    return [(upper, lower) for upper in letters for lower in standings[upper].claim.rests_on if lower in letters]
