"""Text for reportlab: its styles, what its fonts lack, and the notes of the statements as paragraphs."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from markdown_it.token import Token

SANS, MONO = "DejaVuSans", "DejaVuSansMono"
"""They come with matplotlib, and have the signs of mathematics."""

LONGEST_LINE = 105
"""Columns of the smallest text."""

_FACES = {SANS: "DejaVuSans", f"{SANS}-Bold": "DejaVuSans-Bold", f"{SANS}-Oblique": "DejaVuSans-Oblique", MONO: MONO}


@cache
def styles() -> dict[str, Any]:
    """The styles of paragraphs by their names; the fonts are there after this."""
    import matplotlib
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{file}.ttf")))
    bold, oblique = f"{SANS}-Bold", f"{SANS}-Oblique"
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=bold, italic=oblique, boldItalic=bold)
    body = ParagraphStyle("body", fontName=SANS, fontSize=9, leading=12.5, spaceAfter=4)
    return {
        "body": body,
        "small": ParagraphStyle("small", body, fontSize=7.5, leading=10, spaceAfter=0),
        "faint": ParagraphStyle("faint", body, textColor="#616161", spaceAfter=0),
        "title": ParagraphStyle("title", body, fontName=bold, fontSize=15, leading=20, spaceAfter=8),
        "h2": ParagraphStyle("h2", body, fontName=bold, fontSize=12, leading=16, spaceBefore=10, keepWithNext=1),
        "h3": ParagraphStyle("h3", body, fontName=bold, spaceBefore=7, spaceAfter=2, keepWithNext=1),
        "h4": ParagraphStyle("h4", body, fontName=oblique, spaceBefore=4, spaceAfter=1, keepWithNext=1),
        "item": ParagraphStyle("item", body, leftIndent=12, bulletIndent=2, spaceAfter=2),
        "mono": ParagraphStyle("mono", body, fontName=MONO, fontSize=7, leading=9),
    }


def marked_up(text: str, font: str = SANS) -> str:
    """The text as reportlab reads it, with \\u.... for what the font lacks: nothing is left blank."""
    from reportlab.pdfbase import pdfmetrics

    styles()
    there = pdfmetrics.getFont(font).face.charToGlyph
    return escape("".join([sign if ord(sign) in there else f"\\u{ord(sign):04x}" for sign in text]))


def paragraph(text: str, style: str = "body") -> Any:
    """A paragraph of plain text."""
    from reportlab.platypus import Paragraph

    return Paragraph(marked_up(text, styles()[style].fontName), styles()[style])


def verbatim(text: str) -> Any:
    """Lines as they stand, cut only where they are longer than the page is wide."""
    from reportlab.platypus import XPreformatted

    lines = [line[start : start + LONGEST_LINE] for line in text.split("\n") for start in _cuts(line)]
    return XPreformatted("\n".join([marked_up(line, MONO) for line in lines]), styles()["mono"])


def note_paragraphs(tokens: Sequence[Token]) -> Iterator[Any]:
    """The parts of a note, one below the other; the rows of its tables as lines."""
    from reportlab.platypus import Paragraph

    bullet: str | None = None
    cells: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        opened = "" if before is None else before.type
        if token.type == "list_item_open":
            bullet = "•"
        elif token.type in ("code_block", "fence"):
            yield verbatim(token.content.rstrip("\n"))
        elif token.type == "tr_close":
            yield Paragraph(" | ".join(cells), styles()["item"])
            cells = []
        elif token.type == "inline" and opened in ("td_open", "th_open"):
            cells.append(_inline(token))
        elif token.type == "inline" and opened == "heading_open":
            yield Paragraph(_inline(token), styles()["h4"])
        elif token.type == "inline":
            yield Paragraph(_inline(token), styles()["item" if token.level > 1 else "body"], bulletText=bullet)
            bullet = None


_TAGS = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>", "softbreak": " "}


def _inline(token: Token) -> str:
    parts = []
    for part in token.children or ():
        if part.type == "code_inline":
            parts.append(f'<font face="{MONO}" size="8">{marked_up(part.content, MONO)}</font>')
        else:
            parts.append(_TAGS[part.type] if part.type in _TAGS else marked_up(part.content))
    return "".join(parts)


def _cuts(line: str) -> range:
    return range(0, max(len(line), 1), LONGEST_LINE)
