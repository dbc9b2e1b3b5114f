"""Shared by several changed claims: two different optima of one dataset, and how near a dataset is to having two."""

from collections.abc import Sequence
from typing import NamedTuple

from flint import fmpq

from ....theory.dataset import Dataset
from ....theory.duality import dual_certificate
from ....theory.margin import margin
from ....theory.membership import judge
from ....theory.numbers import Vector, sign
from ....theory.optimum import connect_the_dots
from ....theory.root_sum import RootSum
from ....theory.solution_set import another_optimum
from ....theory.spline import LinearSpline


class TwoOptima(NamedTuple):
    """Two different interpolants of exactly equal, optimal cost."""

    first: LinearSpline
    second: LinearSpline
    cost: RootSum


def two_optima(data: Dataset) -> TwoOptima | None:
    """Connect-the-dots and a second optimum; None if the dual certificate proves that there is none.

    The second one is found by merging aligned kinks and is judged by its values and its exact cost.
    """
    if not dual_certificate(data).contact_gaps():
        return None
    first, second = connect_the_dots(data), another_optimum(data)
    excess = None if second is None else judge(data, second).excess
    if second is None or first == second or excess is None or excess.sign() != 0:
        raise ArithmeticError(f"no second optimum where the dual certificate leaves room for one: {data!r}")
    return TwoOptima(first, second, first.path_cost())


def shown(found: TwoOptima) -> tuple[tuple[str, LinearSpline], ...]:
    """The two optima by name."""
    return (("connect-the-dots", found.first), ("another optimum", found.second))


def ball_of_pair(data: Dataset, column: Sequence[Vector], pair: int) -> fmpq | None:
    """The squared radius of a ball of labels of one task in which its kinks at points pair, pair + 1 share a sign.

    column: the kinks of that task as vectors of length 1. Labels that differ by less than r change the kink d_j by less
    than r |b_j|, b_j being the functional d_j of the labels. None if the two kinks have no common sign.
    """
    (left,), (right,) = column[pair - 1], column[pair]
    if sign(left) * sign(right) != 1:
        return None
    functionals = list(dual_certificate(data).functionals())[pair - 1 : pair + 1]
    squares = [sum([b * b for b in functional], fmpq(0)) for functional in functionals]
    return min(left * left / squares[0], right * right / squares[1])


def closeness(data: Dataset) -> float:
    """Minus the margin squared, as a float: what a search for non-unique datasets climbs."""
    found = margin(data)
    return -1e6 if found is None else -float(found.squared().enclosure(32).upper)
