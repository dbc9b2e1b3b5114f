"""J. Two aligned neighbours can be replaced by one knot: same cost, one neuron fewer."""

from ...theory.numbers import is_zero
from ...theory.root_sum import RootSum
from ...theory.solution_set import aligned_gaps, merge
from ...theory.vectors import add, is_zero_vector, scale, squared_length, subtract
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..places import Places
from ..words import SHOWN_LINES, cut
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, non_unique_dataset


def verdict_on(findings: Findings) -> Verdict:
    """For every aligned pair: the merged knot minus the two it replaces vanishes right of the gap, at equal cost.

    m (x - t*)_+ - d_j (x - x_j)_+ - d_{j+1} (x - x_{j+1})_+ is zero left of the gap; it is zero right of it iff its
    slope and its value at x_{j+1} are, which is evaluated here without hats.
    """
    data = findings.data
    merged = 0
    for point in aligned_gaps(findings.runs):
        left, right = data.points[point], data.points[point + 1]
        u, v = findings.kinks[point - 1], findings.kinks[point]
        knot, kink = merge(data, findings.kinks, point)
        if not left < knot < right:
            return Refuted(data, f"the merged knot {knot} lies outside the gap after point {point + 1}")
        value = subtract(scale(right - knot, kink), scale(right - left, u))
        if not is_zero_vector(value) or kink != add(u, v):
            return Refuted(data, f"merging the kinks at points {point + 1}, {point + 2} changes f at the data points")
        difference = RootSum([squared_length(kink), -squared_length(u), -squared_length(v)])
        if not is_zero(difference):
            return Refuted(data, f"merging the kinks at points {point + 1}, {point + 2} changes the cost")
        merged += 1
    if not merged:
        return DoesNotApply("no two neighbouring kinks are aligned")
    return Holds(f"aligned pairs merge into one knot each at exactly equal cost and equal values at the data: {merged}")


def explain(findings: Findings) -> list[str]:
    """The first merged knots."""
    gaps, data, kinks = list(aligned_gaps(findings.runs)), findings.data, findings.kinks
    places = Places(findings.data.points, findings.source)
    merged = [f"{places.at(p, p + 1)} merge at t* = {merge(data, kinks, p)[0]}" for p in gaps[:SHOWN_LINES]]
    return cut(merged, len(gaps))


CLAIM = Claim(
    letter="J",
    name="merging",
    statement=(
        "Two aligned neighbours, d_(j+1) = c d_j, can be replaced by one knot at t* = (x_j + c x_(j+1)) / (1 + c) "
        "with kink d_j + d_(j+1): same values at the data, same cost, one neuron fewer."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=(),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=non_unique_dataset,
    explain=explain,
)
