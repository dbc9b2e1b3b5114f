"""Numbers whose - and * carry a proof, so that the stencils of theory/ run on whole arrays and still decide.

`Ball` and `Magnitude` round and bound what rounding did; residues do not round. The analysis of each operation, with
its constants and domain, is in proofs_notes/array_filter.md.
"""

from typing import Any

import numpy

UNIT = 2.0**-53
"""u: rounding to nearest changes a normal float64 by at most u times the result."""

SLACK = 1 + 2.0**-40
"""Covers the rounding of the radii themselves, which are sums and products of a few nonnegative floats."""

ETA = 2.0**-1022
"""Covers the underflow of a product and of those in its radius, at most 2^-1075 each."""

Array = Any  # an array of float64, or a Python float for a whole block


class Ball:
    """Real numbers known to lie within `radius` of `middle`, entry by entry. No entry may overflow."""

    __slots__ = ("middle", "radius")

    def __init__(self, middle: Array, radius: Array) -> None:
        self.middle, self.radius = middle, radius

    def __getitem__(self, index: Any) -> "Ball":
        return Ball(self.middle[index], self.radius[index])

    def take(self, indices: Array, axis: int) -> "Ball":
        """As of arrays; unlike indexing, it keeps entries of one row together in memory."""
        return Ball(self.middle.take(indices, axis), self.radius.take(indices, axis))

    def __sub__(self, other: "Ball") -> "Ball":
        middle = self.middle - other.middle
        return Ball(middle, (self.radius + other.radius + UNIT * abs(middle)) * SLACK)

    def __mul__(self, other: "Ball") -> "Ball":
        return type(self)(middle := self.middle * other.middle, self._product_radius(other, middle))

    def _product_radius(self, other: "Ball", middle: Array) -> Array:
        mixed = abs(self.middle) * other.radius + self.radius * (abs(other.middle) + other.radius)
        return (mixed + UNIT * abs(middle)) * SLACK + ETA

    def signs(self) -> Array:
        """1 or -1 where that is the sign of every number in the ball, else 0: not known."""
        known = abs(self.middle) > self.radius
        return numpy.sign(self.middle).astype(numpy.int8) * known

    def exponents(self) -> Array:
        """Integers k with |number| < 2^k for every number in the ball."""
        return numpy.frexp((abs(self.middle) + self.radius) * SLACK)[1]


class Magnitude(Ball):
    """A bound for a whole block: |computed| <= middle and |computed - meant| <= radius at every entry.

    The sizes it starts from must be inflated by `SLACK`, which leaves room for the rounding of the sizes after them.
    """

    __slots__ = ()

    def __sub__(self, other: Ball) -> "Magnitude":
        middle = self.middle + other.middle
        return Magnitude(middle, (self.radius + other.radius + UNIT * middle) * SLACK)


class Residues:
    """Integers modulo a number below 2^31, as uint64 below it."""

    __slots__ = ("modulus", "values")

    def __init__(self, values: Array, modulus: int) -> None:
        self.values, self.modulus = values, modulus

    @classmethod
    def reduced(cls, values: Array, modulus: int) -> "Residues":
        """From integers of any size and sign that fit into their type, int64 or uint64."""
        number = values.dtype.type(modulus)
        # The remainder of a floor division is not negative. numpy's % is several times as slow as its // and *.
        return cls((values - values // number * number).view(numpy.uint64), modulus)

    def __getitem__(self, index: Any) -> "Residues":
        return Residues(self.values[index], self.modulus)

    def __sub__(self, other: "Residues") -> "Residues":
        return Residues.reduced(self.values + (numpy.uint64(self.modulus) - other.values), self.modulus)

    def __mul__(self, other: "Residues") -> "ResidueProducts":
        return ResidueProducts(self.values * other.values, self.modulus)


class ResidueProducts:
    """Products of two residues, below 2^62 and not reduced: all that can be done is to subtract two of them."""

    __slots__ = ("modulus", "values")

    def __init__(self, values: Array, modulus: int) -> None:
        self.values, self.modulus = values, modulus

    def __sub__(self, other: "ResidueProducts") -> Residues:
        square = numpy.uint64(self.modulus * self.modulus)
        return Residues.reduced(self.values + (square - other.values), self.modulus)
