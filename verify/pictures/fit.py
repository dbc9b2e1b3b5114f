"""Pictures of regularised fits: data and fit, residuals, kinks proved zero or nonzero; and kinks along a path."""

from collections.abc import Sequence
from typing import Any

import numpy

from ..fit.result import Fit
from .panel import Row, explain, name, panel, stacked
from .style import BLUE, GREEN, GREY, ORANGE, PAGE, RED
from .view import number, numbers, thinned

MOST_TASKS = 3
COLOURS = (BLUE, ORANGE, GREEN)
SMALLEST = 1e-16
"""Kinks smaller than this part of the largest are drawn at it."""
MOST_LINES = 200


def plot_fit(fit: Fit, *, width: float = PAGE) -> Any:
    """A matplotlib figure of one fit."""
    tasks = min(fit.noisy.tasks, MOST_TASKS)
    rows: list[Row] = [(1.3, panel(_draw_fit, fit, task)) for task in range(tasks)]
    return stacked([*rows, (0.9, panel(_draw_residuals, fit)), (0.9, panel(_draw_kinks, fit))], width)


def plot_path(fits: Sequence[Fit], *, width: float = PAGE) -> Any:
    """The length of every kink along a path of lambdas."""
    return stacked([(2, panel(_draw_path, fits))], width)


def _points(fit: Fit) -> list[float]:
    return numbers(fit.noisy.data.points)


def _draw_fit(ax: Any, fit: Fit, task: int) -> None:
    x = _points(fit)
    y = [number(label[task]) for label in fit.noisy.data.labels]
    ax.plot(*thinned(x, y), color=GREY, marker="o", mfc="none", linestyle="", markersize=2.5, label="data")
    ax.plot(*thinned(x, fit.labels[:, task]), color=BLUE, label="fit")
    knots = list(fit.support)
    if len(knots) <= MOST_LINES:
        ax.plot(
            [x[k] for k in knots],
            fit.labels[knots, task],
            color=RED,
            marker="s",
            mfc="white",
            linestyle="",
            label="its kinks",
        )
    name(ax, f"task {task + 1}" if fit.noisy.tasks > 1 else "data and fit")
    explain(ax)


def _draw_residuals(ax: Any, fit: Fit) -> None:
    x = _points(fit)
    for task in range(min(fit.noisy.tasks, MOST_TASKS)):
        left = [
            number(label[task]) - value for label, value in zip(fit.noisy.data.labels, fit.labels[:, task], strict=True)
        ]
        ax.plot(*thinned(x, left), color=COLOURS[task], marker=".", linestyle="", label=f"task {task + 1}")
    ax.axhline(0, color=GREY, linewidth=0.6)
    name(ax, "residuals")
    if fit.noisy.tasks > 1:
        explain(ax)


def kink_lengths(fit: Fit) -> Any:
    """|d_j| of the fitted labels at the inner points, as floats."""
    slopes = numpy.diff(fit.labels, axis=0) / numpy.diff(numpy.array(_points(fit)))[:, None]
    return numpy.linalg.norm(numpy.diff(slopes, axis=0), axis=1)


def _draw_kinks(ax: Any, fit: Fit) -> None:
    """Lengths on a logarithmic scale; what is proved zero stands at the foot."""
    x, lengths = numpy.array(_points(fit)), kink_lengths(fit)
    nonzero, undecided = list(fit.support), list(fit.undecided)
    foot = max(lengths[[k - 1 for k in nonzero]].min(initial=1.0) / 10, SMALLEST) if nonzero else 1.0
    zero = sorted(set(range(1, len(x) - 1)) - {*nonzero, *undecided})
    ax.plot(x[zero], [foot] * len(zero), color=GREY, marker="|", linestyle="", label="proved 0")
    ax.plot(x[nonzero], [lengths[k - 1] for k in nonzero], color=BLUE, marker="o", linestyle="", label="proved not 0")
    if undecided:
        ax.plot(
            x[undecided],
            [max(lengths[k - 1], foot) for k in undecided],
            color=RED,
            marker="x",
            linestyle="",
            label="undecided",
        )
    ax.set_yscale("log")
    name(ax, "kinks of the fit")
    explain(ax)


def _draw_path(ax: Any, fits: Sequence[Fit]) -> None:
    penalties = [number(fit.penalty) for fit in fits]
    lengths = numpy.array([kink_lengths(fit) for fit in fits])
    for index, fit in enumerate(fits):
        zero = sorted(set(range(1, fit.noisy.size - 1)) - {*fit.support, *fit.undecided})
        lengths[index, [k - 1 for k in zero]] = 0
    largest = numpy.argsort(-lengths.max(axis=0))[:MOST_LINES]
    for rank, j in enumerate(largest):
        ax.plot(
            penalties, lengths[:, j], color=COLOURS[rank % 3], linestyle=("-", "--", ":")[rank // 3 % 3], linewidth=0.9
        )
    ax.set_xscale("log")
    ax.set_xlabel("lambda")
    more = lengths.shape[1] - len(largest)
    name(ax, "length of every kink along the path" + (f" (the {len(largest)} largest)" if more > 0 else ""))
