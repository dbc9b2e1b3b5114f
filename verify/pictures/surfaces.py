"""Two inputs: functions as surfaces and contours over the box of the data, with the data and the lines of the kinks."""

from collections.abc import Sequence
from typing import Any

import numpy

from ...theory.labelled_points import LabelledPoints
from ...theory.ridge_network import RidgeNetwork
from .multiples import columns_of, count_more
from .names import Names
from .panel import Row, name
from .style import GREY, ROW, SURFACE
from .view import number, numbers

GRID = 41
STEPS = 24
"""Cells of a surface along one side."""
LEVELS = 9
ROOM = 0.06
MOST_LINES = 40

Array = Any
Box = tuple[tuple[float, float], tuple[float, float]]


def box_of(data: LabelledPoints) -> Box:
    """The ranges of the two inputs with some room."""
    found = []
    for column in zip(*data.points, strict=True):
        low, high = number(min(column)), number(max(column))
        room = ROOM * (high - low) or 1.0
        found.append((low - room, high + room))
    return found[0], found[1]


def heights(network: RidgeNetwork, task: int, x: Array, y: Array) -> Array:
    """The values of one task at x, y, as floats near the exact ones."""
    total = numpy.full(x.shape, number(network.constant[task]))
    total += number(network.slopes[0][task]) * x + number(network.slopes[1][task]) * y
    for neuron in network.neurons:
        if neuron.weights[task]:
            u, v = numbers(neuron.direction)
            total += number(neuron.weights[task]) * numpy.maximum(u * x + v * y + number(neuron.offset), 0)
    return total


def _grid(box: Box) -> tuple[Array, Array]:
    x, y = numpy.meshgrid(*[numpy.linspace(*ends, GRID) for ends in box])
    return x, y


def surfaces(
    data: LabelledPoints,
    task: int,
    functions: Sequence[tuple[str, RidgeNetwork, int]],
    names: Names,
    width: float,
) -> Row:
    """One task: functions, by (title, network, its output), as surfaces beside each other in the same colours.

    Behind them, where there is room, the heights of the first.
    """
    panels = len(functions) + heights_beside(functions, width)
    columns = min(columns_of(width), panels)
    lines = -(-panels // columns)

    def row(figure: Any, place: Any) -> None:
        grid = _grid(box_of(data))
        drawn = [heights(network, output, *grid) for _, network, output in functions]
        cells = list(place.subgridspec(lines, columns))
        low, high = min(values.min() for values in drawn), max(values.max() for values in drawn)
        ends = low, high if high > low else low + 1
        for (title, *_), values, cell in zip(functions, drawn, cells, strict=False):
            ax = figure.add_subplot(cell, projection="3d")
            _draw_surface(ax, grid, values, ends)
            _draw_data(ax, data, task)
            name_inputs(ax, names, pad=-7)
            name(ax, title)
        if panels > len(functions):
            ax = figure.add_subplot(cells[len(functions)])
            draw_contours(ax, data, functions[0][1], task, "heights", scale=True)
            name_inputs(ax, names)

    return squares(width, columns, lines), row


def heights_beside(functions: Sequence[Any], width: float) -> bool:
    """Whether the heights stand behind the surfaces: else they would begin a line that has nothing else."""
    return len(functions) % columns_of(width) > 0


def squares(width: float, columns: int, lines: int) -> float:
    """The height, in rows, of lines of square panels with their titles."""
    return lines * (0.93 * width / columns + 0.4) / ROW


def _draw_surface(ax: Any, grid: tuple[Array, Array], values: Array, ends: tuple[float, float]) -> None:
    low, high = ends
    ax.plot_surface(
        *grid, values, cmap=SURFACE, vmin=low, vmax=high, edgecolor=GREY, linewidth=0.15, rcount=STEPS, ccount=STEPS,
        alpha=0.9,
    )  # fmt: skip
    ax.set_zlim(low, high)
    ax.tick_params(labelsize=6, pad=-2)
    ax.locator_params(nbins=4)
    ax.view_init(elev=28, azim=-60)


def _draw_data(ax: Any, data: LabelledPoints, task: int) -> None:
    x, y = [numbers(column) for column in zip(*data.points, strict=True)]
    ax.plot(x, y, numbers(data.column(task)), color="black", marker="o", mfc="white", linestyle="", zorder=9)


def name_inputs(ax: Any, names: Names, pad: float = 1.0) -> None:
    """The names of the two inputs along the axes; pad: their distance from the numbers, in points."""
    ax.set_xlabel(names.input(0), fontsize=7, labelpad=pad)
    ax.set_ylabel(names.input(1), fontsize=7, labelpad=pad)


def contours(
    data: LabelledPoints, network: RidgeNetwork, tasks: Sequence[int], names: Names, width: float, *, more: int
) -> Row:
    """Small multiples: the heights of these tasks; more: how many others there are."""
    columns = columns_of(width)
    lines = -(-len(tasks) // columns)

    def row(figure: Any, place: Any) -> None:
        for task, cell in zip(tasks, place.subgridspec(lines, columns), strict=False):
            ax = figure.add_subplot(cell)
            draw_contours(ax, data, network, task, names.task(task))
            name_inputs(ax, names)
        count_more(ax, more)

    return squares(width, columns, lines), row


def draw_contours(
    ax: Any, data: LabelledPoints, network: RidgeNetwork, task: int, title: str, *, scale: bool = False
) -> None:
    """Heights by colour, the data in the same colours, and the lines on which the function bends."""
    from matplotlib.ticker import MaxNLocator

    box = box_of(data)
    x, y = _grid(box)
    values, labels = heights(network, task, x, y), numbers(data.column(task))
    low, high = min(values.min(), *labels), max(values.max(), *labels)
    if high > low:
        levels = MaxNLocator(LEVELS).tick_values(low, high)
        low, high = levels[0], levels[-1]
        shades = ax.contourf(x, y, values, levels=levels, cmap=SURFACE, vmin=low, vmax=high)
        if scale:
            bar = ax.figure.colorbar(shades, cax=ax.inset_axes((1.04, 0.1, 0.06, 0.8)), format="%.3g")
            bar.ax.tick_params(labelsize=6)
    else:
        title += f": {low:g} everywhere"
        ax.set_facecolor("#E4E4E4")
    for neuron in network.neurons[:MOST_LINES]:
        u, v = numbers(neuron.direction)
        if neuron.weights[task] and (u or v):
            foot = -number(neuron.offset) / (u * u + v * v)
            ax.axline((foot * u, foot * v), (foot * u - v, foot * v + u), color="white", linewidth=0.9)
            ax.axline((foot * u, foot * v), (foot * u - v, foot * v + u), color="black", linewidth=0.5, dashes=(3, 2))
    places = [numbers(column) for column in zip(*data.points, strict=True)]
    ax.scatter(*places, c=labels, cmap=SURFACE, vmin=low, vmax=high, edgecolors="white", linewidths=1.2, s=22, zorder=4)
    ax.scatter(*places, facecolors="none", edgecolors="black", linewidths=0.5, s=34, zorder=4)
    ax.set(xlim=box[0], ylim=box[1])
    ax.set_box_aspect(1)
    ax.locator_params(nbins=4)
    ax.grid(visible=False)
    name(ax, title)
