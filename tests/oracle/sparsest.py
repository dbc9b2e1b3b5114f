"""The sparsest optima by brute force over knot budgets: which knots may serve which hats.

A knot under the hats of the points j and j + 1 adds to each a positive multiple of its own kink. The cost is minimal
only if every knot's share in a hat is a positive multiple of that hat's kink (else the triangle inequality is strict)
and no knot serves a hat whose kink is 0. So a knot at a data point serves one hat with a nonzero kink; a knot inside a
gap serves the two hats at its ends, whose kinks must be aligned; any other knot costs in vain. A set of knots is
feasible iff every nonzero hat is served; its shares, one positive number per hat served, are bound by one equation per
hat.
"""

from itertools import combinations
from typing import NamedTuple

from .kinks import Vector, aligned_gaps


class Sparsest(NamedTuple):
    """The fewest knots, whether one optimum only has so few, and how many parameters are free among those."""

    width: int
    unique: bool
    dimension: int


def servers(all_kinks: list[Vector]) -> list[tuple[int, ...]]:
    """The places of knots that do not cost in vain, each as the points whose hats it serves."""
    alone = [(point,) for point, kink in enumerate(all_kinks, start=1) if any(kink)]
    return alone + [(left, left + 1) for left in aligned_gaps(all_kinks)]


def sparsest(all_kinks: list[Vector]) -> Sparsest:
    """Tries all sets of 0, 1, 2, ... places; exponential in N."""
    hats = {point for point, kink in enumerate(all_kinks, start=1) if any(kink)}
    places = servers(all_kinks)
    for budget in range(len(hats) + 1):
        covers = [
            chosen for chosen in combinations(places, budget) if hats == {point for hat in chosen for point in hat}
        ]
        if covers:
            freedoms = [sum(map(len, chosen)) - len(hats) for chosen in covers]
            return Sparsest(budget, len(covers) == 1 and freedoms == [0], max(freedoms))
    raise AssertionError("one knot at every nonzero kink is always feasible")
