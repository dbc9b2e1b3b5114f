"""The picture of one dataset: data and optima task by task, dual certificate, angles, kinks and coefficients."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..answers.findings import Findings
from .dual import draw_angles, draw_coefficients, draw_dual
from .multiples import task_rows
from .optima import draw_optima, draw_overview, draw_reach
from .panel import Row, explain, into, panel, stacked
from .part import Part
from .style import PAGE
from .view import close_look, deciding_place


def plot_findings(findings: Findings, ax: Any = None, *, width: float = PAGE) -> Any:
    """A matplotlib figure of everything that was found, `width` inches wide; with `ax`, the data and optima in it.

    ax: axes to draw the first task into, instead of a new figure. Raises InputError without matplotlib.
    """
    part = part_shown(findings)
    return stacked(list(_rows(part, width)), width) if ax is None else into(ax, _first, part)


def part_shown(findings: Findings) -> Part:
    """The points that stand in the panels: all, or those around the place that decides."""
    return Part(findings, close_look(findings.data.size, deciding_place(findings)))


def _first(ax: Any, part: Part) -> None:
    draw_optima(ax, part, 0)
    explain(ax)


def _rows(part: Part, width: float) -> Iterator[Row]:
    if part.is_close:
        yield 1, panel(draw_overview, part)
        yield 0.8, panel(draw_angles, part.whole)
    yield from task_rows(partial(_draw_task, part), part.findings.data.tasks, width)
    if not part.findings.unique:
        yield 0.8, panel(draw_reach, part)
    if part.points.stop - part.points.start > 2:
        yield 0.8, panel(draw_dual, part)
        if not part.is_close:
            yield 0.8, panel(draw_angles, part)
        yield 0.85, panel(_last, part)


def _draw_task(part: Part, ax: Any, task: int) -> None:
    draw_optima(ax, part, task)


def _last(ax: Any, part: Part) -> None:
    draw_coefficients(ax, part)
    part.names.label_x(ax)
