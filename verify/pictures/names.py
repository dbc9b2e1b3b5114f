"""Names from files as a picture shows them: as text, whatever they contain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from ...theory.enclosure import Enclosure
from ..places import readable
from ..reading.source import printable
from ..words import shortly

LONGEST = 28
LONGEST_NUMBER = 10


def shown(text: str, longest: int = LONGEST) -> str:
    """The text for matplotlib, which takes $...$ for formulas and hides legends that begin with an underscore.

    Long text has an ellipsis in it: names often differ at their ends.
    """
    clean = printable(text)
    tail = longest // 3
    short = clean if len(clean) <= longest else clean[: longest - 1 - tail] + "…" + clean[-tail:]
    return (" " if short.startswith("_") else "") + short.replace("$", r"\$")


def brief(value: fmpq) -> str:
    """A number in few characters: exact, or the digits that it begins with.

    >>> brief(fmpq(1, 4)), brief(fmpq(1, 3))
    ('0.25', '1/3')
    """
    exact = readable(value)
    return exact if len(exact) <= LONGEST_NUMBER else shortly(Enclosure.exactly(value), 6)


@dataclass(frozen=True, slots=True)
class Names:
    """What x, or several inputs, and the tasks are called; tasks, inputs: None where they have no names."""

    x: str
    tasks: Sequence[str] | None
    count: int
    inputs: Sequence[str] | None = None

    @classmethod
    def of(cls, source: Any, count: int) -> "Names":
        """The names that a source has for so many tasks; None for a source that is not known."""
        inputs = getattr(source, "input_names", None)
        x = getattr(source, "x_name", None) or (inputs[0] if inputs else "")
        return cls(x or "x", getattr(source, "task_names", None), count, inputs)

    def task(self, task: int, alone: str = "task 1", longest: int = LONGEST) -> str:
        """The task's name, or its number from 1; `alone`: what the only task is called if it has no name."""
        if self.tasks is not None:
            return shown(self.tasks[task], longest)
        return f"task {task + 1}" if self.count > 1 else alone

    def input(self, index: int, longest: int = LONGEST) -> str:
        """The name of one of several inputs, or its number from 1."""
        return shown((self.inputs[index] if self.inputs else "") or f"x{index + 1}", longest)

    def place(self, *values: fmpq, joint: str = " to ") -> str:
        """'year = 1995 to 1995.25', with as many digits as are of use in a picture."""
        return f"{shown(self.x)} = {joint.join([brief(value) for value in values])}"

    def label_x(self, ax: Any) -> None:
        """The name of x below a panel."""
        ax.set_xlabel(shown(self.x))
