"""Data and optima task by task, how far optima reach from connect-the-dots, and the overview of long data."""

import math
from typing import Any

from ...theory.numbers import Vector
from ...theory.spline import LinearSpline
from ...theory.vectors import squared_length, subtract
from .overview import overview
from .panel import at_foot, explain, name, spread
from .part import Part
from .style import DASHED, ORANGE, RED, UNDER
from .view import marks, number, numbers


def draw_overview(ax: Any, part: Part) -> None:
    """All points, thinned, where the close look is, and a mark at every aligned gap."""
    data = part.findings.data
    overview(ax, data, part.names, part.points)
    gaps = marks([number(data.points[tent.gap]) for tent in part.whole.tents()])
    if gaps:
        at_foot(ax, gaps, color=RED, marker="^", label="aligned kinks: not unique here")
    explain(ax)


def draw_optima(ax: Any, part: Part, task: int) -> None:
    """The data, connect-the-dots, the sparsest optimum with its knots, and the reach of all optima."""
    findings, x = part.findings, part.x
    y = [number(label[task]) for label in findings.data.labels[part.points]]
    _shade_tents(ax, part, task)
    spread(ax, x)
    ax.plot(x, y, **UNDER, marker="o", label="connect-the-dots", gid=f"optimum-{task}")
    if not findings.unique:
        places, values = _drawn(findings.sparsest.spline, part, task)
        ax.plot(places, values, color=RED, linestyle=DASHED, label="sparsest optimum", gid=f"sparsest-{task}")
        knots = [t for t in findings.sparsest.spline.knots if part.holds(t)]
        heights = [number(value[task]) for value in findings.sparsest.spline.values_at(knots)]
        ax.plot(numbers(knots), heights, color=RED, marker="s", mfc="white", linestyle="", label="its knots",
                gid=f"knots-{task}")  # fmt: skip
    name(ax, part.names.task(task, "data and optima") + part.place)


def _drawn(spline: LinearSpline, part: Part, task: int) -> tuple[list[float], list[float]]:
    points = part.findings.data.points[part.points]
    places = sorted({*points, *[t for t in spline.knots if part.holds(t)]})
    return numbers(places), [number(value[task]) for value in spline.values_at(places)]


def _shade_tents(ax: Any, part: Part, task: int) -> None:
    findings, points = part.findings, part.findings.data.points
    label: str | None = "where all optima lie"
    for tent in part.tents():
        corners = [points[tent.gap], tent.at, points[tent.gap + 1]]
        values = findings.optima.connect_the_dots.values_at(corners)
        top = [number(value[task]) for value in values]
        bottom = [top[0], number(subtract(values[1], tent.descent)[task]), top[2]]
        _shade(ax, numbers(corners), top, bottom, label=label, gid=f"tent-{tent.gap}-{task}")
        label = None


def _shade(ax: Any, x: list[float], top: list[float], bottom: list[float], **looks: Any) -> None:
    ax.fill_between(x, top, bottom, color=ORANGE, alpha=0.45, linewidth=0, **looks)


def draw_reach(ax: Any, part: Part) -> None:
    """The distance of optima from connect-the-dots: of all of them (the tents of L), and of the sparsest one."""
    findings, points = part.findings, part.findings.data.points
    label: str | None = "all optima"
    for tent in part.tents():
        corners = numbers([points[tent.gap], tent.at, points[tent.gap + 1]])
        height = _root(tent.height_squared)
        _shade(ax, corners, [0.0, height, 0.0], [0.0] * 3, label=label, gid=f"reach-{tent.gap}")
        label = None
    places = sorted({*points[part.points], *[t for t in findings.sparsest.spline.knots if part.holds(t)]})
    spline, dots = findings.sparsest.spline, findings.optima.connect_the_dots
    apart = [_distance(f, g) for f, g in zip(spline.values_at(places), dots.values_at(places), strict=True)]
    ax.plot(numbers(places), apart, color=RED, linestyle=DASHED, label="sparsest optimum", gid="sparsest-apart")
    spread(ax, part.x)
    ax.margins(y=0.1)
    name(ax, "distance from connect-the-dots")
    explain(ax)


def _distance(left: Vector, right: Vector) -> float:
    return _root(squared_length(subtract(left, right)))


def _root(square: Any) -> float:
    return math.sqrt(number(square))
