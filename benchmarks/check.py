"""Time of the main job against reading the same file, and its growth with N. Run by `make benchmark`.

Everything is measured in one process, alternating between the two, so that the ratios do not depend on how busy the
machine is; medians are printed as a Markdown table.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reluproof.verify.check import check
from reluproof.verify.reading import read

SIZES = (1_000, 10_000, 100_000)
TASKS = 3
ROUNDS = 5


def write_series(path: Path, size: int) -> None:
    """Decimal CSV with irregular points (3 decimals) and Gaussian labels (6 decimals)."""
    source = random.Random(size)
    with path.open("w") as file:
        for i in range(size):
            labels = ",".join(f"{source.gauss(0, 1):.6f}" for _ in range(TASKS))
            file.write(f"{i}.{source.randrange(1000):03d},{labels}\n")


def seconds(work: Callable[[Path], object], path: Path) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    rows, per_size = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.csv"
            write_series(path, size)
            pairs = [(seconds(read, path), seconds(check, path)) for _ in range(ROUNDS)]
            reading, checking = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(whole / part for part, whole in pairs)
            per_size[size] = checking
            rows.append(f"| {size:,} | {reading:.3g} s | {checking:.3g} s | {ratio:.1f} |")
    print("| N (T = 3) | read exactly | check | check / read |\n|---|---|---|---|")
    print("\n".join(rows))
    print(f"\ntime(N = 100,000) / time(N = 10,000) = {per_size[100_000] / per_size[10_000]:.1f}")


if __name__ == "__main__":
    main()
