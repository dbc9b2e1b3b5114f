"""BE. What is rational about the fit, and where four points can lose uniqueness."""

from typing import TYPE_CHECKING

from ...theory.knot_fit import dual_of
from ...theory.numbers import Vector
from ...theory.one_task_fit import OneTaskSystem, Signed
from ...theory.optimum import kinks
from ...theory.regularised import Regularised, gap
from ...theory.stencil import minor
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .fitted import fit_of, moderate_datasets, penalties, problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy


def conclusion(problem: Regularised) -> Verdict:
    """One task: pivoting from nothing must end, in rationals, with a gap of exactly 0. Four points, several tasks: the
    fit must be certified unique if the two kinks of the labels are independent."""
    if problem.data.tasks == 1:
        return _one_task(problem)
    if problem.data.size != 4 or not independent(*kinks(problem.data)):
        return DoesNotApply("one task, or four points whose kinks are linearly independent")
    found = fit_of(problem)
    if found is None:
        return DoesNotApply("float64 can hold the data")
    if found.unique is not True:
        return Refuted(problem, "the kinks of the labels are independent, but the fit is not certified to be unique")
    return Holds("four points with independent kinks: the fitted network is the only one")


def _one_task(problem: Regularised) -> Verdict:
    from ...theory.knot_sums import KnotSums
    from ..fit.pivoting import solve

    system = OneTaskSystem(KnotSums(problem.data, problem.weights), problem.penalty)
    found = solve(system, Signed((), ()))
    candidate = system.fit(found.support, found.values, problem.penalty)
    rest = gap(problem, *dual_of(problem, candidate))
    if not rest.is_zero:
        return Refuted(problem, f"the rational solution of the tridiagonal system has the gap {rest}")
    return Holds(f"the fit is rational: after {found.pivots} exchanges the gap is exactly 0")


def independent(u: Vector, v: Vector) -> bool:
    """Whether two vectors are linearly independent: some 2x2 minor is not 0."""
    return any([minor(u[s], u[t], v[s], v[t]) for s in range(len(u)) for t in range(s)])


def _subjects(findings: Findings) -> "Iterator[Regularised]":
    return problems_of(findings)


def strategy() -> "SearchStrategy[Regularised]":
    """Problems of one task, and of several with four points."""
    from hypothesis import strategies as st

    from ..strategies import generic_datasets, grid_datasets

    four = grid_datasets(min_size=4, max_size=4, tasks=(2, 3)) | generic_datasets(min_size=4, max_size=4, tasks=(2, 3))
    return st.builds(Regularised, moderate_datasets((1,)) | four, penalties())


CLAIM = Claim(
    letter="BE",
    name="exact fits",
    statement=(
        "For one task and rational data, weights and lambda the fit is rational: the knot values solve G z = Phi^T "
        "W y - lambda D^T s, s the signs of the kinks, where G splits between neighbouring points that are both "
        "knots. For N = 4 and any T the fitted network is the only one at every lambda unless the two kinks of the "
        "labels are linearly dependent."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("BA", "B"),
    hypotheses=(Hypothesis("lambda>0", lambda problem: problem.penalty > 0),),
    conclusion=conclusion,
    exact=Instances(_subjects),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
