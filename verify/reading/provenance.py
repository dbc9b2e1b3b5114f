"""A dataset that was read, and where it came from."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from ...theory.arrays import Reading
from ...theory.dataset import Dataset

SHOWN_NAMES = 8


@dataclass(frozen=True, slots=True)
class Source:
    """Where data came from and how they were read.

    name: the path as given, control characters escaped; "-"; "arrays", "data frame" or "dataset". sha256: of the bytes
    as read, None where there were none. x_name, task_names: the names of the columns, None without a header. rows: for
    each point, in increasing order, the line of the file (text), the row of the sheet, or the index (else) that it came
    from; lines: whether it is a line. notes: sentences that belong to the answer.
    """

    name: str
    sha256: str | None
    reading: Reading
    x_name: str | None = None
    task_names: tuple[str, ...] | None = None
    rows: tuple[int, ...] | None = None
    row_word: Literal["line", "row"] | None = None
    notes: tuple[str, ...] = ()

    def noting(self, *notes: str | None) -> "Source":
        """The same source with further notes; None is none."""
        return replace(self, notes=(*self.notes, *[note for note in notes if note]))

    @property
    def columns(self) -> str | None:
        """Which column is x and which are labels, in words; None without names."""
        if self.x_name is None and self.task_names is None:
            return None
        x = "x has no name" if self.x_name is None else f"x is {quoted(self.x_name)}"
        if self.task_names is None:
            return x
        more = len(self.task_names) - SHOWN_NAMES
        cut = f" and {more} more (--json lists them)" if more > 0 else ""
        return f"{x}; labels: {', '.join(map(quoted, self.task_names[:SHOWN_NAMES]))}{cut}"

    @property
    def said(self) -> tuple[str, ...]:
        """What every text says about its input below the headline: columns with names, and the notes."""
        columns = self.columns
        return self.notes if columns is None else (columns, *self.notes)

    def to_json(self) -> dict[str, Any]:
        """What the JSON of every command says about its input."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "reading": self.reading,
            "x": self.x_name,
            "tasks": None if self.task_names is None else list(self.task_names),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class ReadData:
    """A dataset and its source. other: the same data with their floats read in the other way, where that is cheap."""

    dataset: Dataset
    source: Source
    other: Dataset | None = None

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.source.name

    @property
    def sha256(self) -> str | None:
        """The hash of the bytes as read."""
        return self.source.sha256

    @property
    def reading(self) -> Reading:
        """How the numbers were read."""
        return self.source.reading

    @property
    def task_names(self) -> tuple[str, ...] | None:
        """The names of the columns of labels."""
        return self.source.task_names

    @property
    def rows(self) -> tuple[int, ...]:
        """For each point, in increasing order, the line or index that it came from."""
        return self.source.rows or tuple(range(self.dataset.size))


def quoted(name: str) -> str:
    r"""A name of a column in quotation marks; what `printable` has escaped is not escaped again.

    >>> quoted("GDP"), quoted(r"two\nlines")
    ("'GDP'", "'two\\nlines'")
    """
    return repr(name).replace("\\\\", "\\")


_FLOATS = {"binary": "binary floats", "shortest": "printed decimals"}


def two_readings(reading: Reading, unique: bool) -> str:
    """The sentence for floats whose two readings differ in uniqueness; unique: by the reading that was used.

    >>> two_readings("binary", True)
    'as binary floats the optimum is unique, as printed decimals it is not unique (--floats shortest)'
    """
    words = {True: "is unique", False: "is not unique"}
    other = "shortest" if reading == "binary" else "binary"
    used = f"as {_FLOATS[reading]} the optimum {words[unique]}"
    return f"{used}, as {_FLOATS[other]} it {words[not unique]} (--floats {other})"
