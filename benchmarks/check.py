"""Time of the main job against reading the same file, its growth with N, and its memory. Run by `make benchmark`.

CPU times, all in one process and in turns, so that the ratios do not depend on how busy the machine is; medians are
printed as a Markdown table. The file is read in two ways: by `csv` and `fractions.Fraction`, as one would without this
package, and by the package itself, which parses plain decimals about twice as fast. Memory is the resident peak of a
process of its own that checks one file, on Linux; `python benchmarks/check.py --large` adds 10^6 points to it.
"""

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from reluproof.verify.check import check
from reluproof.verify.reading import read
from series import TASKS, write_series

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 7
PEAK = """
import re, sys
from reluproof.verify.check import check
check(sys.argv[1])
print(int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""


def plainly(path: Path) -> list[list[Fraction]]:
    """The file as rows of exact rationals, by the standard library."""
    with path.open(newline="") as file:
        return [[Fraction(cell) for cell in row] for row in csv.reader(file)]


def seconds(work: Callable[[Path], object], path: Path) -> float:
    """CPU time of one call."""
    start = time.process_time()
    work(path)
    return time.process_time() - start


def peak(path: Path) -> float:
    """MiB of resident memory of a process that checks the file, at its peak."""
    command = [sys.executable, "-c", PEAK, str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the table, the growth and the memory."""
    works, rows, per_size = (plainly, read, check), [], {}
    memory = [*SIZES[1:], *([1_000_000] if "--large" in sys.argv[1:] else [])]
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.csv" for size in {*SIZES, *memory}}
        for size, path in paths.items():
            write_series(path, size)
        check(paths[SIZES[1]])  # what is imported for long data only counts nowhere
        for size in SIZES:
            rounds = [[seconds(work, paths[size]) for work in works] for _ in range(ROUNDS)]
            medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
            ratios = [statistics.median(times[2] / times[way] for times in rounds) for way in (0, 1)]
            per_size[size] = medians[2]
            cells = [f"{size:,}", *(f"{value:.3g} s" for value in medians), *(f"{ratio:.1f}" for ratio in ratios)]
            rows.append("| " + " | ".join(cells) + " |")
        peaks = [f"{peak(paths[size]):,.0f} MiB at N = {size:,}" for size in memory]
    print(f"| N (T = {TASKS}) | csv + Fraction | read | check | check / (csv + Fraction) | check / read |")
    print("|---|---|---|---|---|---|")
    print("\n".join(rows))
    print(f"\ntime of check: N = 100,000 / N = 10,000 = {per_size[100_000] / per_size[10_000]:.1f}")
    print(f"resident memory of check at its peak: {', '.join(peaks)}")


if __name__ == "__main__":
    main()
