"""The regularised fit against Clarabel: through cvxpy in its best sparse form, and by its own interface.

All in one process, in turns, in CPU time (other work on the machine does not count). The data: irregular points, a
smooth signal with kinks, noise 0.3; lambda = 1 and a thousandth of lambda_max. Ours includes the certificate.
`pip install reluproof[benchmark]` brings cvxpy. `python benchmarks/fit.py [--large]`.
"""

import os

# One core for everybody: ratios must not depend on who uses threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.verify.fit import bounds, solver
from reluproof.verify.fit.certified import fit, fit_path, max_lambda
from reluproof.verify.fit.choose import grid
from reluproof.verify.fit.clarabel_fit import solve as clarabel_direct
from reluproof.verify.fit.noisy import Noisy

ROUNDS = 3


def data(size: int, tasks: int, seed: int = 0) -> tuple[Any, Any]:
    """Points (N,) and labels (N, T)."""
    rng = np.random.default_rng(seed)
    x = np.concatenate([[0.0], np.cumsum(rng.uniform(0.5, 1.5, size - 1))])
    t = x / x[-1]
    signal = [np.sin((5 + k) * t) * 3 + np.abs(t - 0.3 - 0.1 * k) * 5 for k in range(tasks)]
    return x, np.stack(signal, 1) + 0.3 * rng.standard_normal((size, tasks))


def seconds(run: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, Any]:
    """The least CPU time of some runs, and what the last one returned."""
    times, found = [], None
    for _ in range(rounds):
        start = time.process_time()
        found = run()
        times.append(time.process_time() - start)
    return min(times), found


def by_cvxpy(x: Any, y: Any, penalty: float) -> float:
    """cvxpy with a sparse matrix of kinks and one norm for each."""
    import cvxpy
    from scipy import sparse

    before, after = 1 / np.diff(x)[:-1], 1 / np.diff(x)[1:]
    kinks = sparse.diags([before, -before - after, after], [0, 1, 2], shape=(len(x) - 2, len(x)), format="csr")
    z = cvxpy.Variable(y.shape)
    cost = cvxpy.sum(cvxpy.norm(kinks @ z, 2, axis=1)) if y.shape[1] > 1 else cvxpy.norm1(kinks @ z)
    problem = cvxpy.Problem(cvxpy.Minimize(0.5 * cvxpy.sum_squares(y - z) + penalty * cost))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(problem.solve(solver=cvxpy.CLARABEL))


def compare(size: int, tasks: int, share: float | None, rounds: int, *, with_cvxpy: bool = True) -> None:
    """One row of the table."""
    x, y = data(size, tasks)
    top = float(max_lambda((x, y)).lower)
    penalty = 1.0 if share is None else share * top
    ours, found = seconds(lambda: fit((x, y), penalty), rounds)
    direct, (value, _) = seconds(lambda: clarabel_direct(x, y, np.ones(size), penalty), rounds)
    true = float(found.objective.lower)
    cells = [f"{size:>7}", f"{tasks}", "1" if share is None else f"{share:g} max", f"{len(found.support)}"]
    cells += [f"{ours:.3f} s", "exact" if found.is_exact else f"{float(found.relative_gap):.0e}"]
    cells += [f"{direct:.3f} s", f"{abs(value - true) / true:.0e}", f"{ours / direct:.3f}"]
    if with_cvxpy:
        other, _ = seconds(lambda: by_cvxpy(x, y, penalty), rounds)
        cells += [f"{other:.3f} s", f"{ours / other:.3f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def exact_million(size: int) -> None:
    """One task, integers: the exact fit beside the float solver with its certificate."""
    x, y = data(size, 1)
    noisy = Noisy.of(
        Dataset.from_fractions([int(v) for v in np.round(100 * x)], [int(v) for v in np.round(100 * y[:, 0])])
    )
    problem = noisy.problem(fmpq(10_000))
    floats, _ = seconds(lambda: bounds.certify(problem, solver.candidate(problem)), 1)
    exact, _ = seconds(lambda: fit(noisy, 10_000), 1)
    ratio = f"ratio {exact / floats:.2f}"
    print(f"N = {size}, T = 1: float {floats:.2f} s, exact {exact:.2f} s, {ratio}")


def path(size: int, tasks: int) -> None:
    """Sixty lambdas from 0.99 lambda_max down, each from the one before, against each on its own."""
    noisy = Noisy.of(data(size, tasks))
    penalties = grid(noisy, 60)
    cold, _ = seconds(lambda: [fit(noisy, penalty) for penalty in penalties], 1)
    warm, fits = seconds(lambda: list(fit_path(noisy, penalties)), 1)
    worst = max(float(f.relative_gap) for f in fits)
    ratio = f"ratio {warm / cold:.2f}, worst gap {worst:.0e}"
    print(f"path, N = {size}, T = {tasks}: cold {cold:.2f} s, warm {warm:.2f} s, {ratio}")


def main(arguments: list[str]) -> None:
    """Print the table."""
    names = [
        "N",
        "T",
        "lambda",
        "kinks",
        "ours, certified",
        "gap",
        "Clarabel",
        "error",
        "ratio",
        "cvxpy + Clarabel",
        "ratio",
    ]
    print("| " + " | ".join(names) + " |")
    print("|" + "---|" * len(names))
    for size, tasks in ((1_000, 3), (10_000, 1), (10_000, 3)):
        for share in (None, 1e-3):
            compare(size, tasks, share, ROUNDS)
    if "--large" in arguments:
        compare(100_000, 3, None, 1)
    path(10_000, 3)
    path(10_000, 1)
    exact_million(1_000_000 if "--large" in arguments else 100_000)


if __name__ == "__main__":
    main(sys.argv[1:])
