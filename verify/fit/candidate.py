"""A candidate for the regularised fit, by its support, and the problem in float64."""

from dataclasses import dataclass
from typing import Any

Array = Any


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """Knots (data indices, both ends included), their values (K + 2, T); directions (K, T), lengths (K,) of kinks."""

    knots: Array
    values: Array
    directions: Array
    lengths: Array
    settled: bool = False
    """Whether no kink turned round, |v| <= lambda up to rounding, and the gap is small."""


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """The problem in float64: points (N,), weights (N,), labels (N, T), lambda."""

    x: Array
    weights: Array
    labels: Array
    penalty: float
