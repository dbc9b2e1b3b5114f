"""B without one input: in the plane labels of full rank do not make the optimum unique, for any number of tasks."""

from typing import TYPE_CHECKING

from ....theory.free_functions import Convention, annihilator
from ....theory.labelled_points import LabelledPoints
from ....theory.leverage import leverages
from ....theory.verdict import DoesNotApply, Holds, Refuted, Undecided, Verdict
from ..exact_optima import FIVE
from .changed_claim import ChangedClaim

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def verdict_on(data: LabelledPoints) -> Verdict:
    """The certified verdict on uniqueness, for labels of full rank and two functionals at least."""
    from ...many_inputs.optimum import solve_optimum

    dimension = annihilator(data.points, Convention.FREE).dimension
    if dimension < 2 or leverages(data)[0] < dimension:
        return DoesNotApply("labels of full rank, two functionals at least")
    found = solve_optimum(data)
    if found is None or found.unique is None:
        return Undecided("uniqueness was not decided")
    if found.unique or found.another is None:
        return Holds("the optimum is unique") if found.unique else Undecided("no second optimum was written out")
    exactly = "" if found.exact_cost is None else f" exactly {found.exact_cost}"
    lower, upper = found.cost.decimals(12)
    says = (
        f"the labels have full rank {dimension}, and the optimum, of cost{exactly or f' between {lower} and {upper}'}, "
        f"is not unique: {found.network!r} and {found.another!r}"
    )
    return Refuted(data, says)


def strategy() -> "SearchStrategy[LabelledPoints]":
    """Five integer points in [-2, 2]^2 with two integer labels in -2..2."""
    from ...strategies.labelled_points import plane_datasets

    return plane_datasets(min_size=5, max_size=5, tasks=(2,))


CHANGED = ChangedClaim(
    letter="B",
    without="one input",
    stem="two_inputs",
    statement=(
        "For two inputs too, labels of full rank modulo affine functions (for one input, all kinks independent) have a "
        "unique optimum."
    ),
    verdict_on=verdict_on,
    strategy=strategy,
    words="five integer points in [-2, 2]^2 with two integer labels in -2..2",
    smallest=FIVE,
)
