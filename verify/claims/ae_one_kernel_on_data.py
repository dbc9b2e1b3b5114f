"""AE. If the labels have full rank, every optimum has the same kernel on the data."""

from typing import TYPE_CHECKING

from ...theory.free_functions import annihilator
from ...theory.leverage import leverages
from ...theory.network_kernel import RationalKernel, design, rational_kernel
from ...theory.square_classes import rational_root
from ...theory.verdict import Holds, Refuted, Verdict
from .claim import Claim, Hypothesis, Instances, NotApplicable, Scope
from .exact_optima import FREE, TwoOptima, exact_optima, optima_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(subject: TwoOptima) -> Verdict:
    """Both Gram matrices, in units of the first network's first neuron, exactly."""
    first, second = _kernels(subject)
    ratio = rational_root(second.first_square / first.first_square) if first.neurons else None
    if first.neurons and ratio is not None:
        left, right = design(subject.data, first, FREE), design(subject.data, second, FREE) * ratio
        if left != right:
            return Refuted(subject, "two optima have different Gram matrices on the data")
    return Holds(f"{len(first.neurons)} and {len(second.neurons)} neurons have one Gram matrix on the data")


def _kernels(subject: TwoOptima) -> tuple[RationalKernel, RationalKernel]:
    first, second = rational_kernel(subject.first, FREE), rational_kernel(subject.second, FREE)
    assert first is not None
    assert second is not None
    return first, second


def full_rank(subject: TwoOptima) -> bool:
    """Whether S is nonsingular."""
    return leverages(subject.data, FREE)[0] == annihilator(subject.data.points, FREE).dimension


def _commensurable(subject: TwoOptima) -> bool:
    first, second = rational_kernel(subject.first, FREE), rational_kernel(subject.second, FREE)
    if first is None or second is None:
        return False
    return not first.neurons or rational_root(second.first_square / first.first_square) is not None


def strategy() -> "SearchStrategy[TwoOptima]":
    """Exact optima of labels of full rank."""
    return exact_optima().filter(full_rank)


CLAIM = Claim(
    letter="AE",
    name="one kernel on the data",
    statement=(
        "Any number of inputs. If the labels modulo free functions have full rank, the Gram matrix on the data of the "
        "kernel of AA, and the dual variable, are the same for every optimum. Off the data the kernel need not be."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("AA",),
    hypotheses=(
        Hypothesis("S nonsingular", full_rank),
        Hypothesis("commensurable costs", _commensurable),
    ),
    conclusion=conclusion,
    exact=Instances(optima_of),
    symbolic=NotApplicable("strict convexity of tr(S M^-1), which the note proves; instances are decided exactly"),
    strategy=strategy,
)
