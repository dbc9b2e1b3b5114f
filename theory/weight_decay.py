"""Which lambda a training loss with weight decay amounts to.

L = c sum_{i,t} (f(x_i)_t - y_it)^2 + (decay / 2) sum_k (|v_k|^2 + w_k^2) is, at a balanced optimum, 2 c times
1/2 sum |y - f|^2 + lambda R with lambda = decay / (2 c): a balanced neuron costs |v| |w| = 1/2 (|v|^2 + w^2).
Biases and the linear part must not be decayed. Adam with decoupled decay (AdamW) has no such stationary points.
"""

from collections.abc import Callable

from flint import fmpq

from .numbers import sign

FACTORS: dict[str, Callable[[int, int], fmpq]] = {
    "mse": lambda points, tasks: fmpq(points * tasks, 2),
    "sum": lambda points, tasks: fmpq(1, 2),
    "half-sum": lambda points, tasks: fmpq(1),
    "mean-sum": lambda points, tasks: fmpq(points, 2),
    "half-mean-sum": lambda points, tasks: fmpq(points),
    "mse-l2": lambda points, tasks: fmpq(points * tasks),
    "mlpregressor": lambda points, tasks: fmpq(tasks),
}
"""lambda / decay for N points and T tasks, by the name of the loss."""

WORDS: dict[str, str] = {
    "mse": "mean over points and tasks (torch MSELoss)",
    "sum": "sum over points and tasks (torch reduction='sum')",
    "half-sum": "half the sum over points and tasks",
    "mean-sum": "mean over points of the sum over tasks",
    "half-mean-sum": "half the mean over points of the sum over tasks",
    "mse-l2": "mean over points and tasks, penalty decay * sum of squares (Keras l2)",
    "mlpregressor": "scikit-learn MLPRegressor(alpha=decay)",
}


def penalty_of(loss: str, decay: fmpq, points: int, tasks: int) -> fmpq:
    """lambda for a loss of `FACTORS` and a weight decay; N counts repeated points as often as they occur.

    >>> penalty_of("mse", fmpq(1, 100), 200, 3)
    3
    """
    if sign(decay) <= 0:
        raise ValueError(f"the weight decay must be positive, not {decay}")
    return decay * FACTORS[loss](points, tasks)
