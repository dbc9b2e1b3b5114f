"""Where Newton in ball arithmetic starts: a candidate of float64 in original units, and the units of its factors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from flint import fmpq

from ...theory.knot_sums import KnotSums
from ...theory.numbers import Vector
from ...theory.regularised import Regularised
from ...theory.vectors import scale
from .candidate import Data, Support
from .problem import Problem
from .solver import normalised


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """A problem in the units of the sums, and the float64 data of the factors.

    The data are in units of their own: one of them is x_scale, y_scale, w_scale in the units of the sums.
    """

    regularised: Regularised
    sums: KnotSums
    data: Data
    x_scale: float
    y_scale: float
    w_scale: float

    @classmethod
    def of(cls, regularised: Regularised, sums: KnotSums, problem: Problem) -> Self:
        """The same problem three times: exact, summed by knots, and as arrays."""
        data, x_unit, y_unit = normalised(problem)
        return cls(
            regularised,
            sums,
            data,
            x_unit * float(sums.x_unit / problem.units.x),
            y_unit * float(sums.y_unit / problem.units.y),
            float(problem.weights.mean()) * float(sums.w_unit / problem.units.w),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Knots (data indices, both ends included), exact values there and kinks at the inner ones, in original units.

    The kinks are not those of the values: what float64 or Newton knows of small ones is better than that.
    """

    knots: tuple[int, ...]
    values: tuple[Vector, ...]
    kinks: tuple[Vector, ...]

    @classmethod
    def of(cls, problem: Problem, found: Support) -> Self:
        """The knot values of the candidate, the line put back, and its kinks."""
        offset, slope = _exact_row(problem.offset.tolist()), _exact_row(problem.slope.tolist())
        rows = []
        for k, row in zip(found.knots.tolist(), found.values.tolist(), strict=True):
            x = sum(_exact_row([problem.x[k].item(), problem.x_low[k].item()]))
            line = [a + b * x for a, b in zip(offset, slope, strict=True)]
            rows.append(tuple([(v + c) / problem.units.y for v, c in zip(_exact_row(row), line, strict=True)]))
        unit = problem.units.x / problem.units.y
        kinks = [
            scale(size * unit, _exact_row(row))
            for size, row in zip(_exact_row(found.lengths.tolist()), found.directions.tolist(), strict=True)
        ]
        return cls(tuple(found.knots.tolist()), tuple(rows), tuple(kinks))


def _exact_row(values: Sequence[float]) -> Vector:
    return tuple([fmpq(*value.as_integer_ratio()) for value in values])
