"""Kinks by barycentric divided differences, runs by primitive integer directions."""

from fractions import Fraction
from itertools import groupby, pairwise
from math import gcd, lcm, prod
from operator import itemgetter

Vector = list[Fraction]
Direction = tuple[int, ...]


def divided_difference(x: Vector, rows: list[Vector]) -> Vector:
    """[x_0, ..., x_n; rows] = sum_i rows_i / prod_{k != i} (x_i - x_k), in every coordinate."""
    weights = [1 / prod((a - b for k, b in enumerate(x) if k != i), start=Fraction(1)) for i, a in enumerate(x)]
    return [
        sum((w * entry for w, entry in zip(weights, column, strict=True)), Fraction(0))
        for column in zip(*rows, strict=True)
    ]


def kinks(x: Vector, y: list[Vector]) -> list[Vector]:
    """Second divided differences times x_{j+1} - x_{j-1}; entry j - 1 belongs to point j."""
    inner = range(1, len(x) - 1)
    return [
        [(x[j + 1] - x[j - 1]) * entry for entry in divided_difference(x[j - 1 : j + 2], y[j - 1 : j + 2])]
        for j in inner
    ]


def with_kinks(x: Vector, first: Vector, slope: Vector, all_kinks: list[Vector]) -> list[Vector]:
    """The labels at x with the first label, first slope and kinks at the interior points that are given."""
    labels, here = [first], slope
    for place, (left, right) in enumerate(pairwise(x)):
        if place > 0:
            here = [s + d for s, d in zip(here, all_kinks[place - 1], strict=True)]
        labels.append([y + (right - left) * s for y, s in zip(labels[-1], here, strict=True)])
    return labels


def direction(vector: Vector) -> Direction | None:
    """The integer vector without common divisor that is a positive multiple of this one; None for 0."""
    common = lcm(*(entry.denominator for entry in vector))
    cleared = [int(entry * common) for entry in vector]
    divisor = gcd(*cleared)
    return tuple(entry // divisor for entry in cleared) if divisor else None


def runs(all_kinks: list[Vector]) -> list[tuple[int, int]]:
    """First and last point of each maximal stretch of one direction."""
    directed = [(point, direction(kink)) for point, kink in enumerate(all_kinks, start=1)]
    stretches = [(towards, list(group)) for towards, group in groupby(directed, key=itemgetter(1))]
    return [(group[0][0], group[-1][0]) for towards, group in stretches if towards is not None]


def aligned_gaps(all_kinks: list[Vector]) -> list[int]:
    """The left points of the gaps whose ends carry nonzero kinks with d . d' = |d| |d'| (Cauchy-Schwarz)."""
    found = []
    for left, (u, v) in enumerate(pairwise(all_kinks), start=1):
        inner = dot(u, v)
        if inner > 0 and inner * inner == dot(u, u) * dot(v, v):
            found.append(left)
    return found


def dot(u: Vector, v: Vector) -> Fraction:
    """The inner product."""
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))
