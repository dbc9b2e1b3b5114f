"""K. The fewest active neurons of any optimum is the sum over runs of ceil(m / 2)."""

from collections.abc import Sequence

from ...theory.membership import missed_point
from ...theory.optimum import connect_the_dots
from ...theory.solution_set import merge
from ...theory.spline import LinearSpline
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..places import Places
from ..words import SHOWN_LINES, cut
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, some_dataset
from .comparison import cost_difference


def verdict_on(findings: Findings) -> Verdict:
    """An optimum with K* knots, and K* hats of which no knot of an optimum can serve two.

    Every data point with a nonzero kink needs a knot under its hat. A knot of an optimum serves two hats only inside a
    gap on which the dual certificate has norm 1; so a set of points with no such gap between neighbours needs as many
    knots as it has points.
    """
    data = findings.data
    sparsest = findings.sparsest
    problem = _not_an_optimum(findings, sparsest.spline)
    if problem is not None:
        return Refuted(data, f"the sparsest optimum {problem}")
    if sparsest.spline.width != sparsest.width:
        return Refuted(data, f"the sparsest optimum has {sparsest.spline.width} knots, not {sparsest.width}")
    shared, bent = set(findings.duality.contact_gaps), findings.duality.certificate.contact_points()
    bound = len(_separated_hats(shared, bent))
    if bound != sparsest.width:
        return Refuted(data, f"only {bound} hats need knots of their own, but {sparsest.width} were claimed necessary")
    free = _free_hats(shared, bent)
    if free != sparsest.dimension:
        return Refuted(data, f"{free} runs leave a hat to choose, but the dimension is given as {sparsest.dimension}")
    return _decide_uniqueness(findings, shared, bent)


def _free_hats(shared: set[int], bent: Sequence[int]) -> int:
    """How many chains of hats that share gaps are odd and longer than 1: in each, one hat stays alone, any odd one."""
    length = odd = 0
    for point in bent:
        length += 1
        if point not in shared:
            odd, length = odd + (length > 1 and length % 2), 0
    return odd


def _separated_hats(shared: set[int], bent: Sequence[int]) -> list[int]:
    chosen: list[int] = []
    for point in bent:
        if not (chosen and chosen[-1] == point - 1 and point - 1 in shared):
            chosen.append(point)
    return chosen


def _decide_uniqueness(findings: Findings, shared: set[int], bent: Sequence[int]) -> Verdict:
    """Unique iff in every run each knot must serve two hats, or it has one point; else a second one is exhibited."""
    data = findings.data
    other = _another_sparsest(findings)
    if other is None:
        lone = [p for p in bent if p not in shared and p - 1 not in shared]
        spared = 2 * (findings.sparsest.width - len(lone)) - (len(bent) - len(lone))
        if findings.sparsest.unique and spared == 0:
            return Holds("attained; as many hats need separate knots; every shared knot must serve two hats: unique")
        return Refuted(data, f"{spared} of the knots are free to serve one hat only, yet no second optimum was built")
    problem = _not_an_optimum(findings, other)
    if problem is not None or other.width != findings.sparsest.width or other == findings.sparsest.spline:
        return Refuted(data, f"a second sparsest optimum was expected; the candidate {problem or 'is no other one'}")
    if findings.sparsest.unique:
        return Refuted(data, "two different optima have the fewest knots")
    return Holds("attained; as many hats need separate knots; a second optimum with as few knots was built")


def _another_sparsest(findings: Findings) -> LinearSpline | None:
    """In the first odd run longer than 1 the other end is left unmerged; None if there is no such run."""
    data = findings.data
    odd = next((run for run in findings.aligned_runs if run.length % 2), None)
    if odd is None:
        return None
    firsts = [point for run in findings.aligned_runs for point in range(run.first + (run == odd), run.last, 2)]
    gone = {p for point in firsts for p in (point, point + 1)}
    kept = [(data.points[p], findings.kinks[p - 1]) for p in range(1, data.size - 1) if p not in gone]
    base = connect_the_dots(data)
    return LinearSpline.from_knots(base.slope, base.offset, kept + [merge(data, findings.kinks, p) for p in firsts])


def _not_an_optimum(findings: Findings, f: LinearSpline) -> str | None:
    if f is findings.optima.connect_the_dots:
        return None  # that it interpolates at the optimal cost is statement A, decided there
    missed = missed_point(findings.data, f)
    if missed is not None:
        return f"does not interpolate: {missed}"
    excess = cost_difference(f, findings.optima.connect_the_dots)
    return None if excess.sign() == 0 else f"costs {excess} too much"


def explain(findings: Findings) -> list[str]:
    """The runs and what each contributes."""
    places = Places(findings.data.points, findings.source)
    singles = len(findings.runs) - len(findings.aligned_runs)
    longer = [
        f"the run of {run.length}, {places.span(run.first, run.last)}, needs {(run.length + 1) // 2}"
        for run in findings.aligned_runs[:SHOWN_LINES]
    ]
    return [f"{singles} runs of length 1 need one neuron each", *cut(longer, len(findings.aligned_runs))]


CLAIM = Claim(
    letter="K",
    name="sparsest optimum",
    statement=(
        "The fewest active neurons of any optimum is K*, the sum over runs of ceil(m / 2). As a function the "
        "sparsest optimum is unique iff every run has m = 1 or m even; the sparsest optima have as many free "
        "parameters as there are odd runs with m >= 3."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("B", "J", "M"),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
    explain=explain,
)
