"""All of a long dataset in one panel, thinned, and where the close look below it is."""

from typing import Any

from ...theory.dataset import Dataset
from .names import Names
from .panel import name, spread
from .style import LOOKS, MOST_TASKS, RED
from .view import number, numbers, thinned


def overview(ax: Any, data: Dataset, names: Names, close: slice) -> None:
    """The first tasks over all points; the caller adds its marks and the legend."""
    x = numbers(data.points)
    for task, look in zip(range(data.tasks), LOOKS, strict=False):
        shown = thinned(x, [number(label[task]) for label in data.labels])
        looks = {"color": look.colour, "linestyle": look.dashes, "linewidth": 0.7}
        ax.plot(*shown, label=names.task(task, "data"), **looks)
    ax.axvspan(x[close.start], x[close.stop - 1], color=RED, alpha=0.3, linewidth=1, label="the close look below")
    spread(ax, x)
    first = f" (the first {MOST_TASKS} of {data.tasks} tasks)" if data.tasks > MOST_TASKS else ""
    name(ax, f"all {data.size} points{first}")
