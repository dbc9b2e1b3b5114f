"""How long a judgement takes: CPU seconds against the width, and against the number of points."""

import time

import numpy
from reluproof import Dataset, ReLUNetwork, judge

SIZES = ((200, 200), (2_000, 2_000), (20_000, 20_000), (100_000, 1_000), (1_000, 100_000), (100_000, 100_000))
TASKS = 3


def random_case(points, width):
    """A dataset and a network of float32 weights."""
    source = numpy.random.default_rng(points + width)
    x, y = numpy.sort(source.normal(size=points)), source.normal(size=(points, TASKS))
    shapes = {"0.weight": (width, 1), "0.bias": width, "2.weight": (TASKS, width), "2.bias": TASKS}
    layers = {name: source.normal(size=shape).astype(numpy.float32) for name, shape in shapes.items()}
    return Dataset.from_arrays(x, y), ReLUNetwork.from_state_dict(layers)


def main():
    """Print one line per size."""
    print(f"{'points':>8} {'width':>8} {'CPU s':>8} {'us per point and neuron':>24}")
    for points, width in SIZES:
        data, network = random_case(points, width)
        started = time.process_time()
        judge(data, network)
        taken = time.process_time() - started
        print(f"{points:>8} {width:>8} {taken:>8.3f} {1e6 * taken / (points + width):>24.1f}")


if __name__ == "__main__":
    main()
