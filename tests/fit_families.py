"""Hypothesis strategies of noisy datasets: every family that made a float solver stumble, and lambdas beside them."""

import numpy as np
from hypothesis import strategies as st

FAMILIES = (
    "smooth", "outliers", "gaps", "collinear", "one-hot", "periodic", "rounded", "noiseless", "exact kinks",
    "integrated", "offset", "mixed",
)  # fmt: skip
SHARES = (1e-12, 1e-8, 1e-4, 1e-2, 0.1, 0.5, 0.9, 1 - 1e-6, 1 - 1e-10)


def arrays(family, size, tasks, seed):
    """(x, y) of shapes (N,) and (N, T)."""
    rng = np.random.default_rng(seed)
    x = np.concatenate([[0.0], np.cumsum(rng.uniform(0.5, 1.5, size - 1))])
    t = x / x[-1]
    signal = np.stack([np.sin((5 + k) * t) * 3 + np.abs(t - 0.3 - 0.1 * k) * 5 for k in range(tasks)], 1)
    y = signal + 0.3 * rng.standard_normal((size, tasks))
    steps = np.arange(size, dtype=float)
    if family == "outliers":
        y[rng.integers(0, size, 2)] += 1e8 * rng.standard_normal((2, tasks))
    elif family == "gaps":
        x = np.concatenate([[0.0], np.cumsum(10.0 ** rng.uniform(-3, 3, size - 1))])
        y = rng.standard_normal((size, tasks))
    elif family == "collinear":
        y = rng.standard_normal((size, 1)) * np.arange(1, tasks + 1)
    elif family == "one-hot":
        x, y = steps, np.eye(tasks + 1)[rng.integers(0, tasks + 1, size)]
    elif family == "periodic":
        x, y = steps, (np.arange(tasks) % 2) + (steps % 2)[:, None]
    elif family == "rounded":
        x, y = steps, np.round(y)
    elif family == "noiseless":
        y = signal
    elif family == "exact kinks":
        x, y = steps, np.stack([abs(steps - size // 3) + k * abs(steps - size // 2) for k in range(tasks)], 1)
    elif family == "integrated":
        y = np.cumsum(np.cumsum(rng.standard_normal((size, tasks)), 0), 0)
    elif family == "offset":
        x, y = x + 1e6, y + 1e6
    elif family == "mixed":
        y = rng.standard_normal((size, tasks)) * 10.0 ** rng.uniform(-6, 6, (size, 1))
    return x, y


@st.composite
def problems(draw, largest=40, most_tasks=4, families=FAMILIES):
    """(name, x, y, share of lambda_max)."""
    family = draw(st.sampled_from(families))
    size, tasks = draw(st.integers(3, largest)), draw(st.integers(1, most_tasks))
    x, y = arrays(family, size, tasks, draw(st.integers(0, 2**32 - 1)))
    return family, x, y, draw(st.sampled_from(SHARES))


def largest_lambda(x, y):
    """lambda_max in float64."""
    design = np.stack([np.ones_like(x), x - x.mean()], 1)
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    sums = np.cumsum(residual, 0)[:-1] * np.diff(x)[:, None]
    return float(np.sqrt((np.cumsum(sums, 0) ** 2).sum(1)).max())
