"""A trained network beside the theory: what it costs, what its own outputs need, and which neurons waste the rest.

A trained network interpolates nothing exactly but its own outputs, so those are what the theory is asked about: the
cheapest network with the same outputs (A), the excess over it and each neuron's share (BF), how far from
connect-the-dots of its outputs the excess allows it to be (S), and how far it is.
"""

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from ...theory.alignment import Run, runs_of
from ...theory.dataset import Dataset
from ...theory.enclosure import Enclosure
from ...theory.network import ReLUNetwork
from ...theory.numbers import ZERO
from ...theory.optimum import changes, slopes
from ...theory.root_sum import enclose_roots
from ...theory.solution_set import sparsest_width
from ...theory.spline import LinearSpline
from ...theory.vectors import squared_length, subtract
from .. import drawing
from ..reading.provenance import Source
from ..words import counted
from .distances import GapDistance, distances_on_gaps
from .shares import Share, shares_of
from .valued_defects import BITS, nonnegative, sum_of_defects, valued_defects


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
    of_neurons = valued_defects(network, outputs)
    return Judgement(
        data=data,
        network=network,
        spline=spline,
        outputs=outputs,
        misfit=_misfit(data, outputs),
        path_cost=enclose_roots([neuron.cost_square for neuron in network.neurons], BITS),
        weight_decay=network.weight_decay(),
        cheapest=enclose_roots([squared_length(d) for d in all_kinks], BITS),
        excess=nonnegative(sum_of_defects(of_neurons)),
        shares=tuple(sorted(shares_of(network, data.points, of_neurons), key=lambda share: -share.defect.lower)),
        distances=tuple(distances_on_gaps(spline, outputs, of_neurons)),
        runs=runs_of(all_kinks),
    )


def _misfit(data: Dataset, outputs: Dataset) -> fmpq:
    residuals = zip(data.labels, outputs.labels, strict=True)
    return sum([squared_length(subtract(y, z)) for y, z in residuals], ZERO) / 2
