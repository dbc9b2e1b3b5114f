"""Uniqueness under the three coupling norms across tasks, for batches of float64 datasets, exactly.

l2: the array-speed decision. l1 decouples: non-unique iff some task alone is. l-infinity: a pair is non-unique iff both
kinks are nonzero and no coordinate is maximal in both with opposite signs; floating point decides where its error is
certainly too small to matter, exact rationals elsewhere.
"""

from itertools import pairwise
from typing import Any, Literal

import numpy

from ...theory.dataset import Dataset
from ...theory.numbers import Vector, sign
from ...theory.optimum import kinks
from ...theory.vectors import is_zero_vector
from ..arrays import decide_batch

Array = Any
Coupling = Literal["l2", "l1", "linf"]

ROUNDING = 2.0**-48
"""Times the sum of the absolute terms: more than the error of a scaled kink (eight roundings of 2^-53 each)."""

EXACT = 2.0**52
"""Integers whose products and differences stay below are computed without rounding."""


def unique(x: Array, y: Array, coupling: Coupling) -> Array:
    """For each of B datasets, x of shape (B, N) and y of shape (B, N, T), whether the optimum is unique."""
    if coupling == "l2":
        return decide_batch(x, y).unique
    if coupling == "l1":
        count, size, tasks = y.shape
        alone = numpy.ascontiguousarray(y.transpose(0, 2, 1)).reshape(-1, size, 1)
        return decide_batch(numpy.repeat(x, tasks, axis=0), alone).unique.reshape(count, tasks).all(axis=1)
    return _unique_linf(x, y)


def _unique_linf(x: Array, y: Array) -> Array:
    gaps, rises = numpy.diff(x, axis=1)[..., None], numpy.diff(y, axis=1)
    one, two = gaps[:, :-1] * rises[:, 1:], gaps[:, 1:] * rises[:, :-1]
    scaled, size = one - two, numpy.abs(one) + numpy.abs(two)
    # Differences of labels may themselves be rounded: count the labels, not only their differences.
    spread = numpy.abs(y[:, :-1]) + numpy.abs(y[:, 1:])
    size = size + gaps[:, :-1] * spread[:, 1:] + gaps[:, 1:] * spread[:, :-1]
    if size.max(initial=0) < EXACT and _whole(x) and _whole(y):
        return _unique_by_exact_kinks(scaled)
    error = ROUNDING * size.max(axis=2, keepdims=True)
    length = numpy.abs(scaled)
    top = length.max(axis=2, keepdims=True)
    # The maximum is certain where the runner-up is farther below it than two errors, and it is itself beyond them.
    certain = ((length > top - 4 * error).sum(axis=2) == 1) & (top[..., 0] > 4 * error[..., 0])
    place = length.argmax(axis=2)
    positive = numpy.take_along_axis(scaled, place[..., None], axis=2)[..., 0] > 0
    opposite = (place[:, :-1] == place[:, 1:]) & (positive[:, :-1] != positive[:, 1:])
    known = certain.all(axis=1)
    found = opposite.all(axis=1)
    for index in numpy.flatnonzero(~known):
        found[index] = _unique_linf_exactly(Dataset.from_arrays(x[index], y[index]))
    return found


def _whole(values: Array) -> bool:
    return bool((values == numpy.rint(values)).all())


def _unique_by_exact_kinks(scaled: Array) -> Array:
    """From positive multiples of the kinks, shape (B, N - 2, T), that no rounding has touched."""
    length = numpy.abs(scaled)
    top = length.max(axis=2, keepdims=True)
    highest = numpy.where(length == top, numpy.sign(scaled), 0)  # 0 throughout where the kink is zero
    opposite = (highest[:, :-1] * highest[:, 1:] < 0).any(axis=2)
    zero = top[..., 0] == 0
    found: Array = (opposite | zero[:, :-1] | zero[:, 1:]).all(axis=1)
    return found


def _unique_linf_exactly(data: Dataset) -> bool:
    of_data = kinks(data)
    return all(_apart(u, v) for u, v in pairwise(of_data))


def _apart(u: Vector, v: Vector) -> bool:
    """Whether a kink is zero, or some coordinate is maximal in both with opposite signs."""
    if is_zero_vector(u) or is_zero_vector(v):
        return True
    top_u, top_v = max(map(abs, u)), max(map(abs, v))
    return any(abs(a) == top_u and abs(b) == top_v and sign(a) * sign(b) < 0 for a, b in zip(u, v, strict=True))
