"""D. For T >= 2 the non-unique datasets are a null set: lines in one direction meet it in finitely many points."""

from itertools import pairwise

from flint import fmpq

from ...theory.duality import touches_a_gap
from ...theory.label_balls import ball_of_one_task
from ...theory.numbers import Vector
from ...theory.optimum import from_kinks, kinks
from ...theory.stencil import minor
from ...theory.transformation import moved
from ...theory.vectors import zero
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Scope, by_findings, some_dataset


def verdict_on(findings: Findings) -> Verdict:
    """The labels moved along a line whose direction does not depend on them: at most 2 failures per pair of neighbours.

    The direction E has kinks e_1, e_2, e_1, ... in turn. Along Y + t E the first minor of a pair is a polynomial in t
    of degree 2 whose leading coefficient, the minor of E, is 1 or -1 whatever Y is; so it vanishes for two t at most.
    By Fubini the set is null. Here the leading coefficients are computed, and more than enough t are tried, deciding
    uniqueness by the dual certificate.
    """
    data = findings.data
    if data.tasks == 1:
        return _one_task(findings)
    turns, nothing = [_unit(j % 2, data.tasks) for j in range(data.size - 2)], zero(data.tasks)
    direction = from_kinks(data.points, turns, nothing, nothing)
    for j, (u, v) in enumerate(pairwise(kinks(direction))):
        if not minor(u[0], u[1], v[0], v[1]):
            return Refuted(data, f"the direction is degenerate at points {j + 2}, {j + 3}")
    allowed = 2 * max(data.size - 3, 0)
    failures = [t for t in range(allowed + 1) if touches_a_gap(moved(data, direction.labels, fmpq(t, 7)))]
    if len(failures) > allowed:
        return Refuted(data, f"{len(failures)} of {allowed + 1} datasets on one line are non-unique")
    return Holds(f"{len(failures)} of {allowed + 1} datasets on a line through the labels fail; at most {allowed} can")


def _one_task(findings: Findings) -> Verdict:
    ball = None if findings.unique else ball_of_one_task(findings.data)
    if ball is None:
        return Holds("no ball of non-unique datasets around this one")
    return Refuted(ball, "every dataset in this ball is non-unique: a set of positive measure")


def _unit(index: int, tasks: int) -> Vector:
    return tuple([fmpq(task == index) for task in range(tasks)])


CLAIM = Claim(
    letter="D",
    name="measure zero",
    statement=(
        "For T >= 2 the datasets with non-unique optimum form a Lebesgue null set, empty for N <= 3: they lie in "
        "the zero set of the 2x2 minors of (d_j, d_(j+1)), which are not identically zero. The codimension is T - "
        "1."
    ),
    source="paper, section 3",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=("B",),
    hypotheses=(Hypothesis("T>=2", lambda data: data.tasks >= 2),),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
)
