"""Is this function, or are these parameters, an optimum? (statements I and V)"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from . import stencil
from .alignment import aligned
from .dataset import Dataset
from .network import Neuron, ReLUNetwork
from .numbers import ExactRepr, Vector, is_zero, sign
from .optimum import kinks, optimal_cost, slopes
from .root_sum import RootSum
from .solution_set import Knot
from .spline import LinearSpline
from .vectors import add, is_zero_vector, scale, subtract, zero


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

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> f = LinearSpline((0,), (0,), ('3/2',), ((2,),))
    >>> judge(data, f)
    Membership(interpolates=True, excess=RootSum(terms=()), obstacle=None)
    """
    if isinstance(f, LinearSpline):
        return _judged(data, f, misplaced_knot(data, zip(f.knots, f.kinks, strict=True)), f.path_cost())
    active = [neuron for neuron in f.neurons if neuron.is_active]
    return _judged(data, f.to_spline(), misplaced_knot(data, _knots(active)), f.path_cost())


def _judged(data: Dataset, spline: LinearSpline, obstacle: str | None, cost: RootSum) -> Membership:
    if spline.tasks != data.tasks:
        raise ValueError(f"the function has {spline.tasks} outputs, the dataset {data.tasks} tasks")
    missed = missed_point(data, spline)
    if missed is not None:
        return Membership(False, None, missed)
    return Membership(True, cost - optimal_cost(data), obstacle)


def _knots(active: Iterable[Neuron]) -> list[Knot]:
    return sorted([(neuron.knot, neuron.kink) for neuron in active], key=itemgetter(0))


def missed_point(data: Dataset, spline: LinearSpline) -> str | None:
    """The first data point that f does not interpolate, in words; None if there is none.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> missed_point(data, LinearSpline((0,), (0,), (), ()))
    'f(x) = (0) at point 3, whose label is (1)'
    """
    values = spline.values_at(data.points)
    if tuple(values) == data.labels:
        return None
    for index, (value, label) in enumerate(zip(values, data.labels, strict=True)):
        if value != label:
            return f"f(x) = {_shown(value)} at point {index + 1}, whose label is {_shown(label)}"
    return None


def misplaced_knot(data: Dataset, knots: Iterable[Knot], all_kinks: Sequence[Vector] | None = None) -> str | None:
    """The first knot where no optimum bends in that direction (statement B, pointwise), in words; None if none.

    knots: in increasing order; one place may come several times.

    An optimum bends at an interior data point with a nonzero kink, or strictly between two aligned neighbours, and
    its kink there is a positive multiple of the data's. For an interpolating f that is also sufficient: each of its
    kinks is then aligned with the dual certificate, whose norm is 1 there (statements I and M).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> misplaced_knot(data, [(fmpq(1, 2), (fmpq(1),))])
    'the knot at x = 1/2 lies outside the interior data points'
    """
    all_kinks = kinks(data) if all_kinks is None else all_kinks
    x, right = data.points, 0
    for knot, kink in knots:
        # Most knots are the very points of the dataset: what is the same object needs no comparison of fractions.
        while right < data.size and x[right] is not knot and x[right] < knot:
            right += 1
        left = right if right < data.size and (x[right] is knot or x[right] == knot) else right - 1
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


def _shown(v: Vector) -> str:
    return f"({', '.join(str(entry) for entry in v)})"


def broken_condition(data: Dataset, network: ReLUNetwork) -> str | None:
    """The first condition for an optimum of weight decay that the parameters break, in words; None if none (V).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> broken_condition(data, ReLUNetwork((Neuron(2, -3, (1,)),), (0,), (0,)))
    'neuron 1 is not balanced'
    """
    for index, neuron in enumerate(network.neurons, start=1):
        if not neuron.is_active and not (is_zero(neuron.w) and is_zero_vector(neuron.v)):
            return f"neuron {index} is inactive, but v or w is not 0"
        if not neuron.is_balanced:
            return f"neuron {index} is not balanced"
    active = [neuron for neuron in network.neurons if neuron.is_active]
    misplaced = misplaced_knot(data, _knots(active))
    if misplaced is not None:
        return misplaced
    if served(data, active) != list(kinks(data)):
        return "the hats do not receive the kinks of the data"
    turned = zero(data.tasks)
    for neuron in active:
        if sign(neuron.w) < 0:
            turned = add(turned, scale(neuron.w, neuron.v))
    if network.slope != subtract(slopes(data)[0], turned):
        return "the linear part is not s_1 minus the w v of the neurons with w < 0"
    return None if network(data.points[0]) == data.labels[0] else "the offset does not fit the first label"


def served(data: Dataset, active: list[Neuron]) -> list[Vector]:
    """sum_k hat_j(t_k) |w_k| v_k for every interior point j, for knots in [x_2, x_{N-1}].

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> served(data, [Neuron(1, "-3/2", (2,))])
    [(1,), (1,)]
    """
    received = [zero(data.tasks)] * data.size
    for neuron in active:
        left = min(bisect_right(data.points, neuron.knot), data.size - 1) - 1
        ends = neuron.knot, data.points[left], data.points[left + 1]
        for place, weight in ((left, stencil.falling(*ends)), (left + 1, stencil.rising(*ends))):
            received[place] = add(received[place], scale(weight, neuron.kink))
    return received[1:-1]
