"""Tasks below each other if they are few, as small multiples if they are many."""

from collections.abc import Callable, Iterator
from typing import Any

from ..words import counted
from .panel import Row, explain, panel
from .style import MOST_TASKS, PAGE

MOST_SHOWN = 12
"""Small multiples of one picture; further tasks are counted."""

DrawTask = Callable[[Any, int], None]


def task_rows(draw: DrawTask, tasks: int, width: float = PAGE, *, height: float = 1.2) -> Iterator[Row]:
    """Rows in which every task is drawn by a function of its axes and its number from 0, with legends."""
    if tasks <= MOST_TASKS:
        yield from [(height, panel(_explained, draw, task)) for task in range(tasks)]
        return
    columns = columns_of(width)
    shown = min(tasks, MOST_SHOWN)
    lines = -(-shown // columns)

    def row(figure: Any, place: Any) -> None:
        axes = []
        for task, cell in zip(range(shown), place.subgridspec(lines, columns), strict=False):
            ax = figure.add_subplot(cell)
            draw(ax, task)
            axes.append(ax)
        count_more(axes[-1], tasks - shown)
        _one_legend(figure, axes)

    yield 1.1 * lines, row


def columns_of(width: float) -> int:
    """How many small panels stand beside each other in a figure so wide."""
    return max(2, round(width / 2.3))


def count_more(ax: Any, more: int) -> None:
    """Below the last of small multiples, behind the name of its axis, how many tasks are not drawn."""
    if more:
        called = f"{ax.get_xlabel()}, " if ax.get_xlabel() else ""
        ax.set_xlabel(f"{called}and {counted(more, 'more task')}", loc="right")


def _explained(ax: Any, draw: DrawTask, task: int) -> None:
    draw(ax, task)
    explain(ax)


def _one_legend(figure: Any, axes: list[Any]) -> None:
    """One legend, at the top of the figure, for every label that occurs."""
    found = {handle.get_label(): handle for ax in axes for handle in ax.get_legend_handles_labels()[0]}
    if found:
        figure.legend(
            found.values(), found, loc="outside upper right", ncols=max(2, round(figure.get_figwidth() / 1.8))
        )
