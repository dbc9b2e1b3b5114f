"""A trained network beside the theory: what it costs, what its own outputs need, and which neurons waste the rest.

A trained network interpolates nothing exactly but its own outputs, so those are what the theory is asked about: the
cheapest network with the same outputs (A), the excess over it and each neuron's share (BF), how far from
connect-the-dots of its outputs the excess allows it to be (S), and how far it is.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from flint import arb, ctx, fmpq

from ...theory.dataset import Dataset
from ...theory.defect import Defect, defects
from ...theory.enclosure import Enclosure
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import ZERO, Vector, sign
from ...theory.optimum import Run, aligned, changes, connect_the_dots, runs_of, slopes
from ...theory.root_sum import enclose_roots
from ...theory.solution_set import sparsest_width
from ...theory.spline import LinearSpline
from ...theory.stability import gap_bounds
from ...theory.vectors import squared_length, subtract
from .. import drawing
from ..reading.provenance import Source
from ..words import counted

BITS = 96
"""Relative accuracy of every enclosed number, in bits."""

Why = Literal["needed", "inactive", "dead", "linear on the data", "misplaced", "misdirected", "duplicate", "mergeable"]
"""What a neuron is, the first of these that applies, in this order of search: inactive (w = 0 or v = 0), dead (0 at
every data point), linear on the data (its knot is not between the first and the last point), then by its defect:
misplaced or misdirected, whichever costs more; without a defect: duplicate (another neuron bends at the same knot in
the same direction), mergeable (an aligned neuron bends in the same gap: one neuron could do for both), or needed."""


Valued = tuple[Defect, arb]
"""A defect with its value."""


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """One neuron's part of the excess: index from 0, knot (None if w = 0), cost |m|, defect, and why."""

    index: int
    knot: fmpq | None
    cost: Enclosure
    defect: Enclosure
    why: Why


@dataclass(frozen=True, slots=True, eq=False)
class GapDistance:
    """The largest |f - f_D| on one gap (left point from 0), f_D through the network's outputs, and S's bound of it.

    bound: None on an aligned gap, where no multiple of the excess bounds the distance.
    """

    gap: int
    measured: Enclosure
    bound: Enclosure | None


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """Everything `judge` decides about a network on a dataset; exact, or enclosed to about BITS bits.

    outputs: the points with the network's values; misfit: half the sum of squared residuals; cheapest: the least path
    cost of any network with these outputs; shares: of all neurons, the largest defect first; runs: of the outputs.
    """

    data: Dataset
    network: ReLUNetwork
    spline: LinearSpline
    outputs: Dataset
    misfit: fmpq
    path_cost: Enclosure
    weight_decay: fmpq
    cheapest: Enclosure
    excess: Enclosure
    shares: tuple[Share, ...]
    distances: tuple[GapDistance, ...]
    runs: tuple[Run, ...]

    @property
    def imbalance(self) -> Enclosure:
        """Weight decay less path cost: what the neurons waste that are not balanced, |v| != |w|."""
        if self.network.is_balanced:
            return Enclosure.exactly(ZERO)
        low, high = self.weight_decay - self.path_cost.upper, self.weight_decay - self.path_cost.lower
        return Enclosure(max(low, ZERO), high)

    @property
    def relative_excess(self) -> Enclosure | None:
        """The excess as a part of the cheapest cost; None where that is 0."""
        if self.cheapest.lower <= 0:
            return None
        return Enclosure(self.excess.lower / self.cheapest.upper, self.excess.upper / self.cheapest.lower)

    @property
    def own_outputs_unique(self) -> bool:
        """Whether connect-the-dots is the only cheapest function with these outputs (B)."""
        return all(run.length == 1 for run in self.runs)

    @property
    def sparsest_width(self) -> int:
        """The fewest active neurons of a cheapest network with these outputs (K)."""
        return sparsest_width(self.runs)

    def plot(self, ax: Any = None, *, width: float | None = None, source: Source | None = None) -> Any:
        """A matplotlib figure of the function, its distance from connect-the-dots and who wastes what; with `ax`, the
        first task drawn into it.

        width: in inches, of the figure; None for that of a page. source: of the data, for the names of their columns.
        Needs the extra `plots`; InputError without it.
        """
        return drawing.plot("judgement", self, ax, width=width, source=source)

    @property
    def farthest(self) -> GapDistance:
        """The gap on which f is farthest from connect-the-dots of its outputs."""
        return max(self.distances, key=lambda distance: distance.measured.lower)


def judge(data: Dataset, network: ReLUNetwork) -> Judgement:
    """Judge a network with one input on a dataset; ValueError if their numbers of tasks differ.

    Time grows linearly in points and neurons, but for sorting.
    """
    if len(network.slope) != data.tasks:
        raise ValueError(
            f"the network has {counted(len(network.slope), 'output')}, the data have {counted(data.tasks, 'task')}"
        )
    spline = network.to_spline()
    outputs = Dataset(data.points, tuple(spline.values_at(data.points)))
    all_kinks = changes(slopes(outputs))
    of_neurons = [(defect, defect.ball(BITS)) for defect in defects(network, outputs)]
    return Judgement(
        data=data,
        network=network,
        spline=spline,
        outputs=outputs,
        misfit=_misfit(data, outputs),
        path_cost=enclose_roots([neuron.cost_square for neuron in network.neurons], BITS),
        weight_decay=network.weight_decay(),
        cheapest=enclose_roots([squared_length(d) for d in all_kinks], BITS),
        excess=_nonnegative(_total([ball for _, ball in of_neurons])),
        shares=tuple(sorted(_shares(network, data.points, of_neurons), key=lambda share: -share.defect.lower)),
        distances=tuple(_distances(spline, outputs, of_neurons)),
        runs=runs_of(all_kinks),
    )


def _misfit(data: Dataset, outputs: Dataset) -> fmpq:
    residuals = zip(data.labels, outputs.labels, strict=True)
    return sum([squared_length(subtract(y, z)) for y, z in residuals], ZERO) / 2


def _total(balls: Sequence[arb]) -> arb:
    """The sum of the defects: all are nonnegative, so nothing cancels."""
    with ctx.workprec(BITS + 64):
        return sum(balls, arb(0))


def _nonnegative(ball: arb) -> Enclosure:
    found = Enclosure.from_ball(ball)
    return Enclosure(max(found.lower, ZERO), found.upper)


def _shares(network: ReLUNetwork, points: Sequence[fmpq], of_neurons: Sequence[Valued]) -> Iterator[Share]:
    nothing = Enclosure.exactly(ZERO)
    twins = _twins([defect for defect, ball in of_neurons if ball.is_zero()])
    active = iter(of_neurons)
    for index, neuron in enumerate(network.neurons):
        if not neuron.is_active:
            yield Share(index, neuron.knot if sign(neuron.w) else None, nothing, nothing, "inactive")
            continue
        defect, ball = next(active)
        cost = enclose_roots([neuron.cost_square], BITS)
        why = _position(neuron, points) or _waste(defect, ball) or twins.get(index, "needed")
        yield Share(index, defect.knot, cost, _nonnegative(ball), why)


def _position(neuron: Neuron, points: Sequence[fmpq]) -> Why | None:
    """Whether the neuron bends nothing between the data, and then whether it is 0 at all of them."""
    if points[0] < neuron.knot < points[-1]:
        return None
    rising, right = sign(neuron.w) > 0, neuron.knot >= points[-1]
    return "dead" if rising == right else "linear on the data"


def _waste(defect: Defect, ball: arb) -> Why | None:
    if ball.is_zero():
        return None
    return "misplaced" if bool(2 * defect.misplacement() >= ball) else "misdirected"


def _twins(perfect: Sequence[Defect]) -> dict[int, Why]:
    """The neurons without a defect that bend together with a neighbour in the same gap, both in one direction."""
    found: dict[int, Why] = {}
    for left, right in pairwise(sorted(perfect, key=lambda defect: defect.knot)):
        if not aligned(left.kink, right.kink):
            continue
        together: Why | None = (
            "duplicate" if left.knot == right.knot else "mergeable" if _one_gap(left, right) else None
        )
        for defect in (left, right) if together else ():
            if together and found.get(defect.index) != "duplicate":
                found[defect.index] = together
    return found


def _one_gap(left: Defect, right: Defect) -> bool:
    """Whether two knots, in order, lie in one closed gap: a single knot between them has the same hats."""
    if left.gap is None or right.gap is None:
        return False
    at_its_left_end = len(right.support) == 1 and right.support[0][0] == 1
    return left.gap == right.gap or (at_its_left_end and left.gap + 1 == right.gap)


def _distances(spline: LinearSpline, outputs: Dataset, of_neurons: Sequence[Valued]) -> Iterator[GapDistance]:
    """On every gap f - f_D is linear between the knots of f and 0 at both ends: it is largest at a knot.

    S speaks of the function, so its excess is that of the spline: neurons on one knot count as one.
    """
    balls = [ball for _, ball in of_neurons]
    if len(balls) != spline.width:
        balls = [defect.ball(BITS) for defect in defects(ReLUNetwork.from_spline(spline), outputs)]
    e, largest = _total(balls), _largest_squares(spline, outputs)
    for gap, bound in enumerate(gap_bounds(outputs)):
        square = largest.get(gap, ZERO)
        measured = enclose_roots([square], BITS) if square else Enclosure.exactly(ZERO)
        yield GapDistance(gap, measured, None if bound is None else _bound(e, bound.length, bound.terms))


def _bound(e: arb, length: fmpq, divisor: Sequence[fmpq]) -> Enclosure:
    """length * e / divisor, the divisor as signed squares; more bits until it is seen to be positive."""
    working = 2 * BITS
    while True:
        with ctx.workprec(working):
            below = sum([sign(term) * arb(abs(term)).sqrt() for term in divisor], arb(0))
            if below > 0:
                return _nonnegative(arb(length) * e / below)
        working *= 2


def _largest_squares(spline: LinearSpline, outputs: Dataset) -> dict[int, fmpq]:
    """The largest |f - f_D|^2 at a knot, for every gap that has one inside."""
    dots = connect_the_dots(outputs)
    found: dict[int, fmpq] = {}
    values: Iterator[tuple[fmpq, Vector, Vector]] = zip(
        spline.knots, spline.values_at(spline.knots), dots.values_at(spline.knots), strict=True
    )
    for knot, here, there in values:
        gap = bisect_right(outputs.points, knot) - 1
        if 0 <= gap < outputs.size - 1:
            found[gap] = max(found.get(gap, ZERO), squared_length(subtract(here, there)))
    return found
