"""The picture of a judged network: beside connect-the-dots of its outputs, and which neurons waste how much."""

from typing import Any

from ..networks.judgement import Judgement, Why
from .panel import Row, explain, name, panel, stacked
from .style import BLUE, GREEN, GREY, ORANGE, PAGE, RED
from .view import number, numbers

MOST_TASKS = 3
MOST_NEURONS = 40

LOOKS: dict[Why, tuple[str, str]] = {
    "misplaced": (RED, ""),
    "misdirected": (ORANGE, "//"),
    "dead": (GREY, ""),
    "linear on the data": (GREY, ".."),
    "needed": (BLUE, ""),
    "mergeable": (GREEN, ""),
    "duplicate": (GREEN, "//"),
    "inactive": (GREY, "xx"),
}
"""A colour and a hatching for every kind of neuron."""


def plot_judgement(judged: Judgement, *, width: float = PAGE) -> Any:
    """A matplotlib figure: the function, its distance from connect-the-dots gap by gap, its neurons by waste."""
    rows: list[Row] = [(1.3, panel(_draw_function, judged, task)) for task in range(min(judged.data.tasks, MOST_TASKS))]
    return stacked([*rows, (0.9, panel(_draw_distances, judged)), (1, panel(_draw_waste, judged))], width)


def _draw_function(ax: Any, judged: Judgement, task: int) -> None:
    points = judged.data.points
    inside = [t for t in judged.spline.knots if points[0] < t < points[-1]]
    places = sorted({*points, *inside})
    x = numbers(points)
    ax.plot(x, [number(z[task]) for z in judged.outputs.labels], color=BLUE, label="connect-the-dots of its outputs")
    values = [number(value[task]) for value in judged.spline.values_at(places)]
    ax.plot(numbers(places), values, color=RED, linestyle=(0, (4, 2)), label="the network")
    ax.plot(
        x, [number(y[task]) for y in judged.data.labels], color=GREY, marker="o", mfc="none", linestyle="", label="data"
    )
    name(ax, f"task {task + 1}" if judged.data.tasks > 1 else "function")
    explain(ax)


def _draw_distances(ax: Any, judged: Judgement) -> None:
    """Measured and allowed, gap by gap; nothing is drawn where it is 0 or where no bound exists."""
    points = judged.data.points
    drawn: dict[str, tuple[list[float], list[float]]] = {"measured": ([], []), "allowed": ([], [])}
    for distance in judged.distances:
        middle = number((points[distance.gap] + points[distance.gap + 1]) / 2)
        for key, value in (("measured", distance.measured), ("allowed", distance.bound)):
            if value is not None and value.upper > 0:
                drawn[key][0].append(middle)
                drawn[key][1].append(number(value.upper))
    ax.plot(*drawn["allowed"], color=BLUE, marker="_", markersize=8, linestyle="", label="the excess allows")
    ax.plot(*drawn["measured"], color=RED, marker="o", linestyle="", label="measured")
    if drawn["measured"][0] or drawn["allowed"][0]:
        ax.set_yscale("log")
    name(ax, "distance from connect-the-dots")
    explain(ax)


def _draw_waste(ax: Any, judged: Judgement) -> None:
    shares = [share for share in judged.shares if share.defect.upper > 0][:MOST_NEURONS]
    for why, (colour, hatch) in LOOKS.items():
        ranks = [rank for rank, share in enumerate(shares) if share.why == why]
        heights = [number(shares[rank].defect.upper) for rank in ranks]
        if ranks:
            ax.bar(ranks, heights, color=colour, hatch=hatch, edgecolor="white", linewidth=0, label=why)
    ax.set_xticks(range(len(shares)), [str(share.index) for share in shares], fontsize=6, rotation=90)
    more = sum([share.defect.upper > 0 for share in judged.shares]) - len(shares)
    name(ax, "excess, neuron by neuron" + (f" ({more} more)" if more > 0 else ""))
    explain(ax)
