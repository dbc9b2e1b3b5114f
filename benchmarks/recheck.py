"""Certificates: time of `recheck` against `check`, size and peak memory, and how they grow with N. By `make benchmark`.

Whole processes are timed, in turns: the command line as a user runs it. Medians are printed as a Markdown table.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from series import TASKS, write_series

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
ROOT = Path(__file__).parents[1]
CHECKER = ROOT / "verify" / "checker.py"


def seconds(command: list[str]) -> float:
    """Wall time of one process, which has to succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def peak_megabytes(command: list[str]) -> float:
    """Peak memory of one process, by a parent that has no other child."""
    watch = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    found = subprocess.run([sys.executable, "-c", watch, *command], check=True, capture_output=True, text=True)
    return int(found.stdout) / (1 << (20 if sys.platform == "darwin" else 10))  # bytes on macOS, else kilobytes


def measured(folder: Path, size: int) -> str:
    """One row of the table."""
    data, certificate = folder / f"{size}.csv", folder / f"{size}.jsonl"
    write_series(data, size)
    write = [sys.executable, "-m", "reluproof.verify.cli", "check", str(data), "--certificate", str(certificate)]
    plain, judge = write[:-2], [sys.executable, "-I", "-S", str(CHECKER), str(certificate)]
    rounds = [[seconds(command) for command in (plain, write, judge)] for _ in range(ROUNDS)]
    check, both, recheck = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(times[2] / times[0] for times in rounds)
    size_per_point, peak = certificate.stat().st_size / size, peak_megabytes(judge)
    cells = [f"{size:,}", f"{check:.3g} s", f"{both:.3g} s", f"{recheck:.3g} s", f"{ratio:.2f}"]
    return "| " + " | ".join([*cells, f"{size_per_point:.0f} bytes", f"{peak:.0f} MB"]) + " |"


def main() -> None:
    """Print the table."""
    print(f"| N (T = {TASKS}) | check | check --certificate | recheck | recheck / check | size per point | memory |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            print(measured(Path(folder), size), flush=True)


if __name__ == "__main__":
    main()
