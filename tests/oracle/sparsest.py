"""The sparsest optima by brute force over knot budgets: which knots may serve which hats.

A knot under the hats of the points j and j + 1 adds to each a positive multiple of its own kink. The cost is minimal
only if every knot's share in a hat is a positive multiple of that hat's kink (else the triangle inequality is strict)
and no knot serves a hat whose kink is 0. So a knot at a data point serves one hat with a nonzero kink; a knot inside a
gap serves the two hats at its ends, whose kinks must be aligned; any other knot costs in vain. A set of knots is
feasible iff every nonzero hat is served; its shares, one positive number per hat served, are bound by one equation per
hat.
"""

from itertools import combinations, product
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


class _Covers(NamedTuple):
    """The smallest covers of the hats so far: how many places, how many such covers, and the most shares in one."""

    size: int
    count: int
    shares: int


def sparsest_by_steps(all_kinks: list[Vector]) -> Sparsest:
    """The same from left to right, for any N: at each hat a knot of its own or not, one shared with the next or not."""
    shared = set(aligned_gaps(all_kinks))
    states = {False: _Covers(0, 1, 0)}  # by whether the hat that comes next is served already
    for point, kink in enumerate(all_kinks, start=1):
        following: dict[bool, _Covers] = {}
        for served, own, joint in product(states, (False, True), (False, True)):
            if not any(kink) and (own or joint):
                continue
            if (joint and point not in shared) or (any(kink) and not (served or own or joint)):
                continue
            size, count, shares = states[served]
            _add(following, joint, _Covers(size + own + joint, count, shares + own + 2 * joint))
        states = following
    best, hats = states[False], sum(map(any, all_kinks))
    return Sparsest(best.size, best.count == 1 and best.shares == hats, best.shares - hats)


def _add(states: dict[bool, _Covers], key: bool, new: _Covers) -> None:
    old = states.get(key)
    if old is None or new.size < old.size:
        states[key] = new
    elif new.size == old.size:
        states[key] = _Covers(new.size, old.count + new.count, max(old.shares, new.shares))
