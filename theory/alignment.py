"""Alignment and runs: which kinks point the same way, and so whether connect-the-dots is the only optimum (B)."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import stencil
from .dataset import Dataset
from .numbers import ExactRepr, Vector, is_zero, sign
from .optimum import kinks
from .vectors import is_zero_vector


@dataclass(frozen=True, slots=True, repr=False)
class Run(ExactRepr):
    """A maximal set of consecutive interior points first..last (counted from 0) whose kinks are nonzero and aligned."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """m, the number of points of the run."""
        return self.last - self.first + 1


def aligned(u: Vector, v: Vector) -> bool:
    """Whether u and v are nonzero and v = c u for some c > 0.

    >>> aligned((fmpq(1), fmpq(2)), (fmpq(3), fmpq(6)))
    True
    >>> aligned((fmpq(1), fmpq(2)), (fmpq(-1), fmpq(-2)))
    False
    """
    # With a nonzero pivot u_p: v = (v_p / u_p) u iff the 2x2 minors that involve p vanish, and then c = v_p / u_p.
    pivot = next((index for index, entry in enumerate(u) if not is_zero(entry)), None)
    if pivot is None or sign(u[pivot]) * sign(v[pivot]) != 1:
        return False
    u_p, v_p = u[pivot], v[pivot]
    for index, (a, b) in enumerate(zip(u, v, strict=True)):
        if index != pivot and not is_zero(stencil.minor(u_p, a, v_p, b)):
            return False
    return True


def runs_of(kinks_of_data: Sequence[Vector]) -> tuple[Run, ...]:
    """All runs, of length 1 and more, of a sequence of kinks at the points 1, 2, ... (counted from 0).

    >>> runs_of([(fmpq(1),), (fmpq(2),), (fmpq(0),), (fmpq(-1),)])
    (Run(first=1, last=2), Run(first=4, last=4))
    """
    found: list[Run] = []
    for index, kink in enumerate(kinks_of_data):
        point = index + 1
        if is_zero_vector(kink):
            continue
        if found and found[-1].last == point - 1 and aligned(kinks_of_data[index - 1], kink):
            found[-1] = Run(found[-1].first, point)
        else:
            found.append(Run(point, point))
    return tuple(found)


def runs(data: Dataset) -> tuple[Run, ...]:
    """All runs of the dataset; connect-the-dots is the only optimum iff every run has length 1 (statement B).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> runs(data)
    (Run(first=1, last=2),)
    """
    return runs_of(kinks(data))


def is_unique(data: Dataset) -> bool:
    """Whether connect-the-dots is the only optimum (statement B).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> is_unique(data)
    False
    """
    return all(run.length == 1 for run in runs(data))
