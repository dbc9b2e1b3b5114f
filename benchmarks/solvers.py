"""The optimal value by the package's solvers and by cvxpy on the dense ReLU dictionary, in one run.

`pip install reluproof[benchmark]` brings cvxpy and SCS; ECOS takes part if it is installed. All solve one program: the
ramps at the data points (both orientations for cvxpy, as papers of this field do), a free line, the Euclidean norm
across tasks. The error is relative to the theorem's value, known to 240 digits: negative, if no network is as cheap as
the value says. Times are medians, in turns.
"""

import math
import random
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.theory.optimum import cost_squares
from reluproof.theory.root_sum import enclose_roots
from reluproof.verify.solve.column_generation import solve_on_the_line
from reluproof.verify.solve.conic import Conic
from reluproof.verify.solve.interface import Solution
from reluproof.verify.solve.linear_algebra import Interior
from reluproof.verify.solve.program import Program, midpoints

SIZES = (10, 30, 100)
TASKS = 3
DIGITS = 30
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one method said: its value (exact rational) and its verdict in words."""

    value: fmpq | None
    verdict: str


Method = Callable[[Dataset], Outcome]


def dataset(size: int) -> Dataset:
    """Decimals with two places, irregular points."""
    rng = random.Random(size)
    points, place = [], 0
    for _ in range(size):
        place += rng.randint(1, 30)
        points.append(fmpq(place, 10))
    labels = [tuple([fmpq(rng.randint(-300, 300), 100) for _ in range(TASKS)]) for _ in points]
    return Dataset(tuple(points), tuple(labels))


def proved(solution: Solution) -> Outcome:
    """The upper end of the interval; the verdict says how narrow the interval is."""
    bounds = solution.bounds
    if bounds is None:
        return Outcome(None, solution.status)
    width = float(bounds.width / bounds.upper)
    return Outcome(bounds.upper, f"{solution.status}, proved within {width:.0e}")


def linear_algebra(data: Dataset) -> Outcome:
    """Solver 1: interior data points, exact."""
    return proved(Interior().solve(Program(data, data.points[1:-1]), DIGITS))


def conic(data: Dataset) -> Outcome:
    """Data points as candidates, Clarabel refined to DIGITS digits and proved."""
    return proved(Conic().solve(Program(data, data.points), DIGITS))


def adaptive(data: Dataset) -> Outcome:
    """Breakpoints anywhere on the line."""
    return proved(solve_on_the_line(Program(data, midpoints(data.points)), DIGITS))


def dictionary(solver: str) -> Method:
    """cvxpy on the dense dictionary with its default tolerances."""

    def solve(data: Dataset) -> Outcome:
        import cvxpy

        x = np.array([float(point) for point in data.points])
        y = np.array([[float(entry) for entry in label] for label in data.labels])
        ramps = np.hstack([np.maximum(x[:, None] - x, 0), np.maximum(x - x[:, None], 0)])
        kinks = cvxpy.Variable((ramps.shape[1], TASKS))
        slope, offset = cvxpy.Variable((1, TASKS)), cvxpy.Variable((1, TASKS))
        network = ramps @ kinks + x[:, None] @ slope + np.ones((len(x), 1)) @ offset
        problem = cvxpy.Problem(cvxpy.Minimize(cvxpy.sum(cvxpy.norm(kinks, 2, axis=1))), [network == y])
        try:
            problem.solve(solver=solver)
        except cvxpy.SolverError:
            return Outcome(None, "fails")
        if problem.value is None or not math.isfinite(problem.value):
            return Outcome(None, problem.status)
        return Outcome(fmpq(*float(problem.value).as_integer_ratio()), f"says {problem.status}")

    return solve


def methods() -> dict[str, Method]:
    """Ours, and cvxpy's solvers as far as they are installed."""
    found: dict[str, Method] = {
        "reluproof, exact linear algebra": linear_algebra,
        "reluproof, conic to 30 digits": conic,
        "reluproof, adaptive to 30 digits": adaptive,
    }
    try:
        import cvxpy
    except ImportError:
        print("cvxpy is not installed: pip install reluproof[benchmark]\n")
        return found
    installed = [solver for solver in ("CLARABEL", "ECOS", "SCS") if solver in cvxpy.installed_solvers()]
    return found | {f"cvxpy, {solver}": dictionary(solver) for solver in installed}


def measured(method: Method, data: Dataset) -> tuple[float, Outcome]:
    """Wall time and outcome of one call."""
    start = time.perf_counter()
    outcome = method(data)
    return time.perf_counter() - start, outcome


def row(name: str, size: int, rounds: list[tuple[float, Outcome]], theorem: fmpq) -> str:
    """One line of the table."""
    outcome = rounds[-1][1]
    value, error = "none", "none"
    if outcome.value is not None:
        value = f"{float(outcome.value):.9g}"
        error = f"{float((outcome.value - theorem) / theorem):+.0e}"
    seconds = statistics.median(duration for duration, _ in rounds)
    return f"| {size} | {name} | {value} | {error} | {seconds * 1000:.3g} ms | {outcome.verdict} |"


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")  # cvxpy warns where it reports an inaccurate solution; the table says so itself
    print(f"| N (T = {TASKS}) | method | value | relative error | time | verdict |")
    print("|---|---|---|---|---|---|")
    found = methods()
    for size in SIZES:
        data = dataset(size)
        theorem = enclose_roots(cost_squares(data), 800).upper
        turns = [{name: measured(method, data) for name, method in found.items()} for _ in range(ROUNDS)]
        for name in found:
            print(row(name, size, [turn[name] for turn in turns], theorem), flush=True)


if __name__ == "__main__":
    main()
