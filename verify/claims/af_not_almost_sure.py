"""AF. With two inputs uniqueness is not almost sure, for any number of tasks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.labelled_points import LabelledPoints
from ...theory.numbers import Vector
from ...theory.vectors import scale
from ...theory.verdict import Holds, Refuted, Undecided, Verdict
from ..answers.findings import Findings
from .claim import Claim, Instances, NotApplicable, Scope
from .exact_optima import FIVE, FREE, XOR

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(data: LabelledPoints) -> Verdict:
    """The verdict on uniqueness, certified, and two interpolating networks that are written out."""
    from ..many_inputs.optimum import solve_optimum

    found = solve_optimum(data, FREE)
    if found is None or found.unique is None:
        return Undecided("uniqueness was not decided" if found is None else found.reason)
    if found.unique:
        return Refuted(data, "the optimum is unique")
    if found.another is None or found.another.missed_point(data) is not None:
        return Undecided("no second optimum was written out")
    return Holds(f"not unique: {found.reason}")


def xor_with(label: Vector) -> LabelledPoints:
    """The four corners with labels +- label: two optima of cost 2 sqrt 2 |label|."""
    return LabelledPoints(XOR.points, tuple([scale(sign, label) for (sign,) in XOR.labels]))


def near_five(moves: list[tuple[fmpq, ...]]) -> LabelledPoints:
    """The five points with labels moved, and further tasks, all small."""
    labels = []
    for label, move in zip(FIVE.labels, moves, strict=True):
        labels.append((*[a + b for a, b in zip(label, move, strict=False)], *move[2:]))
    return LabelledPoints(FIVE.points, tuple(labels))


def _with_labels(findings: Findings) -> Iterator[LabelledPoints]:
    label = next((label for label in findings.data.labels if any(label)), None)
    if label is not None:
        yield xor_with(label)
    yield FIVE


def strategy() -> "SearchStrategy[LabelledPoints]":
    """XOR in any direction of the tasks; labels in a box around the example with five points, with up to five tasks."""
    from hypothesis import strategies as st

    entry = st.integers(-3, 3).map(lambda k: fmpq(k, 64))

    def moved(tasks: int) -> "SearchStrategy[LabelledPoints]":
        return st.lists(st.tuples(*[entry] * tasks), min_size=5, max_size=5).map(near_five)

    directions = st.lists(st.integers(-3, 3), min_size=1, max_size=4).filter(any)
    xor = directions.map(lambda label: xor_with(tuple(map(fmpq, label))))
    return st.one_of(xor, st.integers(2, 5).flatmap(moved))


CLAIM = Claim(
    letter="AF",
    name="not almost sure",
    statement=(
        "With two inputs uniqueness is not almost sure, for any number of tasks: on the points (0,0), (0,-1), (0,1), "
        "(1,-1), (1,1) the optimum is not unique for all labels near (0,0), (0,0), (0,2), (0,0), (1,2), further tasks "
        "small, and on the corners (1,1), (1,-1), (-1,1), (-1,-1) for labels y, -y, -y, y, whatever y in R^T."
    ),
    source="derived",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=(),
    conclusion=conclusion,
    exact=Instances(_with_labels),
    symbolic=NotApplicable("two exact examples and an open condition; the verdicts are certified, example by example"),
    strategy=strategy,
)
