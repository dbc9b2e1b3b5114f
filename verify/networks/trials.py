"""Trained networks beside the fit of the same objective: what every seed ended with."""

from collections.abc import Iterable
from dataclasses import dataclass

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.enclosure import Enclosure
from ...theory.network import ReLUNetwork
from ...theory.numbers import ZERO, vector
from ...theory.root_sum import enclose_roots
from ...theory.vectors import squared_length, subtract
from ..fit.report import values_and_distance
from ..fit.result import Fit
from .judgement import Judgement, judge
from .objective import Objective, beside

MATTERS = fmpq(1, 10**6)
"""A neuron counts as used if it costs at least this part of the path cost: descent never ends at 0 exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One trained network: judged, its objective beside the least one, and how far its outputs are from the fit's.

    distance: |Z - Z*|, Frobenius norm over the data, certified; used: the neurons that cost at least MATTERS of all.
    """

    judged: Judgement
    objective: Objective
    distance: Enclosure
    used: int


def trials(data: Dataset, penalty: fmpq, networks: Iterable[ReLUNetwork], least: Fit) -> list[Trial]:
    """Judge every network against the certified fit at this lambda."""
    return [_trial(judge(data, network), penalty, least) for network in networks]


def _trial(judged: Judgement, penalty: fmpq, least: Fit) -> Trial:
    threshold = MATTERS * judged.path_cost.upper
    used = sum([share.cost.lower >= threshold for share in judged.shares])
    return Trial(judged, beside(judged, penalty, least.objective), _distance(judged, least), used)


def _distance(judged: Judgement, least: Fit) -> Enclosure:
    """The distance to the labels of the fit, widened by what is certified of those."""
    labels, radius = values_and_distance(least)
    square = ZERO
    for here, there in zip(judged.outputs.labels, labels, strict=True):
        square += squared_length(subtract(here, vector(there)))
    measured = enclose_roots([square]) if square else Enclosure.exactly(ZERO)
    return Enclosure(max(measured.lower - radius, ZERO), measured.upper + radius)
