"""Exact integers for windows of four points: a finite float64 or an int64 is an integer times a power of two."""

from typing import Any, NamedTuple

import numpy

from .arithmetic import Residues

MODULI = tuple([2**31 - offset for offset in (1, 19, 61, 69, 85, 99, 105, 151)])
"""The largest primes below 2^31: odd and coprime, so an integer that vanishes modulo some of them and modulo 2^64
vanishes modulo their product."""

MODULUS_BITS = 30
"""Each of them exceeds 2^30."""

LONG = 62
"""The difference of two integers below 2^62 fits into int64."""

LARGEST_SHIFT = 2200
"""Above any difference of exponents that float64 and int64 allow."""

_POWERS = {m: numpy.array([pow(2, k, m) for k in range(LARGEST_SHIFT)], numpy.uint64) for m in MODULI}

_NO_EXPONENT = 1 << 20

Array = Any


class Integers(NamedTuple):
    """Values of shape (..., 4, n) as odd * 2^shift * 2^granule with integers shift >= 0; granule has shape (..., n).

    The power 2^granule is common to the four points of a window; `odd` is int64, 0 for the value 0. The integers of a
    window are at most 2^size in absolute value; `size` has shape (..., n).
    """

    odd: Array
    shift: Array
    granule: Array
    size: Array

    def modulo(self, modulus: int) -> Residues:
        """The integers modulo one of `MODULI`."""
        products = Residues.reduced(self.odd, modulus) * Residues(_POWERS[modulus][self.shift], modulus)
        return Residues.reduced(products.values, modulus)

    def steps(self) -> "Steps":
        """The differences of neighbours, to be had modulo 2^64 and modulo any of `MODULI`."""
        low = self.odd.view(numpy.uint64) << numpy.minimum(self.shift, 63).astype(numpy.uint64)
        if (self.size > LONG).any():
            low[self.shift > 63] = 0
        long = (self.size > LONG).reshape(-1, self.size.shape[-1]).any(axis=0)
        return Steps(self, numpy.arange(len(long)), low[..., 1:, :] - low[..., :-1, :], long)

    def select(self, kept: Array) -> "Integers":
        """The windows with these indices."""
        return Integers(*[part.take(kept, axis=-1) for part in self])

    def exact(self, index: Any) -> list[int]:
        """The integers at an index that leaves one axis, as Python's."""
        pairs = zip(self.odd[index].tolist(), self.shift[index].tolist(), strict=True)
        return [value << power for value, power in pairs]


class Steps(NamedTuple):
    """Differences of neighbours, shape (..., 3, n), in windows `rows` of `ends`.

    low: modulo 2^64, as uint64. long, (n,): whether they are not known to fit into int64.
    """

    ends: Integers
    rows: Array
    low: Array
    long: Array

    def modulo(self, modulus: int) -> Residues:
        """The differences modulo one of `MODULI`."""
        found = Residues.reduced(self.low.view(numpy.int64), modulus)
        if self.long.any():
            ends = self.ends.select(self.rows[self.long]).modulo(modulus)
            found.values[..., self.long] = (ends[..., 1:, :] - ends[..., :-1, :]).values
        return found

    def select(self, kept: Array) -> "Steps":
        """Those of these windows that have the given places among them."""
        return Steps(self.ends, self.rows[kept], self.low.take(kept, axis=-1), self.long[kept])


def integers(values: Array) -> Integers:
    """The exact integers of an array of float64 or int64 of shape (..., 4, n)."""
    if values.dtype.kind == "f":
        fractions, tops = numpy.frexp(values)
        whole, exponents = (fractions * 2.0**53).astype(numpy.int64), tops - 53
    else:
        tops = numpy.frexp(values.astype(numpy.float64))[1]
        whole, exponents = values, numpy.zeros(values.shape, numpy.int32)
    lowest = (whole & -whole).view(numpy.uint64).astype(numpy.float64)
    zeros = numpy.frexp(lowest)[1] - 1
    nonzero = whole != 0
    zeros = numpy.where(nonzero, zeros, 0)
    exponents = numpy.where(nonzero, exponents + zeros, _NO_EXPONENT)
    granule = exponents.min(axis=-2)
    granule = numpy.where(granule == _NO_EXPONENT, 0, granule)
    shift = numpy.where(nonzero, exponents - granule[..., None, :], 0)
    size = numpy.where(nonzero, tops, -_NO_EXPONENT).max(axis=-2) - granule
    return Integers(whole >> zeros, shift, granule, size)
