"""Time of the main job against reading the same file, and its growth with N. Run by `make benchmark`.

Everything is measured in one process, in turns, so that the ratios do not depend on how busy the machine is; medians
are printed as a Markdown table. The file is read in two ways: by `csv` and `fractions.Fraction`, as one would without
this package, and by the package itself, which parses plain decimals about twice as fast.
"""

import csv
import statistics
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


def plainly(path: Path) -> list[list[Fraction]]:
    """The file as rows of exact rationals, by the standard library."""
    with path.open(newline="") as file:
        return [[Fraction(cell) for cell in row] for row in csv.reader(file)]


def seconds(work: Callable[[Path], object], path: Path) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    works, rows, per_size = (plainly, read, check), [], {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.csv"
            write_series(path, size)
            rounds = [[seconds(work, path) for work in works] for _ in range(ROUNDS)]
            medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
            ratios = [statistics.median(times[2] / times[way] for times in rounds) for way in (0, 1)]
            per_size[size] = medians[2]
            cells = [f"{size:,}", *(f"{value:.3g} s" for value in medians), *(f"{ratio:.1f}" for ratio in ratios)]
            rows.append("| " + " | ".join(cells) + " |")
    print(f"| N (T = {TASKS}) | csv + Fraction | read | check | check / (csv + Fraction) | check / read |")
    print("|---|---|---|---|---|---|")
    print("\n".join(rows))
    print(f"\ntime of check: N = 100,000 / N = 10,000 = {per_size[100_000] / per_size[10_000]:.1f}")


if __name__ == "__main__":
    main()
