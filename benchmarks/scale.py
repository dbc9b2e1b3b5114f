"""Exact decisions at array speed against the naive test with a tolerance and against one read of the arrays.

Run by `python benchmarks/scale.py [N]` (N = 10^7 unless given). All are measured in one process, in turn, so that
the ratios do not depend on how busy the machine is; medians are printed as Markdown tables.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy
from naive import aligned_windows
from reluproof.verify.arrays import decide, enclose
from reluproof.verify.arrays.files import decide_file
from reluproof.verify.check import check

ROUNDS = 5
CSV_SIZES = (1_000, 10_000, 100_000, 1_000_000)
LARGEST_CHECK = 100_000
MEMORY = """
import re, sys, numpy
from reluproof.verify.arrays import decide
status = lambda key: int(re.search(key + r":\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1024
x, y = (numpy.load(name) for name in sys.argv[1:3])
decide(x[:100_000], y[:100_000])
x.sum() + y.sum()
before = status("VmRSS")
open("/proc/self/clear_refs", "w").write("5")
decide(x, y)
print(status("VmHWM") - before)
"""


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def gaussian(size: int, tasks: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Gaussian labels on random points, in order."""
    source = numpy.random.default_rng(tasks)
    return numpy.sort(source.random(size)) * size, source.normal(size=(size, tasks))


def with_ties(y: numpy.ndarray) -> numpy.ndarray:
    """1 % of the windows made ties, labels a, b, b, a; every other one is then off by one unit in the last place."""
    y = y.copy()
    starts = numpy.arange(50, len(y) - 10, 100)
    y[starts + 3], y[starts + 2] = y[starts], y[starts + 1]
    off = starts[::2] + 2
    y[off, 0] = numpy.nextafter(y[off, 0], numpy.inf)
    return y


def extra_memory(x: numpy.ndarray, y: numpy.ndarray) -> float:
    """MiB of resident memory that deciding adds at its peak, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / name) for name in ("x.npy", "y.npy")]
        numpy.save(paths[0], x)
        numpy.save(paths[1], y)
        command = [sys.executable, "-c", MEMORY, *paths]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def compare(x: numpy.ndarray, y: numpy.ndarray, enclosures: bool) -> str:
    """One row of the table."""
    works = [lambda: x.sum() + y.sum(), lambda: aligned_windows(x, y), lambda: decide(x, y)]
    if enclosures:
        works.append(lambda: enclose(x, y, decide(x, y)))
    rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    read, naive, exact, *bounds = (statistics.median(column) for column in zip(*rounds, strict=True))
    to_naive = statistics.median(row[2] / row[1] for row in rounds)
    to_read = statistics.median(row[2] / row[0] for row in rounds)
    with_bounds = f"{bounds[0]:.2f} s" if bounds else ""
    found = decide(x, y)
    late = found.stages.window + found.stages.modular + found.stages.exact
    return (
        f"| {read:.3f} s | {naive:.3f} s | {exact:.3f} s | {to_naive:.2f} | {to_read:.1f} | {with_bounds} | "
        f"{late:,} | {aligned_windows(x, y):,} | {int((found.last - found.first).sum()):,} |"
    )


def decisions(size: int) -> None:
    """Items 1 and 2: Gaussian labels, then ties and near-ties."""
    print(f"N = {size:,}\n")
    print("| T | labels | one read | naive | exact | exact / naive | exact / read | with enclosures", end=" ")
    print("| open after the block | aligned, naive | aligned |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for tasks in (2, 3, 8):
        x, y = gaussian(size, tasks)
        print(f"| {tasks} | Gaussian {compare(x, y, enclosures=True)}", flush=True)
        print(f"| {tasks} | 1 % ties {compare(x, with_ties(y), enclosures=False)}", flush=True)
    x, y = gaussian(size, 3)
    plain, tied = extra_memory(x, y), extra_memory(x, with_ties(y))
    print(f"\nmemory beyond the arrays, T = 3: {plain:.1f} MiB; with ties {tied:.1f} MiB")


def tables() -> None:
    """Item 3: decimals in a CSV file, T = 3."""
    print("\n| N (T = 3, CSV) | verdict, s | per point, us | check, s | per point, us |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in CSV_SIZES:
            path = Path(folder) / f"{size}.csv"
            x, y = gaussian(size, 3)
            table = numpy.column_stack([numpy.arange(size) + numpy.floor(x % 1 * 1000) / 1000, y])
            numpy.savetxt(path, table, fmt=["%.3f", "%.6f", "%.6f", "%.6f"], delimiter=",")
            verdict = statistics.median(seconds(lambda: decide_file(path)) for _ in range(ROUNDS))  # noqa: B023
            row = [size, verdict, verdict / size * 1e6]
            if size <= LARGEST_CHECK:
                whole = seconds(lambda: check(path))  # noqa: B023
                row += [whole, whole / size * 1e6]
            print("| " + " | ".join(f"{value:,.3g}" for value in row) + " |", flush=True)


if __name__ == "__main__":
    decisions(int(float(sys.argv[1])) if len(sys.argv) > 1 else 10**7)
    tables()
