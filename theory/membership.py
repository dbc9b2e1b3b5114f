"""Is this function, or are these parameters, an optimum? (statements I and V)"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from .dataset import Dataset
from .network import ReLUNetwork
from .numbers import ExactRepr, Vector
from .optimum import aligned, kinks, optimal_cost
from .root_sum import RootSum
from .solution_set import Knot
from .spline import LinearSpline
from .vectors import is_zero_vector


@dataclass(frozen=True, slots=True, repr=False)
class Membership(ExactRepr):
    """The judgement of one function or network against a dataset.

    excess: its cost minus the optimal cost, exact; None if it does not interpolate. obstacle: why it is not an
    optimum, in words; None if it is one.
    """

    interpolates: bool
    excess: RootSum | None
    obstacle: str | None

    @property
    def optimal(self) -> bool:
        """Whether it is one of the optima."""
        return self.obstacle is None


def judge(data: Dataset, f: LinearSpline | ReLUNetwork) -> Membership:
    """Whether f interpolates, its exact excess of path cost, and whether it is one of the optima (statement I).

    For a network the neurons count one by one: two that cancel in part on one knot cost more than their spline.
    """
    if isinstance(f, LinearSpline):
        return _judged(data, f, misplaced_knot(data, zip(f.knots, f.kinks, strict=True)), f.path_cost())
    active = [(neuron.knot, neuron.kink) for neuron in f.neurons if neuron.is_active]
    return _judged(data, f.to_spline(), misplaced_knot(data, active), f.path_cost())


def judge_weight_decay(data: Dataset, network: ReLUNetwork) -> Membership:
    """Whether the parameters are an optimum of weight decay; the excess is that of weight decay (statement V)."""
    obstacle = _unbalanced_neuron(network)
    if obstacle is None:
        active = [(neuron.knot, neuron.kink) for neuron in network.neurons if neuron.is_active]
        obstacle = misplaced_knot(data, active)
    return _judged(data, network.to_spline(), obstacle, RootSum.of_rational(network.weight_decay()))


def _judged(data: Dataset, spline: LinearSpline, obstacle: str | None, cost: RootSum) -> Membership:
    if spline.tasks != data.tasks:
        raise ValueError(f"the function has {spline.tasks} outputs, the dataset {data.tasks} tasks")
    missed = missed_point(data, spline)
    if missed is not None:
        return Membership(False, None, missed)
    return Membership(True, cost - optimal_cost(data), obstacle)


def missed_point(data: Dataset, spline: LinearSpline) -> str | None:
    """The first data point that f does not interpolate, in words; None if there is none."""
    for index, (value, label) in enumerate(zip(spline.values_at(data.points), data.labels, strict=True)):
        if value != label:
            return f"f(x) = {_shown(value)} at point {index + 1}, whose label is {_shown(label)}"
    return None


def misplaced_knot(data: Dataset, knots: Iterable[Knot], all_kinks: Sequence[Vector] | None = None) -> str | None:
    """The first knot where no optimum bends in that direction (statement B, pointwise), in words; None if none.

    An optimum bends at an interior data point with a nonzero kink, or strictly between two aligned neighbours, and
    its kink there is a positive multiple of the data's. For an interpolating f that is also sufficient: each of its
    kinks is then aligned with the dual certificate, whose norm is 1 there (statements I and M).
    """
    all_kinks = kinks(data) if all_kinks is None else all_kinks
    x, right = data.points, 0
    for knot, kink in sorted(knots, key=itemgetter(0)):
        while right < data.size and x[right] < knot:
            right += 1
        left = right if right < data.size and x[right] == knot else right - 1
        obstacle = _obstacle(all_kinks, left, right, kink)
        if obstacle is not None:
            return f"the knot at x = {knot} {obstacle}"
    return None


def _obstacle(all_kinks: Sequence[Vector], left: int, right: int, kink: Vector) -> str | None:
    """Why no optimum bends by `kink` on data point left = right, or strictly between the points left < right."""
    if left < 1 or right > len(all_kinks):
        return "lies outside the interior data points"
    for point in (left,) if left == right else (left, right):
        of_data = all_kinks[point - 1]
        if is_zero_vector(of_data):
            return f"touches point {point + 1}, where the data have no kink"
        if kink != of_data and not aligned(of_data, kink):
            return f"bends in another direction than the data at point {point + 1}"
    return None


def _unbalanced_neuron(network: ReLUNetwork) -> str | None:
    for index, neuron in enumerate(network.neurons):
        if not neuron.is_balanced:
            # An inactive neuron is balanced only if v = 0 and w = 0, which is what statement V asks of it.
            return f"neuron {index + 1} is not balanced: |v| and |w| differ"
    return None


def _shown(v: Vector) -> str:
    return f"({', '.join(str(entry) for entry in v)})"
