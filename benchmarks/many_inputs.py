"""Two inputs: time of the whole certified answer against the number of points, beside Clarabel's semidefinite program.

python benchmarks/many_inputs.py [--long]. CPU seconds, one thread where the libraries allow it (OMP_NUM_THREADS=1).
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import random
import sys
import time

from flint import fmpq
from reluproof.theory.labelled_points import LabelledPoints
from reluproof.verify.many_inputs.optimum import solve_optimum
from reluproof.verify.many_inputs.problem import state
from reluproof.verify.many_inputs.semidefinite import MOST_POINTS, semidefinite_value

SIZES = ((8, 101), (12, 100), (20, 100), (30, 100), (40, 100))
LONG = ((60, 100), (40, 3), (100, 3))


def gaussian(size: int, tasks: int) -> LabelledPoints:
    """Points and labels normal, as the binary floats that they are."""
    rng = random.Random(size)

    def row(length: int) -> tuple[fmpq, ...]:
        return tuple([fmpq(*rng.gauss(0, 1).as_integer_ratio()) for _ in range(length)])

    return LabelledPoints(tuple([row(2) for _ in range(size)]), tuple([row(tasks) for _ in range(size)]))


def main() -> None:
    """One line per size."""
    print(f"{'N':>4} {'T':>4} {'answer':>9} {'gap':>8} {'unique':>10} {'Clarabel':>9} {'its error':>10}")
    for size, tasks in SIZES + (LONG if "--long" in sys.argv else ()):
        data = gaussian(size, tasks)
        start = time.process_time()
        found = solve_optimum(data)
        spent = time.process_time() - start
        if found is None:
            print(f"{size:4} {tasks:4} {spent:8.2f}s   no answer")
            continue
        gap = int(found.relative_gap.p) / int(found.relative_gap.q)
        verdict = {True: "yes", False: "no", None: "undecided"}[found.unique]
        print(
            f"{size:4} {tasks:4} {spent:8.2f}s {gap:8.0e} {verdict:>10} {clarabel(data, found.cost.upper)}", flush=True
        )


def clarabel(data: LabelledPoints, cost: fmpq) -> str:
    """CPU seconds of the semidefinite program, and how far its value is from the certified cost."""
    problem = state(data)
    if problem is None or data.size > MOST_POINTS:
        return ""
    start = time.process_time()
    value = semidefinite_value(problem)
    spent = time.process_time() - start
    unit = problem.cost_unit / cost
    return "failed" if value is None else f"{spent:8.2f}s {abs(value * int(unit.p) / int(unit.q) - 1):10.0e}"


if __name__ == "__main__":
    main()
