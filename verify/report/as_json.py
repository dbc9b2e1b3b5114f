"""Findings as the JSON object "reluproof.check/1": exact numbers as numerals, bounds as outward-rounded decimals."""

from importlib.metadata import version
from typing import Any

from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum, square_root
from ..answers.findings import Findings
from ..words import bounds, network, numerals


def findings_to_json(findings: Findings) -> dict[str, Any]:
    """The whole object, in the order of the schema."""
    from ..certify import uncertified

    data, source = findings.data, findings.source
    another = findings.optima.another
    return {
        "schema": "reluproof.check/1",
        "version": version("reluproof"),
        "input": source.to_json(),
        "points": data.size,
        "tasks": data.tasks,
        "unique": findings.unique,
        "decided_by": findings.decided_by,
        "cost": _cost(findings),
        "runs": [{"first": run.first, "last": run.last} for run in findings.aligned_runs],
        "optimum": network(findings.optima.connect_the_dots),
        "another": None if another is None else network(another),
        "sparsest": network(findings.sparsest.spline),
        "neurons": {
            "connect_the_dots": findings.optima.connect_the_dots.width,
            "sparsest": findings.sparsest.width,
            "sparsest_unique": findings.sparsest.unique,
            "sparsest_dimension": findings.sparsest.dimension,
        },
        "angles": _smallest_angle(findings),
        "gaps": _gaps(findings),
        "radius": _radius(findings),
        "margin": _margin(findings),
        "sobolev": _sobolev(findings),
        "claims": _claims(findings),
        "independent": _independent(findings),
        "uncertified": uncertified(findings),
    }


def _sobolev(findings: Findings) -> dict[str, Any]:
    norms = findings.sobolev.norm_squared
    return {
        "agrees": findings.sobolev.agrees,
        "norm_squared": None if norms is None else numerals(norms),
        "norm_squared_bounds": [bounds(norm) for norm in findings.sobolev.norm_enclosures],
        "coefficients": [numerals(column) for column in findings.sobolev.coefficients],
    }


def _claims(findings: Findings) -> list[dict[str, str]]:
    return [
        {
            "letter": c.letter,
            "name": c.name,
            "source": c.source,
            "verdict": c.verdict.word,
            "reason": c.verdict.reason,
        }
        for c in findings.claims
    ]


def _independent(findings: Findings) -> dict[str, Any] | None:
    found = findings.independent
    if found is None:
        return None
    return {"method": found.method, "verdict": found.verdict.word, "reason": found.verdict.reason}


def _cost(findings: Findings) -> dict[str, Any]:
    exact = findings.cost.merged()
    merged = None if exact is None else [format_rational(term) for term in exact.terms]
    return {"squares": merged, **bounds(findings.cost.enclosure())}


def _smallest_angle(findings: Findings) -> dict[str, Any] | None:
    angle = findings.smallest_angle
    return None if angle is None else {**bounds(angle.one_minus_cosine().enclosure()), "gap": angle.gap}


def _gaps(findings: Findings) -> list[dict[str, Any]]:
    """Per interior gap between nonzero kinks: sign of 1 - cos theta, and its square as rational + signed root."""
    return [
        {
            "gap": angle.gap,
            "sign": angle.one_minus_cosine_sign,
            "cosine_signed_square": format_rational(angle.cosine_signed_square),
            "square": {
                "rational": format_rational(1 + abs(angle.cosine_signed_square)),
                "signed_root": format_rational(-4 * angle.cosine_signed_square),
            },
        }
        for angle in findings.angles
    ]


def _radius(findings: Findings) -> dict[str, Any]:
    tent = findings.optima.radius
    if tent is None:
        return {"lower": "0", "upper": "0", "gap": None, "at": None}
    height = RootSum([tent.height_squared]).enclosure()
    return {**bounds(height), "gap": tent.gap, "at": format_rational(tent.at)}


def _margin(findings: Findings) -> dict[str, Any] | None:
    margin = findings.margin
    if margin is None:
        return None
    squared = margin.squared().enclosure()
    exact = {
        "rational": format_rational(margin.rational),
        "signed_root": format_rational(-margin.discriminant),
    }
    return {
        **bounds(square_root(squared)),
        **bounds(squared, "squared_"),
        "squared": exact,
        "pair": margin.pair,
        "boundary": findings.boundary,
    }
