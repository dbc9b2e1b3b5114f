"""R. For squared loss and a fixed lambda the labels whose fit is not unique form a null set, for T >= 2."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.alignment import is_unique
from ...theory.crossing import crossings
from ...theory.dataset import Dataset
from ...theory.regularised import Regularised
from ...theory.transformation import moved
from ...theory.verdict import DoesNotApply, Holds, Refuted, Undecided, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .fitted import fit_of, moderate_problems, problems_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

STEPS = tuple([fmpq(1, 10**k) for k in (2, 4, 6)])


def conclusion(problem: Regularised) -> Verdict:
    """Wherever the fit is not certified unique, labels as near as one likes must have a fit that is.

    Near labels are found by moving each label by another small vector, the first task differently from the others.
    For one task it is the other way round: without a kink of 0 or |v| = lambda the support and its signs persist.
    """
    found = fit_of(problem)
    if found is None:
        return DoesNotApply("float64 can hold the data")
    if found.unique:
        return Holds("the fit of these labels is certified unique")
    if problem.data.tasks == 1:
        persists = found.exact is not None and not found.tight
        return (
            Refuted(
                problem, "not unique, and the support persists for all labels near these: a set of positive measure"
            )
            if persists
            else Holds("on the boundary of a support")
        )
    near_fits = [fit_of(Regularised(_moved(problem.data, step), problem.penalty, problem.weights)) for step in STEPS]
    if all([near is not None and near.unique is False for near in near_fits]):
        return Refuted(problem, f"not unique, nor are the fits of labels moved by {STEPS[0]}, ..., {STEPS[-1]}")
    for step, near in zip(STEPS, near_fits, strict=True):
        if near is None or not near.unique:
            return Undecided(f"the labels moved by about {step} are not certified to have a unique fit either")
    return Holds(f"not certified unique, but labels moved by {STEPS[0]}, ..., {STEPS[-1]} have unique fits")


def _moved(data: Dataset, step: fmpq) -> Dataset:
    """Labels moved in directions that have nothing to do with each other: squares and cubes modulo a prime."""
    directions = [tuple([fmpq((i + 2) ** (t + 2) % 101 - 50, 50) for t in range(data.tasks)]) for i in range(data.size)]
    return moved(data, directions, step)


def _subjects(findings: Findings) -> Iterator[Regularised]:
    """The dataset at a few lambdas, and at those where it is known to lose uniqueness."""
    data = findings.data
    if data.tasks > 1:
        yield from problems_of(findings)
        for crossing in crossings(data):
            yield Regularised(data, crossing.penalty)


def strategy() -> "SearchStrategy[Regularised]":
    """Problems of several tasks, and five points with a known isolated lambda."""
    from hypothesis import strategies as st

    known = Dataset.from_fractions(range(5), [(0, 0), (-2, -2), (-3, -3), (-2, 0), (2, 0)])
    assert is_unique(known)
    return moderate_problems((2, 3)) | st.sampled_from([Regularised(known, c.penalty) for c in crossings(known)])


CLAIM = Claim(
    letter="R",
    name="regularised null set",
    statement=(
        "For squared loss, T >= 2 and each fixed lambda > 0 the labels y whose fitted z is non-unique form a null "
        "set. Along the whole path in lambda, for T = 2 isolated non-unique lambdas do occur for generic y (N >= "
        "5); for T >= 3 almost surely none."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("D", "H"),
    hypotheses=(Hypothesis("T>=2", lambda problem: problem.data.tasks > 1),),
    conclusion=conclusion,
    exact=Instances(_subjects),
    symbolic=NotApplicable("a count of dimensions of a set that none of the formulas parametrises"),
    strategy=strategy,
)
