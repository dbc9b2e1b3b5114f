"""What a careful user would write: slopes, kinks and all cross products in numpy, compared with a tolerance.

The yardstick of benchmarks/scale.py; it stays as it is. It is wrong on ties that rounding hides and on near-ties.
"""

import numpy

TOLERANCE = 1e-12
BLOCK = 8192


def aligned_windows(x: numpy.ndarray, y: numpy.ndarray, block: int = BLOCK) -> int:
    """The number of neighbouring kinks that look aligned; x of shape (N,), y of shape (N, T)."""
    return sum(_in_block(x[i : i + block + 3], y[i : i + block + 3]) for i in range(0, len(x) - 3, block))


def _in_block(x: numpy.ndarray, y: numpy.ndarray) -> int:
    slopes = numpy.diff(y, axis=0) / numpy.diff(x)[:, None]
    kinks = numpy.diff(slopes, axis=0)
    left, right = kinks[:-1], kinks[1:]
    aligned = (left * right).sum(axis=1) > 0
    for p in range(y.shape[1]):
        for q in range(p + 1, y.shape[1]):
            one, other = left[:, p] * right[:, q], left[:, q] * right[:, p]
            aligned &= numpy.abs(one - other) <= TOLERANCE * (numpy.abs(one) + numpy.abs(other))
    return int(numpy.count_nonzero(aligned))
