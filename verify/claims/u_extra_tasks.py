"""U. One more task with a density makes the problem unique, unless two neighbouring kinks of the old ones are zero."""

from itertools import pairwise
from typing import NamedTuple

from flint import fmpq

from ...theory.alignment import aligned
from ...theory.dataset import Dataset
from ...theory.duality import dual_certificate, touches_a_gap
from ...theory.label_balls import Ball, ball_of_one_task, members
from ...theory.numbers import Vector
from ...theory.optimum import from_kinks, kinks
from ...theory.solution_set import ratio
from ...theory.vectors import is_zero_vector, zero
from ...theory.verdict import Holds, Refuted, Undecided, Verdict
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Scope, some_dataset


class Hyperplane(NamedTuple):
    """The new labels z with <normal, z> = 0, on the four points from `first` on."""

    first: int
    normal: tuple[fmpq, fmpq, fmpq, fmpq]

    def contains(self, z: tuple[fmpq, ...]) -> bool:
        """Whether the labels z of the new task lie on it."""
        return not sum([a * b for a, b in zip(self.normal, z[self.first : self.first + 4], strict=True)], fmpq(0))


def conclusion(data: Dataset) -> Verdict:
    """The bad labels of the new task lie on hyperplanes, one per aligned pair, each with a nonzero normal.

    The hyperplanes are compared with the dual certificate of the enlarged dataset for several new tasks. Where two
    neighbouring kinks are zero, a ball of new labels that fail is the witness.
    """
    for j, (u, v) in enumerate(pairwise(kinks(data))):
        if is_zero_vector(u) and is_zero_vector(v):
            return _failing_ball(data, j)
    planes = hyperplanes(data)
    if any(not any(plane.normal) for plane in planes):
        return Refuted(data, "for one pair of neighbours all new labels are bad")
    for z in _new_tasks(data):
        column = tuple([value for (value,) in z.labels])
        predicted = any(plane.contains(column) for plane in planes)
        if touches_a_gap(with_tasks(data, z)) != predicted:
            return Refuted(with_tasks(data, z), "the hyperplanes of bad labels say otherwise")
    turns = [(fmpq(j % 2), fmpq(1 - j % 2)) for j in range(data.size - 2)]
    two = from_kinks(data.points, turns, zero(2), zero(2))
    if touches_a_gap(with_tasks(data, two)):
        return Refuted(with_tasks(data, two), "two new tasks whose kinks are nowhere parallel do not suffice")
    return Holds(f"the new labels that fail lie on {len(planes)} hyperplanes; two new tasks make it unique")


def _failing_ball(data: Dataset, first: int) -> Verdict:
    """New labels x^2, and all near them, have positive kinks at the pair over the four points from `first` on."""
    four = slice(first, first + 4)
    there = ball_of_one_task(Dataset(data.points[four], tuple([(x * x,) for x in data.points[four]])))
    assert there is not None  # the kinks of x^2 are positive
    ball = Ball(Dataset(data.points, tuple([(x * x,) for x in data.points])), there.radius_squared)
    if not all(touches_a_gap(with_tasks(data, member)) for member in members(ball)):
        return Undecided("two neighbouring kinks are zero, but the ball around the labels x^2 is not what it should be")
    return Refuted((data, ball), "two neighbouring kinks are zero, and all new labels in this ball fail")


def hyperplanes(data: Dataset) -> list[Hyperplane]:
    """For d_{j+1} = c d_j the new kinks must be in the same ratio: the functional e_{j+1} - c e_j must vanish.

    A pair that is not aligned and not (0, 0) stays so whatever is added.
    """
    functionals = list(dual_certificate(data).functionals())
    found = []
    for j, (u, v) in enumerate(pairwise(kinks(data))):
        if aligned(u, v):
            c, (p, q, r), (a, b, d) = ratio(u, v), functionals[j], functionals[j + 1]
            found.append(Hyperplane(j, (-c * p, a - c * q, b - c * r, d)))
    return found


def with_tasks(data: Dataset, new: Dataset) -> Dataset:
    """The labels of both, side by side."""
    return Dataset(data.points, tuple([y + z for y, z in zip(data.labels, new.labels, strict=True)]))


def _new_tasks(data: Dataset) -> list[Dataset]:
    def column(values: list[fmpq]) -> Dataset:
        return Dataset(data.points, tuple([(value,) for value in values]))

    zigzag = from_kinks(data.points, [_alternating(j) for j in range(data.size - 2)], zero(1), zero(1))
    nothing, copy = [fmpq(0)] * data.size, [label[0] for label in data.labels]
    return [zigzag, column(nothing), column(copy), column([x * x for x in data.points])]


def _alternating(index: int) -> Vector:
    return (fmpq((-1) ** index),)


CLAIM = Claim(
    letter="U",
    name="extra tasks",
    statement=(
        "Let a new task have labels with a joint density given the old ones. It makes the problem unique almost "
        "surely if no two consecutive kinks of the old tasks are both zero; where two are, it can fail. Two such "
        "tasks always suffice."
    ),
    source="derived",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=("B", "D"),
    hypotheses=(
        Hypothesis(
            "no two consecutive kinks are both zero",
            lambda data: all(any(u) or any(v) for u, v in pairwise(kinks(data))),
        ),
    ),
    conclusion=conclusion,
    exact=lambda findings: conclusion(findings.data),
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
)
