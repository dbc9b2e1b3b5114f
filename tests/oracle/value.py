"""The optimal cost, its dual value, and angles: by Decimals."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from .decimals import decimal, precise, root, sum_of_roots
from .kinks import Vector, dot


def cost(all_kinks: list[Vector]) -> Decimal:
    """sum_j |d_j|."""
    return sum_of_roots([dot(kink, kink) for kink in all_kinks])


def unit(vector: Vector) -> list[Decimal]:
    """The vector divided by its length; 0 stays 0."""
    square = dot(vector, vector)
    return [decimal(entry) / root(square) if square else Decimal(0) for entry in vector]


def dual_value(x: Vector, y: list[Vector], all_kinks: list[Vector]) -> Decimal:
    """sum_i <l_i, y_i> with l_i the slope changes of eta, the polyline through 0, u_2, ..., u_{N-1}, 0."""
    with precise():
        zero = [Decimal(0)] * len(y[0])
        heights = [zero, *(unit(kink) for kink in all_kinks), zero]
        gaps = [decimal(right - left) for left, right in pairwise(x)]
        rises = [
            [(b - a) / gap for a, b in zip(low, high, strict=True)]
            for low, high, gap in zip(heights, heights[1:], gaps, strict=False)
        ]
        slopes = [zero, *rises, zero]
        total = Decimal(0)
        for label, before, after in zip(y, slopes, slopes[1:], strict=False):
            total += sum(
                (decimal(entry) * (b - a) for entry, a, b in zip(label, before, after, strict=True)), Decimal(0)
            )
        return total


def one_minus_cosines(all_kinks: list[Vector]) -> dict[int, Decimal]:
    """1 - cos theta = |u - u'|^2 / 2 for each gap (its left point) between nonzero kinks."""
    with precise():
        units = [unit(kink) for kink in all_kinks]
        present = [any(kink) for kink in all_kinks]
        return {
            left: sum(((a - b) ** 2 for a, b in zip(units[left - 1], units[left], strict=True)), Decimal(0)) / 2
            for left in range(1, len(all_kinks))
            if present[left - 1] and present[left]
        }


def height(square: Fraction) -> Decimal:
    """sqrt(square)."""
    with precise():
        return root(square)


def dual_size(x: Vector, y: list[Vector], all_kinks: list[Vector]) -> Decimal:
    """The sum of the absolute values of the products that `dual_value` adds: what its rounding error is relative to."""
    with precise():
        steepest = [2 / decimal(right - left) for left, right in pairwise(x)]
        around = [steepest[0], *(a + b for a, b in pairwise(steepest)), steepest[-1]]
        sizes = [sum(abs(decimal(entry)) for entry in label) for label in y]
        return sum((size * slope for size, slope in zip(sizes, around, strict=True)), Decimal(0)) * bool(all_kinks)
