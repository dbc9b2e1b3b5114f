"""The picture of data with many inputs: surfaces or curves of the optimum, leverages, what every neuron costs."""

import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ...theory.ridge_network import RidgeNetwork
from ..many_inputs.answer import KernelAnswer
from ..many_inputs.one_task import OneTask, one_task
from ..many_inputs.optimum import Optimum
from ..reading import InputError
from ..words import shortly
from .multiples import task_rows
from .names import Names
from .panel import Row, beside, explain, into, name, spread, stacked, text_width, width_of
from .style import BLUE, DASHED, DASHED_TWICE_DOTTED, DOTTED, GREEN, GREY, ORANGE, PAGE, RED, UNDER, styled
from .surfaces import contours, draw_contours, heights_beside, name_inputs, surfaces
from .view import number, numbers

MOST_BARS = 60
MOST_NAMED = 12
SHORT = 14
LEAST_BARS = 5
"""Fewer bars are as wide as so many."""
MOST_CONTOURS = 6


def plot_kernel(
    answer: KernelAnswer,
    ax: Any = None,
    *,
    width: float = PAGE,
    task: int | None = None,
    names: Names | None = None,
    against: OneTask | None = None,
) -> Any:
    """A matplotlib figure: surfaces for two inputs, curves for one; leverages, and the cost of every neuron.

    task: the one whose surface is drawn, counted from 0, with the solutions of the fixed kernels beside it; None: the
    first, alone; with `ax`, only that task's function, or the leverages, in it. against: what `one_task` says of the
    task, where it is known. width: in inches. Raises InputError where nothing can be drawn, and without matplotlib.
    """
    called = names or Names.of(None, answer.data.tasks)
    if ax is not None:
        return into(ax, _first, answer, task or 0, called)
    kernels = {} if task is None else fixed_kernels(answer, against or one_task(answer, task))
    rows = list(_rows(answer, task or 0, called, width, kernels))
    if not rows:
        raise InputError("every leverage is 0 and no optimum was computed: there is nothing to draw")
    figure = stacked(rows, width)
    with styled():  # the layout finds the room that squares need in a second round
        figure.get_layout_engine().execute(figure)
    return figure


def fixed_kernels(answer: KernelAnswer, found: OneTask) -> dict[str, RidgeNetwork]:
    """{title: the solution of a fixed kernel for the task}."""
    solutions = {"l2 solution, same neurons": found.l2, "kernel of the other tasks": found.others}
    return {
        title: solution.near(answer.data, found.task, answer.convention)
        for title, solution in solutions.items()
        if solution is not None
    }


def _first(ax: Any, answer: KernelAnswer, task: int, names: Names) -> None:
    found = answer.optimum
    if found is None or answer.data.inputs not in (1, 2):
        _draw_leverages(ax, answer, names)
    elif answer.data.inputs == 2:
        draw_contours(ax, answer.data, found.network, task, names.task(task))
        name_inputs(ax, names)
    else:
        _draw_curve(answer, found, names, {}, ax, task)
        explain(ax)


def _rows(
    answer: KernelAnswer, task: int, names: Names, width: float, kernels: Mapping[str, RidgeNetwork]
) -> Iterator[Row]:
    found, tasks = answer.optimum, answer.data.tasks
    if found is not None and answer.data.inputs == 2:
        functions = _functions(found, task, names, kernels)
        yield surfaces(answer.data, task, functions, names, width)
        others = [s for s in sorted(range(tasks), key=lambda s: -answer.leverages[s]) if s != task]
        ahead = [] if heights_beside(functions, width) else [task]
        drawn = [*ahead, *others[: MOST_CONTOURS - len(ahead)]]
        if drawn:
            yield contours(answer.data, found.network, drawn, names, width, more=len(ahead) + len(others) - len(drawn))
    elif found is not None and answer.data.inputs == 1:
        yield from task_rows(partial(_draw_curve, answer, found, names, {task: kernels}), tasks, width)
    last = [partial(_draw_leverages, answer=answer, names=names)] if answer.rank else []
    if found is not None and found.network.neurons:
        last.append(partial(_draw_costs, answer=answer, found=found))
    if width < PAGE:
        yield from [(1, beside(draw)) for draw in last]
    elif last:
        yield 1, beside(*last)


def _functions(
    found: Optimum, task: int, names: Names, kernels: Mapping[str, RidgeNetwork]
) -> list[tuple[str, RidgeNetwork, int]]:
    """(title, network, its output) of all functions for one task."""
    words = {True: "the only optimum", False: "an optimum", None: "uniqueness undecided"}
    another = [] if found.another is None else [("another optimum", found.another, task)]
    solutions = [(title, network, 0) for title, network in kernels.items()]
    return [(f"{names.task(task)}: {words[found.unique]}", found.network, task), *another, *solutions]


def _draw_curve(
    answer: KernelAnswer,
    found: Optimum,
    names: Names,
    kernels: Mapping[int, Mapping[str, RidgeNetwork]],
    ax: Any,
    task: int,
) -> None:
    """One input: the function of one task, exact at its knots and at the data, and the solutions of its kernels."""
    points = [point[0] for point in answer.data.points]
    low, high = min(points), max(points)
    _, *others = _functions(found, task, names, kernels.get(task, {}))
    looks = [
        {"color": RED, "linestyle": DASHED},
        {"color": GREEN, "linestyle": DOTTED},
        {"color": ORANGE, "linestyle": DASHED_TWICE_DOTTED},
    ]
    used = dict(zip([title for title, *_ in others], looks if found.another else looks[1:], strict=False))
    drawn = [("the optimum", found.network, task, UNDER), *[(*other, used[other[0]]) for other in others]]
    for title, network, output, look in drawn:
        knots = [-n.offset / n.direction[0] for n in network.neurons if n.direction[0]]
        places = sorted({*points, *[t for t in knots if low < t < high]})
        values = [number(network((t,))[output]) for t in places]
        ax.plot(numbers(places), values, label=title, gid=f"function-{task}", **look)
    labels = numbers(answer.data.column(task))
    ax.plot(numbers(points), labels, color=GREY, marker="o", mfc="none", linestyle="", label="data")
    spread(ax, numbers([low, high]))
    name(ax, names.task(task, "data and optimum"))
    names.label_x(ax)


def _draw_leverages(ax: Any, answer: KernelAnswer, names: Names) -> None:
    """The exact leverages, the largest first, and the bound that each gives on the distance to a kernel's solution."""
    order = sorted(range(answer.data.tasks), key=lambda s: -answer.leverages[s])
    sizes = numbers([answer.leverages[s] for s in order])
    few = len(order) <= MOST_BARS
    handles: list[Any] = [_bars(ax, sizes, BLUE, "")] if few else ax.plot(sizes, color=BLUE)
    handles[0].set_label("leverage")
    bounded = {rank: number(factor.upper) for rank, s in enumerate(order) if (factor := answer.bounds[s]) is not None}
    if bounded:
        looks = {"marker": "D", "mfc": "white", "linestyle": ""} if few else {"linestyle": DASHED}
        handles += ax.plot(list(bounded), list(bounded.values()), color=RED, label="bound of the distance", **looks)
    sure = [rank for rank in range(len(order)) if rank not in bounded]
    if sure:
        handles += ax.plot(sure, [1] * len(sure), color=ORANGE, marker="X", markersize=6, linestyle="",
                           label="1: no bound")  # fmt: skip
    ax.set_ylim(0, 1.15 * max(sizes))
    if len(order) <= MOST_NAMED:
        said = [names.task(s, longest=SHORT) for s in order]
        level = max([text_width(word, 6) for word in said]) + 4 <= width_of(ax) / max(len(said), LEAST_BARS)
        ax.set_xticks(range(len(said)), said, fontsize=6, **({} if level else {"rotation": 30, "ha": "right"}))
    else:
        ax.set_xticks([])
        ax.set_xlabel(f"{len(order)} tasks, the largest leverage first")
    name(ax, f"leverages, sum {answer.rank}")
    explain(ax, handles)


def _bars(ax: Any, heights: list[float], colour: str, hatch: str) -> Any:
    """Bars that are not wider for being few."""
    ax.set_xlim(-0.8, max(len(heights), LEAST_BARS) - 0.2)
    ax.grid(visible=False, axis="x")
    return ax.bar(range(len(heights)), heights, color=colour, hatch=hatch, edgecolor="white", linewidth=0, width=0.7)


def _draw_costs(ax: Any, answer: KernelAnswer, found: Optimum) -> None:
    """|v_k| times the norm of the direction (with the bias, where it is penalised), the largest first."""
    squares = sorted(_cost_squares(found.network, answer), reverse=True)
    kept = squares[:MOST_BARS]
    _bars(ax, [math.sqrt(number(square)) for square in kept], GREY, "//")
    ax.set_xticks([])
    more = len(squares) - len(kept)
    total = f"cost of every neuron, total {shortly(found.cost)}"
    name(ax, total + (f" ({more} cheaper ones are not drawn)" if more else ""))


def _cost_squares(network: RidgeNetwork, answer: KernelAnswer) -> list[Any]:
    return [square for square in network.cost_squares(answer.convention) if square]
