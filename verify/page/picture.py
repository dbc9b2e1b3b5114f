"""The picture of a page: SVG that stands in HTML, with the exact values of its marks shown where the pointer rests."""

from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from ...theory.root_sum import RootSum
from ...theory.solution_set import tents
from ..answers.findings import Findings
from ..pictures import plot_findings
from ..pictures.file import picture_bytes
from ..places import Places, readable

_SVG = "http://www.w3.org/2000/svg"


def inline_picture(findings: Findings) -> str:
    """The figure of the findings as an <svg> element. Raises InputError without matplotlib."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(picture_bytes(plot_findings(findings), ".svg"))
    for unwanted in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(unwanted)
    hints = dict(_hints(findings))
    for node in root.iter(f"{{{_SVG}}}g"):
        if (text := hints.get(node.get("id", ""))) is not None:
            title = ElementTree.Element(f"{{{_SVG}}}title")
            title.text = text
            node.insert(0, title)
    root.set("role", "img")
    root.set("aria-label", "data, optima, dual certificate, angles and kernel coefficients; the numbers are below")
    root.set("width", "100%")
    root.attrib.pop("height", None)
    return ElementTree.tostring(root, encoding="unicode")


def _hints(findings: Findings) -> Iterator[tuple[str, str]]:
    """What is shown over a mark, by its id."""
    places = Places(findings.data.points, findings.source)
    yield "eta", "|eta|, the norm of the dual certificate: optima bend only where it is 1"
    for task in range(findings.data.tasks):
        yield f"optimum-{task}", "connect-the-dots"
        yield f"sparsest-{task}", f"the sparsest optimum: {findings.sparsest.width} neurons"
    for tent in tents(findings.data, findings.kinks, findings.runs):
        where = f"farthest {RootSum([tent.height_squared])} at {places.between(tent.at, tent.gap)}"
        for task in range(findings.data.tasks):
            yield (
                f"tent-{tent.gap}-{task}",
                f"all optima lie here; {where}",
            )
    for gap in findings.duality.contact_gaps:
        yield f"contact-{gap}", f"|eta| = 1 throughout: {places.span(gap, gap + 1)}"


def table_of_points(findings: Findings, most: int) -> Iterator[str]:
    """Rows of x, labels and kinks with their exact values, for at most so many points."""
    data, places = findings.data, Places(findings.data.points, findings.source)
    names = findings.source.task_names or [f"task {task + 1}" for task in range(data.tasks)]
    head = [places.name, *names, "kink"]
    yield "<tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr>"
    for index in range(min(data.size, most)):
        inner = 0 < index < data.size - 1
        kink = f"({', '.join(map(readable, findings.kinks[index - 1]))})" if inner else ""
        cells = [readable(data.points[index]), *map(readable, data.labels[index]), kink]
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
