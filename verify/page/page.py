"""The page: verdict, picture, exact numbers, statements with their proofs, and the certificate with how to recheck it.

Nothing here decides anything, and nothing in the data is trusted: every text from outside is escaped, the page runs no
script, and its policy forbids it to ask the network for anything.
"""

import base64
import gzip
import hashlib
import platform
from collections.abc import Iterator
from html import escape
from importlib.metadata import version
from importlib.resources import files

from ..answers.findings import Findings
from ..certify import certificate_lines
from ..claims.registry import REGISTRY
from ..report.text import WORDS, short_rows, text_report
from ..standing.note import note_text
from .picture import inline_picture, table_of_points

LARGEST_CERTIFICATE = 2 * 2**20
"""Bytes of the packed certificate up to which it is part of the page."""

MOST_POINTS = 1000
"""Points whose exact values are listed in the page."""


def report_page(findings: Findings) -> str:
    """The whole page. Raises InputError without matplotlib."""
    parts = {
        "style": files(__package__).joinpath("page.css").read_text(encoding="utf-8"),
        "title": escape(f"{findings.source.name}: {_verdict(findings)}"),
        "name": escape(findings.source.name),
        "unique": "yes" if findings.unique else "no",
        "verdict": escape(_verdict(findings)),
        "rows": "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in _rows(findings)),
        "picture": inline_picture(findings),
        "everything": escape(text_report(findings, explain=True)),
        "points": "".join(table_of_points(findings, MOST_POINTS)),
        "listed": escape(_listed(findings)),
        "statements": "".join(_statements(findings)),
        "certificate": _certificate(findings),
        "versions": escape(_versions()),
    }
    # One pass over the template, so that nothing in the parts is taken for a place in it.
    head, *places = files(__package__).joinpath("page.html").read_text(encoding="utf-8").split("{{")
    filled = [head]
    for place in places:
        name, _, text = place.partition("}}")
        filled += [parts[name], text]
    return "".join(filled)


def _rows(findings: Findings) -> list[tuple[str, str]]:
    """The short answers; what they say about options of the command line means nothing on a page."""
    return [(name, text.replace(" (-v lists them)", "")) for name, text in short_rows(findings)]


def _verdict(findings: Findings) -> str:
    if findings.unique:
        return "connect-the-dots is the only optimum"
    return "connect-the-dots is not the only optimum"


def _listed(findings: Findings) -> str:
    more = findings.data.size - MOST_POINTS
    return f"the first {MOST_POINTS} of {findings.data.size} points" if more > 0 else f"all {findings.data.size} points"


def _statements(findings: Findings) -> Iterator[str]:
    for result in findings.claims:
        claim = REGISTRY[result.letter]
        word = WORDS[result.verdict.word]
        try:
            note = note_text(claim)
        except OSError:  # an installation without its notes
            note = claim.statement
        yield (
            f"<details><summary><b>{escape(result.letter)}</b> {escape(result.name)}: {escape(word)}</summary>"
            f"<p>{escape(result.verdict.reason)}</p><pre>{escape(note)}</pre></details>"
        )


def _certificate(findings: Findings) -> str:
    """The certificate as a link that holds it, its hash, and the command that rechecks it; or why it is not there."""
    content = "".join(certificate_lines(findings)).encode()
    packed = gzip.compress(content, mtime=0)
    digest = hashlib.sha256(content).hexdigest()
    if len(packed) > LARGEST_CERTIFICATE:
        return (
            f"<p>The certificate of these answers has {len(content)} bytes, too many for a page; its SHA-256 is "
            f"<code>{digest}</code>. <code>reluproof check DATA --certificate proof.jsonl</code> writes it, DATA with "
            "the options by which they were read here.</p>"
        )
    link = f"data:application/gzip;base64,{base64.b64encode(packed).decode()}"
    return (
        f'<p><a id="certificate" download="proof.jsonl.gz" href="{link}">proof.jsonl.gz</a>, SHA-256 of what is packed '
        f"in it <code>{digest}</code>. To judge it: <code>gunzip proof.jsonl.gz &amp;&amp; reluproof recheck "
        "proof.jsonl</code>; with the data behind it, and the options by which they were read, also that it is "
        "theirs.</p>"
    )


def _versions() -> str:
    names = ("reluproof", "python-flint", "matplotlib")
    return ", ".join([f"Python {platform.python_version()}", *[f"{name} {version(name)}" for name in names]])
