"""Bounds of a regularised fit and its support, in the units of the data."""

from dataclasses import dataclass
from typing import Any, Literal

from flint import fmpq

from ...theory.enclosure import Enclosure

Array = Any
How = Literal["exact", "float64", "balls"]


@dataclass(frozen=True, slots=True, eq=False)
class Proved:
    """Bounds in the units of the data, whatever they were proved by.

    knots: the inner knots (data indices); gap: an upper bound of P(Z) - P*; distance: of |Z - Z*|, Frobenius;
    objective, residual_square: P* and the weighted |Y - Z*|^2, both without the scatter of repeated points.
    zero: (N,), the kinks of Z* that are certainly 0; nonzero (K,), apart (K - 1,): the knots whose kinks certainly are
    not, and the pairs of neighbouring knots whose directions certainly differ.
    """

    how: How
    knots: Array
    gap: fmpq
    distance: fmpq
    objective: Enclosure
    residual_square: Enclosure
    zero: Array
    nonzero: Array
    apart: Array
