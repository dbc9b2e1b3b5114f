"""L. On an aligned gap the optima reach from f_D down a tent with its top at t*."""

from itertools import islice

from ...theory.solution_set import merge, tents
from ...theory.vectors import add, scale, subtract
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..places import Places
from ..words import SHOWN_LINES, cut
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, some_dataset


def verdict_on(findings: Findings) -> Verdict:
    """The tent's top against the two lines that extend the data's neighbouring segments into the gap.

    A convex function through the data lies above both lines, so no optimum is lower; at t* the lines meet, and the
    merged optimum follows both. Both lines at the tent's place must be the value that the tent claims, and the merged
    optimum must attain it. The gaps are those where the dual certificate has norm 1.
    """
    data = findings.data
    s, optimum = findings.slopes, findings.optima.connect_the_dots
    gaps = findings.duality.contact_gaps
    tallest = findings.optima.radius
    if not gaps:
        if tallest is None:
            return Holds("the dual certificate has norm 1 inside no gap: one optimum, radius 0")
        return Refuted(data, f"a tent over the gap after point {tallest.gap + 1}, where all optima agree")
    found = list(tents(data, findings.kinks, findings.runs))
    if tallest is None or [tent.gap for tent in found] != list(gaps):
        return Refuted(data, "the tents do not stand on the gaps where the dual certificate has norm 1")
    for tent, value in zip(found, optimum.values_at([tent.at for tent in found]), strict=True):
        left, right = tent.gap, tent.gap + 1
        from_left = add(data.labels[left], scale(tent.at - data.points[left], s[left - 1]))
        from_right = add(data.labels[right], scale(tent.at - data.points[right], s[right]))
        if not from_left == from_right == subtract(value, tent.descent):
            return Refuted(data, f"the neighbouring segments do not meet at the top of the tent at x = {tent.at}")
        if merge(data, findings.kinks, left)[0] != tent.at:
            return Refuted(data, f"the merged optimum does not bend at the top of the tent at x = {tent.at}")
        if tent.height_squared > tallest.height_squared:
            return Refuted(data, f"the tent at x = {tent.at} is taller than the radius")
    return Holds(f"at the top of every tent ({len(found)}) the lines that bound convex functions meet")


def explain(findings: Findings) -> list[str]:
    """The first tents."""
    places = Places(findings.data.points, findings.source)
    first = islice(tents(findings.data, findings.kinks, findings.runs), SHOWN_LINES)
    shown = [
        f"the optima reach farthest at {places.between(tent.at, tent.gap)}, squared height {tent.height_squared}"
        for tent in first
    ]
    return cut(shown, len(findings.duality.contact_gaps))


CLAIM = Claim(
    letter="L",
    name="envelope",
    statement=(
        "At each x the optima take exactly the values from f_D(x) to f_D(x) - g(x) u. On an aligned gap g is a "
        "tent, min(|d_j| (x - x_j), |d_(j+1)| (x_(j+1) - x)), with its top at t*, of height h |d_j||d_(j+1)| / "
        "(|d_j| + |d_(j+1)|); elsewhere g is 0."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("I", "J"),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
    explain=explain,
)
