"""The picture of a judged network: beside connect-the-dots of its outputs, and which neurons waste how much."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..networks.judgement import Judgement
from ..networks.shares import Share, Why
from ..reading.provenance import Source
from ..words import shortly
from .multiples import task_rows
from .names import Names
from .panel import Row, explain, into, logarithmic, name, panel, say, spread, stacked
from .style import BLUE, DASHED, GREEN, GREY, MOST_TASKS, ORANGE, PAGE, RED, UNDER
from .view import close_look, number, numbers, places, thinned

MOST_WHOLE = 200
"""Longer data have a close look at the gap where the network is farthest from connect-the-dots."""
MOST_NEURONS = 40
SMALLEST = 100
"""A bar lower than the highest by this factor would not be seen."""

WASTE: dict[Why, tuple[str, str]] = {
    "misplaced": (RED, ""),
    "misdirected": (ORANGE, "//"),
    "dead": (GREY, "xx"),
    "linear on the data": (GREY, ".."),
    "needed": (BLUE, "\\\\"),
    "mergeable": (GREEN, "--"),
    "duplicate": (GREEN, "||"),
    "inactive": (GREY, "++"),
}
"""A colour and a hatching for every kind of neuron."""


def plot_judgement(judged: Judgement, ax: Any = None, *, width: float = PAGE, source: Source | None = None) -> Any:
    """A matplotlib figure: the function, its distance from connect-the-dots gap by gap, its neurons by waste.

    width: in inches; with `ax`, the function of the first task is drawn in it. source: of the data, for their names.
    Raises InputError without matplotlib.
    """
    names = Names.of(source, judged.data.tasks)
    if ax is not None:
        return into(ax, _first, judged, names)
    return stacked(list(_rows(judged, names, width)), width)


def _first(ax: Any, judged: Judgement, names: Names) -> None:
    _draw_function(judged, names, slice(0, judged.data.size), "", ax, 0)
    explain(ax)


def _rows(judged: Judgement, names: Names, width: float) -> Iterator[Row]:
    size, tasks = judged.data.size, judged.data.tasks
    whole, close = slice(0, size), close_look(size, judged.farthest.gap, MOST_WHOLE)
    yield from task_rows(partial(_draw_function, judged, names, whole, ""), tasks, width, height=1.3)
    if close != whole:
        where = f", {names.place(judged.data.points[close.start], judged.data.points[close.stop - 1])}"
        draw = partial(_draw_function, judged, names, close, where)
        yield from task_rows(draw, min(tasks, MOST_TASKS), width, height=1.3)
    yield 0.9, panel(_draw_distances, judged, names)
    yield 1, panel(_draw_waste, judged)


def _draw_function(judged: Judgement, names: Names, points: slice, where: str, ax: Any, task: int) -> None:
    here = judged.data.points[points]
    x = places(here)
    outputs = [number(z[task]) for z in judged.outputs.labels[points]]
    ax.plot(*thinned(x, outputs), label="connect-the-dots of its outputs", **UNDER)
    corners = sorted({*here, *[t for t in judged.spline.knots if here[0] < t < here[-1]]})
    values = [number(value[task]) for value in judged.spline.values_at(corners)]
    ax.plot(*thinned(numbers(corners), values), color=RED, linestyle=DASHED, label="the network", gid=f"network-{task}")
    labels = [number(y[task]) for y in judged.data.labels[points]]
    ax.plot(*thinned(x, labels), color=GREY, marker="o", mfc="none", linestyle="", label="data")
    spread(ax, x)
    name(ax, names.task(task, "function") + where)


def _draw_distances(ax: Any, judged: Judgement, names: Names) -> None:
    """Measured and allowed, gap by gap; nothing is drawn where it is 0 or where no bound exists."""
    points = judged.data.points
    drawn: dict[str, tuple[list[float], list[float]]] = {"measured": ([], []), "allowed": ([], [])}
    for distance in judged.distances:
        middle = number((points[distance.gap] + points[distance.gap + 1]) / 2)
        for key, value in (("measured", distance.measured), ("allowed", distance.bound)):
            if value is not None and value.upper > 0:
                drawn[key][0].append(middle)
                drawn[key][1].append(number(value.upper))
    for key, looks in (
        ("allowed", {"color": BLUE, "marker": "_", "markersize": 8, "label": "the excess allows"}),
        ("measured", {"color": RED, "marker": "o", "label": "measured"}),
    ):
        if drawn[key][0]:
            ax.plot(*thinned(*drawn[key]), linestyle="", **looks)
    heights = [height for key in drawn for height in drawn[key][1] if height]
    if heights:
        logarithmic(ax.yaxis, heights)
    else:
        say(ax, "0 everywhere")
    spread(ax, numbers([points[0], points[-1]]))
    name(ax, "distance from connect-the-dots of its outputs")
    names.label_x(ax)
    explain(ax)


def _draw_waste(ax: Any, judged: Judgement) -> None:
    wasting = [share for share in judged.shares if share.defect.upper > 0]
    tall = [share for share in wasting if share.defect.upper * SMALLEST >= wasting[0].defect.upper][:MOST_NEURONS]
    for why, (colour, hatch) in WASTE.items():
        ranks = [rank for rank, share in enumerate(tall) if share.why == why]
        if ranks:
            heights = [number(tall[rank].defect.upper) for rank in ranks]
            ax.bar(ranks, heights, color=colour, hatch=hatch, edgecolor="white", linewidth=0, label=why)
    if tall:
        _count_from_zero(ax, tall)
    else:
        say(ax, "no neuron wastes anything")
        ax.set_xticks([])
    more = len(wasting) - len(tall)
    title = f"excess {shortly(judged.excess)}, neuron by neuron"
    name(ax, title + (f" ({more} more, too low to be seen)" if more else ""))
    explain(ax)


def _count_from_zero(ax: Any, tall: list[Share]) -> None:
    ax.set_xticks(range(len(tall)), [str(share.index) for share in tall], fontsize=6, rotation=90)
    ax.set_xlim(-1, max(len(tall), 12))
    ax.grid(visible=False, axis="x")
    ax.set_xlabel("neuron, counted from 0")
