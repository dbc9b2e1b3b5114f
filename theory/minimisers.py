"""Which functions minimise squared loss plus lambda R, proved from their residuals alone (statement H)."""

from dataclasses import dataclass

from flint import fmpq

from .dataset import Dataset
from .duality import dual_certificate
from .numbers import ZERO, ExactRepr, Vector, canonicalise, is_zero
from .optimum import kinks
from .root_sum import RootSum
from .spline import LinearSpline
from .square_classes import rational_root
from .vectors import add, dot, is_zero_vector, scale, squared_length, subtract, zero


@dataclass(frozen=True, slots=True, repr=False)
class TrialFit(ExactRepr):
    """A function offered as a minimiser of 1/2 sum |y_i - f(x_i)|^2 + weight R(f) (H)."""

    data: Dataset
    function: LinearSpline
    weight: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "weight")


def outputs_of(fit: TrialFit) -> Dataset:
    """The dataset (x, z) with z_i = f(x_i).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> outputs_of(TrialFit(data, LinearSpline((1,), (0,), (), ()), fmpq(1))).labels
    ((0,), (1,), (2,), (3,))
    """
    return Dataset(fit.data.points, tuple(fit.function.values_at(fit.data.points)))


def is_minimiser(fit: TrialFit, outputs: Dataset) -> bool:
    """Whether residuals and cost prove that f minimises 1/2 sum |y - f|^2 + lambda R.

    For lambda = 0: the loss is 0. For lambda > 0: y - z = lambda D^T eta with |eta_j| <= 1 at every interior point and
    <y - z, z> = lambda R(f). By weak duality no function does better.

    >>> trial = TrialFit(Dataset.from_fractions([0, 1, 2], [0, 1, 2]), LinearSpline((1,), (0,), (), ()), fmpq(1))
    >>> is_minimiser(trial, outputs_of(trial))
    True
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

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> labels_fitted_by(data, fmpq(1)).labels
    ((1,), (-1,), (0,), (4,))
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
