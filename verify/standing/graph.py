"""What rests on what, as a graph: Graphviz source, or a drawing that needs no Graphviz."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from .runs import Standing
from .scale import status

COLOURS = {"proved": "#a8d8a8", "identities": "#cfe8cf", "tested": "#f4f0c0", "refuted": "#f0b0b0"}
OTHERWISE = "#eeeeee"
BOX_WIDTH, BOX_HEIGHT, ACROSS, DOWN, MARGIN = 175, 40, 195, 90, 20


def dot_text(standings: Mapping[str, Standing], letters: Sequence[str]) -> str:
    """Graphviz source: an arrow points from a claim to each claim that it rests on."""
    lines = ["digraph claims {", "  node [shape=box, style=filled];"]
    for letter in letters:
        label = f"{letter}. {standings[letter].claim.name}"
        lines.append(f'  {letter} [label="{label}", fillcolor="{_colour(letter, standings)}"];')
    for upper, lower in _arrows(standings, letters):
        lines.append(f"  {upper} -> {lower};")
    return "\n".join([*lines, "}"]) + "\n"


def svg_text(standings: Mapping[str, Standing], letters: Sequence[str]) -> str:
    """A drawing in layers: a claim stands above everything that it rests on."""
    place = _places(standings, letters)
    width = max(x for x, _ in place.values()) + BOX_WIDTH + MARGIN
    height = max(y for _, y in place.values()) + BOX_HEIGHT + MARGIN
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif">']
    for upper, lower in _arrows(standings, letters):
        (x1, y1), (x2, y2) = place[upper], place[lower]
        ends = f'x1="{x1 + BOX_WIDTH // 2}" y1="{y1 + BOX_HEIGHT}" x2="{x2 + BOX_WIDTH // 2}" y2="{y2}"'
        parts.append(f'<line {ends} stroke="#888888"/>')
    for letter, (x, y) in place.items():
        box = f'x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}"'
        label = escape(f"{letter}. {standings[letter].claim.name}")
        parts.append(f'<rect {box} fill="{_colour(letter, standings)}" stroke="#444444"/>')
        parts.append(f'<text x="{x + 8}" y="{y + 25}" font-size="13">{label}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _colour(letter: str, standings: Mapping[str, Standing]) -> str:
    return COLOURS.get(status(letter, standings), OTHERWISE)


def _arrows(standings: Mapping[str, Standing], letters: Sequence[str]) -> list[tuple[str, str]]:
    return [(upper, lower) for upper in letters for lower in standings[upper].claim.rests_on if lower in letters]


def _places(standings: Mapping[str, Standing], letters: Sequence[str]) -> dict[str, tuple[int, int]]:
    depth: dict[str, int] = {}

    def layer(letter: str) -> int:
        if letter not in depth:
            below = [layer(lower) for lower in standings[letter].claim.rests_on if lower in letters]
            depth[letter] = 1 + max(below, default=-1)
        return depth[letter]

    top = max(map(layer, letters))
    filled = [0] * (top + 1)
    place = {}
    for letter in letters:
        level = layer(letter)
        place[letter] = (MARGIN + ACROSS * filled[level], MARGIN + DOWN * (top - level))
        filled[level] += 1
    return place
