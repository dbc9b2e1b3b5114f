"""The picture of a page: SVG that stands in HTML, follows light and dark, and says the exact value at every mark."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from xml.etree import ElementTree

from ..answers.findings import Findings
from ..pictures import plot_findings
from ..pictures.file import picture_bytes
from ..pictures.style import BLUE, GREEN, GREY, ORANGE, RED, SETTINGS, UNDER
from ..places import Places, as_given
from .marks import areas, entries, marks, task_names

_SVG = "http://www.w3.org/2000/svg"

_COLOURS = {
    BLUE: "blue", ORANGE: "orange", GREEN: "green", RED: "red", GREY: "grey", SETTINGS["grid.color"]: "grid",
    UNDER["color"]: "under", "#000000": "ink", "#FFFFFF": "ground",
}  # fmt: skip
"""What page.css calls the colours of pictures, so that a dark page has its own."""

_VARIABLES = {colour.lower(): f"var(--{name}, {colour.lower()})" for colour, name in _COLOURS.items()}


def inline_picture(findings: Findings) -> str:
    """The figure of the findings as an <svg> element. Raises InputError without matplotlib."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(picture_bytes(plot_findings(findings), ".svg"))
    for unwanted in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(unwanted)
    groups = {node.get("id", ""): node for node in root.iter(f"{{{_SVG}}}g")}
    for series, texts in marks(findings).items():
        if series in groups:
            _say(list(groups[series].iter(f"{{{_SVG}}}use")), texts, series)
    for series, said in areas(findings).items():
        there = {name: text for name, text in said.items() if name in groups}
        _say([groups[name] for name in there], list(there.values()), series)
    for name, node in groups.items():
        if name.startswith(("matplotlib.axis", "legend")):
            node.set("aria-hidden", "true")
    for node in root.iter():
        if (style := node.get("style")) is not None:
            node.set("style", re.sub("#[0-9a-f]{6}", lambda match: _VARIABLES.get(match[0], match[0]), style))
    root.set("role", "group")
    root.set("aria-label", "data, optima, dual certificate, angles and kernel coefficients; the numbers are below")
    root.set("width", "100%")
    root.attrib.pop("height", None)
    return ElementTree.tostring(root, encoding="unicode")


def _say(nodes: Sequence[ElementTree.Element], texts: Sequence[str], series: str) -> None:
    """One stop of the keyboard for a series; page.js goes on inside it."""
    for index, (node, text) in enumerate(zip(nodes, texts, strict=True)):
        title = ElementTree.Element(f"{{{_SVG}}}title")
        title.text = text
        node.insert(0, title)
        looks = {"class": "mark", "role": "img", "tabindex": "-1" if index else "0", "data-series": series}
        for name, value in looks.items():
            node.set(name, value)


def table_of_points(findings: Findings, most: int) -> Iterator[str]:
    """Rows of x, labels and kinks with their exact values, for at most so many points."""
    data, places = findings.data, Places(findings.data.points, findings.source)
    head = [places.name, *task_names(findings), "kink"]
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(name)}</th>' for name in head) + "</tr></thead><tbody>"
    for index in range(min(data.size, most)):
        inner = 0 < index < data.size - 1
        point, *cells = (as_given(value, places.source.reading) for value in (data.points[index], *data.labels[index]))
        row = [*cells, entries(findings.kinks[index - 1]) if inner else ""]
        first = f'<th scope="row">{escape(point)}</th>'
        yield f"<tr>{first}" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody>"
