"""The tube law: P(margin < e) behaves like e^(T-1); the exponent estimated from the smallest margins (statement O).

If P(margin < e) = C e^k for e below a threshold, the logarithms log(threshold / margin) of the margins below it are
exponential with rate k. Hill's estimator (Hill 1975) is the number of them over their sum, and the sum times k has a
gamma distribution, which gives an exact interval. That the law holds only as e -> 0 is not in the interval: the
threshold is the margin of a small share of the samples, and its bias shrinks with the share.
"""

import math
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy

from .frequency import Progress, chunk_size, chunk_source, chunks, spread
from .laws import Law

Array = Any

SHARE = 5e-4
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class TubeLaw:
    """The exponent k estimated from the `used` smallest of `samples` margins, with its confidence interval."""

    exponent: float
    lower: float
    upper: float
    threshold: float
    used: int
    samples: int


def margins(x: Array, y: Array) -> Array:
    """The margins of B datasets in double precision, not certified (statement N); x: (B, N), y: (B, N, T), N >= 4."""
    h = numpy.diff(x, axis=1)
    a, b, c = 1 / h[:, :-2], 1 / h[:, 1:-1], 1 / h[:, 2:]
    slopes = numpy.diff(y, axis=1) / h[..., None]
    d = numpy.diff(slopes, axis=1)
    u, v = d[:, :-1], d[:, 1:]
    a11, a12, a22 = (u * u).sum(2), (u * v).sum(2), (v * v).sum(2)
    g11, g12, g22 = 2 * (a * a + a * b + b * b), -b * (a + 2 * b + c), 2 * (b * b + b * c + c * c)
    det_g = g11 * g22 - g12 * g12
    # The eigenvalues of A H, the smaller one without cancellation; det A by Lagrange's identity would cost T^2.
    trace = (a11 * g22 - 2 * a12 * g12 + a22 * g11) / det_g
    determinant = numpy.maximum(a11 * a22 - a12 * a12, 0) / det_g
    root = numpy.sqrt(numpy.maximum(trace * trace - 4 * determinant, 0))
    total = trace + root
    inside = 2 * determinant / numpy.where(total > 0, total, 1)
    # At an end of the quadrant: only u, or only v, is kept.
    on_axis = numpy.minimum(a22 / g22, a11 / g11)
    return numpy.sqrt(numpy.where(_is_inside(a11, a12, a22, g11, g12, g22), inside, on_axis).min(axis=1))


def _is_inside(a11: Array, a12: Array, a22: Array, g11: Array, g12: Array, g22: Array) -> Array:
    """Whether rho -> |rho u - v|^2 / |rho B_1 - B_2|^2 has its minimum at a positive finite rho.

    Its derivative has the sign of alpha rho^2 + beta rho + gamma, which must be negative at 0 and positive at infinity.
    """
    return (a12 * g11 - a11 * g12 > 0) & (a22 * g12 - a12 * g22 < 0)


def tube_exponent(
    law: Law,
    samples: int,
    seed: int,
    share: float = SHARE,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> TubeLaw:
    """Estimate the exponent from the smallest `share` of the margins (at least 50 of them; ValueError if fewer)."""
    used = int(samples * share)
    if used < 50:
        raise ValueError(f"a share of {share} of {samples} samples leaves {used} margins: at least 50 are needed")
    jobs = ((law, seed, index, count, used) for index, count in enumerate(chunks(law, samples)))
    parts: Iterable[Any] = spread(_smallest, jobs, executor)
    if progress is not None:
        parts = progress(parts, -(-samples // chunk_size(law)))
    smallest = numpy.zeros(0)
    for part in parts:
        smallest = numpy.sort(numpy.concatenate([smallest, part]))[: used + 1]
    return _hill(smallest, samples)


def _smallest(job: tuple[Law, int, int, int, int]) -> Array:
    law, seed, index, count, used = job
    found = margins(*law.sample(chunk_source(seed, index), count))
    return numpy.sort(found)[: used + 1]


def _hill(smallest: Array, samples: int) -> TubeLaw:
    from scipy.stats import gamma

    threshold, below = float(smallest[-1]), smallest[:-1]
    if below[0] == 0:
        raise ValueError("some margins are 0: the labels have no density, and the tube law says nothing about them")
    total = math.fsum(math.log(threshold / margin) for margin in below)
    tail = (1 - CONFIDENCE) / 2
    lower, upper = (float(gamma.ppf(level, len(below))) / total for level in (tail, 1 - tail))
    return TubeLaw(len(below) / total, lower, upper, threshold, len(below), samples)
