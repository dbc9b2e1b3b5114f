"""BA. The gap of labels and a dual is a sum of nonnegative terms, and bounds the distance from the fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.knot_fit import KnotFit, dual_of, least_squares_line
from ...theory.numbers import ExactRepr, Vector, canonicalise
from ...theory.regularised import Regularised, dual_labels, gap
from ...theory.root_sum import RootSum
from ...theory.vectors import scale, squared_length, subtract, zero
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope
from .fitted import exact_fit, exact_solution, moderate_problems, problems_of, shortened

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True, repr=False)
class PrimalDual(ExactRepr):
    """Labels and a dual (0 at both ends) for a regularised problem, N vectors each."""

    problem: Regularised
    labels: tuple[Vector, ...]
    dual: tuple[Vector, ...]

    def __post_init__(self) -> None:
        canonicalise(self, "labels", "dual")


def is_feasible(subject: PrimalDual) -> bool:
    """|v_j| <= lambda everywhere, and 0 at the ends."""
    square = subject.problem.penalty**2
    return not any(subject.dual[0] + subject.dual[-1]) and all([squared_length(v) <= square for v in subject.dual])


def conclusion(subject: PrimalDual) -> Verdict:
    """P(Z) - Dual(v) from the two definitions must be the sum of the terms; where the fit is rational, it must be as
    near as claimed, the distance being computed from the fit itself."""
    problem, z = subject.problem, subject.labels
    zd = dual_labels(problem, subject.dual)
    terms = gap(problem, z, subject.dual)
    dual_value = (problem.squared_norm(problem.data.labels) - problem.squared_norm(zd)) / 2
    difference = problem.objective(z) - RootSum.of_rational(dual_value)
    if (difference - terms.exact()).sign():
        return Refuted(subject, f"P(Z) - Dual(v) is {difference}, the sum of the terms {terms.exact()}")
    if terms.residual < 0 or any([p > 0 and p * p > square for square, p in terms.excesses]):
        return Refuted(subject, "a term of the sum is negative")
    solution = exact_solution(problem)
    if solution is None:
        return Holds("the gap is the sum of the terms, none of them negative")
    away = [problem.squared_norm([subtract(a, b) for a, b in zip(side, solution[0], strict=True)]) for side in (z, zd)]
    if (terms.exact() - RootSum.of_rational(sum(away, fmpq(0)) / 2)).sign() < 0:
        return Refuted(
            subject, f"the gap {terms.exact()} is below half of |Z - Z*|^2 + |Zd - Z*|^2 = {sum(away, fmpq(0))}"
        )
    return Holds("the gap is the sum of the terms and at least half the squared distances from the exact fit")


def _subjects(findings: Findings) -> Iterator[PrimalDual]:
    """The labels and the line with duals that are feasible, the fit itself, and splines on its knots."""
    for problem in problems_of(findings):
        data = problem.data
        nothing = (zero(data.tasks),) * data.size
        yield PrimalDual(problem, data.labels, nothing)
        yield PrimalDual(problem, tuple(least_squares_line(problem)), _steps(problem))
        found = exact_fit(problem)
        if found is not None:
            z, v = dual_of(problem, found)
            yield PrimalDual(problem, tuple(z), tuple(v))
            yield second_order(problem, found, fmpq(1, 50))


def _steps(problem: Regularised) -> tuple[Vector, ...]:
    """Duals of length up to lambda in changing directions."""
    tasks, size = problem.data.tasks, problem.data.size
    inner = [
        tuple(
            [problem.penalty * fmpq((-1) ** (j // 2), 1 + j % 3) if t == j % tasks else fmpq(0) for t in range(tasks)]
        )
        for j in range(size - 2)
    ]
    return (zero(tasks), *inner, zero(tasks))


def second_order(problem: Regularised, found: KnotFit, step: fmpq) -> PrimalDual:
    """Knot values moved a little, with v from them by the second differences, shortened where it is too long."""
    moved = tuple([tuple([z + step * (-1) ** k for z in row]) for k, row in enumerate(found.values)])
    z, v = dual_of(problem, KnotFit(found.knots, moved, found.dual))
    return PrimalDual(problem, tuple(z), tuple(shortened(problem.penalty, v)))


def strategy() -> "SearchStrategy[PrimalDual]":
    """Any labels and any feasible dual."""
    from hypothesis import strategies as st

    from ..strategies import vectors

    def pairs(problem: Regularised) -> "SearchStrategy[PrimalDual]":
        tasks, size = problem.data.tasks, problem.data.size
        labels = st.lists(vectors(tasks), min_size=size, max_size=size)
        duals = st.lists(vectors(tasks), min_size=size - 2, max_size=size - 2)
        return st.builds(lambda z, v: _built(problem, z, v), labels, duals)

    return moderate_problems().flatmap(pairs)


def _built(problem: Regularised, labels: list[Vector], dual: list[Vector]) -> PrimalDual:
    nothing = zero(problem.data.tasks)
    inner = shortened(problem.penalty, [scale(problem.penalty / 9, row) for row in dual])
    return PrimalDual(problem, tuple(labels), (nothing, *inner, nothing))


CLAIM = Claim(
    letter="BA",
    name="gap of the regularised fit",
    statement=(
        "Let P(Z) = 1/2 |Y - Z|_W^2 + lambda sum_j |d_j(Z)| with minimiser Z*. For all labels Z and all v with "
        "|v_j| <= lambda, v = 0 at both ends and Zd = Y - W^-1 D^T v: P(Z) - Dual(v) = 1/2 |Z - Zd|_W^2 + sum_j "
        "(lambda |d_j| - <v_j, d_j>) >= 1/2 |Z - Z*|_W^2 + 1/2 |Zd - Z*|_W^2, and every term is at least 0. If Z is "
        "a spline with knots among the points, v = lambda d/|d| there and D^T v = W (Y - Z) between them, then Zd - "
        "Z lives on the knots."
    ),
    source="derived",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=(),
    hypotheses=(Hypothesis("|v|<=lambda", is_feasible),),
    conclusion=conclusion,
    exact=Instances(_subjects),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
