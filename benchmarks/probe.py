"""Time of `probe` against that of numpy generating the same labels. Run by `make benchmark`.

In turns in one process, Gaussian labels at equally spaced points; medians of the ratios as a Markdown table.
"""

import statistics
import time
from collections.abc import Callable

from reluproof.verify.probe import LabelLaw, Law, PointLaw, probe
from reluproof.verify.probe.frequency import chunk_size, chunk_source

SIZES = (4, 8, 16, 64)
TASKS = 2
LABELS = 8_000_000
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def generate(law: Law, samples: int) -> None:
    """The labels that `probe` draws, in the same chunks."""
    step = chunk_size(law)
    for index, start in enumerate(range(0, samples, step)):
        chunk_source(0, index).standard_normal((min(step, samples - start), law.size, law.tasks))


def main() -> None:
    """Print the table."""
    print(f"| N (T = {TASKS}) | datasets | numpy generates | probe | ratio | datasets per second |")
    print("|---|---|---|---|---|---|")
    for size in SIZES:
        law, samples = Law(LabelLaw("gaussian"), PointLaw("equal"), size, TASKS), LABELS // (size * TASKS)
        works = (lambda law=law, n=samples: generate(law, n)), (lambda law=law, n=samples: probe(law, n, 0))
        rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
        drawn, probed = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratio = statistics.median(b / a for a, b in rounds)
        print(f"| {size} | {samples:,} | {drawn:.3g} s | {probed:.3g} s | {ratio:.2f} | {samples / probed:,.0f} |")


if __name__ == "__main__":
    main()
