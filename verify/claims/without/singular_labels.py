"""AE without full rank of the labels: two optima have different kernels on the data."""

from ....theory.dataset import Dataset
from ....theory.free_functions import Convention
from ....theory.labelled_points import LabelledPoints
from ....theory.network_kernel import design, rational_kernel
from ....theory.square_classes import rational_root
from ....theory.verdict import Holds, Refuted, Undecided, Verdict
from ..ad_one_input import as_ridge
from .changed_claim import ChangedClaim, Counterexample
from .one_task import strategy
from .two_optima import closeness, shown, two_optima

_FREE = Convention.FREE


def verdict_on(data: Dataset) -> Verdict:
    """Refuted by two optima whose Gram matrices, in units of one neuron's cost, differ."""
    found = two_optima(data)
    if found is None:
        return Holds("there is only one optimum")
    points = LabelledPoints.from_dataset(data)
    first, second = (rational_kernel(as_ridge(f), _FREE) for f in (found.first, found.second))
    ratio = None
    if first is not None and second is not None:
        ratio = rational_root(second.first_square / first.first_square)
    if first is None or second is None or ratio is None:
        return _by_rank(data, points)
    if design(points, first, _FREE) == design(points, second, _FREE) * ratio:
        return Holds("both optima have one Gram matrix on the data")
    says = (
        f"two different interpolants cost {found.cost}, and the kernels of their neurons have different Gram matrices"
    )
    return Refuted(Counterexample(data, says, shown(found), (("cost of both", str(found.cost)),), certified=True), says)


def _by_rank(data: Dataset, points: LabelledPoints) -> Verdict:
    """Costs that are not commensurable: merging two neurons lowers the rank of the Gram matrix, so the two differ."""
    found = two_optima(data)
    assert found is not None
    if found.first.width == found.second.width:
        return Undecided("the costs are not commensurable, and both optima have as many neurons")
    says = f"two interpolants with {found.first.width} and {found.second.width} independent neurons cost {found.cost}"
    says += ", so that the Gram matrices of their kernels differ in rank"
    return Refuted(Counterexample(data, says, shown(found), (("cost of both", str(found.cost)),), certified=True), says)


CHANGED = ChangedClaim(
    letter="AE",
    without="S nonsingular",
    stem="singular_labels",
    statement="Whatever the rank of the labels, the Gram matrix of the kernel on the data is one for all optima.",
    verdict_on=verdict_on,
    strategy=strategy,
    words="rational datasets without structure and integer labels in -2..2 on 0, 1, 2, ...; one or two tasks",
    smallest=Dataset.from_fractions(range(4), [0, 1, 1, 0]),
    score=closeness,
)
