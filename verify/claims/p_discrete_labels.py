"""P. For labels from a finite set, uniqueness fails with positive probability, however large T is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.duality import touches_a_gap
from ...theory.numbers import ExactRepr, Vector, canonicalise
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..census.count import unique_probability
from ..census.enumeration import enumeration
from ..census.label_sets import LabelList
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

    One way decides all labellings, the other counts windows of three labels; they decide alignment differently.
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
    """The probability that the optimum is not unique: every labelling on its own, aligned by ratio and minors."""
    return _complement(enumeration(_labels(law), law.points).unique)


def by_windows(law: UniformLabels) -> Fraction:
    """The same by the transfer matrix of the census: windows of four labels, aligned by equal unit vectors."""
    return _complement(unique_probability(_labels(law), law.points))


def _labels(law: UniformLabels) -> LabelList:
    weights = Counter(law.values)
    return LabelList(tuple(weights), tuple(weights.values()))


def _complement(probability: fmpq) -> Fraction:
    return 1 - Fraction(int(probability.p), int(probability.q))


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
