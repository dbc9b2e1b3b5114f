"""What a user would pick instead, on the same data in the same run.

Peers are optional: pip install cvxpy scikit-learn splineops. Run by `python benchmarks/peers.py`; medians are printed
as Markdown tables. Times are of building and solving; values are compared with the exact enclosure.
"""

import statistics
import time
import warnings
from collections.abc import Callable

import cvxpy
import numpy
from naive import aligned_windows
from reluproof.theory.alignment import is_unique
from reluproof.theory.dataset import Dataset
from reluproof.theory.numbers import rational
from reluproof.verify.arrays import decide, enclose
from reluproof.verify.check import check
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import MultiTaskLasso
from splineops.adaptive_regression_splines.sparsification import sparsest_interpolant

ROUNDS = 3
SIZES = (20, 100, 1_000, 10_000)
LARGEST_DENSE = 200
SEEN = 1e-6


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, object]:
    """Median wall time, and the value."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        value = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), value


def ours(x: numpy.ndarray, y: numpy.ndarray) -> tuple[bool, float]:
    """Verdict and value: whether the optimum is unique, and a float within the enclosure of the cost."""
    found = decide(x, y)
    cost = enclose(x, y, found).cost
    middle = (cost.lower + cost.upper) / 2
    return found.unique, int(middle.p) / int(middle.q)


def second_differences(x: numpy.ndarray) -> sparse.csr_matrix:
    """The (N - 2) x N matrix of kinks."""
    inverse = 1 / numpy.diff(x)
    rows = [inverse[:-1], -inverse[:-1] - inverse[1:], inverse[1:]]
    return sparse.diags(rows, [0, 1, 2], shape=(len(x) - 2, len(x)), format="csr")


def clarabel_sparse(x: numpy.ndarray, y: numpy.ndarray) -> float:
    """The best sparse form: only the kinks at the data points, which the labels fix."""
    kinks = cvxpy.Variable((len(x) - 2, y.shape[1]))
    cost = cvxpy.sum(cvxpy.norm(kinks, 2, axis=1))
    return float(cvxpy.Problem(cvxpy.Minimize(cost), [kinks == second_differences(x) @ y]).solve(solver=cvxpy.CLARABEL))


def clarabel_kinks(x: numpy.ndarray, y: numpy.ndarray) -> numpy.ndarray:
    """Lengths of the kinks of Clarabel's optimum with knots at the interior data points (0, 2, ...) and midpoints."""
    grid = numpy.sort(numpy.concatenate([x, (x[1:] + x[:-1]) / 2]))
    values = cvxpy.Variable((len(grid), y.shape[1]))
    kinks = second_differences(grid) @ values
    problem = cvxpy.Problem(cvxpy.Minimize(cvxpy.sum(cvxpy.norm(kinks, 2, axis=1))), [values[::2] == y])
    problem.solve(solver=cvxpy.CLARABEL)
    return numpy.linalg.norm(second_differences(grid) @ values.value, axis=1)[1:-1]


def dictionary(x: numpy.ndarray) -> numpy.ndarray:
    """The dense ReLU features (x - t)_+ with knots at the data points but the last."""
    return numpy.maximum(x[:, None] - x[None, :-1], 0)


def clarabel_dense(x: numpy.ndarray, y: numpy.ndarray) -> float:
    """Group norm of output weights over the dense dictionary, with a free affine part."""
    features = dictionary(x)[:, 1:]
    weights, slope = cvxpy.Variable((len(x) - 2, y.shape[1])), cvxpy.Variable((1, y.shape[1]))
    offset = cvxpy.Variable((1, y.shape[1]))
    fit = features @ weights + x[:, None] @ slope + numpy.ones((len(x), 1)) @ offset
    problem = cvxpy.Problem(cvxpy.Minimize(cvxpy.sum(cvxpy.norm(weights, 2, axis=1))), [fit == y])
    return float(problem.solve(solver=cvxpy.CLARABEL))


def multi_task_lasso(x: numpy.ndarray, y: numpy.ndarray) -> float:
    """The group norm that scikit-learn reaches on the dictionary with a small penalty; the affine part is penalised."""
    features = dictionary(x)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = MultiTaskLasso(alpha=1e-6, max_iter=20_000, tol=1e-10).fit(features, y)
    return float(numpy.linalg.norm(model.coef_[:, 1:], axis=0).sum())


def attempt(work: Callable[[], float]) -> tuple[float, float]:
    """Seconds and value; nan where the peer gives up."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            taken, value = timed(work)
        return taken, float(value)  # type: ignore[arg-type]
    except (cvxpy.error.SolverError, ValueError, ArithmeticError, TypeError):
        return float("nan"), float("nan")


def values() -> None:
    """Time and error of the optimal value, T = 3."""
    print("| N (T = 3) | exact: verdict and value | Clarabel, sparse | Clarabel, dense | MultiTaskLasso |", end=" ")
    print("Clarabel's sparse time / ours |\n|---|---|---|---|---|---|")
    for size in SIZES:
        source = numpy.random.default_rng(size)
        x, y = numpy.sort(source.random(size)) * size, source.normal(size=(size, 3))
        our_time, (unique, cost) = timed(lambda: ours(x, y), 9)  # noqa: B023
        assert unique
        cells, ratio = [], float("nan")
        for peer in (clarabel_sparse, clarabel_dense, multi_task_lasso):
            if peer is not clarabel_sparse and size > LARGEST_DENSE:
                cells.append("not tried")
                continue
            taken, value = attempt(lambda: peer(x, y))  # noqa: B023
            if peer is clarabel_sparse:
                ratio = taken / our_time
            error = abs(value - cost) / cost
            cells.append("fails" if numpy.isnan(value) else f"{taken * 1e3:.3g} ms, relative error {error:.1e}")
        print(f"| {size:,} | {our_time * 1e3:.3g} ms | {' | '.join(cells)} | {ratio:.0f} |", flush=True)


def uniqueness() -> None:
    """200 sets, N = 8, T = 3: exactly degenerate (labels a, b, b, a), and then off by 1e-9 ... 1e-13.

    Clarabel's iterates end inside the set of its optima, so a set is read as unique iff no knot between two data points
    has more than SEEN of the whole kink.
    """
    source = numpy.random.default_rng(5)
    right = {"exact": [0, 0], "naive numpy, 1e-12": [0, 0], f"Clarabel, read at {SEEN}": [0, 0]}
    for _ in range(200):
        x, y = numpy.cumsum(1.0 + source.integers(0, 4, 8)), source.integers(-9, 10, (8, 3)).astype(float)
        y[5], y[4] = y[2], y[3]
        near = y.copy()
        near[4, 0] += 10.0 ** -source.integers(9, 14)
        for column, labels in enumerate((y, near)):
            truth = is_unique(Dataset.from_arrays(x, labels))
            kinks = clarabel_kinks(x, labels)
            read = bool(kinks[1::2].max() <= SEEN * kinks.sum()) if len(kinks) else None
            answers = decide(x, labels).unique, aligned_windows(x, labels) == 0, read
            for name, answer in zip(right, answers, strict=True):
                right[name][column] += answer == truth
    print("\n| right on | degenerate (200) | off by 1e-9 ... 1e-13 (200) |\n|---|---|---|")
    for name, (degenerate, near_by) in right.items():
        print(f"| {name} | {degenerate} | {near_by} |")


def knots() -> None:
    """T = 1: the fewest knots by splineops' sparsest interpolant, on the inputs on which it fails."""
    print("\n| x | y | fewest knots, exact | splineops |\n|---|---|---|---|")
    for x, y in (
        (range(7), (0, 0, -1, -3, -5, -8, -12)),
        ((0, 1, 10**6), (0, 0, "8.99999")),
        (range(7), ("0", "0", "-1e-6", "-3e-6", "-5e-6", "-8e-6", "-12e-6")),
    ):
        data = Dataset.from_fractions(list(x), list(y))
        floats = numpy.array([float(v) for v in x]), numpy.array([int(q.p) / int(q.q) for q in map(rational, y)])
        exact = check(data).sparsest
        places, _amplitudes, _affine = sparsest_interpolant(*floats)
        sparsest = f"{exact.width} at {', '.join(map(str, exact.spline.knots))}"
        theirs = f"{len(places)} at {', '.join(f'{place:g}' for place in places)}" if len(places) else "0"
        print(f"| {', '.join(map(str, x))} | {', '.join(map(str, y))} | {sparsest} | {theirs} |")


if __name__ == "__main__":
    values()
    uniqueness()
    knots()
