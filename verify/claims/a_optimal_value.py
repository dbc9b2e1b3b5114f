"""A. min R = sum_j |d_j|, attained by connect-the-dots."""

from ...theory.membership import missed_point
from ...theory.numeral import format_rational
from ...theory.vectors import squared_length
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..places import Places
from ..words import enumerated, numerals
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, some_dataset


def verdict_on(findings: Findings) -> Verdict:
    """A primal and a dual of equal value: connect-the-dots interpolates at that cost, and weak duality allows no less.

    Any vectors of norm at most 1 at the interior points give a lower bound; how large the one of the dual certificate
    is, is computed from the labels alone, through the multipliers l_i: c_j / |d_j| must be |d_j| for every j.
    """
    data = findings.data
    optimum, dual = findings.optima.connect_the_dots, findings.duality.certificate
    missed = missed_point(data, optimum)
    if missed is not None:
        return Refuted(data, f"connect-the-dots does not interpolate: {missed}")
    if optimum.path_cost_squares() != findings.cost.squares:
        return Refuted(data, "the path cost of connect-the-dots is not sum |d_j|")
    for j, c in findings.duality.pairing.items():
        if c != dual.squared_lengths[j - 1]:
            return Refuted(data, f"the dual bound falls short of sum |d_j| at point {j + 1}")
    return Holds("connect-the-dots interpolates at this cost and the dual bound computed from the labels equals it")


def explain(findings: Findings) -> list[str]:
    """The largest terms of the sum."""
    places = Places(findings.data.points, findings.source)
    ranked = sorted(range(len(findings.kinks)), key=lambda j: -squared_length(findings.kinks[j]))[:3]
    return [
        f"{places.at(j + 1)}: |d|^2 = {format_rational(squared_length(findings.kinks[j]))}"
        f" with d = ({enumerated(numerals(findings.kinks[j]))})"
        for j in ranked
    ]


CLAIM = Claim(
    letter="A",
    name="optimal value",
    statement=(
        "The least path cost of an interpolating network is min R = sum_j |d_j|, attained by connect-the-dots; "
        "breakpoints at the interior data points are enough."
    ),
    source="paper, section 3",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=(),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
    explain=explain,
)
