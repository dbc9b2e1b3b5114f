"""The report as PDF: text set by reportlab, the picture as vectors, the certificate as an attached file."""

import io
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from ..answers.findings import Findings
from ..pictures import plot_findings
from ..pictures.file import picture_bytes
from ..places import Places, readable
from ..reading import InputError
from ..report.text import text_report
from ..words import counted, enumerated
from .content import PACKED_NAME, RECHECK, SEED, TWICE, packed_certificate, rows, statements, verdict, versions
from .marks import task_names
from .note import note_of, note_tokens
from .pdf_text import note_paragraphs, paragraph, styles, verbatim

MOST_POINTS = 200
"""Points whose exact values are listed."""

MARGIN = 54
"""In points, on every side."""


def require_pdf() -> None:
    """InputError, with the name of the extra, if something that a PDF needs is not installed."""
    if any(find_spec(name) is None for name in ("markdown_it", "matplotlib", "pypdf", "reportlab")):
        raise InputError("a report as PDF needs an extra: pip install 'reluproof[pdf]'")


def report_pdf(findings: Findings) -> bytes:
    """The whole report, the same bytes for the same findings. Raises InputError without the extra `pdf`."""
    require_pdf()
    from pypdf import PdfReader, PdfWriter, Transformation
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    drawn = PdfReader(io.BytesIO(picture_bytes(plot_findings(findings), ".pdf"))).pages[0]
    room = A4[0] - 2 * MARGIN - 12, A4[1] - 2 * MARGIN - 60  # what the frame's padding and a heading leave
    scale = min(1.0, room[0] / float(drawn.mediabox.width), room[1] / float(drawn.mediabox.height))
    place = _place(scale * float(drawn.mediabox.width), scale * float(drawn.mediabox.height))
    text = io.BytesIO()
    document = SimpleDocTemplate(
        text, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN, lang="en",
        title=f"{findings.source.name}: {verdict(findings)}", author=versions(), invariant=1,
    )  # fmt: skip
    document.build(list(_story(findings, place)), onFirstPage=_numbered, onLaterPages=_numbered)
    writer = PdfWriter(clone_from=io.BytesIO(text.getvalue()))
    page, left, bottom = place.found
    writer.pages[page - 1].merge_transformed_page(drawn, Transformation().scale(scale).translate(left, bottom))
    packed = packed_certificate(findings)
    if packed.content is not None:
        writer.add_attachment(PACKED_NAME, packed.content)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _place(width: float, height: float) -> Any:
    """Room for the picture, which finds out where it stands: `found` is its page, counted from 1, and its corner."""
    from reportlab.platypus import Flowable

    class Place(Flowable):  # type: ignore[misc]
        found = (0, 0.0, 0.0)

        def draw(self) -> None:
            self.found = (self.canv.getPageNumber(), *self.canv.absolutePosition(0, 0))

    place = Place()
    place.width, place.height = width, height
    return place


def _numbered(canvas: Any, document: Any) -> None:
    canvas.setFont(styles()["faint"].fontName, 8)
    canvas.drawCentredString(document.pagesize[0] / 2, MARGIN / 2, str(document.page))


def _story(findings: Findings, place: Any) -> Iterator[Any]:
    said = verdict(findings)
    yield paragraph(findings.source.name, "faint")
    yield paragraph(said[0].upper() + said[1:], "title")
    for name, text in rows(findings):
        yield paragraph(f"{name}: {text}")
    yield paragraph("Picture", "h2")
    yield place
    yield paragraph("Exact values", "h2")
    yield from _points(findings)
    yield paragraph("Everything that was found", "h2")
    yield verbatim(text_report(findings, explain=True))
    yield paragraph("Statements", "h2")
    yield paragraph(TWICE)
    for result, claim, word in statements(findings):
        yield paragraph(f"{result.letter}. {result.name}: {word}", "h3")
        yield paragraph(result.verdict.reason)
        yield from note_paragraphs(note_tokens(note_of(claim)))
    yield paragraph("Certificate", "h2")
    yield from _certificate(findings)
    yield paragraph(f"{versions('matplotlib', 'markdown-it-py', 'reportlab', 'pypdf')}. {SEED}", "faint")


def _points(findings: Findings) -> Iterator[Any]:
    from reportlab.platypus import LongTable

    data, places = findings.data, Places(findings.data.points, findings.source)
    shown = min(data.size, MOST_POINTS)
    yield paragraph(f"{'All' if shown == data.size else f'The first {shown} of'} {counted(data.size, 'point')}.")
    lines = [[places.name, enumerated(list(task_names(findings))), "kink"]]
    for index in range(shown):
        kink = findings.kinks[index - 1] if 0 < index < data.size - 1 else ()
        vectors = [enumerated([readable(entry) for entry in vector]) for vector in (data.labels[index], kink)]
        lines.append([readable(data.points[index]), *vectors])
    cells = [[paragraph(text, "small") for text in line] for line in lines]
    looks = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "#616161"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    yield LongTable(cells, colWidths=[110, 185, 185], repeatRows=1, style=looks)


def _certificate(findings: Findings) -> Iterator[Any]:
    packed = packed_certificate(findings)
    if packed.content is None:
        yield paragraph(packed.why)
    else:
        yield paragraph(f"The certificate is attached to this file as {PACKED_NAME}. To judge it:")
        yield verbatim(RECHECK)
    if packed.sha256:
        yield paragraph("SHA-256 of the certificate, unpacked:")
        yield verbatim(packed.sha256)
