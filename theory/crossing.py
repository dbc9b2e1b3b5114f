"""Isolated lambdas at which the fit is not unique although the labels are: five equally spaced points, two tasks (R).

Let c_2, c_3, c_4 be the kinks of the labels at 0, 1, 2, 3, 4. If all kinks of the fit are nonzero and the first two
aligned, eta = u, u, v, then the part of v drops out of w = 4 c_2 + c_3: w is along u, and eliminating v leaves
lambda^2 (B^2 - 9 A^2) - 6 A^2 lambda <c_4, w> / |w| - A^2 |c_4|^2 = 0 with A = w x c_2, B = w x c_4.
"""

from dataclasses import dataclass

from flint import fmpq

from . import stencil
from .alignment import aligned
from .dataset import Dataset
from .numbers import ExactRepr, Vector, canonicalise, is_zero, sign
from .optimum import kinks
from .regularised import Regularised, dual_labels, gap
from .square_classes import rational_root
from .vectors import add, dot, scale, squared_length, zero


@dataclass(frozen=True, slots=True, repr=False)
class Crossing(ExactRepr):
    """A rational lambda and the fitted labels there, whose kinks at the points 1 and 2 are aligned."""

    penalty: fmpq
    labels: tuple[Vector, ...]

    def __post_init__(self) -> None:
        canonicalise(self, "penalty", "labels")


def crossings(data: Dataset) -> list[Crossing]:
    """The rational ones of this kind, each verified by a gap of exactly 0; none for other data.

    >>> data = Dataset.from_fractions(range(5), [(0, 0), (-2, -2), (-3, -3), (-2, 0), (2, 0)])
    >>> [(crossing.penalty, crossing.labels[4]) for crossing in crossings(data)]
    [(1/5, (46/25, 3/25))]
    """
    if data.size != 5 or data.tasks != 2 or any([h != 1 for h in data.gaps]):
        return []
    found = [_verified(data, penalty, u) for penalty, u in _penalties(*kinks(data))]
    return [crossing for crossing in found if crossing is not None]


def _penalties(c_2: Vector, c_3: Vector, c_4: Vector) -> list[tuple[fmpq, Vector]]:
    """Positive rational roots of the quadratic, with the direction u; none if u is irrational."""
    w = add(scale(fmpq(4), c_2), c_3)
    size = rational_root(squared_length(w))
    if size is None or is_zero(size):
        return []
    a, b = stencil.minor(w[0], w[1], c_2[0], c_2[1]), stencil.minor(w[0], w[1], c_4[0], c_4[1])
    square = b * b - 9 * a * a
    linear = -6 * a * a * dot(c_4, w) / size
    constant = -a * a * squared_length(c_4)
    if is_zero(square):
        roots = [] if is_zero(linear) else [-constant / linear]
    else:
        inner = linear * linear - 4 * square * constant
        root = rational_root(inner) if sign(inner) >= 0 else None
        roots = [] if root is None else [(-linear + s * root) / (2 * square) for s in (1, -1)]
    return [(penalty, scale(1 / size, w)) for penalty in roots if sign(penalty) > 0]


def _verified(data: Dataset, penalty: fmpq, u: Vector) -> Crossing | None:
    """The crossing if its dual is rational and proves it."""
    _, _, c_4 = kinks(data)
    pulled = add(c_4, scale(3 * penalty, u))
    size = rational_root(squared_length(pulled))
    if size is None or sign(size - 6 * penalty) <= 0:
        return None
    problem, ends = Regularised(data, penalty), zero(2)
    v = [ends, scale(penalty, u), scale(penalty, u), scale(penalty / size, pulled), ends]
    labels = dual_labels(problem, v)
    d_2, d_3, _ = kinks(Dataset(data.points, tuple(labels)))
    if not aligned(d_2, d_3) or not gap(problem, labels, v).is_zero:
        return None
    return Crossing(penalty, tuple(labels))
