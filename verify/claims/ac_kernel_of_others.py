"""AC. Leaving a task out changes the labels' Gram matrix, and with it the cost, by no more than its leverage says."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq, fmpq_mat

from ...theory.enclosure import Enclosure
from ...theory.free_functions import reduced_labels
from ...theory.labelled_points import LabelledPoints
from ...theory.leverage import leverages
from ...theory.verdict import Holds, Refuted, Undecided, Verdict
from ..answers.findings import Findings
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .exact_optima import FREE, of_findings

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(data: LabelledPoints) -> Verdict:
    """Both matrix inequalities for every task, exactly; both inequalities of the costs, on certified bounds."""
    from ..many_inputs.optimum import solve_optimum

    labels = reduced_labels(data, FREE)
    _, levers = leverages(data, FREE)
    if labels is None:
        return Holds("free functions interpolate everything: all costs are 0")
    whole = labels * labels.transpose()
    cost = solve_optimum(data, FREE)
    for task, lever in enumerate(levers):
        rest = data.with_tasks([t for t in range(data.tasks) if t != task])
        fewer = reduced_labels(rest, FREE)
        assert fewer is not None
        matrix = fewer * fewer.transpose()
        if not (positive_semidefinite(matrix - whole * (1 - lever)) and positive_semidefinite(whole - matrix)):
            return Refuted(data, f"without task {task} the Gram matrix of the labels leaves its bounds")
        others = solve_optimum(rest, FREE)
        if cost is None or others is None:
            return Undecided("an optimum was not certified")
        if _contradicted(cost.cost, others.cost, lever):
            return Refuted(data, f"without task {task} the cost leaves its bounds")
    return Holds(f"{data.tasks} tasks: the matrix inequalities are exact, no certified cost contradicts the others")


def _contradicted(cost: Enclosure, others: Enclosure, lever: fmpq) -> bool:
    with ctx.workprec(128):
        least = Enclosure.from_ball(arb(1 - lever).sqrt() * arb(cost.lower))
    return others.upper < least.lower or cost.upper < others.lower


def positive_semidefinite(symmetric: fmpq_mat) -> bool:
    """Whether all pivots of symmetric elimination are positive, or zero with a zero row: exact."""
    rows = [list(row) for row in symmetric.tolist()]
    while rows:
        pivot = next((i for i, row in enumerate(rows) if row[i]), None)
        if pivot is None:
            return not any(any(row) for row in rows)
        if rows[pivot][pivot] < 0:
            return False
        head = rows[pivot]
        kept = [i for i in range(len(rows)) if i != pivot]
        rows = [[rows[i][j] - rows[i][pivot] * head[j] / head[pivot] for j in kept] for i in kept]
    return True


def _few_points(findings: Findings) -> Iterator[LabelledPoints]:
    yield of_findings(findings)


def strategy() -> "SearchStrategy[LabelledPoints]":
    """Integer labels at integer points of the plane, two or three tasks."""
    from ..strategies.labelled_points import plane_datasets

    return plane_datasets(max_size=5, tasks=(2, 3))


CLAIM = Claim(
    letter="AC",
    name="kernel of the others",
    statement=(
        "With S_-s the Gram matrix of the labels modulo free functions without task s, (1 - l_s) S <= S_-s <= S; hence "
        "sqrt(1 - l_s) R <= R without task s <= R, and the neurons of the other tasks' optimum with least norm output "
        "weights for all tasks cost at most R / sqrt(1 - l_s)."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("AB",),
    hypotheses=(Hypothesis("T>=2", lambda data: data.tasks >= 2),),
    conclusion=conclusion,
    exact=Instances(_few_points),
    symbolic=NotApplicable("an inequality between matrices; the note derives it from the definition of leverage"),
    strategy=strategy,
)
