"""The notes of the statements as HTML: Markdown with mathematics in plain text; raw HTML is text."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

from ..claims.claim import Claim
from ..standing.note import note_text

DEEPER = 1
"""Levels by which the headings of a note stand below those of the page."""


def note_tokens(text: str) -> list[Token]:
    """The parts of a note without its title; links, whose targets a page does not have, are left as their words."""
    tokens = _reader().parse(text)
    if [token.type for token in tokens[:1]] == ["heading_open"]:
        tokens = tokens[3:]
    for token in tokens:
        if token.children is not None:
            token.children = [part for part in token.children if part.type not in ("link_open", "link_close", "image")]
        if token.tag in ("h1", "h2", "h3"):
            token.tag = f"h{int(token.tag[1]) + DEEPER}"
    return tokens


def note_html(text: str) -> str:
    """The note as HTML. Raw HTML in it is text.

    >>> note_html("# A. Title\\n\\n## Proof\\n\\n(x)_+ < (y)_+ and `|mu| <b>` [here](there.md).").splitlines()
    ['<h3>Proof</h3>', '<p>(x)_+ &lt; (y)_+ and <code>|mu| &lt;b&gt;</code> here.</p>']
    """
    reader = _reader()
    return str(reader.renderer.render(note_tokens(text), reader.options, {}))


def note_of(claim: Claim) -> str:
    """The note of a statement; the statement alone in an installation without its notes."""
    try:
        return note_text(claim)
    except OSError:
        return claim.statement


def _reader() -> MarkdownIt:
    """CommonMark with tables, without raw HTML; an underscore is always that of mathematics."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.inline.ruler.at("emphasis", _starred)
    return reader


def _starred(state: StateInline, silent: bool) -> bool:
    """Emphasis by asterisks only: (x)_+ and (y)_+ are no two ends of one."""
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)
