"""H. Any minimiser of a loss plus lambda R is a minimum-cost interpolant of its own outputs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.duality import dual_certificate
from ...theory.numbers import ZERO, Vector, is_zero, sign
from ...theory.optimum import connect_the_dots, kinks, optimal_cost
from ...theory.root_sum import RootSum, rational_root
from ...theory.spline import LinearSpline
from ...theory.vectors import add, dot, is_zero_vector, scale, squared_length, subtract, zero
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .comparison import cost_difference
from .instances import interpolants_of
from .subjects import Fit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(fit: Fit) -> Verdict:
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
    if outputs_of(Fit(fit.data, better, fit.weight)) != outputs or sign(fit.weight) <= 0:
        return DoesNotApply("f is a minimiser")
    if cost_difference(better, fit.function).sign() >= 0:
        return Refuted(fit, "its outputs can be had for no less, yet it is said to cost too much")
    return Holds("no minimiser: connect-the-dots of its outputs has the same loss and costs less")


def outputs_of(fit: Fit) -> Dataset:
    """The dataset (x, z) with z_i = f(x_i)."""
    return Dataset(fit.data.points, tuple(fit.function.values_at(fit.data.points)))


def is_minimiser(fit: Fit, outputs: Dataset) -> bool:
    """Whether residuals and cost prove that f minimises 1/2 sum |y - f|^2 + lambda R.

    For lambda = 0: the loss is 0. For lambda > 0: y - z = lambda D^T eta with |eta_j| <= 1 at every interior point and
    <y - z, z> = lambda R(f). By weak duality no function does better.
    """
    residuals = [subtract(y, z) for y, z in zip(fit.data.labels, outputs.labels, strict=True)]
    if is_zero(fit.weight):
        return all(map(is_zero_vector, residuals))
    eta = _second_sums(fit.data.points, [scale(1 / fit.weight, r) for r in residuals])
    if eta is None or any(squared_length(e) > 1 for e in eta):
        return False
    paired = sum([dot(r, z) for r, z in zip(residuals, outputs.labels, strict=True)], ZERO)
    return (fit.function.path_cost().scaled(fit.weight) - RootSum.of_rational(paired)).sign() == 0


def _second_sums(points: Vector, multipliers: list[Vector]) -> list[Vector] | None:
    """eta_j at the interior points with D^T eta = the multipliers; None if they do not annihilate 1 and x."""
    tasks = len(multipliers[0])
    total, moment, eta = zero(tasks), zero(tasks), []
    for x, l_i in zip(points, multipliers, strict=True):
        eta.append(subtract(scale(x, total), moment))
        total, moment = add(total, l_i), add(moment, scale(x, l_i))
    return eta[1:-1] if is_zero_vector(total) and is_zero_vector(moment) else None


def labels_fitted_by(outputs: Dataset, weight: fmpq) -> Dataset | None:
    """Labels y = z + lambda D^T eta whose regularised fit has the outputs z; None if eta is irrational.

    eta is the dual certificate of the outputs, 0 at zero kinks.
    """
    eta = []
    for d in kinks(outputs):
        length = rational_root(squared_length(d))
        if length is None:
            return None
        eta.append(d if is_zero(length) else scale(1 / length, d))
    labels = list(outputs.labels)
    for j, (e, factors) in enumerate(zip(eta, dual_certificate(outputs).functionals(), strict=True)):
        for k, factor in enumerate(factors):
            labels[j + k] = add(labels[j + k], scale(weight * factor, e))
    return Dataset(outputs.points, tuple(labels))


def _fits(findings: Findings) -> Iterator[Fit]:
    """Functions beside the labels they fit exactly, and beside labels that have these outputs as their fit."""
    data = findings.data
    for weight in (fmpq(1), fmpq(1, 5)):
        fitted = labels_fitted_by(data, weight)
        for f in interpolants_of(findings):
            yield Fit(data, f, weight)
            if fitted is not None:
                yield Fit(fitted, f, weight)


def strategy() -> "SearchStrategy[Fit]":
    """Optima and other interpolants of outputs z, beside the labels that have z as their fit, or beside z."""
    from hypothesis import strategies as st

    from ..strategies import POSITIVE, interpolants, optima, planted_datasets

    def fits(outputs: Dataset) -> "SearchStrategy[Fit]":
        functions = optima(outputs) | interpolants(outputs)
        return st.builds(_fit, st.just(outputs), functions, st.sampled_from(POSITIVE))

    return planted_datasets().flatmap(fits)


def _fit(outputs: Dataset, f: LinearSpline, weight: fmpq) -> Fit:
    return Fit(labels_fitted_by(outputs, weight) or outputs, f, weight)


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
