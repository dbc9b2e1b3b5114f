"""The part of a dataset that a panel shows: all of it, or a close look at the place that decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from ...theory.solution_set import Tent, tents
from ..answers.findings import Findings
from .names import Names
from .view import places


@dataclass(frozen=True, slots=True)
class Part:
    """The points that are drawn: all, or those of the close look."""

    findings: Findings
    points: slice

    @property
    def x(self) -> list[float]:
        """The points as floats."""
        return places(self.findings.data.points[self.points])

    @property
    def interior(self) -> range:
        """The interior points that are shown."""
        return range(max(self.points.start, 1), min(self.points.stop, self.findings.data.size - 1))

    @property
    def names(self) -> Names:
        """What x and the tasks are called."""
        return Names.of(self.findings.source, self.findings.data.tasks)

    @property
    def is_close(self) -> bool:
        """Whether some points are left out."""
        return bool(self.points.stop - self.points.start < self.findings.data.size)

    @property
    def whole(self) -> "Part":
        """The same dataset, all of it."""
        return Part(self.findings, slice(0, self.findings.data.size))

    @property
    def place(self) -> str:
        """Where the close look is, in words; nothing where all is shown."""
        if not self.is_close:
            return ""
        shown = self.findings.data.points[self.points]
        return f", {self.names.place(shown[0], shown[-1])}"

    def holds(self, place: fmpq) -> bool:
        """Whether a place on the line is shown."""
        points = self.findings.data.points
        return bool(points[self.points.start] <= place <= points[self.points.stop - 1])

    def holds_gap(self, gap: int) -> bool:
        """Whether both ends of the gap right of a point are shown."""
        return bool(self.points.start <= gap < self.points.stop - 1)

    def tents(self) -> Iterator[Tent]:
        """The tents over the gaps that are shown."""
        found = self.findings
        return (tent for tent in tents(found.data, found.kinks, found.runs) if self.holds_gap(tent.gap))
