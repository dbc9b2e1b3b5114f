"""What proves an optimum and what its uniqueness hangs on: dual certificate, angles, kernel coefficients."""

import math
from itertools import pairwise
from typing import Any

from ...theory.duality import Angle
from ...theory.stencil import squared_eta
from .panel import at_foot, explain, logarithmic, name, spread
from .part import Part
from .style import BLUE, GREEN, GREY, LOOKS, MOST_TASKS, RED
from .view import marks, number, numbers

STRETCHES = 250
"""Parts of long data of which the extreme angles are drawn."""
SAMPLES = 24
"""Places inside a gap at which |eta| is drawn."""


def draw_dual(ax: Any, part: Part) -> None:
    """|eta|, the norm of the dual certificate, and its contact set: where optima may bend (M)."""
    findings, points = part.findings, part.findings.data.points
    x, heights = _norms(part)
    ax.plot(x, heights, color=BLUE, label="|η|", gid="eta")
    touching = [
        point
        for point in findings.duality.certificate.contact_points()
        if part.points.start <= point < part.points.stop
    ]
    x = numbers([points[p] for p in touching])
    ax.plot(x, [1] * len(x), color=RED, marker="o", linestyle="", label="optima may bend here")
    for gap in filter(part.holds_gap, findings.duality.contact_gaps):
        ends = numbers(points[gap : gap + 2])
        ax.plot(ends, [1, 1], color=RED, linewidth=3, solid_capstyle="butt", gid=f"contact-{gap}")
    ax.set_ylim(-0.05, 1.12)
    spread(ax, part.x)
    name(ax, "dual certificate")
    explain(ax)


def _norms(part: Part) -> tuple[list[float], list[float]]:
    findings, points = part.findings, part.findings.data.points
    x: list[float] = []
    heights: list[float] = []
    lengths = [bool(any(kink)) for kink in ((), *findings.kinks, ())]
    cosines = {angle.gap: 1 - _one_minus_cosine(angle) for angle in findings.angles if part.holds_gap(angle.gap)}
    for gap in range(part.points.start, part.points.stop - 1):
        left, right = numbers(points[gap : gap + 2])
        steps = SAMPLES if lengths[gap] and lengths[gap + 1] else 1
        for step in range(steps + 1):
            tau = step / steps
            x.append(left + tau * (right - left))
            heights.append(_norm(lengths[gap], lengths[gap + 1], tau, cosines.get(gap)))
    return x, heights


def _one_minus_cosine(angle: Angle) -> float:
    return number(angle.one_minus_cosine().enclosure(53).lower)


def _norm(left: bool, right: bool, tau: float, cosine: float | None) -> float:
    """|eta| at the fraction tau of a gap whose ends carry unit vectors or 0."""
    if left and right:
        assert cosine is not None
        return math.sqrt(max(squared_eta(tau, cosine), 0.0))
    return float((1 - tau) * left + tau * right)


def draw_angles(ax: Any, part: Part) -> None:
    """1 - cos of the angle between neighbouring kinks, gap by gap, and the pair nearest to losing uniqueness."""
    findings, points = part.findings, part.findings.data.points
    inside = [angle for angle in findings.angles if part.holds_gap(angle.gap)]
    middle = {angle.gap: number((points[angle.gap] + points[angle.gap + 1]) / 2) for angle in inside}
    aligned = marks([middle[angle.gap] for angle in inside if not angle.one_minus_cosine_sign])
    bent = [angle for angle in inside if angle.one_minus_cosine_sign]
    margin = findings.margin
    if margin is not None and part.holds_gap(margin.pair):
        ends = numbers(points[margin.pair : margin.pair + 2])
        ax.axvspan(*ends, color=GREEN, alpha=0.25, linewidth=1, label="the margin's pair")
    if bent:
        drawn = _extremes(bent)
        x, y = [middle[angle.gap] for angle in drawn], [_one_minus_cosine(angle) for angle in drawn]
        ax.plot(x, y, color=BLUE, marker="o", linestyle="", label="1 - cos of the angle")
        logarithmic(ax.yaxis, [value for value in y if value] or [1.0])
    else:
        ax.set_yticks([])
    if aligned:
        at_foot(ax, aligned, color=RED, marker="v", label="exactly 0: aligned")
    spread(ax, part.x)
    name(ax, "angle between neighbouring kinks")
    explain(ax)


def _extremes(found: list[Angle]) -> list[Angle]:
    """The least and the largest angle of every stretch, decided exactly: the others would stand between them."""
    if len(found) <= 2 * STRETCHES:
        return found
    ends = [k * len(found) // STRETCHES for k in range(STRETCHES + 1)]
    stretches = [found[a:b] for a, b in pairwise(ends)]
    return [pick(part, key=lambda angle: angle.cosine_signed_square) for part in stretches for pick in (max, min)]


def draw_coefficients(ax: Any, part: Part) -> None:
    """The kinks of connect-the-dots beside minus the kernel coefficients of the minimum-norm interpolant (F)."""
    findings = part.findings
    inner = range(max(part.points.start, 1), min(part.points.stop, findings.data.size - 1))
    x = numbers([findings.data.points[j] for j in inner])
    handles = []
    for task, look in zip(range(findings.data.tasks), LOOKS, strict=False):
        of_task = f"kinks, {part.names.task(task, 'y')}"
        kinks = [number(findings.kinks[j - 1][task]) for j in inner]
        coefficients = [-number(findings.sobolev.coefficients[task][j]) for j in inner]
        shape: Any = {"color": look.colour, "linestyle": "", "mfc": "none"}
        handles += ax.plot(x, kinks, marker=look.marker, markersize=6, label=of_task, **shape)
        pluses = ax.plot(x, coefficients, marker="+", label="minus coefficients", gid=f"coefficients-{task}", **shape)
    spread(ax, part.x)
    ax.margins(y=0.15)
    ax.axhline(0, color=GREY, linewidth=0.6)
    first = f" (the first {MOST_TASKS} tasks)" if findings.data.tasks > MOST_TASKS else ""
    same = "equal" if findings.sobolev.agrees else "they differ"
    name(ax, f"kinks and minus kernel coefficients{first}: {same}")
    explain(ax, [*handles, *pluses])
