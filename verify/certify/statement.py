"""What a certificate proves: the part of the findings that its records cover, with the bounds that `check` prints."""

from typing import Any

from ...theory import stencil
from ...theory.dataset import Dataset
from ...theory.numbers import Vector
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum, square_root
from ...theory.vectors import subtract
from ..answers.findings import Findings
from ..words import bounds, numerals

NORM_LIMIT = 1000
"""Up to this many points the squared Sobolev norms are certified: exact sums of many fractions grow without bound."""


def statement(findings: Findings) -> dict[str, Any]:
    """The object `statement` of the first record, as SPECIFICATION.md describes it."""
    optimum, sparsest = findings.optima.connect_the_dots, findings.sparsest
    return {
        "unique": findings.unique,
        "affine": {"slope": numerals(optimum.slope), "offset": numerals(optimum.offset)},
        "cost": bounds(findings.cost.enclosure()),
        "neurons": {
            "connect_the_dots": optimum.width,
            "sparsest": sparsest.width,
            "sparsest_unique": sparsest.unique,
            "sparsest_dimension": sparsest.dimension,
        },
        "radius": _radius(findings),
        "angles": _angles(findings),
        "margin": _margin(findings),
        "sobolev": _sobolev(findings),
    }


def _radius(findings: Findings) -> dict[str, Any] | None:
    tent = findings.optima.radius
    if tent is None:
        return None
    height = RootSum([tent.height_squared]).enclosure()
    return {**bounds(height), "gap": tent.gap, "at": format_rational(tent.at)}


def _angles(findings: Findings) -> dict[str, Any] | None:
    angle = findings.smallest_angle
    return None if angle is None else {**bounds(angle.one_minus_cosine().enclosure()), "gap": angle.gap}


def _margin(findings: Findings) -> dict[str, Any] | None:
    margin = findings.margin
    if margin is None:
        return None
    squared = margin.squared().enclosure()
    return {**bounds(square_root(squared)), **bounds(squared, "squared_"), "gap": margin.pair}


def _sobolev(findings: Findings) -> dict[str, Any]:
    """All kernel coefficients but those at the interior points, which are minus the kinks (statement F)."""
    data, norms = findings.data, findings.sobolev.norm_squared
    certified = None if norms is None or data.size > NORM_LIMIT else numerals(norms)
    first = subtract(data.labels[0], findings.optima.connect_the_dots.slope)
    return {"first": numerals(first), "last": numerals(_last_slope(data)), "norm_squared": certified}


def _last_slope(data: Dataset) -> Vector:
    (x, next_x), (y, next_y) = data.points[-2:], data.labels[-2:]
    return tuple([stencil.slope(x, next_x, a, b) for a, b in zip(y, next_y, strict=True)])
