"""How pictures look: colours that the colour-blind and grey print keep apart, sizes of a paper's column, no randomness.

Lines differ in dashes and points in shape as well as in colour (Okabe and Ito 2008).
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..reading import InputError

BLUE, ORANGE, GREEN, RED, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#6B6B6B"

UNDER: Any = {"color": "#56B4E9", "linewidth": 2.4, "mfc": BLUE, "mec": BLUE}
"""A curve on which another one may lie: wider and lighter, so that the other is seen in grey too."""

DASHED: Any = (0, (4, 2))
DOTTED: Any = (0, (1, 1.2))
DASHED_TWICE_DOTTED: Any = (0, (3, 1, 1, 1, 1, 1))

SURFACE = "cividis"
"""The colours of heights: their lightness grows all the way, for the colour-blind and in grey alike."""

COLUMN, PAGE = 3.4, 7.0
"""Widths in inches of one column and of a whole page of a two-column paper."""

ROW = 1.55
"""The height of one panel in inches."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one of a few series is told from the others."""

    colour: str
    marker: str
    dashes: Any


LOOKS = (Look(BLUE, "o", "-"), Look(ORANGE, "s", DASHED), Look(GREEN, "D", DOTTED))

MOST_TASKS = len(LOOKS)
"""Tasks that have a row of their own and a look; more become small multiples."""

SETTINGS: Any = {
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "figure.subplot.left": 0.08,
    "figure.subplot.right": 0.98,
    "figure.subplot.wspace": 0.1,
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.7,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "lines.linewidth": 1.4,
    "lines.markersize": 3.5,
    "savefig.dpi": 200,
    "svg.fonttype": "none",
    "svg.hashsalt": "reluproof",
    "text.hinting": "none",
    "text.usetex": False,
}


@contextmanager
def styled() -> Iterator[Any]:
    """matplotlib with the settings above, without a display; InputError if it is not installed."""
    try:
        import matplotlib
        from matplotlib import figure
    except ImportError:
        raise InputError("pictures need an extra: pip install 'reluproof[plots]'") from None
    with matplotlib.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # `boxes` says it in words
        yield figure


def boxes(figure: Any) -> str:
    """The characters of a figure's texts that its font does not have, each once: boxes unless the text stays text."""
    from matplotlib import font_manager, text

    with styled():
        known = font_manager.get_font(font_manager.findfont(font_manager.FontProperties())).get_charmap()
    found = dict.fromkeys("".join([artist.get_text() for artist in figure.findobj(text.Text)]))
    return "".join([character for character in found if ord(character) not in known and character != "\n"])
