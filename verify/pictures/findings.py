"""The picture of one dataset: data and optima task by task, dual certificate, angles, kinks and coefficients."""

import math
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from ...theory.solution_set import tents
from ...theory.spline import LinearSpline
from ...theory.stencil import squared_eta
from ...theory.vectors import subtract
from ..answers.findings import Findings
from .panel import Row, explain, name, panel, stacked
from .style import BLUE, GREEN, GREY, ORANGE, PAGE, RED
from .view import number, numbers, thinned, window

MOST_TASKS = 3
"""Tasks that have a row of their own; more become small multiples."""
MOST_SHOWN = 12
MOST_MARKS = 500
SAMPLES = 12
"""Places inside a gap at which |eta| is drawn."""
FLOOR = 1e-18
"""Where an angle of exactly 0 is drawn on the logarithmic scale, below all others."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The points that are drawn: all, or those of the close look."""

    findings: Findings
    points: slice

    @property
    def x(self) -> list[float]:
        return numbers(self.findings.data.points[self.points])

    @property
    def is_close(self) -> bool:
        return bool(self.points.stop - self.points.start < self.findings.data.size)

    def holds(self, place: fmpq) -> bool:
        points = self.findings.data.points
        return bool(points[self.points.start] <= place <= points[self.points.stop - 1])


def plot_findings(findings: Findings, ax: Any = None, *, width: float = PAGE) -> Any:
    """A matplotlib figure of everything that was found, `width` inches wide; with `ax`, the data and optima in it.

    ax: axes to draw the first task into, instead of a new figure. Raises InputError without matplotlib.
    """
    part = _Part(findings, window(findings))
    if ax is None:
        return stacked(_rows(part), width)
    draw_optima(ax, part, 0)
    return ax.figure


def _rows(part: _Part) -> list[Row]:
    tasks = part.findings.data.tasks
    rows: list[Row] = []
    if part.is_close:
        rows += [
            (1, panel(draw_overview, part)),
            (0.8, panel(draw_angles, _Part(part.findings, slice(0, part.findings.data.size)))),
        ]
    if tasks <= MOST_TASKS:
        rows += [(1.2, panel(draw_optima, part, task)) for task in range(tasks)]
    else:
        rows.append((1.1 * -(-min(tasks, MOST_SHOWN) // 3), lambda figure, place: _multiples(figure, place, part)))
    if part.points.stop - part.points.start > 2:
        rows.append((0.8, panel(draw_dual, part)))
        rows += [] if part.is_close else [(0.8, panel(draw_angles, part))]
        rows.append((0.8, panel(draw_coefficients, part)))
    return rows


def _multiples(figure: Any, place: Any, part: _Part) -> None:
    tasks = part.findings.data.tasks
    shown = min(tasks, MOST_SHOWN)
    for task, cell in zip(range(shown), place.subgridspec(-(-shown // 3), 3), strict=False):
        ax = figure.add_subplot(cell)
        draw_optima(ax, part, task, legend=False)
        if task == shown - 1 < tasks - 1:
            name(ax, f"{_task_name(part.findings, task)} (and {tasks - shown} tasks more)")


def draw_overview(ax: Any, part: _Part) -> None:
    """All points, thinned, where the close look is, and a mark at every aligned gap."""
    data = part.findings.data
    for task in range(min(data.tasks, MOST_TASKS)):
        x, y = thinned(numbers(data.points), [number(label[task]) for label in data.labels])
        ax.plot(x, y, color=(BLUE, ORANGE, GREEN)[task], linewidth=0.6, label=_task_name(part.findings, task))
    ax.axvspan(part.x[0], part.x[-1], color=RED, alpha=0.3, linewidth=0, label="the close look below")
    gaps = [tent.gap for tent in tents(data, part.findings.kinks, part.findings.runs)][:MOST_MARKS]
    if gaps:
        foot = ax.get_ylim()[0]
        ax.plot(
            numbers([data.points[gap] for gap in gaps]),
            [foot] * len(gaps),
            color=RED,
            marker="^",
            linestyle="",
            clip_on=False,
            label="aligned kinks: not unique here",
        )
    name(ax, f"all {data.size} points")
    explain(ax)


def draw_optima(ax: Any, part: _Part, task: int, *, legend: bool = True) -> None:
    """The data, connect-the-dots, the sparsest optimum with its knots, and the reach of all optima."""
    findings, x = part.findings, part.x
    y = [number(label[task]) for label in findings.data.labels[part.points]]
    _shade_tents(ax, part, task)
    _spread(ax, part)
    ax.plot(x, y, color=BLUE, marker="o", label="connect-the-dots", gid=f"optimum-{task}")
    if not findings.unique:
        places, values = _drawn(findings.sparsest.spline, part, task)
        ax.plot(places, values, color=RED, linestyle=(0, (4, 2)), label="sparsest optimum", gid=f"sparsest-{task}")
        knots = [t for t in findings.sparsest.spline.knots if part.holds(t)]
        heights = [number(value[task]) for value in findings.sparsest.spline.values_at(knots)]
        ax.plot(numbers(knots), heights, color=RED, marker="s", mfc="white", linestyle="", label="its knots")
    name(
        ax,
        _task_name(findings, task)
        + (f": points {part.points.start} to {part.points.stop - 1}, from 0" if part.is_close else ""),
    )
    if legend:
        explain(ax)


def _drawn(spline: LinearSpline, part: _Part, task: int) -> tuple[list[float], list[float]]:
    points = part.findings.data.points[part.points]
    places = sorted({*points, *[t for t in spline.knots if part.holds(t)]})
    return numbers(places), [number(value[task]) for value in spline.values_at(places)]


def _shade_tents(ax: Any, part: _Part, task: int) -> None:
    findings, points = part.findings, part.findings.data.points
    label: str | None = "where all optima lie"
    for tent in tents(findings.data, findings.kinks, findings.runs):
        if not part.points.start <= tent.gap < part.points.stop - 1:
            continue
        corners = [points[tent.gap], tent.at, points[tent.gap + 1]]
        values = findings.optima.connect_the_dots.values_at(corners)
        top = [number(value[task]) for value in values]
        bottom = [top[0], number(subtract(values[1], tent.descent)[task]), top[2]]
        ax.fill_between(
            numbers(corners),
            top,
            bottom,
            color=ORANGE,
            alpha=0.45,
            linewidth=0,
            label=label,
            gid=f"tent-{tent.gap}-{task}",
        )
        label = None


def _spread(ax: Any, part: _Part) -> None:
    """The same range of x in every panel."""
    room = (part.x[-1] - part.x[0]) * 0.03
    ax.set_xlim(part.x[0] - room, part.x[-1] + room)


def draw_dual(ax: Any, part: _Part) -> None:
    """|eta|, the norm of the dual certificate, and its contact set: where optima may bend (M)."""
    findings = part.findings
    points, x, heights = findings.data.points, [], []
    lengths = [bool(any(kink)) for kink in ((), *findings.kinks, ())]
    cosines = {angle.gap: 1 - number(angle.one_minus_cosine().enclosure(53).lower) for angle in findings.angles}
    for gap in range(part.points.start, part.points.stop - 1):
        left, right = number(points[gap]), number(points[gap + 1])
        for step in range(SAMPLES + 1):
            tau = step / SAMPLES
            x.append(left + tau * (right - left))
            heights.append(_norm(lengths[gap], lengths[gap + 1], tau, cosines.get(gap)))
    ax.plot(x, heights, color=BLUE, label=r"$|\eta|$", gid="eta")
    touching = [
        point
        for point in findings.duality.certificate.contact_points()
        if part.points.start <= point < part.points.stop
    ]
    ax.plot(
        numbers([points[p] for p in touching]),
        [1] * len(touching),
        color=RED,
        marker="o",
        linestyle="",
        label="optima may bend here",
    )
    for gap in findings.duality.contact_gaps:
        if part.points.start <= gap < part.points.stop - 1:
            ax.plot(
                numbers(points[gap : gap + 2]),
                [1, 1],
                color=RED,
                linewidth=3,
                solid_capstyle="butt",
                gid=f"contact-{gap}",
            )
    ax.set_ylim(-0.05, 1.12)
    _spread(ax, part)
    name(ax, "dual certificate")
    explain(ax)


def _norm(left: bool, right: bool, tau: float, cosine: float | None) -> float:
    """|eta| at the fraction tau of a gap whose ends carry unit vectors or 0."""
    if left and right:
        assert cosine is not None
        return math.sqrt(max(squared_eta(tau, cosine), 0.0))
    return float((1 - tau) * left + tau * right)


def draw_angles(ax: Any, part: _Part) -> None:
    """1 - cos of the angle between neighbouring kinks, gap by gap, and the pair nearest to losing uniqueness."""
    findings, points = part.findings, part.findings.data.points
    inside = [angle for angle in findings.angles if part.points.start <= angle.gap < part.points.stop - 1]
    if len(inside) > MOST_MARKS:  # those nearest to alignment
        inside = sorted(inside, key=lambda angle: -angle.cosine_signed_square)[:MOST_MARKS]
    middle = {angle.gap: number((points[angle.gap] + points[angle.gap + 1]) / 2) for angle in inside}
    values = {
        angle.gap: number(angle.one_minus_cosine().enclosure(53).lower)
        for angle in inside
        if angle.one_minus_cosine_sign
    }
    ax.plot(
        [middle[gap] for gap in values],
        list(values.values()),
        color=BLUE,
        marker="o",
        linestyle="",
        label=r"$1-\cos\theta$",
    )
    zeros = [middle[angle.gap] for angle in inside if not angle.one_minus_cosine_sign]
    floor = max(min(values.values(), default=1) / 10, FLOOR)
    if zeros:
        ax.plot(zeros, [floor] * len(zeros), color=RED, marker="v", linestyle="", label="exactly 0: aligned")
    margin = findings.margin
    if margin is not None and part.points.start <= margin.pair < part.points.stop - 1:
        ax.axvspan(
            *numbers(points[margin.pair : margin.pair + 2]),
            color=GREEN,
            alpha=0.25,
            linewidth=0,
            label="the margin's pair",
        )
    ax.set_yscale("log")
    _spread(ax, part)
    name(ax, "angle between neighbouring kinks")
    if values or zeros:
        explain(ax)


def draw_coefficients(ax: Any, part: _Part) -> None:
    """The kinks of connect-the-dots beside minus the kernel coefficients of the minimum-norm interpolant (F)."""
    findings = part.findings
    inner = range(max(part.points.start, 1), min(part.points.stop, findings.data.size - 1))
    x = numbers([findings.data.points[j] for j in inner])
    for task in range(min(findings.data.tasks, MOST_TASKS)):
        colour = (BLUE, ORANGE, GREEN)[task]
        task_name = _task_name(findings, task)
        kinks = [number(findings.kinks[j - 1][task]) for j in inner]
        coefficients = [-number(findings.sobolev.coefficients[task][j]) for j in inner]
        ax.plot(x, kinks, color=colour, marker="o", mfc="none", markersize=6, linestyle="", label=f"kinks, {task_name}")
        ax.plot(x, coefficients, color=colour, marker="+", linestyle="", label=f"- kernel, {task_name}")
    _spread(ax, part)
    ax.axhline(0, color=GREY, linewidth=0.6)
    name(ax, "kinks and minus kernel coefficients: " + ("equal" if findings.sobolev.agrees else "they differ"))
    explain(ax)


def _task_name(findings: Findings, task: int) -> str:
    names = getattr(findings.source, "task_names", None)
    return str(names[task]) if names else f"task {task + 1}" if findings.data.tasks > 1 else "data and optima"
