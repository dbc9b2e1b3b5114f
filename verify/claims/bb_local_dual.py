"""BB. How near the dual of a spline is to that of the fit, point by point."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.knot_fit import KnotFit, dual_of, local_dual_square
from ...theory.numbers import ExactRepr, is_zero, sign
from ...theory.optimum import kinks
from ...theory.regularised import Regularised
from ...theory.vectors import scale, squared_length, subtract
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .fitted import exact_fit, exact_solution, moderate_problems, problems_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True, repr=False)
class Near(ExactRepr):
    """A spline with knots among the points, offered beside the fit of a problem of one task."""

    problem: Regularised
    spline: KnotFit


def has_kinks(subject: Near) -> bool:
    """Whether every inner knot has a kink, with v = lambda d / |d| there."""
    z, _ = dual_of(subject.problem, subject.spline)
    d = kinks(Dataset(subject.problem.data.points, tuple(z)))
    return all(
        [
            not is_zero(d[k - 1][0]) and v[0] == sign(d[k - 1][0]) * subject.problem.penalty
            for k, v in zip(subject.spline.knots[1:-1], subject.spline.dual, strict=True)
        ]
    )


def conclusion(subject: Near) -> Verdict:
    """|v_j - v*_j|^2 against the bound, with v* of the exact fit and g = P(Z) - P* exactly."""
    problem = subject.problem
    solution = exact_solution(problem)
    if problem.data.tasks > 1 or solution is None:
        return DoesNotApply("one task, so that everything is rational")
    z, v = dual_of(problem, subject.spline)
    g = (problem.objective(z) - problem.objective(solution[0])).as_rational()
    assert g is not None
    x, d = problem.data.points, kinks(Dataset(problem.data.points, tuple(z)))
    pulls = {k: problem.penalty / abs(d[k - 1][0]) for k in subject.spline.knots[1:-1]}
    tried = 0
    for a, b in pairwise(subject.spline.knots):
        for j in range(a + 1, b):
            lengths = pulls.get(a, fmpq(0)), pulls.get(b, fmpq(0))
            bound = 2 * g * local_dual_square(x, problem.weights, (a, j, b), lengths)
            off = squared_length(subtract(v[j], solution[1][j]))
            tried += 1
            if off > bound:
                return Refuted(subject, f"at point {j} the square of the difference is {off}, the bound {bound}")
    return Holds(f"{tried} points between knots: v is as near to that of the fit as the bound says")


def _subjects(findings: Findings) -> Iterator[Near]:
    """Splines on the knots of the fit, moved a little; on fewer knots; and the line."""
    for problem in problems_of(findings):
        found = exact_fit(problem) if problem.data.tasks == 1 else None
        if found is not None:
            for step in (fmpq(1, 10), fmpq(1, 1000)):
                yield moved(problem, found, [step * (-1) ** k for k in range(len(found.knots))])
            few = [0, *range(2, len(found.knots) - 1, 2), len(found.knots) - 1]
            knots, values = tuple([found.knots[k] for k in few]), tuple([found.values[k] for k in few])
            yield moved(problem, replace(found, knots=knots, values=values), [fmpq(0)] * len(few))


def moved(problem: Regularised, found: KnotFit, steps: list[fmpq]) -> Near:
    """The spline with its knot values moved, and v = lambda sign(d) at its knots; knots without a kink are dropped."""
    values = [(row[0] + step,) for row, step in zip(found.values, steps, strict=True)]
    x, kept = problem.data.points, list(range(len(found.knots)))
    while True:
        slopes = [(values[q][0] - values[p][0]) / (x[found.knots[q]] - x[found.knots[p]]) for p, q in pairwise(kept)]
        signs = [sign(after - before) for before, after in pairwise(slopes)]
        if all(signs):
            break
        kept = [kept[0], *[k for k, s in zip(kept[1:-1], signs, strict=True) if s], kept[-1]]
    dual = tuple([scale(problem.penalty, (fmpq(s),)) for s in signs])
    return Near(problem, KnotFit(tuple([found.knots[k] for k in kept]), tuple([values[k] for k in kept]), dual))


def strategy() -> "SearchStrategy[Near]":
    """Splines with any knots and any small values, beside problems of one task."""
    return moderate_problems((1,)).flatmap(_splines)


def _splines(problem: Regularised) -> "SearchStrategy[Near]":
    from hypothesis import strategies as st

    from ..strategies import rationals

    def bent(inner: list[int], steps: list[fmpq]) -> Near:
        knots = (0, *inner, problem.data.size - 1)
        spline = KnotFit(knots, tuple([problem.data.labels[k] for k in knots]), ())
        return moved(problem, spline, [step / 4 for step in steps[: len(knots)]])

    size = problem.data.size
    inner = st.lists(st.integers(1, size - 2), unique=True, max_size=size - 2).map(sorted)
    return st.builds(bent, inner, st.lists(rationals(), min_size=size, max_size=size))


CLAIM = Claim(
    letter="BB",
    name="local dual ball",
    statement=(
        "Let Z be a spline with knots among the points and nonzero kinks, v as in BA, g >= P(Z) - P*, and a < j < b "
        "with a, b neighbouring knots, tau = (x_j - x_a) / (x_b - x_a). Then |v_j - v*_j|^2 <= 2 g (G + lambda (1 - "
        "tau)^2 / |d_a| + lambda tau^2 / |d_b|), G = (1 - tau)^2 sum over a < i <= j of w_i (x_i - x_a)^2 + tau^2 "
        "sum over j < i < b of w_i (x_b - x_i)^2; the term of an outer end is 0. So |v_j| plus this bound below "
        "lambda proves that the fit has no kink at x_j."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("BA",),
    hypotheses=(Hypothesis("all kinks are nonzero", has_kinks),),
    conclusion=conclusion,
    exact=Instances(_subjects),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
