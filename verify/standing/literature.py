"""Which works of the literature are about a statement: the table in proofs_notes/literature.md."""

import re
from pathlib import Path
from typing import NamedTuple

from .note import NOTES

ROW = re.compile(
    r"^\| (?P<work>[^|]+) \| (?P<about>[^|]+) \| (?P<agreement>[^|]+) \| (?P<compared>[^|]+) \|$", re.MULTILINE
)
AUTHORS = re.compile(r"^(.+? \d{4}), (.+)$")


class Work(NamedTuple):
    """One line of the table. about: letters; compared: what of the source the line was compared with."""

    authors: str
    title: str
    about: tuple[str, ...]
    agreement: str
    compared: str


def works(folder: Path = NOTES) -> list[Work]:
    """All lines of the table, in its order; none where there are no notes. ValueError for a line of another form."""
    try:
        text = (folder / "literature.md").read_text(encoding="utf-8")
    except OSError:
        return []
    found = []
    for row in list(ROW.finditer(text))[1:]:  # without the headings
        named = AUTHORS.match(row["work"])
        if named is None:
            raise ValueError(f"literature.md: no authors, year and title in {row['work']!r}")
        about = tuple(row["about"].split(", "))
        found.append(Work(named[1], named[2], about, row["agreement"], row["compared"]))
    return found


def works_about(letter: str, folder: Path = NOTES) -> list[str]:
    """Authors and years of the works about a statement."""
    return [work.authors for work in works(folder) if letter in work.about]
