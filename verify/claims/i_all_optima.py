"""I. f is optimal iff it interpolates and is f_D outside the runs, and affine + u phi with phi convex on each run."""

from collections.abc import Iterator

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.membership import misplaced_knot, missed_point
from ...theory.spline import LinearSpline
from ...theory.vectors import zero
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..words import SHOWN_LINES, cut
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, some_dataset
from .comparison import cost_difference
from .instances import mixed


def verdict_on(findings: Findings) -> Verdict:
    """The structural rule against exact costs, on interpolants inside and outside the optimal set.

    The functions: f_D, the second optimum, the sparsest one, the middle between f_D and the sparsest, and f_D bent
    inside a gap so that it still interpolates. For each, 'no knot is misplaced' must mean 'costs no more than f_D'.
    """
    data, optimum = findings.data, findings.optima.connect_the_dots
    members = outsiders = 0
    for name, f in _members(findings):
        # That connect-the-dots interpolates is decided with statement A.
        missed = None if f is optimum else missed_point(data, f)
        if missed is not None:
            return Refuted(data, f"{name} does not interpolate: {missed}")
        belongs = misplaced_knot(data, zip(f.knots, f.kinks, strict=True), findings.kinks) is None
        excess = cost_difference(f, optimum).sign()
        if excess < 0 or belongs != (excess == 0):
            word = "belongs to" if belongs else "is outside"
            return Refuted(data, f"{name} {word} the set described, but its excess has sign {excess}")
        members, outsiders = members + belongs, outsiders + (not belongs)
    for gaps in _bent_gaps(findings):
        bumps = _bumps(data, gaps)
        name = f"connect-the-dots bent after {' and '.join(f'point {gap + 1}' for gap in gaps)}"
        # Between bumps there is one line through all data points: zero at two of them, or at the only one, is zero.
        near = sorted({i for gap in gaps for i in range(gap - 1, gap + 3) if 0 <= i < data.size})
        first = list(data.points[:3])
        if any(map(any, bumps.values_at([data.points[i] for i in near]))) or optimum.values_at(first) != list(
            data.labels[:3]
        ):
            return Refuted(data, f"{name} does not interpolate")
        # Its other knots are those of connect-the-dots, and so is what they cost.
        if misplaced_knot(data, zip(bumps.knots, bumps.kinks, strict=True), findings.kinks) is None:
            return Refuted(data, f"{name} belongs to the set described, but costs more")
        outsiders += 1
    return Holds(f"the description and the exact cost agree; members tried: {members}, other interpolants: {outsiders}")


def _members(findings: Findings) -> Iterator[tuple[str, LinearSpline]]:
    optimum, sparsest = findings.optima.connect_the_dots, findings.sparsest.spline
    yield "connect-the-dots", optimum
    if findings.optima.another is not None:
        yield "the second optimum", findings.optima.another
        yield "the sparsest optimum", sparsest
        yield "the middle of connect-the-dots and the sparsest optimum", mixed(optimum, sparsest, fmpq(1, 2))


def _bent_gaps(findings: Findings) -> Iterator[list[int]]:
    """The first gap of the first run, where a bump must not cost nothing; and the first and the last gap."""
    if findings.optima.another is not None:
        yield [findings.aligned_runs[0].first]
    yield sorted({0, findings.data.size - 2})


def _bumps(data: Dataset, gaps: list[int]) -> LinearSpline:
    """A bump inside each gap: kinks 1, -2, 1 at its quarters, so that it is 0 at the data points."""
    knots = []
    for gap in gaps:
        left, right = data.points[gap], data.points[gap + 1]
        quarter = (right - left) / 4
        knots += [(left + (k + 1) * quarter, (fmpq(jump),) * data.tasks) for k, jump in enumerate((1, -2, 1))]
    return LinearSpline.from_knots(zero(data.tasks), zero(data.tasks), knots)


def explain(findings: Findings) -> list[str]:
    """Where the optima may differ from connect-the-dots."""
    data = findings.data
    runs = findings.aligned_runs
    if not runs:
        return ["no run is longer than 1: the optimal set is one function"]
    words = "the optima differ only on the run from x ="
    shown = [f"{words} {data.points[run.first]} to {data.points[run.last]}" for run in runs[:SHOWN_LINES]]
    return cut(shown, len(runs))


CLAIM = Claim(
    letter="I",
    name="all optima",
    statement=(
        "f is optimal iff it interpolates, equals f_D outside the runs, and on each run is affine + u phi, with u "
        "the common direction and phi a convex function that equals f_D's on the two end gaps."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("A", "M"),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
    explain=explain,
)
