"""The data that the benchmarks of the main job share."""

import random
from pathlib import Path

TASKS = 3


def write_series(path: Path, size: int) -> None:
    """Decimal CSV with irregular points (3 decimals) and Gaussian labels (6 decimals)."""
    source = random.Random(size)
    with path.open("w") as file:
        for i in range(size):
            labels = ",".join(f"{source.gauss(0, 1):.6f}" for _ in range(TASKS))
            file.write(f"{i}.{source.randrange(1000):03d},{labels}\n")
