"""Pictures as files: the same picture gives the same bytes."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..reading import InputError
from ..whole_file import in_words, write_whole_bytes
from .style import styled

FORMATS = (".svg", ".png", ".pdf")
PLACES = 6
"""Decimal places of the edges of the axes, as fractions of the figure: far below a pixel."""

_UNDATED: dict[str, dict[str, None]] = {
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None, "ModDate": None},
    ".png": {},
}


def format_of(option: str, path: str) -> str:
    """The suffix of the path; InputError if it is none of FORMATS."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in FORMATS:
        raise InputError(f"{option} {path}: name a file that ends in {', '.join(FORMATS)}")
    return suffix


def save(figure: Any, path: str) -> None:
    """Write the figure to a file of the format of its suffix; InputError if that cannot be done."""
    suffix = format_of("the picture", path)
    with in_words(path):
        write_whole_bytes(path, picture_bytes(figure, suffix))


def picture_bytes(figure: Any, suffix: str) -> bytes:
    """The figure in the format of a suffix, without date or version."""
    stream = io.BytesIO()
    with styled(), _settled(figure):
        figure.savefig(stream, format=suffix[1:], metadata=_UNDATED[suffix] | _SOURCE[suffix])
    return stream.getvalue()


@contextmanager
def _settled(figure: Any) -> Iterator[None]:
    """The figure laid out, with rounded places: the layout's solver does not reach the same last bits every time."""
    engine = figure.get_layout_engine()
    if engine is None:
        yield
        return
    engine.execute(figure)
    figure.set_layout_engine("none")
    for axes in figure.axes:
        fixed = axes.get_in_layout()
        axes.set_position([round(edge, PLACES) for edge in axes.get_position().bounds])
        axes.set_in_layout(fixed)
    try:
        yield
    finally:
        figure.set_layout_engine(engine)


_SOURCE: dict[str, dict[str, str | None]] = {
    ".svg": {"Creator": "reluproof"},
    ".pdf": {"Creator": "reluproof", "Producer": None},
    ".png": {"Software": "reluproof"},
}
