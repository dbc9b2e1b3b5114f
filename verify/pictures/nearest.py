"""The picture of a dataset and the nearest non-unique one: both, and what moved."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.nearest import Nearest
from ...theory.root_sum import RootSum
from ...theory.vectors import squared_length, subtract
from ..answers.nearest import NearestAnswer
from ..reading import InputError
from ..words import shortly
from .multiples import task_rows
from .names import Names, brief
from .overview import overview
from .panel import TICK, Row, explain, into, name, panel, say, spread, stacked, text_width, width_of
from .style import BLUE, DASHED, GREEN, GREY, LOOKS, PAGE, RED, UNDER
from .view import close_look, number, numbers, places

CLOSE = 16
MOST_WRITTEN = 16
"""Moves that have their size written beside them."""
AMOUNT = 50
"""Room in points for the size of a move."""
HATCHES = ("", "//", "..")

Move = tuple[int, int, fmpq]


def plot_nearest(answer: NearestAnswer, ax: Any = None, *, width: float = PAGE) -> Any:
    """A matplotlib figure, `width` inches wide, of both datasets and the moves; with `ax`, the first task in it.

    Raises InputError where every dataset is unique, and without matplotlib.
    """
    if answer.found is None:
        raise InputError(f"{answer.data.size} points: every such dataset is unique, there is nothing to draw")
    points = close_look(answer.data.size, answer.found.pair, close=CLOSE)
    if ax is not None:
        return into(ax, _first, answer, answer.found, points)
    return stacked(list(_rows(answer, answer.found, points, width)), width)


def _first(ax: Any, answer: NearestAnswer, found: Nearest, points: slice) -> None:
    _draw_both(answer, found, points, ax, 0)
    explain(ax)


def _rows(answer: NearestAnswer, found: Nearest, points: slice, width: float) -> Iterator[Row]:
    if points.stop - points.start < answer.data.size:
        yield 0.9, panel(_draw_overview, answer, points)
    yield from task_rows(partial(_draw_both, answer, found, points), answer.data.tasks, width, height=1.4)
    moves = _moves(answer, found, points)
    if 0 < len(moves) <= MOST_WRITTEN:
        yield 0.5 + 0.09 * len(moves), panel(_draw_bars, answer, found, moves)
    else:
        yield 1, panel(_draw_lengths, answer, found, points)


def _names(answer: NearestAnswer) -> Names:
    return Names.of(answer.source, answer.data.tasks)


def _draw_overview(ax: Any, answer: NearestAnswer, points: slice) -> None:
    overview(ax, answer.data, _names(answer), points)
    explain(ax)


def _draw_both(answer: NearestAnswer, found: Nearest, points: slice, ax: Any, task: int) -> None:
    x = places(answer.data.points[points])
    before = [number(label[task]) for label in answer.data.labels[points]]
    after = [number(label[task]) for label in found.dataset.labels[points]]
    ends = numbers(answer.data.points[found.pair : found.pair + 2])
    ax.axvspan(*ends, color=GREEN, alpha=0.2, linewidth=1, label="kinks aligned here")
    ax.plot(x, before, **UNDER, marker="o", label="the data")
    ax.plot(x, after, color=RED, linestyle=DASHED, label="not unique", gid=f"nearest-{task}")
    moved = [k for k, j in enumerate(range(points.start, points.stop)) if _move(answer, found, j)[task]]
    if moved:
        ax.plot([x[k] for k in moved], [after[k] for k in moved], color=RED, marker="s", mfc="white", linestyle="",
                label="moved")  # fmt: skip
    spread(ax, x)
    name(ax, _names(answer).task(task, "data"))


def _move(answer: NearestAnswer, found: Nearest, point: int) -> tuple[fmpq, ...]:
    return subtract(found.dataset.labels[point], answer.data.labels[point])


def _moves(answer: NearestAnswer, found: Nearest, points: slice) -> list[Move]:
    """Every label that is shown and moves: the point, the task, new minus old."""
    return [
        (point, task, amount)
        for point in range(points.start, points.stop)
        for task, amount in enumerate(_move(answer, found, point))
        if amount
    ]


def _title(ax: Any, answer: NearestAnswer, found: Nearest) -> None:
    where = _names(answer).place(*answer.data.points[found.pair : found.pair + 2], joint=" and ")
    distance = shortly(RootSum([found.squared_distance]).enclosure())
    name(ax, f"moved by {distance} in all, kinks aligned at {where}")


def _draw_bars(ax: Any, answer: NearestAnswer, found: Nearest, moves: list[Move]) -> None:
    """A bar for every label that moved, what it is on the left of it and its size on the right."""
    names = _names(answer)
    sizes = numbers([amount for *_, amount in moves])
    said = [f"{names.task(task, 'y')} at {brief(answer.data.points[point])}" for point, task, _ in moves]
    beside: dict[str, Any] = {"textcoords": "offset points", "xytext": (4, 0), "fontsize": 6, "va": "center"}
    for rank, (size, words, (_, task, amount)) in enumerate(zip(sizes, said, moves, strict=True)):
        looks = {"color": LOOKS[task % len(LOOKS)].colour, "hatch": HATCHES[task % len(HATCHES)], "linewidth": 0}
        ax.barh(-rank, size, height=0.7, edgecolor="white", **looks)
        ax.annotate(shortly(Enclosure.exactly(amount), 3), (max(size, 0), -rank), **beside)
        ax.annotate(words, (0, -rank), xycoords=ax.get_yaxis_transform(), **beside)
    ax.axvline(0, color=GREY, linewidth=0.6)
    low, high = min(*sizes, 0), max(*sizes, 0)
    left, right = (max(map(text_width, said)) + 8) / width_of(ax), AMOUNT / width_of(ax)
    span = (high - low) / max(0.2, 1 - left - right)
    ax.set_xlim(low - left * span, high + right * span)
    ax.locator_params(axis="x", nbins=max(4, int(width_of(ax) / TICK)))
    ax.set_xticks([tick for tick in ax.get_xticks() if low <= tick <= high])
    ax.set_yticks([])
    ax.set_xlabel("new label minus old")
    _title(ax, answer, found)


def _draw_lengths(ax: Any, answer: NearestAnswer, found: Nearest, points: slice) -> None:
    """Point by point, how far its label moved; too many moves to be written down, or none."""
    moves = {j: move for j in range(points.start, points.stop) if any(move := _move(answer, found, j))}
    spread(ax, numbers(answer.data.points[points]))
    if moves:
        x = numbers([answer.data.points[j] for j in moves])
        heights = [number(RootSum([squared_length(move)]).enclosure().upper) for move in moves.values()]
        ax.vlines(x, 0, heights, color=BLUE, linewidth=1)
        ax.plot(x, heights, color=BLUE, marker="o", linestyle="", label="length of the move", gid="moves")
        ax.set_ylim(0, 1.15 * max(heights))
        for place, height in zip(x, heights, strict=True) if len(moves) <= MOST_WRITTEN else ():
            ax.annotate(f"{height:.3g}", (place, height), xytext=(4, 0), textcoords="offset points", fontsize=6)
        explain(ax)
    else:
        say(ax, "nothing has to move: the dataset itself is not unique")
    _title(ax, answer, found)
    _names(answer).label_x(ax)
