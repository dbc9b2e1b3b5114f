"""A. min R = sum_j |d_j|, attained by connect-the-dots."""

from ...theory.dataset import Dataset
from ...theory.duality import DualCertificate
from ...theory.membership import missed_point
from ...theory.numbers import sign
from ...theory.numeral import format_rational
from ...theory.spline import LinearSpline
from ...theory.vectors import squared_length, zero
from ...theory.verdict import Holds, Refuted, Verdict
from ..findings import Findings
from .claim import Claim
from .comparison import cost_difference


def decide(data: Dataset, findings: Findings) -> Verdict:
    """A primal and a dual of equal value: connect-the-dots interpolates at that cost, and weak duality allows no less.

    Any unit vectors at the interior points give a lower bound; those taken here are the directions of f_D's knots. That
    the bound is sum_j |d_j| is computed from the labels alone, through the multipliers l_i.
    """
    optimum = findings.optima.connect_the_dots
    missed = missed_point(data, optimum)
    if missed is not None:
        return Refuted(data, f"connect-the-dots does not interpolate: {missed}")
    dual = _dual_from_knots(data, optimum)
    bound = [sign(c) * c * c / dual.squared_lengths[j - 1] for j, c in dual.pairing(data.labels).items()]
    for name, squares in (("path cost of connect-the-dots", optimum.path_cost_squares()), ("dual bound", bound)):
        # A signed square below zero would be a negative term, which no square of a length cancels.
        difference = cost_difference(squares, findings.cost.squares)
        if difference.sign() != 0:
            return Refuted(data, f"the {name} differs from sum |d_j| by {difference}")
    return Holds("connect-the-dots interpolates at this cost and the dual bound computed from the labels equals it")


def _dual_from_knots(data: Dataset, optimum: LinearSpline) -> DualCertificate:
    kink_at = dict(zip(optimum.knots, optimum.kinks, strict=True))
    directions = tuple([kink_at.get(x, zero(data.tasks)) for x in data.points[1:-1]])
    return DualCertificate(data.points, directions, tuple([squared_length(d) for d in directions]))


def explain(data: Dataset, findings: Findings) -> list[str]:
    """The largest terms of the sum."""
    ranked = sorted(range(len(findings.kinks)), key=lambda j: -squared_length(findings.kinks[j]))[:3]
    return [
        f"point {j + 2}: |d|^2 = {format_rational(squared_length(findings.kinks[j]))}"
        f" with d = ({', '.join(format_rational(entry) for entry in findings.kinks[j])})"
        for j in ranked
    ]


CLAIM = Claim(
    "A", "optimal value", "min R = sum_j |d_j|, attained by connect-the-dots.", "paper, section 3", decide, explain
)
