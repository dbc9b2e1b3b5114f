"""F with the full norm int f^2 + int f'^2: connect-the-dots can be improved unless all labels are 0."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from flint import fmpq

from ....theory.dataset import Dataset
from ....theory.numbers import is_zero
from ....theory.optimum import connect_the_dots
from ....theory.verdict import Holds, Refuted, Verdict
from ..claim import some_dataset
from .changed_claim import ChangedClaim, Counterexample


class Bump(NamedTuple):
    """A polynomial in t = (x - x_i) / h on one gap, 0 elsewhere and at all data points; norms and products exact.

    formula: in t. square: its squared full norm. product: its full inner product with the coordinate of f_D.
    """

    task: int
    gap: int
    formula: str
    square: fmpq
    product: fmpq


def bumps(data: Dataset) -> Iterator[Bump]:
    """t (1 - t) and t (1 - t) (1 - 2 t) on every gap, for every task, with f_D = (a + b) / 2 + (a - b) / 2 (1 - 2 t).

    f_D' is constant on the gap and the bumps vanish at its ends, so the derivatives add nothing to the product.
    """
    for task, column in enumerate(zip(*data.labels, strict=True)):
        for gap, ((a, b), h) in enumerate(zip(pairwise(column), data.gaps, strict=True)):
            yield Bump(task, gap, "t (1 - t)", h / 30 + 1 / (3 * h), h * (a + b) / 12)
            yield Bump(task, gap, "t (1 - t) (1 - 2 t)", h / 210 + 1 / (5 * h), h * (a - b) / 60)


def full_norm_squared(data: Dataset, task: int) -> fmpq:
    """int f_D^2 + int f_D'^2 over [x_1, x_N] for one task."""
    column = [label[task] for label in data.labels]
    terms = [
        h * (a * a + a * b + b * b) / 3 + (b - a) * (b - a) / h
        for (a, b), h in zip(pairwise(column), data.gaps, strict=True)
    ]
    return sum(terms, fmpq(0))


def verdict_on(data: Dataset) -> Verdict:
    """Refuted iff some bump is not orthogonal to f_D: subtracting it shortens f_D and keeps all data points.

    If all are orthogonal then a + b = a - b = 0 on every gap, and f_D = 0 has the least norm.
    """
    bump = next((found for found in bumps(data) if not is_zero(found.product)), None)
    if bump is None:
        return Holds("all labels are 0, and so are both interpolants")
    factor, norm = bump.product / bump.square, full_norm_squared(data, bump.task)
    shorter = norm - bump.product * factor
    says = (
        f"task {bump.task + 1}: connect-the-dots has squared norm {norm}; minus {factor} {bump.formula} on gap "
        f"{bump.gap + 1}, t = (x - {data.points[bump.gap]}) / {data.gaps[bump.gap]}, it goes through the same data and "
        f"has {shorter}"
    )
    values = (("squared norm of connect-the-dots", str(norm)), ("squared norm of the other", str(shorter)))
    return Refuted(Counterexample(data, says, (("connect-the-dots", connect_the_dots(data)),), values), says)


CHANGED = ChangedClaim(
    letter="F",
    without="norm without int f^2",
    stem="full_norm",
    statement=(
        "On [x_1, x_N] each coordinate of connect-the-dots is the interpolant that minimises the full H^1 norm "
        "int f^2 + int f'^2."
    ),
    verdict_on=verdict_on,
    strategy=some_dataset,
    words="all kinds of datasets",
    smallest=Dataset.from_fractions(range(2), [0, 1]),
)
