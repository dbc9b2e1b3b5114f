"""The scikit-learn estimator: the checks of scikit-learn itself, and that it is our fit."""

import numpy as np
import pytest
from reluproof.verify.fit import fit

pytest.importorskip("sklearn")

from reluproof.verify.fit.estimator import ReluproofRegressor
from sklearn.model_selection import GridSearchCV
from sklearn.utils.estimator_checks import parametrize_with_checks


class FirstColumn(ReluproofRegressor):
    """Takes the first of several columns: the checks of scikit-learn come with several."""

    def _one_input(self, X):
        return X[:, 0]

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.regressor_tags.poor_score = True  # one of ten informative columns
        return tags


@pytest.mark.filterwarnings("default")
@parametrize_with_checks([FirstColumn()])
def test_checks_of_sklearn(estimator, check):
    """All of them."""
    check(estimator)


def test_one_input_only():
    """Several columns are refused; one is the fit."""
    x, y = np.arange(5.0), np.array([0.0, 1, 0, 3, 1])
    with pytest.raises(ValueError, match="2 features: the network has one input"):
        ReluproofRegressor().fit(np.ones((5, 2)), y)
    assert np.array_equal(
        ReluproofRegressor(lam=0.1).fit(x[:, None], y).predict(x[:, None]), fit((x, y), 0.1).labels[:, 0]
    )


def test_it_is_the_fit():
    """The same values; beyond the data, and between points, the network goes on as a line."""
    rng = np.random.default_rng(3)
    x, y = rng.permutation(20).astype(float), rng.standard_normal((20, 2))
    model = ReluproofRegressor(lam=0.5).fit(x[:, None], y)
    found = fit((x, y), 0.5)
    order = np.argsort(x)
    assert np.array_equal(model.predict(x[order, None]), found.labels)
    line = model.predict(np.array([[-2.0], [-1.0], [0.0], [0.5], [1.0]]))
    assert np.allclose(np.diff(line[[0, 1, 2]], axis=0), line[4] - line[2])
    assert np.allclose(line[3], (line[2] + line[4]) / 2)


def test_weights_and_repeated_points():
    """A weight of two is the point twice; a weight of zero is no point."""
    x, y = np.array([[0.0], [1], [2], [3], [4]]), np.array([0.0, 2, 1, 3, 9])
    weighted = ReluproofRegressor(lam=0.3).fit(x, y, sample_weight=[1, 2, 1, 1, 0])
    repeated = ReluproofRegressor(lam=0.3).fit(np.array([[0.0], [1], [1], [2], [3]]), np.array([0.0, 2, 2, 1, 3]))
    assert weighted.fit_.exact_values() == repeated.fit_.exact_values()


def test_a_grid_search():
    """lambda as a share of lambda_max is a parameter like any other."""
    rng = np.random.default_rng(4)
    x = np.sort(rng.uniform(0, 1, 40))
    y = np.abs(x - 0.5) + 0.05 * rng.standard_normal(40)
    search = GridSearchCV(ReluproofRegressor(), {"lam": ["0.001max", "0.05max", "0.9max"]}).fit(x[:, None], y)
    assert search.best_params_ == {"lam": "0.05max"}
