"""Subjects of the claims about many inputs: labelled points with networks that are optimal exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.free_functions import Convention
from ...theory.labelled_points import LabelledPoints
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ...theory.vectors import add, scale
from ..answers.findings import Findings

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FREE = Convention.FREE
CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))

XOR = LabelledPoints.from_rows([(x, y, x * y) for x, y in CORNERS], inputs=2)
"""R = 2 sqrt 2, not unique."""

FIVE = LabelledPoints.from_rows([(0, 0, 0, 0), (0, -1, 0, 0), (0, 1, 0, 2), (1, -1, 0, 0), (1, 1, 1, 2)], inputs=2)
"""R = 3, not unique, two tasks."""

EIGHT = LabelledPoints.from_rows(
    [*[(x, y, 0) for x, y in CORNERS], *[(fmpq(x, 2), fmpq(y, 2), 1) for x, y in CORNERS]], inputs=2
)
"""The eight points of the paper, its task alone: R = 4, not unique."""


@dataclass(frozen=True, slots=True)
class NetworkOnPoints:
    """Labelled points, and a network with as many inputs and outputs."""

    data: LabelledPoints
    network: RidgeNetwork


@dataclass(frozen=True, slots=True)
class TwoOptima:
    """Labelled points with two optimal networks, which may be the same."""

    data: LabelledPoints
    first: RidgeNetwork
    second: RidgeNetwork


def mixture(first: RidgeNetwork, second: RidgeNetwork, share: fmpq) -> RidgeNetwork:
    """share first + (1 - share) second, neuron beside neuron."""
    parts = [(share, first), (1 - share, second)]
    neurons = [RidgeNeuron(n.direction, n.offset, scale(s, n.weights)) for s, f in parts if s for n in f.neurons]
    slopes = [add(scale(share, p), scale(1 - share, q)) for p, q in zip(first.slopes, second.slopes, strict=True)]
    constant = add(scale(share, first.constant), scale(1 - share, second.constant))
    return RidgeNetwork(tuple(neurons), tuple(slopes), constant)


def two_optima(data: LabelledPoints) -> TwoOptima | None:
    """Two optima that are exact, once the same where there is one; None if the optimum is only enclosed."""
    from ..many_inputs.answer import MOST_POINTS
    from ..many_inputs.optimum import solve_optimum

    found = solve_optimum(data) if data.size <= MOST_POINTS and data.inputs <= 2 else None
    if found is None or found.exact_cost is None:
        return None
    return TwoOptima(data, found.network, found.network if found.another is None else found.another)


def of_findings(findings: Findings) -> LabelledPoints:
    """The dataset as points with one input."""
    return LabelledPoints.from_dataset(findings.data)


def optima_of(findings: Findings) -> Iterator[TwoOptima]:
    """What a dataset with one input gives rise to."""
    found = two_optima(of_findings(findings))
    if found is not None:
        yield found


def networks_of(findings: Findings) -> Iterator[NetworkOnPoints]:
    """Both optima and a mixture."""
    for found in optima_of(findings):
        for network in (found.first, found.second, mixture(found.first, found.second, fmpq(1, 3))):
            yield NetworkOnPoints(found.data, network)


def exact_optima() -> "SearchStrategy[TwoOptima]":
    """Small integer data in the plane and on the line whose optima are exact, and the examples of the notes."""
    from hypothesis import strategies as st

    from ..strategies import datasets
    from ..strategies.labelled_points import plane_datasets

    known = st.sampled_from([XOR, FIVE, EIGHT])
    line = datasets(max_size=6).map(LabelledPoints.from_dataset)
    plane = plane_datasets(max_size=5)
    return st.one_of(known, line, plane).map(two_optima).filter(lambda found: found is not None)  # type: ignore[return-value]


def exact_networks() -> "SearchStrategy[NetworkOnPoints]":
    """Mixtures of two exact optima."""
    from hypothesis import strategies as st

    shares = st.sampled_from([fmpq(0), fmpq(1, 3), fmpq(1)])
    return st.builds(
        lambda found, share: NetworkOnPoints(found.data, mixture(found.first, found.second, share)),
        exact_optima(),
        shares,
    )
