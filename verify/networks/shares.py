"""Who wastes what: the part of every neuron in the excess (BF), and why it is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from flint import arb, fmpq

from ...theory.alignment import aligned
from ...theory.defect import Defect
from ...theory.enclosure import Enclosure
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import ZERO, sign
from ...theory.root_sum import enclose_roots
from .valued_defects import BITS, Valued, nonnegative

Why = Literal["needed", "inactive", "dead", "linear on the data", "misplaced", "misdirected", "duplicate", "mergeable"]
"""What a neuron is, the first of these that applies, in this order of search: inactive (w = 0 or v = 0), dead (0 at
every data point), linear on the data (its knot is not between the first and the last point), then by its defect:
misplaced or misdirected, whichever costs more; without a defect: duplicate (another neuron bends at the same knot in
the same direction), mergeable (an aligned neuron bends in the same gap: one neuron could do for both), or needed."""


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """One neuron's part of the excess: index from 0, knot (None if w = 0), cost |m|, defect, and why."""

    index: int
    knot: fmpq | None
    cost: Enclosure
    defect: Enclosure
    why: Why


def shares_of(network: ReLUNetwork, points: Sequence[fmpq], of_neurons: Sequence[Valued]) -> Iterator[Share]:
    """One share per neuron, in their order."""
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
        yield Share(index, defect.knot, cost, nonnegative(ball), why)


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
