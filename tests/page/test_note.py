"""Notes as HTML: every word of them is there, mathematics stays mathematics, and raw HTML is text."""

import re
from html.parser import HTMLParser

import pytest
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.page.note import note_html, note_of
from reluproof.verify.standing.note import SECTIONS


class Elements(HTMLParser):
    """The names of all elements, and the text."""

    def __init__(self, html):
        super().__init__()
        self.names, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        assert not [name for name, _ in attrs if name not in ("style", "start")]

    def handle_data(self, data):
        self.text += data


def words(text):
    """Letters, digits and the signs of mathematics, in order."""
    return re.sub(r"[\s|*`#-]", "", text)


@pytest.mark.parametrize("claim", REGISTRY.values(), ids=list(REGISTRY))
def test_nothing_is_lost(claim):
    """Every word and sign of a note is in its HTML, in order; no formula is taken for emphasis or a quotation."""
    note = note_of(claim)
    found = Elements(note_html(note))
    without_links = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", note.partition("\n")[2])
    without_rules = re.sub(r"(?m)^\|[-| :]+\|$", "", without_links)
    assert words(found.text) == words(without_rules)
    allowed = {"h3", "p", "ul", "li", "code", "pre", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(found.names) <= allowed
    assert found.names.count("h3") >= len(SECTIONS)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<b onclick=x>y</b>", "\n<div>z</div>\n", "<!-- c -->", "<http://a.b/>"],
)
def test_raw_html_is_text(text):
    """As a paragraph, in a line, as a comment or an automatic link."""
    found = Elements(note_html(f"# A. B\n\nword {text}\n\n{text}\n"))
    assert set(found.names) == {"p"}


def test_links_and_pictures_have_no_targets():
    """Neither of which a page that stands alone could follow."""
    html = note_html(
        "# A. B\n\n[words](a.md) ![picture](http://a/b.png) [more][x] [n](javascript:c)\n\n[x]: http://a\n"
    )
    assert html == "<p>words  more [n](javascript:c)</p>\n"
