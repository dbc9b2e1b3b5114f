"""The stored counterexamples, decided again each time they are shown: what `reluproof claims --without` prints.

The files in examples/counterexamples/ hold the same texts.
"""

import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ...theory.dataset import Dataset
from ...theory.labelled_points import LabelledPoints
from ...theory.numeral import format_rational
from ...theory.verdict import Refuted
from ..claims.without import CHANGED, IN_THE_PLANE, ChangedClaim, Counterexample
from .as_text import WIDTH, counterexample_object, csv_text, smallest_object
from .smallest import Smallest, smallest
from .target import QUICK, from_changed


@dataclass(frozen=True, slots=True)
class StoredExample:
    """A changed claim with its stored counterexample, refuted anew, and how small that is proved to be."""

    changed: ChangedClaim[Dataset]
    counterexample: Counterexample
    smallest: Smallest

    @property
    def text(self) -> str:
        """The content of its file: a table for `reluproof check -` with everything else in comments."""
        return csv_text(from_changed(self.changed), self.counterexample, self.smallest) + "\n"


def stored_examples(letters: Collection[str] = ()) -> Iterator[StoredExample]:
    """The stored counterexamples of these statements, or of all, in the order of the table of changed claims.

    ArithmeticError if a stored dataset does not refute its changed claim any more, or is not the smallest.
    """
    for changed in CHANGED:
        if letters and changed.letter not in letters:
            continue
        best = smallest(changed.smallest, changed.verdict_on, QUICK, integer_points=changed.integer_points)
        found = best.verdict.witness
        if best.data != changed.smallest or not isinstance(found, Counterexample):
            raise ArithmeticError(f"{changed.stem}: the stored counterexample is not the smallest: {best.data!r}")
        yield StoredExample(changed, found, best)


def stored_text(letters: Collection[str] = ()) -> str:
    """The stored counterexamples as text, one after the other; without a final newline."""
    texts = [example.text for example in stored_examples(letters)]
    texts += [plane_text(changed) for changed in IN_THE_PLANE if not letters or changed.letter in letters]
    return "\n".join(texts).rstrip("\n") if texts else "no hypothesis of these statements has a stored counterexample"


def plane_text(changed: ChangedClaim[LabelledPoints]) -> str:
    """The content of its file: a table for `reluproof kernel - --inputs 2`, refuted anew.

    ArithmeticError if the stored data do not refute the changed claim any more.
    """
    data, verdict = changed.smallest, changed.verdict_on(changed.smallest)
    if not isinstance(verdict, Refuted):
        raise ArithmeticError(f"{changed.stem}: the stored counterexample does not refute: {data!r}")
    comments = [f"{changed.letter} without {changed.without!r}: {changed.statement}", f"Refuted: {verdict.reason}."]
    comments.append("No smaller one is known; smaller ones were not enumerated.")
    lines = [f"# {line}" for c in comments for line in textwrap.wrap(c, WIDTH - 2, subsequent_indent="  ")]
    names = [*[f"x{k + 1}" for k in range(data.inputs)], *[f"y{k + 1}" for k in range(data.tasks)]]
    rows = [[*x, *y] for x, y in zip(data.points, data.labels, strict=True)]
    return "\n".join([*lines, ",".join(names), *[",".join(map(format_rational, row)) for row in rows]]) + "\n"


def stored_json(letters: Collection[str] = ()) -> list[dict[str, Any]]:
    """The stored counterexamples as JSON objects."""
    return [
        {
            "claim": example.changed.letter,
            "without": example.changed.without,
            "statement": example.changed.statement,
            "counterexample": counterexample_object(example.counterexample),
            "smallest": smallest_object(example.smallest),
            "file": f"{example.changed.stem}.csv",
        }
        for example in stored_examples(letters)
    ]
