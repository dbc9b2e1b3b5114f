"""Exact integers for windows of four points: a finite float64 or an int64 is an integer times a power of two."""

from typing import Any, NamedTuple

import numpy

from .arithmetic import Residues

MODULI = tuple([numpy.uint64(2**32 - offset) for offset in (5, 17, 65, 99, 107, 135, 153, 185)])
"""The largest primes below 2^32: odd and coprime, so an integer that vanishes modulo some of them and modulo 2^64
vanishes modulo their product."""

MODULUS_BITS = 31
"""Each of them exceeds 2^31."""

LARGEST_SHIFT = 2200
"""Above any difference of exponents that float64 and int64 allow."""

_POWERS = {m: numpy.array([pow(2, k, int(m)) for k in range(LARGEST_SHIFT)], numpy.uint64) for m in MODULI}

Array = Any


class Integers(NamedTuple):
    """Values of shape (..., 4, n) as odd * 2^shift * 2^granule with integers shift >= 0; granule has shape (..., n).

    The power 2^granule is common to the four points of a window; `odd` is int64, 0 for the value 0.
    """

    odd: Array
    shift: Array
    granule: Array

    def wrapped(self) -> Array:
        """The integers modulo 2^64, as uint64."""
        low = self.odd.view(numpy.uint64) << numpy.minimum(self.shift, 63).astype(numpy.uint64)
        low[self.shift > 63] = 0
        return low

    def modulo(self, modulus: numpy.uint64) -> Residues:
        """The integers modulo one of `MODULI`."""
        # floor division and two wrapped operations leave a remainder >= 0; numpy's % is several times as slow
        odd = (self.odd - self.odd // numpy.int64(modulus) * numpy.int64(modulus)).view(numpy.uint64)
        return Residues(odd, modulus) * Residues(_POWERS[modulus][self.shift], modulus)

    def select(self, kept: Array) -> "Integers":
        """The windows whose indices or mask are given."""
        return Integers(*[part[..., kept] for part in self])

    def exact(self, index: Any) -> list[int]:
        """The integers at an index that leaves one axis, as Python's."""
        pairs = zip(self.odd[index].tolist(), self.shift[index].tolist(), strict=True)
        return [value << power for value, power in pairs]


def integers(values: Array) -> Integers:
    """The exact integers of an array of float64 or int64 of shape (..., 4, n)."""
    if values.dtype.kind == "f":
        fractions, exponents = numpy.frexp(values)
        whole, exponents = (fractions * 2.0**53).astype(numpy.int64), exponents - 53
    else:
        whole, exponents = values, numpy.zeros(values.shape, numpy.int32)
    lowest = (whole & -whole).view(numpy.uint64).astype(numpy.float64)
    zeros = numpy.frexp(lowest)[1] - 1
    nonzero = whole != 0
    zeros = numpy.where(nonzero, zeros, 0)
    exponents = numpy.where(nonzero, exponents + zeros, numpy.iinfo(numpy.int32).max)
    granule = exponents.min(axis=-2)
    granule = numpy.where(granule == numpy.iinfo(numpy.int32).max, 0, granule)
    shift = numpy.where(nonzero, exponents - granule[..., None, :], 0)
    return Integers(whole >> zeros, shift, granule)
