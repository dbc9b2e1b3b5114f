"""Panels as all pictures have them: a name on the left, the legend above, where it hides nothing."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from .style import PAGE, ROW, styled

Draw = Callable[[Any, Any], None]
"""Draws into a figure at a place of its grid."""

Row = tuple[float, Draw]
"""A height, in units of one panel, and what is drawn there."""

HANDLE, PAD = 24, 12
"""Room in points that the sample of a legend's entry takes, and that stays free between a name and the legend."""

TICK = 42
"""Room in points for a number below an axis."""

FOOT = 0.06
"""Where marks stand that have no height, as a part of the panel's height."""

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = 3


def stacked(rows: Sequence[Row], width: float = PAGE) -> Any:
    """A figure of rows below each other, `width` inches wide. InputError without matplotlib."""
    with styled() as figures:
        heights = [height for height, _ in rows]
        figure = figures.Figure(figsize=(width, ROW * sum(heights)), layout="constrained")
        for place, (_, draw) in zip(figure.add_gridspec(len(rows), 1, height_ratios=heights), rows, strict=True):
            draw(figure, place)
    return figure


def into(ax: Any, draw: Callable[..., None], *arguments: Any) -> Any:
    """Draw into axes of someone else's; their figure."""
    with styled():
        draw(ax, *arguments)
    return ax.figure


def panel(draw: Callable[..., None], *arguments: Any) -> Draw:
    """One pair of axes, drawn by a function of them."""

    def row(figure: Any, place: Any) -> None:
        draw(figure.add_subplot(place), *arguments)

    return row


def beside(*draws: Callable[..., None]) -> Draw:
    """Several pairs of axes beside each other, each drawn by a function of them."""

    def row(figure: Any, place: Any) -> None:
        for draw, cell in zip(draws, place.subgridspec(1, len(draws)), strict=True):
            draw(figure.add_subplot(cell))

    return row


def name(ax: Any, title: str) -> None:
    """The panel's name, in lines that are not longer than the panel is wide."""
    ax.set_title("\n".join(_lines(title, width_of(ax))), loc="left")


def width_of(ax: Any) -> float:
    """The width of a panel in points, near enough before it is laid out."""
    return float(0.95 * 72 * ax.get_window_extent().width / ax.figure.dpi)


def _lines(text: str, room: float) -> list[str]:
    found = [""]
    for word in text.split(" "):
        longer = f"{found[-1]} {word}" if found[-1] else word
        if found[-1] and text_width(longer, 8) > room:
            found.append(word)
        else:
            found[-1] = longer
    return found


def explain(ax: Any, handles: Sequence[Any] | None = None) -> None:
    """The legend of the labelled artists, or of these: beside the name if there is room, else above it."""
    kept = ax.get_legend_handles_labels()[0] if handles is None else list(handles)
    if not kept:
        return
    labels = [handle.get_label() for handle in kept]
    room, title = width_of(ax), ax.get_title(loc="left")
    entries = [text_width(label) + HANDLE for label in labels]
    beside = "\n" not in title and text_width(title, 8) + PAD + sum(entries) <= room
    looks: dict[str, Any] = {"borderaxespad": 0.3, "columnspacing": 1.0, "handlelength": 1.6, "handletextpad": 0.5}
    if beside:
        ax.legend(kept, labels, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(kept), **looks)
        return
    from matplotlib.transforms import ScaledTranslation

    above = ax.transAxes + ScaledTranslation(0, (2 + 10 * (1 + title.count("\n"))) / 72, ax.figure.dpi_scale_trans)
    columns = most_columns(entries, room)
    ax.legend(kept, labels, loc="lower left", bbox_to_anchor=(0, 1), bbox_transform=above, ncols=columns, **looks)


def most_columns(widths: Sequence[float], room: float) -> int:
    """The most columns in which entries of these widths, filled one column after the other, fit."""
    for columns in range(len(widths), 1, -1):
        size, longer = divmod(len(widths), columns)
        ends = [k * size + min(k, longer) for k in range(columns + 1)]
        if sum([max(widths[a:b]) for a, b in pairwise(ends)]) <= room:
            return columns
    return 1


def text_width(text: str, size: float = 7) -> float:
    """The width of a text in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    shown = text.replace(r"\$", "$")
    return float(text_to_path.get_text_width_height_descent(shown, FontProperties(size=size), ismath=False)[0])


def spread(ax: Any, x: Sequence[float]) -> None:
    """The same range of x in every panel of a picture, and no more numbers below it than have room."""
    ax.locator_params(axis="x", nbins=max(2, int(width_of(ax) / TICK)))
    room = (x[-1] - x[0]) * 0.03
    if room > 0:
        ax.set_xlim(x[0] - room, x[-1] + room)


def logarithmic(axis: Any, values: Sequence[float]) -> None:
    """A logarithmic axis around positive values, over a decade long, with powers of ten as plain text."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    low, high = math.log10(min(values)), math.log10(max(values))
    room = max(0.15, 0.06 * (high - low), (1.1 - (high - low)) / 2)
    ends = 10 ** (low - room), 10 ** (high + room)
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.axes.set(**{f"{axis.axis_name}lim": ends})
    axis.set_major_formatter(FuncFormatter(lambda value, _: power(value)))
    axis.set_minor_formatter(NullFormatter())


def power(value: float) -> str:
    """A power of ten: plain where that is short.

    >>> power(0.01), power(1e-12)
    ('0.01', '10⁻¹²')
    """
    exponent = round(math.log10(value))
    return f"{value:g}" if abs(exponent) <= _PLAIN else "10" + str(exponent).translate(_SUPERSCRIPT)


def at_foot(ax: Any, x: Sequence[float], **looks: Any) -> None:
    """Marks at the foot of a panel: they have a place, but no height on its scale."""
    ax.plot(x, [FOOT] * len(x), transform=ax.get_xaxis_transform(), linestyle="", **looks)


def say(ax: Any, text: str) -> None:
    """Words in the place of a panel that has nothing to draw."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center")
    ax.set_yticks([])
