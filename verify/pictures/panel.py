"""Panels as all pictures have them: a name on the left, the legend above on the right, where it hides nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from .style import PAGE, ROW, styled

Draw = Callable[[Any, Any], None]
"""Draws into a figure at a place of its grid."""

Row = tuple[float, Draw]
"""A height, in units of one panel, and what is drawn there."""


def stacked(rows: Sequence[Row], width: float = PAGE) -> Any:
    """A figure of rows below each other, `width` inches wide. InputError without matplotlib."""
    with styled() as figures:
        heights = [height for height, _ in rows]
        figure = figures.Figure(figsize=(width, ROW * sum(heights)), layout="constrained")
        for place, (_, draw) in zip(figure.add_gridspec(len(rows), 1, height_ratios=heights), rows, strict=True):
            draw(figure, place)
    return figure


def panel(draw: Callable[..., None], *arguments: Any) -> Draw:
    """One pair of axes, drawn by a function of them."""

    def row(figure: Any, place: Any) -> None:
        draw(figure.add_subplot(place), *arguments)

    return row


def name(ax: Any, title: str) -> None:
    """The panel's name."""
    ax.set_title(title, loc="left")


def explain(ax: Any) -> None:
    """The legend."""
    ax.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4, borderaxespad=0.3, columnspacing=1.2, handlelength=1.6
    )
