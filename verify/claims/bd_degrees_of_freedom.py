"""BD. Degrees of freedom: how the fitted labels move with the labels."""

from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.numbers import ZERO, Vector
from ...theory.regularised import Regularised
from ...theory.vectors import add
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .fitted import exact_fit, fit_of, moderate_problems, problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

STEPS = tuple([fmpq(1, 10**k) for k in (3, 6, 9, 12)])
"""Steps of the difference quotients; where the support is the same before and after, they are derivatives exactly."""


def conclusion(problem: Regularised) -> Verdict:
    """The divergence as an exact difference quotient: for one task the fit is linear in the labels of one support.

    Every label is moved in turn; a step is small enough if it changes no support. No formula for the fit is used.
    """
    found = fit_of(problem) if problem.data.tasks == 1 else None
    if found is None or found.exact is None:
        return DoesNotApply("one task, so that the divergence is a difference quotient")
    if found.tight:
        return DoesNotApply("no |v_j| = lambda without a kink: the fit is differentiable")
    values, total = found.exact_values() or [], ZERO
    for i in range(problem.data.size):
        moved = _quotient(problem, found.exact.knots, values[i], i)
        if moved is None:
            return DoesNotApply("a small step does not change the support")
        total += moved
    expected = len(found.support) + 2
    if total != expected:
        return Refuted(problem, f"the divergence is {total}, but there are {len(found.support)} kinks")
    return Holds(f"the divergence of the fit is {expected} exactly, K + 2")


def _quotient(problem: Regularised, knots: tuple[int, ...], before: Vector, i: int) -> fmpq | None:
    """The derivative of the fitted label i by the label i."""
    for step in STEPS:
        labels = list(problem.data.labels)
        labels[i] = add(labels[i], (step,))
        changed = Regularised(Dataset(problem.data.points, tuple(labels)), problem.penalty, problem.weights)
        found = exact_fit(changed)
        if found is not None and found.knots == knots:
            from ...theory.knot_fit import spline_labels

            after = spline_labels(problem.data.points, found.knots, found.values)[i]
            return (after[0] - before[0]) / step
    return None


def _subjects(findings: Findings) -> "Iterator[Regularised]":
    return (problem for problem in problems_of(findings) if problem.data.tasks == 1)


def strategy() -> "SearchStrategy[Regularised]":
    """Problems of one task."""
    return moderate_problems((1,))


CLAIM = Claim(
    letter="BD",
    name="degrees of freedom",
    statement=(
        "Where the fit is differentiable its divergence is tr[(G (x) I + lambda D^T J D)^-1 (G (x) I)], G the Gram "
        "matrix of the hat functions of the knots, D their kinks, J = blockdiag((I - u u^T) / |d|). For one task it "
        "is K + 2, K the number of nonzero kinks of the fit; in general it lies between 2 T + K and T (K + 2)."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("BA",),
    hypotheses=(Hypothesis("lambda>0", lambda problem: problem.penalty > 0),),
    conclusion=conclusion,
    exact=Instances(_subjects),
    symbolic=NotApplicable("the trace of an inverse of any size; for one task it is the trace of an identity"),
    strategy=strategy,
)
