"""The proved program against the standard-library checker of certificates, at several sizes, T = 3.

Run by `python benchmarks/verified.py [PROGRAM]` (build/reluproof-verified unless given, which `make verified` builds).
Processor time of whole processes, in turns; medians are printed as a Markdown table. Peak memory is the program's.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from series import TASKS, write_series

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
ROOT = Path(__file__).parents[1]
CHECKER = ROOT / "verify" / "checker.py"
PROGRAM = ROOT / "build" / "reluproof-verified"


def processor_seconds(command: list[str]) -> tuple[float, float]:
    """Processor time of one process, which has to succeed, and its peak memory in megabytes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} ended with status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))


def measured(folder: Path, size: int, program: str) -> str:
    """One row of the table."""
    data, certificate = folder / f"{size}.csv", folder / f"{size}.jsonl"
    write_series(data, size)
    write = [sys.executable, "-m", "reluproof.verify.cli", "check", str(data), "--certificate", str(certificate)]
    subprocess.run(write, check=True, stdout=subprocess.DEVNULL)
    judge = [sys.executable, "-I", "-S", str(CHECKER), str(certificate)]
    rounds = [[processor_seconds(command) for command in ([program, str(data)], judge)] for _ in range(ROUNDS)]
    proved, peak = (statistics.median(pair[0][i] for pair in rounds) for i in range(2))
    checker = statistics.median(pair[1][0] for pair in rounds)
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in rounds)
    cells = [f"{size:,}", f"{proved:.3g} s", f"{checker:.3g} s", f"{ratio:.3f}", f"{peak:.0f} MB"]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    program = sys.argv[1] if len(sys.argv) > 1 else str(PROGRAM)
    if not Path(program).is_file():
        raise SystemExit(f"{program} is not there: make verified builds it")
    print(f"| N (T = {TASKS}) | proved program | checker of certificates | program / checker | memory of the program |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            print(measured(Path(folder), size, program), flush=True)


if __name__ == "__main__":
    main()
