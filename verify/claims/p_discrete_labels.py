"""P. For labels from a finite set, uniqueness fails with positive probability, however large T is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.duality import touches_a_gap
from ...theory.numbers import ExactRepr, Vector, canonicalise
from ...theory.optimum import aligned, kinks
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

ENUMERATED = 300
"""So many labellings are enumerated at most."""


@dataclass(frozen=True, slots=True, repr=False)
class UniformLabels(ExactRepr):
    """Labels drawn independently and uniformly from finitely many values, at fixed points (P)."""

    points: Vector
    values: tuple[Vector, ...]

    def __post_init__(self) -> None:
        canonicalise(self, "points", "values")


def conclusion(law: UniformLabels) -> Verdict:
    """Labels a, b, b, a, and then anything: not unique, by the dual certificate; and the exact probability two ways.

    One way enumerates all labellings and asks the dual certificate, the other counts windows of three labels.
    """
    a, b = list(dict.fromkeys(law.values))[:2]
    labels = [a, b, b, a] + [a] * (len(law.points) - 4)
    witness = Dataset(law.points, tuple(labels))
    if not touches_a_gap(witness):
        return Refuted(witness, "labels a, b, b, a and the optimum is unique")
    if len(law.values) ** len(law.points) > ENUMERATED:
        return Holds(f"a labelling of probability {Fraction(1, len(law.values) ** len(law.points))} is not unique")
    enumerated, windows = by_enumeration(law), by_windows(law)
    if enumerated != windows or not enumerated:
        return Refuted(law, f"the probability of failure is {enumerated} by enumeration, {windows} by windows")
    return Holds(f"uniqueness fails with probability exactly {enumerated}")


def by_enumeration(law: UniformLabels) -> Fraction:
    """The probability that the optimum is not unique: every labelling, decided by its dual certificate."""
    labellings = product(law.values, repeat=len(law.points))
    failures = sum(touches_a_gap(Dataset(law.points, labelling)) for labelling in labellings)
    return Fraction(failures, len(law.values) ** len(law.points))


def by_windows(law: UniformLabels) -> Fraction:
    """The same by a transfer matrix: labellings without an aligned pair, counted by their last three labels.

    Two neighbouring kinks involve four labels; the matrix of each step depends on the gaps.
    """
    counts = Counter(dict.fromkeys(product(law.values, repeat=3), 1))
    for end in range(3, len(law.points)):
        longer: Counter[tuple[Vector, ...]] = Counter()
        for window, count in counts.items():
            for label in law.values:
                if not _aligned_pair(law.points[end - 3 : end + 1], (*window, label)):
                    longer[(*window[1:], label)] += count
        counts = longer
    return 1 - Fraction(counts.total(), len(law.values) ** len(law.points))


def _aligned_pair(points: Vector, labels: tuple[Vector, ...]) -> bool:
    u, v = kinks(Dataset(points, labels))
    return aligned(u, v)


def _laws(findings: Findings) -> Iterator[UniformLabels]:
    data = findings.data
    values = tuple(dict.fromkeys(data.labels))
    for most in (2, 3):
        yield UniformLabels(data.points, values[:most])


def strategy() -> "SearchStrategy[UniformLabels]":
    """Four or five points anywhere, two or three values in up to five tasks."""
    from hypothesis import strategies as st

    from ..strategies import points, vectors

    def laws(tasks: int) -> "SearchStrategy[UniformLabels]":
        values = st.lists(vectors(tasks, 2), min_size=2, max_size=3, unique=True)
        return st.builds(UniformLabels, st.integers(4, 5).flatmap(points), values.map(tuple))

    return st.integers(1, 5).flatmap(laws)


def uniform(points: int, values: list[Vector]) -> UniformLabels:
    """The law of the tables in the note: points 0, 1, 2, ..."""
    return UniformLabels(tuple(map(fmpq, range(points))), tuple(values))


CLAIM = Claim(
    letter="P",
    name="discrete labels",
    statement=(
        "For independent labels with at least two values of positive probability and N >= 4, uniqueness fails with "
        "positive probability however large T is: labels a, b, b, a have aligned kinks whatever the spacing, (a - "
        "b) / h_1 and (a - b) / h_3."
    ),
    source="derived",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=("B",),
    hypotheses=(
        Hypothesis("two values of positive probability", lambda law: len(set(law.values)) >= 2),
        Hypothesis("N>=4", lambda law: len(law.points) >= 4),
    ),
    conclusion=conclusion,
    exact=Instances(_laws),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
