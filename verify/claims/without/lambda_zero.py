"""H with lambda = 0: a minimiser of the loss alone need not be a cheap interpolant of its outputs."""

from flint import fmpq

from ....theory.dataset import Dataset
from ....theory.optimum import connect_the_dots
from ....theory.verdict import Holds, Refuted, Verdict
from ..claim import some_dataset
from .changed_claim import ChangedClaim, Counterexample


def verdict_on(data: Dataset) -> Verdict:
    """The function tried is connect-the-dots with one more knot at x_N: it has loss 0, so it minimises the loss."""
    cheapest = connect_the_dots(data)
    bend = (fmpq(1),) + (fmpq(0),) * (data.tasks - 1)
    function = cheapest.bent([(data.points[-1], bend)])
    excess = function.path_cost() - cheapest.path_cost()
    if not function.interpolates(data.points, data.labels) or excess.sign() <= 0:
        return Holds("the function tried is no minimiser, or costs no more than its outputs need")
    says = (
        f"this function has loss 0, so for lambda = 0 it is a minimiser; it costs {function.path_cost()}, and its "
        f"outputs can be had for {cheapest.path_cost()}"
    )
    functions = (("a minimiser for lambda = 0", function), ("cheapest with these outputs", cheapest))
    values = (("cost of the minimiser", str(function.path_cost())), ("least cost", str(cheapest.path_cost())))
    return Refuted(Counterexample(data, says, functions, values), says)


CHANGED = ChangedClaim(
    letter="H",
    without="lambda>0",
    stem="lambda_zero",
    statement="For lambda >= 0 any minimiser of loss + lambda R is a minimum-cost interpolant of its own outputs.",
    verdict_on=verdict_on,
    strategy=some_dataset,
    words="all kinds of datasets, with connect-the-dots bent once more at the last point as the minimiser",
    smallest=Dataset.from_fractions(range(2), [0, 0]),
)
