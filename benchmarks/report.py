"""Time of a report against checking the same file, and its size. Needs the extra `plots`: python benchmarks/report.py

CPU times in one process and in turns; medians of the ratios, and the bytes of the page, as a Markdown table.
"""

import statistics
import tempfile
import time
from pathlib import Path

from reluproof.verify.check import check
from reluproof.verify.page import report_page
from reluproof.verify.reading import read
from series import TASKS, write_series

ROUNDS = {200: 5, 10_000: 5, 100_000: 1}


def times(path: Path) -> tuple[float, float, int]:
    """CPU seconds of reading and checking, CPU seconds of that and the page, bytes of the page."""
    start = time.process_time()
    findings = check(read(str(path)))
    checked = time.process_time()
    page = report_page(findings)
    return checked - start, time.process_time() - start, len(page.encode())


def main() -> None:
    """Print the table."""
    print(f"| N (T = {TASKS}) | check | report | report / check | size |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.csv"
        for size, rounds in ROUNDS.items():
            write_series(path, size)
            if size == min(ROUNDS):
                times(path)  # what is imported first counts nowhere
            found = [times(path) for _ in range(rounds)]
            checked, reported = (statistics.median(column) for column in list(zip(*found, strict=True))[:2])
            ratio = statistics.median(whole / part for part, whole, _ in found)
            print(f"| {size:,} | {checked:.3g} s | {reported:.3g} s | {ratio:.1f} | {found[0][2] / 1e6:.2f} MB |")


if __name__ == "__main__":
    main()
