"""The defects of a network with their values in balls, which shares, distances and the excess are made of (BF)."""

from collections.abc import Sequence

from flint import arb, ctx

from ...theory.dataset import Dataset
from ...theory.defect import Defect, defects
from ...theory.enclosure import Enclosure
from ...theory.network import ReLUNetwork
from ...theory.numbers import ZERO

BITS = 96
"""Relative accuracy of every enclosed number, in bits."""

Valued = tuple[Defect, arb]
"""A defect with its value."""


def valued_defects(network: ReLUNetwork, outputs: Dataset) -> list[Valued]:
    """Of the active neurons, in their order, against the network's own outputs."""
    return [(defect, defect.ball(BITS)) for defect in defects(network, outputs)]


def sum_of_defects(values: Sequence[Valued]) -> arb:
    """The excess: all defects are nonnegative, so nothing cancels."""
    with ctx.workprec(BITS + 64):
        return sum([ball for _, ball in values], arb(0))


def nonnegative(ball: arb) -> Enclosure:
    """The ball as an enclosure, without what is below 0."""
    found = Enclosure.from_ball(ball)
    return Enclosure(max(found.lower, ZERO), found.upper)
