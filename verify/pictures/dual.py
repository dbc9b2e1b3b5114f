"""What proves an optimum and what its uniqueness hangs on: dual certificate, angles, kernel coefficients."""

import math
import sys
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
    x = numbers([points[p] for p in touching_points(part)])
    ax.plot(x, [1] * len(x), color=RED, marker="o", linestyle="", label="optima may bend here", gid="contacts")
    for gap in filter(part.holds_gap, findings.duality.contact_gaps):
        ends = numbers(points[gap : gap + 2])
        ax.plot(ends, [1, 1], color=RED, linewidth=3, solid_capstyle="butt", gid=f"contact-{gap}")
    ax.set_ylim(-0.05, 1.12)
    spread(ax, part.x)
    name(ax, "dual certificate")
    explain(ax)


def touching_points(part: Part) -> list[int]:
    """The data points of a part at which |eta| = 1."""
    found = part.findings.duality.certificate.contact_points()
    return [point for point in found if part.points.start <= point < part.points.stop]


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
    """Never 0 where the angle is not: a logarithmic axis would not show it."""
    return max(number(angle.one_minus_cosine().enclosure(53).lower), sys.float_info.min * angle.one_minus_cosine_sign)


def _norm(left: bool, right: bool, tau: float, cosine: float | None) -> float:
    """|eta| at the fraction tau of a gap whose ends carry unit vectors or 0."""
    if left and right:
        assert cosine is not None
        return math.sqrt(max(squared_eta(tau, cosine), 0.0))
    return float((1 - tau) * left + tau * right)


def angles_drawn(part: Part) -> tuple[list[Angle], list[Angle]]:
    """The angles of a part that are not 0, and those that are; of many only as many as can be told apart."""
    inside = [angle for angle in part.findings.angles if part.holds_gap(angle.gap)]
    aligned = {_middle(part, angle): angle for angle in inside if not angle.one_minus_cosine_sign}
    bent = [angle for angle in inside if angle.one_minus_cosine_sign]
    return _extremes(bent), [aligned[middle] for middle in marks(list(aligned))]


def _middle(part: Part, angle: Angle) -> float:
    points = part.findings.data.points
    return number((points[angle.gap] + points[angle.gap + 1]) / 2)


def draw_angles(ax: Any, part: Part) -> None:
    """1 - cos of the angle between neighbouring kinks, gap by gap, and the pair nearest to losing uniqueness."""
    bent, aligned = angles_drawn(part)
    margin = part.findings.margin
    if margin is not None and part.holds_gap(margin.pair):
        ends = numbers(part.findings.data.points[margin.pair : margin.pair + 2])
        ax.axvspan(*ends, color=GREEN, alpha=0.25, linewidth=1, label="the margin's pair")
    if bent:
        x, y = [_middle(part, angle) for angle in bent], [_one_minus_cosine(angle) for angle in bent]
        ax.plot(x, y, color=BLUE, marker="o", linestyle="", label="1 - cos of the angle", gid="angles")
        logarithmic(ax.yaxis, y)
    else:
        ax.set_yticks([])
    if aligned:
        at_foot(
            ax,
            [_middle(part, angle) for angle in aligned],
            color=RED,
            marker="v",
            label="exactly 0: aligned",
            gid="aligned",
        )
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
    inner = part.interior
    x = numbers([findings.data.points[j] for j in inner])
    handles = []
    for task, look in zip(range(findings.data.tasks), LOOKS, strict=False):
        of_task = f"kinks, {part.names.task(task, 'y')}"
        kinks = [number(findings.kinks[j - 1][task]) for j in inner]
        coefficients = [-number(findings.sobolev.coefficients[task][j]) for j in inner]
        shape: Any = {"color": look.colour, "linestyle": "", "mfc": "none"}
        handles += ax.plot(x, kinks, marker=look.marker, markersize=6, label=of_task, gid=f"kinks-{task}", **shape)
        pluses = ax.plot(x, coefficients, marker="+", label="minus coefficients", gid=f"coefficients-{task}", **shape)
    spread(ax, part.x)
    ax.margins(y=0.15)
    ax.axhline(0, color=GREY, linewidth=0.6)
    first = f" (the first {MOST_TASKS} tasks)" if findings.data.tasks > MOST_TASKS else ""
    same = "equal" if findings.sobolev.agrees else "they differ"
    name(ax, f"kinks and minus kernel coefficients{first}: {same}")
    explain(ax, [*handles, *pluses])
