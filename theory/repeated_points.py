"""Repeated points: the weighted mean label with the sum of the weights fits like all of them, up to a constant."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from .numbers import ZERO, ExactRepr, Vector, canonicalise
from .vectors import add, scale, squared_length, subtract, zero


@dataclass(frozen=True, slots=True, repr=False)
class Merged(ExactRepr):
    """Distinct increasing points with mean labels and summed weights; scatter: what P loses, 1/2 sum w |y - mean|^2."""

    points: Vector
    labels: tuple[Vector, ...]
    weights: Vector
    scatter: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "points", "labels", "weights", "scatter")


def merge_repeated(points: Sequence[fmpq], labels: Sequence[Vector], weights: Sequence[fmpq]) -> Merged:
    """Merge points that do not decrease; sum_i w_i |y_i - z|^2 = (sum w) |mean - z|^2 + sum_i w_i |y_i - mean|^2.

    >>> merge_repeated([fmpq(0), fmpq(0), fmpq(1)], [(fmpq(1),), (fmpq(3),), (fmpq(5),)], [fmpq(1)] * 3)
    Merged(points=(0, 1), labels=((2,), (5,)), weights=(2, 1), scatter=1)
    """
    places: list[fmpq] = []
    means: list[Vector] = []
    totals: list[fmpq] = []
    scatter, start = ZERO, 0
    for end in range(1, len(points) + 1):
        if end < len(points) and points[end] == points[start]:
            continue
        total, mean, extra = _group(labels[start:end], weights[start:end])
        places.append(points[start])
        means.append(mean)
        totals.append(total)
        scatter, start = scatter + extra, end
    return Merged(tuple(places), tuple(means), tuple(totals), scatter)


def _group(labels: Sequence[Vector], weights: Sequence[fmpq]) -> tuple[fmpq, Vector, fmpq]:
    """Total weight, mean label and half the weighted squared distance from it."""
    if len(labels) == 1:
        return weights[0], labels[0], ZERO
    total, moment = sum(weights, ZERO), zero(len(labels[0]))
    for label, weight in zip(labels, weights, strict=True):
        moment = add(moment, scale(weight, label))
    mean = scale(1 / total, moment)
    spread = [w * squared_length(subtract(label, mean)) for label, w in zip(labels, weights, strict=True)]
    return total, mean, sum(spread, ZERO) / 2
