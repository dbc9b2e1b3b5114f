"""Pictures of a path of fits: the length of every kink, and how many there are, over lambda."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy
from flint import fmpq

from ..fit.exact_path import Breakpoint
from ..fit.noisy import Noisy
from ..fit.result import Fit
from ..reading import InputError
from .names import Names, shown
from .panel import explain, into, logarithmic, name, panel, say, stacked
from .style import BLUE, DASHED, DOTTED, GREEN, GREY, LOOKS, ORANGE, PAGE, RED
from .view import number, numbers

MOST_LINES = 200
NAMED = 6
"""Kinks whose lines are named, the longest ones."""
STYLES = (("-", "."), (DASHED, "."), (DOTTED, "."), (DASHED, "o"), (DOTTED, "s"), ("-", "D"))
DEEPEST = 1e6
"""Kinks that are smaller than the largest by this factor are below the panel."""
MOST_BARS = 60
BAR = 2.2
"""The height of a bar in points."""

Chosen = tuple[fmpq, str | None]
"""A lambda, and the rule that chose it."""


def plot_path(fits: Sequence[Fit], ax: Any = None, *, width: float = PAGE, chosen: Chosen | None = None) -> Any:
    """The length and the number of the kinks along a path of lambdas; with `ax`, the lengths in it."""
    if ax is not None:
        return into(ax, draw_path, fits, chosen)
    return stacked([(2, panel(draw_path, fits, chosen)), (1, panel(_draw_counts, fits))], width)


def kink_lengths(fit: Fit) -> Any:
    """|d_j| of the fitted labels at the inner points, (N - 2,), as floats."""
    x = numpy.array(numbers(fit.noisy.data.points))
    slopes = numpy.diff(fit.labels, axis=0) / numpy.diff(x)[:, None]
    return numpy.linalg.norm(numpy.diff(slopes, axis=0), axis=1)


def proved_lengths(fit: Fit) -> Any:
    """The same, with 0 where the kink is proved to be 0."""
    lengths = kink_lengths(fit)
    zero = numpy.ones(len(lengths), dtype=bool)
    zero[[k - 1 for k in (*fit.support, *fit.undecided)]] = False
    lengths[zero] = 0
    return lengths


def draw_path(ax: Any, fits: Sequence[Fit], chosen: Chosen | None = None) -> None:
    """One line a kink, the longest ones named; lambda on a logarithmic scale."""
    penalties = numbers([fit.penalty for fit in fits])
    lengths = numpy.array([proved_lengths(fit) for fit in fits])
    positive = lengths[lengths > 0].tolist()
    order = numpy.argsort(-lengths.max(axis=0), kind="stable")
    present = [int(j) for j in order if lengths[:, j].any()]
    lengths[lengths == 0] = numpy.nan  # a kink that is 0 is not drawn
    names = Names.of(fits[0].noisy.source, fits[0].noisy.tasks)
    for j in reversed(present[NAMED:MOST_LINES]):
        ax.plot(penalties, lengths[:, j], color=GREY, linewidth=0.6, marker=".", markersize=2, gid=f"kink-{j + 1}")
    for (dashes, marker), look, j in zip(STYLES, LOOKS * 2, present[:NAMED], strict=False):
        ax.plot(
            penalties,
            lengths[:, j],
            color=look.colour,
            linestyle=dashes,
            marker=marker,
            markersize=3,
            label=names.place(fits[0].noisy.data.points[j + 1]),
            gid=f"kink-{j + 1}",
        )
    if chosen is not None:
        rule = "" if chosen[1] is None else f" by {shown(chosen[1])}"
        ax.axvline(number(chosen[0]), color=RED, linewidth=1, label=f"lambda chosen{rule}")
    if positive:
        logarithmic(ax.yaxis, [max(min(positive), max(positive) / DEEPEST), max(positive)])
    else:
        say(ax, "no kink at any of these lambdas")
    logarithmic(ax.xaxis, penalties)
    ax.set_xlabel("lambda")
    more = len(present) - MOST_LINES
    name(ax, "length of every kink" + (f" (of the {MOST_LINES} longest; {more} more)" if more > 0 else ""))
    explain(ax)


def _draw_counts(ax: Any, fits: Sequence[Fit]) -> None:
    """Kinks proved not 0, and those undecided above them; marks where other networks are optimal too."""
    penalties = numbers([fit.penalty for fit in fits])
    sure = [len(fit.support) for fit in fits]
    top = [count + len(fit.undecided) for count, fit in zip(sure, fits, strict=True)]
    ax.plot(penalties, sure, color=BLUE, marker="o", markersize=2.5, label="proved not 0")
    if top != sure:
        ax.fill_between(penalties, sure, top, color=ORANGE, alpha=0.45, linewidth=0, label="undecided")
    for unique, marker, label in ((False, "v", "other networks are optimal"), (None, "x", "uniqueness undecided")):
        there = [k for k, fit in enumerate(fits) if fit.unique is unique]
        if there:
            ax.plot([penalties[k] for k in there], [top[k] for k in there], color=RED, marker=marker, markersize=5,
                    linestyle="", label=label)  # fmt: skip
    logarithmic(ax.xaxis, penalties)
    _count(ax)
    explain(ax)


def plot_exact_path(noisy: Noisy, breakpoints: Sequence[Breakpoint], *, width: float = PAGE) -> Any:
    """One task, all breakpoints: when every kink is there, and which way it bends. InputError if there is no kink."""
    if not breakpoints:
        raise InputError("--plot: the labels lie on a line, so that there is no kink to draw at any lambda")
    bars = _bars(breakpoints)
    points = sorted({point for point, *_ in bars})
    height = 1.2 + min(len(points), MOST_BARS) / 12
    return stacked([(height, panel(_draw_bars, noisy, breakpoints)), (1, panel(_draw_steps, breakpoints))], width)


Bar = tuple[int, int, fmpq, fmpq]
"""A point, the sign of its kink, and the lambdas between which the kink is there."""


def _bars(breakpoints: Sequence[Breakpoint]) -> list[Bar]:
    """The last bars end at 0."""
    since: dict[int, tuple[int, fmpq]] = {}
    found: list[Bar] = []
    for breakpoint_ in breakpoints:
        for point, sign in breakpoint_.changes:
            if point in since:
                found.append((point, since[point][0], since[point][1], breakpoint_.penalty))
                del since[point]
            if sign:
                since[point] = sign, breakpoint_.penalty
    return found + [(point, sign, top, fmpq(0)) for point, (sign, top) in since.items()]


def _range(breakpoints: Sequence[Breakpoint]) -> tuple[float, float]:
    """What is drawn of lambda: below the last breakpoint nothing changes any more."""
    return number(breakpoints[-1].penalty) / 3, number(breakpoints[0].penalty)


def _draw_bars(ax: Any, noisy: Noisy, breakpoints: Sequence[Breakpoint]) -> None:
    low, high = _range(breakpoints)
    bars = _bars(breakpoints)
    x = noisy.data.points
    labels = {1: "upward", -1: "downward"}
    for point, sign, top, bottom in bars:
        # Hollow rather than dashed: a gap in a bar says that the kink is not there.
        looks = {"color": BLUE} if sign > 0 else {"color": ORANGE, "path_effects": _hollow()}
        ax.plot([max(number(bottom), low), number(top)], [number(x[point])] * 2, linewidth=BAR, solid_capstyle="butt",
                gid=f"kink-{point}", label=labels.pop(sign, None), **looks)  # fmt: skip
    logarithmic(ax.xaxis, [low, high])
    ax.set_ylabel(shown(noisy.source.x_name or "x"))
    name(ax, "kinks over lambda, exact")
    explain(ax)


def _hollow() -> list[Any]:
    """A bar with a white core."""
    from matplotlib.patheffects import Normal, Stroke

    return [Normal(), Stroke(linewidth=BAR / 3, foreground="white")]


def _draw_steps(ax: Any, breakpoints: Sequence[Breakpoint]) -> None:
    low, high = _range(breakpoints)
    ends = [*[number(b.penalty) for b in breakpoints], low]
    x = [place for pair in pairwise(ends) for place in pair]
    ax.plot([high * 3, high, *x], [0, 0, *[b.kinks for b in breakpoints for _ in range(2)]], color=GREEN)
    logarithmic(ax.xaxis, [low, high])
    _count(ax)


def _count(ax: Any) -> None:
    """How many there are, over lambda: whole numbers from 0."""
    ax.locator_params(axis="y", integer=True, nbins=5)
    ax.set_ylim(bottom=0, top=max(1.0, ax.get_ylim()[1]))
    ax.set_xlabel("lambda")
    name(ax, "number of kinks")
