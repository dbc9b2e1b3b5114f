"""Full-batch training of the network of the theory by gradient descent: the model and the loop; the rest is optax.

The network is f(x) = sum_k v_k (w_k x + b_k)_+ + a x + c, trained on 1/2 sum |y_i - f(x_i)|^2 + lambda times its weight
decay 1/2 sum (|v_k|^2 + w_k^2); biases and the linear part are not decayed. It trains on the points moved to [-1, 1],
where a lambda of the data's units is divided by their half-range; the weights are then scaled back, which changes
neither the function nor what it costs, and each neuron is balanced again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.numbers import nearest_float
from ..reading import InputError

Array = Any
CHUNKS = 50
"""Progress is reported this often."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. penalty: lambda in the units of the data; precision: "float32" or "float64"."""

    penalty: float
    width: int
    steps: int
    learning_rate: float
    precision: str


def train(
    data: Dataset, plan: Plan, seeds: Sequence[int], progress: Callable[[int], None] = lambda _steps: None
) -> list[dict[str, Array]]:
    """One trained network per seed, as named arrays that `ReLUNetwork.from_state_dict` takes; repeatable by the seed.

    progress: called with the number of steps done since the last call. Needs jax and optax (the extra `train`).
    InputError where weights are no longer finite.
    """
    try:
        import jax
        import optax
    except ImportError:
        raise InputError("training needs an extra: pip install 'reluproof[train]'") from None
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", plan.precision == "float64")
    x, y, middle, reach = _scaled(data)
    x, y = jnp.asarray(x, plan.precision), jnp.asarray(y, plan.precision)
    optimiser = optax.adam(optax.cosine_decay_schedule(plan.learning_rate, plan.steps))
    penalty = plan.penalty / reach

    def objective(parameters: dict[str, Array]) -> Array:
        decay = jnp.sum(parameters["w"] ** 2) + jnp.sum(parameters["v"] ** 2)
        return (jnp.sum((outputs(parameters, x) - y) ** 2) + penalty * decay) / 2

    def step(state: Any, _: None) -> tuple[Any, None]:
        parameters, memory = state
        updates, memory = optimiser.update(jax.grad(objective)(parameters), memory, parameters)
        return (optax.apply_updates(parameters, updates), memory), None

    starts = [_start(jax.random.key(seed), plan, y.shape[1]) for seed in seeds]
    parameters = jax.tree.map(lambda *leaves: jnp.stack(leaves), *starts)
    state = parameters, jax.vmap(optimiser.init)(parameters)
    per_chunk, rest = divmod(plan.steps, CHUNKS)
    run = jax.jit(
        jax.vmap(lambda state, steps: jax.lax.scan(step, state, None, length=steps)[0], (0, None)), static_argnums=1
    )
    for length in [*[per_chunk] * CHUNKS, rest]:
        if length:
            state = jax.block_until_ready(run(state, length))
            progress(length)
    ends = [jax.tree.map(lambda leaf, i=i: leaf[i], state[0]) for i in range(len(seeds))]
    return [_finite(seed, plan, _unscaled(end, middle, reach)) for seed, end in zip(seeds, ends, strict=True)]


def _finite(seed: int, plan: Plan, layers: dict[str, Array]) -> dict[str, Array]:
    import numpy

    if not all(numpy.isfinite(array).all() for array in layers.values()):
        raise InputError(
            f"seed {seed} ended in weights that are not finite in {plan.precision}: scale the data, or give a smaller "
            "--learning-rate or --precision float64"
        )
    return layers


def outputs(parameters: dict[str, Array], x: Array) -> Array:
    """The values of the network at the points x (N,), shape (N, T)."""
    import jax.numpy as jnp

    hidden = jnp.maximum(x[:, None] * parameters["w"] + parameters["b"], 0)
    return hidden @ parameters["v"].T + x[:, None] * parameters["a"] + parameters["c"]


def _start(key: Array, plan: Plan, tasks: int) -> dict[str, Array]:
    """Knots anywhere between the data, both orientations, output weights of all directions."""
    import jax
    import jax.numpy as jnp

    knots, signs, weights = jax.random.split(key, 3)
    scale = (1 / plan.width) ** 0.5
    w = scale * jax.random.rademacher(signs, (plan.width,), dtype=plan.precision)
    t = jax.random.uniform(knots, (plan.width,), minval=-1, maxval=1, dtype=plan.precision)
    v = scale * jax.random.normal(weights, (tasks, plan.width), dtype=plan.precision)
    nothing = jnp.zeros(tasks, plan.precision)
    return {"w": w, "b": -w * t, "v": v, "a": nothing, "c": nothing}


def _scaled(data: Dataset) -> tuple[Array, Array, float, float]:
    """The points moved to [-1, 1], the labels, and the middle and half-range of the points, as float64."""
    import numpy

    low, high = data.points[0], data.points[-1]
    middle, reach = (low + high) / 2, (high - low) / 2
    x = numpy.array([finite_float((point - middle) / reach) for point in data.points])
    y = numpy.array([[finite_float(entry) for entry in label] for label in data.labels])
    return x, y, finite_float(middle), finite_float(reach)


def finite_float(value: fmpq) -> float:
    """The nearest double; InputError for what is beyond them all."""
    try:
        return nearest_float(value)
    except OverflowError:
        raise InputError("a number is beyond what float64 can hold: scale the data") from None


def _unscaled(parameters: dict[str, Array], middle: float, reach: float) -> dict[str, Array]:
    """The network on the data's own points, every neuron balanced, as named arrays of the training's precision."""
    import numpy

    kind = numpy.asarray(parameters["w"]).dtype
    w, b, v, a, c = (numpy.asarray(parameters[name], numpy.float64) for name in "wbvac")
    w, a = w / reach, a / reach
    b, c = b - w * middle, c - a * middle
    lengths = numpy.sqrt((v * v).sum(axis=0))
    active = (w != 0) & (lengths > 0)
    factor = numpy.sqrt(numpy.divide(lengths, abs(w), out=numpy.ones_like(w), where=active))
    layers = {
        "hidden.weight": (factor * w)[:, None],
        "hidden.bias": factor * b,
        "output.weight": v / factor,
        "output.bias": c,
        "skip.weight": a[:, None],
    }
    return {name: array.astype(kind) for name, array in layers.items()}
