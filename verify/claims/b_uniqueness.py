"""B. Connect-the-dots is the only optimum iff no two consecutive kinks are aligned."""

from ...theory.alignment import Run
from ...theory.membership import missed_point
from ...theory.numeral import format_rational
from ...theory.solution_set import ratio
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..places import Places
from ..words import SHOWN_ENTRIES, SHOWN_LINES, cut, enumerated, numerals
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, some_dataset
from .comparison import cost_difference


def verdict_on(findings: Findings) -> Verdict:
    """Without alignment: the contact set of the dual certificate, or a second optimum exhibited.

    Every active knot of every optimum lies where |eta| = 1 (statement M). If that set contains only data points, the
    kinks of an optimum are determined one by one, since each hat is 1 at its own point and 0 at the others: unique.
    """
    data = findings.data
    contact_gaps = findings.duality.contact_gaps
    if not contact_gaps:
        if findings.unique:
            return Holds("the dual certificate touches its bound only at data points, where the hats are independent")
        return Refuted(data, "aligned kinks were found, but the dual certificate touches its bound at data points only")
    other = findings.optima.another
    if findings.unique or other is None:
        return Refuted(data, f"taken for unique, but the dual certificate has norm 1 after point {contact_gaps[0] + 1}")
    optimum = findings.optima.connect_the_dots
    missed = missed_point(data, other)
    if missed is not None:
        return Refuted(data, f"the second optimum does not interpolate: {missed}")
    excess = cost_difference(other, optimum)
    if excess.sign() != 0:
        return Refuted(data, f"the second optimum costs {excess} more than connect-the-dots")
    known = set(optimum.knots)
    place = next(knot for knot in other.knots if knot not in known)
    if other(place) == optimum(place):
        return Refuted(data, f"the second optimum equals connect-the-dots at its own knot {place}")
    return Holds(f"a second interpolant of exactly equal cost differs from connect-the-dots at x = {place}")


def explain(findings: Findings) -> list[str]:
    """Non-unique: the kinks of the first runs with their ratios; unique: the pair nearest to alignment."""
    runs = findings.aligned_runs
    lines = cut([_explained(findings, run) for run in runs[:SHOWN_LINES]], len(runs))
    angle = findings.smallest_angle
    if findings.unique and angle is not None:
        signed = format_rational(angle.cosine_signed_square)
        where = Places(findings.data.points, findings.source).at(angle.gap, angle.gap + 1)
        lines.append(f"nearest to alignment: {where}, sign(cos) cos^2 = {signed}")
    return lines or ["no two consecutive kinks are both nonzero"]


def _explained(findings: Findings, run: Run) -> str:
    first, shown = findings.kinks[run.first - 1], range(run.first, min(run.last, run.first + SHOWN_ENTRIES) + 1)
    factors = [format_rational(ratio(first, findings.kinks[j - 1])) for j in shown]
    kink, times = enumerated(numerals(first)), enumerated(factors, count=run.length)
    where = Places(findings.data.points, findings.source).span(run.first, run.last)
    return f"{where}: d = ({kink}) times {times}"


CLAIM = Claim(
    letter="B",
    name="uniqueness",
    statement=(
        "Connect-the-dots is the only optimum iff no two consecutive kinks are aligned. All optima agree at x iff x "
        "is not strictly between two neighbouring aligned kinks; every active neuron of every optimum bends at an "
        "interior data point with nonzero kink or strictly between two aligned neighbours, with |w| v a positive "
        "multiple of the kink there."
    ),
    source="paper, section 3",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("A", "J", "M"),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
    explain=explain,
)
