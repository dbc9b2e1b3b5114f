"""The note of a claim: whether it is there, says the same as the registry, and is complete."""

import re
from pathlib import Path

from ..claims.claim import Claim

NOTES = Path(__file__).resolve().parents[2] / "proofs_notes"
"""Beside verify/ in a source tree, below `reluproof` in an installed copy."""

MISSING = "there is no such note"

SECTIONS = (
    "Statement",
    "Proof",
    "What checks it",
    "What would refute it",
    "What the checks do not cover",
)


def sections_of(text: str) -> dict[str, str]:
    """{heading: body} of the second-level sections of a Markdown text."""
    parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    return {heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def plain(text: str) -> str:
    """The words of a text: line breaks and repeated blanks do not matter."""
    return " ".join(text.split())


def note_text(claim: Claim) -> str:
    """The whole note; OSError if it is not there."""
    return (NOTES / f"{claim.stem}.md").read_text(encoding="utf-8")


def problem_of_note(claim: Claim, folder: Path = NOTES) -> str | None:
    """What is wrong with the claim's note, in words; None if nothing is."""
    path = folder / f"{claim.stem}.md"
    if not path.is_file():
        return MISSING
    text = path.read_text(encoding="utf-8")
    title = f"# {claim.letter}. {claim.name[0].upper()}{claim.name[1:]}"
    if text.partition("\n")[0] != title:
        return f"its first line is not {title!r}"
    sections = sections_of(text)
    empty = [name for name in SECTIONS if not sections.get(name)]
    if empty:
        return f"sections missing or empty: {', '.join(empty)}"
    if plain(sections["Statement"]) != plain(claim.statement):
        return "its statement differs from the registry's"
    return None
