"""H. Any minimiser of a loss plus lambda R is a minimum-cost interpolant of its own outputs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.minimisers import TrialFit, is_minimiser, labels_fitted_by, outputs_of
from ...theory.numbers import sign
from ...theory.optimum import connect_the_dots, optimal_cost
from ...theory.solution_set import another_optimum
from ...theory.spline import LinearSpline
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .comparison import cost_difference
from .fitted import exact_solution, problems_of
from .instances import interpolants_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(fit: TrialFit) -> Verdict:
    """Squared loss: a function proved to be a minimiser must cost no more than its outputs need; one that costs more
    must be beaten by the connect-the-dots of its outputs.

    The proof that it is a minimiser is a dual certificate of the regularised problem, found from the residuals alone.
    """
    outputs = outputs_of(fit)
    too_much = fit.function.path_cost() - optimal_cost(outputs)
    if is_minimiser(fit, outputs):
        if too_much.sign() != 0:
            return Refuted(fit, f"a minimiser that costs {too_much} more than its own outputs need")
        return Holds("a minimiser, by the dual of the residuals; it costs exactly what its outputs need")
    if too_much.sign() == 0:
        return DoesNotApply("f is a minimiser")
    better = connect_the_dots(outputs)
    if outputs_of(TrialFit(fit.data, better, fit.weight)) != outputs or sign(fit.weight) <= 0:
        return DoesNotApply("f is a minimiser")
    if cost_difference(better, fit.function).sign() >= 0:
        return Refuted(fit, "its outputs can be had for no less, yet it is said to cost too much")
    return Holds("no minimiser: connect-the-dots of its outputs has the same loss and costs less")


def _real_fits(findings: Findings) -> Iterator[TrialFit]:
    """The fits of the dataset itself where they are rational, and another optimum of the fitted labels."""
    for problem in problems_of(findings):
        solution = exact_solution(problem) if set(problem.weights) == {1} else None
        if solution is not None:
            fitted = Dataset(problem.data.points, tuple(solution[0]))
            yield TrialFit(problem.data, connect_the_dots(fitted), problem.penalty)
            other = another_optimum(fitted)
            if other is not None:
                yield TrialFit(problem.data, other, problem.penalty)


def _fits(findings: Findings) -> Iterator[TrialFit]:
    """Functions beside the labels they fit exactly, beside labels with these outputs as their fit, and real fits."""
    data = findings.data
    for weight in (fmpq(1), fmpq(1, 5)):
        fitted = labels_fitted_by(data, weight)
        for f in interpolants_of(findings):
            yield TrialFit(data, f, weight)
            if fitted is not None:
                yield TrialFit(fitted, f, weight)
    yield from _real_fits(findings)


def strategy() -> "SearchStrategy[TrialFit]":
    """Optima and other interpolants of outputs z, beside the labels that have z as their fit, or beside z."""
    from hypothesis import strategies as st

    from ..strategies import POSITIVE, interpolants, optima, planted_datasets

    def fits(outputs: Dataset) -> "SearchStrategy[TrialFit]":
        functions = optima(outputs) | interpolants(outputs)
        return st.builds(_fit, st.just(outputs), functions, st.sampled_from(POSITIVE))

    return planted_datasets().flatmap(fits)


def _fit(outputs: Dataset, f: LinearSpline, weight: fmpq) -> TrialFit:
    return TrialFit(labels_fitted_by(outputs, weight) or outputs, f, weight)


CLAIM = Claim(
    letter="H",
    name="regularised fit",
    statement=(
        "For lambda > 0, any minimiser of sum_i loss(y_i, f(x_i)) + lambda R(f), if there is one, is a minimum-cost "
        "interpolant of its own outputs z_i = f(x_i); so A and B apply to (x, z)."
    ),
    source="paper, section 3",
    scope=Scope.FUNCTION,
    module=__name__,
    rests_on=("A", "B"),
    hypotheses=(Hypothesis("lambda>0", lambda fit: sign(fit.weight) > 0),),
    conclusion=conclusion,
    exact=Instances(_fits),
    symbolic=NotApplicable("the proof compares two functions of equal outputs; there is no formula to check"),
    strategy=strategy,
)
