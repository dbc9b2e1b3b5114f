"""Any spline, evaluated as a plain sum of ramps, and what it costs."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .decimals import sum_of_roots
from .kinks import Vector, dot


class Ramps(NamedTuple):
    """slope x + offset + sum_k jump_k (x - place_k)_+."""

    slope: Vector
    offset: Vector
    places: Vector
    jumps: list[Vector]

    def __call__(self, x: Fraction) -> Vector:
        """The value at x."""
        heights = [max(x - place, Fraction(0)) for place in self.places]
        used = [(height, jump) for height, jump in zip(heights, self.jumps, strict=True) if height]
        return [
            self.slope[t] * x + self.offset[t] + sum((height * jump[t] for height, jump in used), Fraction(0))
            for t in range(len(self.slope))
        ]

    def misses(self, x: Vector, y: list[Vector]) -> list[int]:
        """The points where the value is not the label."""
        return [i for i, (point, label) in enumerate(zip(x, y, strict=True)) if self(point) != label]

    def cost(self) -> Decimal:
        """sum_k |jump_k|."""
        return sum_of_roots([dot(jump, jump) for jump in self.jumps])


def chord(x: Vector, y: list[Vector], left: int, place: Fraction) -> Vector:
    """The line through the data points `left` and `left` + 1 at any place, in Lagrange's form."""
    a, b = x[left], x[left + 1]
    return [(u * (b - place) - v * (a - place)) / (b - a) for u, v in zip(y[left], y[left + 1], strict=True)]
