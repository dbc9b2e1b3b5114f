"""The page: verdict, picture, exact numbers, statements with their proofs, and the certificate with how to recheck it.

Nothing here decides anything, and nothing in the data is trusted: every text from outside is escaped, and the page's
policy allows no script but its own, by its hash, and no word to the network.
"""

import base64
from collections.abc import Iterator
from html import escape

from ..answers.findings import Findings
from ..one_page import filled, own_text, policy_hash
from ..report.text import text_report
from .content import PACKED_NAME, RECHECK, SEED, TWICE, packed_certificate, rows, statements, verdict, versions
from .note import note_html, note_of
from .picture import inline_picture, table_of_points

MOST_POINTS = 1000
"""Points whose exact values are listed in the page."""


def report_page(findings: Findings) -> str:
    """The whole page. Raises InputError without matplotlib."""
    script = own_text(__package__, ["page.js"])
    parts = {
        "style": own_text(__package__, ["page.css"]),
        "script": script,
        "script_hash": policy_hash(script),
        "title": escape(f"{findings.source.name}: {verdict(findings)}"),
        "name": escape(findings.source.name),
        "unique": "yes" if findings.unique else "no",
        "verdict": escape(verdict(findings)),
        "rows": "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows(findings)),
        "picture": inline_picture(findings),
        "everything": escape(text_report(findings, explain=True)),
        "points": "".join(table_of_points(findings, MOST_POINTS)),
        "listed": escape(_listed(findings)),
        "twice": escape(TWICE),
        "statements": "".join(_statements(findings)),
        "certificate": _certificate(findings),
        "versions": escape(f"{versions('matplotlib', 'markdown-it-py')}. {SEED}"),
    }
    return filled(own_text(__package__, ["page.html"]), parts)


def _listed(findings: Findings) -> str:
    more = findings.data.size - MOST_POINTS
    return f"the first {MOST_POINTS} of {findings.data.size} points" if more > 0 else f"all {findings.data.size} points"


def _statements(findings: Findings) -> Iterator[str]:
    for result, claim, word in statements(findings):
        yield (
            f'<details class="statement"><summary><b>{escape(result.letter)}</b> {escape(result.name)}: '
            f"{escape(word)}</summary><p>{escape(result.verdict.reason)}</p>"
            f'<div class="note">{note_html(note_of(claim))}</div></details>'
        )


def _certificate(findings: Findings) -> str:
    """The certificate as a link that holds it, its hash, and the command that rechecks it; or why it is not there."""
    packed = packed_certificate(findings)
    digest = f" Its SHA-256 is <code>{packed.sha256}</code>." if packed.sha256 else ""
    if packed.content is None:
        return f'<p id="certificate">{escape(packed.why)}{digest}</p>'
    link = f"data:application/gzip;base64,{base64.b64encode(packed.content).decode()}"
    return (
        f'<p>The certificate is in this page: <a id="certificate" download="{PACKED_NAME}" href="{link}">'
        f"{PACKED_NAME}</a>.{digest.replace('Its', 'Unpacked, its')} To judge it:</p>"
        f'<pre><code id="recheck">{escape(RECHECK)}</code></pre>'
        "<p>With the data behind it, and the options by which they were read, that also says whether it is theirs.</p>"
    )
