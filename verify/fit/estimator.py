"""The fit as a scikit-learn estimator: `pip install 'reluproof[sklearn]'`."""

from typing import Any

import numpy
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from ...theory.numbers import nearest_float
from ...theory.numeral import NumeralError, parse_rational
from .certified import fit, positive
from .choose import share_of_max
from .noisy import Noisy

Array = Any


class ReluproofRegressor(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """The network with one input that minimises 1/2 sum |y - f(x)|^2 + lambda R(f), with its proof in `fit_`.

    lam: lambda as a number, or a share of lambda_max such as "0.01max". digits: prove the fitted labels to so many
    decimals. X has shape (n, 1), y (n,) or (n, T); repeated points are merged exactly. Beyond the data the
    prediction goes on as a line, as the network does.
    """

    def __init__(self, lam: Any = "0.01max", digits: int | None = None) -> None:
        self.lam = lam
        self.digits = digits

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "ReluproofRegressor":
        """Solve and certify; `fit_` holds the `Fit`, `x_` and `values_` the network at the data points."""
        X, labels = validate_data(
            self, X, y, multi_output=True, y_numeric=True, dtype=numpy.float64, ensure_min_samples=2
        )  # fmt: skip
        x, labels = self._one_input(X), labels.astype(float)
        weights = None if sample_weight is None else _check_sample_weight(sample_weight, x)
        if weights is not None:
            kept = weights > 0
            x, labels, weights = x[kept], labels[kept], weights[kept]
        noisy = Noisy.of((x, labels), weights)
        self.fit_ = fit(noisy, self._penalty(noisy), digits=self.digits)
        self.x_ = numpy.array([nearest_float(v) for v in noisy.data.points])
        self.values_ = self.fit_.labels if labels.ndim > 1 else self.fit_.labels[:, 0]
        return self

    def predict(self, X: Any) -> Array:
        """f(X), shape (n,) or (n, T) as y had."""
        check_is_fitted(self)
        x = self._one_input(validate_data(self, X, dtype=numpy.float64, reset=False))
        left = numpy.clip(numpy.searchsorted(self.x_, x, side="right") - 1, 0, len(self.x_) - 2)
        share = (x - self.x_[left]) / (self.x_[left + 1] - self.x_[left])
        share = share if self.values_.ndim == 1 else share[:, None]
        before, after = self.values_[left], self.values_[left + 1]
        rise = after - before
        # From the nearer end, so that the values at the data points are the fitted ones to the last bit.
        line: Array = numpy.where(share <= 0.5, before + share * rise, after + (share - 1) * rise)
        return line

    def _one_input(self, X: Array) -> Array:
        if X.shape[1] != 1:
            raise ValueError(f"X has {X.shape[1]} features: the network has one input, give shape (n, 1)")
        return X[:, 0]

    def _penalty(self, noisy: Noisy) -> Any:
        if not isinstance(self.lam, str):
            return positive(self.lam)
        text = self.lam.removesuffix("max")
        try:
            value = parse_rational(text or "1")
        except NumeralError as error:
            raise ValueError(f"lam: {error}") from None
        if text == self.lam:
            return positive(value)
        return share_of_max(noisy, value) or positive(1)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
