"""The exact value of every mark of a picture, by the name of its series and in the order of the picture."""

from collections.abc import Iterator, Sequence

from ...theory.numbers import Vector
from ...theory.root_sum import RootSum
from ..answers.findings import Findings
from ..pictures import part_shown
from ..pictures.dual import angles_drawn, touching_points
from ..pictures.part import Part
from ..places import Places, as_given, readable
from ..words import shortly


def marks(findings: Findings) -> dict[str, list[str]]:
    """{id of a series of markers: what is said at each of them}."""
    part, places = part_shown(findings), Places(findings.data.points, findings.source)
    found: dict[str, list[str]] = {}
    for task in range(findings.data.tasks):
        found[f"optimum-{task}"] = list(_labels(part, places, task))
        found[f"knots-{task}"] = list(_knots(part, places, task))
        found[f"kinks-{task}"] = list(_coefficients(part, places, task))
    found["contacts"] = [f"{places.at(point)}: |eta| = 1, optima may bend here" for point in touching_points(part)]
    return found | _angles(part, places)


def areas(findings: Findings) -> dict[str, dict[str, str]]:
    """{series: {id of an area: what is said there}}: tents by task, the reach, and the gaps of the contact set."""
    part, places = part_shown(findings), Places(findings.data.points, findings.source)
    found: dict[str, dict[str, str]] = {f"tents-{task}": {} for task in range(findings.data.tasks)}
    found |= {"reach": {}, "contact gaps": {}}
    for tent in part.tents():
        where = f"farthest {_with_digits(RootSum([tent.height_squared]))} at {places.between(tent.at, tent.gap)}"
        for task in range(findings.data.tasks):
            found[f"tents-{task}"][f"tent-{tent.gap}-{task}"] = f"all optima lie here; {where}"
        found["reach"][f"reach-{tent.gap}"] = where
    for gap in filter(part.holds_gap, findings.duality.contact_gaps):
        found["contact gaps"][f"contact-{gap}"] = f"|eta| = 1 throughout: {places.span(gap, gap + 1)}"
    return found


def entries(vector: Vector) -> str:
    """A number, or several in parentheses."""
    texts = [readable(entry) for entry in vector]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def task_names(findings: Findings) -> Sequence[str]:
    """What the tasks are called, in full."""
    return findings.source.task_names or [f"task {task + 1}" for task in range(findings.data.tasks)]


def _labels(part: Part, places: Places, task: int) -> Iterator[str]:
    findings, name = part.findings, task_names(part.findings)[task]
    for index in range(findings.data.size)[part.points]:
        kink = f", kink {readable(findings.kinks[index - 1][task])}" if index in part.interior else ""
        label = as_given(findings.data.labels[index][task], findings.source.reading)
        yield f"{places.at(index)}: {name} = {label}{kink}"


def _knots(part: Part, places: Places, task: int) -> Iterator[str]:
    if part.findings.unique:
        return
    spline = part.findings.sparsest.spline
    for knot, kink in zip(spline.knots, spline.kinks, strict=True):
        if part.holds(knot):
            yield f"knot of the sparsest optimum at {places.name} = {readable(knot)}: kink {readable(kink[task])}"


def _coefficients(part: Part, places: Places, task: int) -> Iterator[str]:
    for index in part.interior:
        kink, coefficient = part.findings.kinks[index - 1][task], part.findings.sobolev.coefficients[task][index]
        yield f"{places.at(index)}: kink {readable(kink)}, kernel coefficient {readable(coefficient)}"


def _angles(part: Part, places: Places) -> dict[str, list[str]]:
    bent, aligned = angles_drawn(part.whole if part.is_close else part)
    return {
        "angles": [
            f"{places.at(angle.gap, angle.gap + 1)}: 1 - cos = {_with_digits(angle.one_minus_cosine())}"
            for angle in bent
        ],
        "aligned": [f"{places.at(angle.gap, angle.gap + 1)}: aligned, 1 - cos is exactly 0" for angle in aligned],
    }


def _with_digits(value: RootSum) -> str:
    """Exact, and the first digits where that is no rational number."""
    rational = value.as_rational()
    return readable(rational) if rational is not None else f"{value}, {shortly(value.enclosure())}"
