"""The picture of a regularised fit: data and fit, residuals, kinks proved zero or nonzero, and the path in lambda."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy

from ..fit.result import Fit
from .multiples import task_rows
from .names import Names, brief
from .panel import Row, at_foot, explain, into, logarithmic, name, panel, say, spread, stacked
from .path import draw_path, kink_lengths
from .style import BLUE, GREY, LOOKS, MOST_TASKS, PAGE, RED
from .view import BINS, close_look, marks, number, numbers, places, thinned

MOST_WHOLE = 2000
"""Longer data are drawn as an overview and a close look."""
CLOSE = 200
MOST_SQUARES = 200
WORDS = {True: "the only network", False: "other networks are optimal", None: "uniqueness undecided"}


def plot_fit(
    fit: Fit, ax: Any = None, *, width: float = PAGE, path: Sequence[Fit] = (), chosen: str | None = None
) -> Any:
    """A matplotlib figure of one fit, `width` inches wide; with `ax`, the data and the fit of the first task in it.

    path: fits of the same data, to show where this one stands among them; chosen: the rule that chose it.
    Raises InputError without matplotlib.
    """
    whole = slice(0, fit.noisy.size)
    if ax is not None:
        return into(ax, _first, fit, whole)
    rows = list(_rows(fit, width))
    if path:
        rows.append((1.4, panel(draw_path, path, (fit.penalty, chosen))))
    return stacked(rows, width)


def _first(ax: Any, fit: Fit, points: slice) -> None:
    _draw_fit(fit, points, ax, 0)
    explain(ax)


def _rows(fit: Fit, width: float) -> Iterator[Row]:
    whole = slice(0, fit.noisy.size)
    close = close_look(fit.noisy.size, _busiest(fit), MOST_WHOLE, CLOSE)
    yield from task_rows(partial(_draw_fit, fit, whole), fit.noisy.tasks, width, height=1.3)
    if close != whole:
        yield from task_rows(partial(_draw_fit, fit, close), min(fit.noisy.tasks, MOST_TASKS), width, height=1.3)
    yield 0.9, panel(_draw_residuals, fit)
    yield 0.9, panel(_draw_kinks, fit)


def _busiest(fit: Fit) -> int:
    """Where a close look is worth most: the first undecided kink, else the largest."""
    if fit.undecided:
        return fit.undecided[0]
    lengths = kink_lengths(fit)
    return max(fit.support, key=lambda k: lengths[k - 1], default=0)


def _names(fit: Fit) -> Names:
    return Names.of(fit.noisy.source, fit.noisy.tasks)


def _draw_fit(fit: Fit, points: slice, ax: Any, task: int) -> None:
    x = places(fit.noisy.data.points[points])
    observed = list(_observed(fit, points))
    bins = BINS if fit.noisy.tasks <= MOST_TASKS else BINS // 4  # small multiples are not so wide
    drawn = thinned([x for x, _ in observed], [number(label[task]) for _, label in observed], bins)
    ax.plot(*drawn, color=GREY, marker="o", mfc="none", linestyle="", markersize=2.5, label="data")
    ax.plot(*thinned(x, fit.labels[points, task], bins), color=BLUE, label="fit", gid=f"fit-{task}")
    knots = [k for k in fit.support if points.start <= k < points.stop]
    if len(knots) <= MOST_SQUARES:
        _mark(ax, fit, knots, task, color=RED, marker="s", mfc="white", label="kinks proved not 0")
    _mark(ax, fit, [k for k in fit.undecided if points.start <= k < points.stop], task, color=RED, marker="x",
          markersize=5, label="kinks undecided")  # fmt: skip
    spread(ax, x)
    size = points.stop - points.start
    ends = fit.noisy.data.points[points.start], fit.noisy.data.points[points.stop - 1]
    part = "" if size == fit.noisy.size else f", {_names(fit).place(*ends)}"
    name(ax, _names(fit).task(task, "data and fit") + part)


def _mark(ax: Any, fit: Fit, knots: Sequence[int], task: int, **looks: Any) -> None:
    if knots:
        x = numbers([fit.noisy.data.points[k] for k in knots])
        ax.plot(x, [float(fit.labels[k, task]) for k in knots], linestyle="", **looks)


def _observed(fit: Fit, points: slice) -> Iterator[tuple[float, Any]]:
    """x and labels of every observation: repeated points have several."""
    for x, rows in zip(numbers(fit.noisy.data.points[points]), fit.noisy.observations[points], strict=True):
        yield from [(x, label) for label, _ in rows]


def _residuals(fit: Fit) -> tuple[list[float], Any]:
    """x and y - f(x) of every observation, (n, T)."""
    x = [x for x, _ in _observed(fit, slice(0, fit.noisy.size))]
    counts = [len(rows) for rows in fit.noisy.observations]
    labels = numpy.array([numbers(label) for rows in fit.noisy.observations for label, _ in rows])
    return x, labels - numpy.repeat(fit.labels, counts, axis=0)


def _draw_residuals(ax: Any, fit: Fit) -> None:
    """Task by task; for more tasks than there are looks, the length of the vector of residuals."""
    x, left = _residuals(fit)
    if fit.noisy.tasks > MOST_TASKS:
        ax.plot(
            *thinned(x, numpy.linalg.norm(left, axis=1)),
            color=BLUE,
            marker="o",
            markersize=2.5,
            linestyle="",
            label="length",
        )
        name(ax, "length of the residuals")
    else:
        for task, look in zip(range(fit.noisy.tasks), LOOKS, strict=False):
            looks: Any = {"color": look.colour, "marker": look.marker, "mfc": "none", "mew": 0.7, "markersize": 2.5}
            ax.plot(*thinned(x, left[:, task]), linestyle="", label=_names(fit).task(task), **looks)
        name(ax, "residuals")
        if fit.noisy.tasks > 1:
            explain(ax)
    ax.axhline(0, color=GREY, linewidth=0.6)
    spread(ax, x)


def _draw_kinks(ax: Any, fit: Fit) -> None:
    """Lengths on a logarithmic scale; what is proved zero has no height and stands at the foot."""
    x, lengths = numbers(fit.noisy.data.points), kink_lengths(fit)
    sure = {*fit.support, *fit.undecided}
    zero = marks([x[k] for k in range(1, len(x) - 1) if k not in sure])
    if zero:
        at_foot(ax, zero, color=GREY, marker="|", markersize=5, label="proved 0")
    drawn = []
    for knots, colour, marker, label in (
        (fit.support, BLUE, "o", "proved not 0"),
        (fit.undecided, RED, "x", "undecided"),
    ):
        kept = [k for k in knots if lengths[k - 1] > 0]
        drawn += [float(lengths[k - 1]) for k in kept]
        if kept:
            ax.plot(
                *thinned([x[k] for k in kept], [float(lengths[k - 1]) for k in kept]),
                color=colour,
                marker=marker,
                linestyle="",
                label=label,
            )
    if drawn:
        logarithmic(ax.yaxis, drawn)
    else:
        say(ax, "no kink: the fit is a straight line" if not sure else "no kink is large enough to be drawn")
    spread(ax, x)
    name(ax, f"kinks at lambda = {brief(fit.penalty)}; {WORDS[fit.unique]}")
    explain(ax)
    _names(fit).label_x(ax)
