"""Breakpoints inside a gap, where weights vary and the best place is no data point: how the adaptive mode homes in.

Peaks of the violated dual close in on such a place by halves only. The kinks know better: several kinks inside a gap
stand for one at their centre of mass, whose error is the product of theirs. When the centre does not move any more, the
dual still may cross the bound there at a slope; a candidate close by on either side forces it to touch.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from flint import arb, ctx, fmpq

from ...theory.numbers import ZERO
from .barrier import dyadic
from .interface import Solution
from .norms import polyhedral_norm
from .program import Program


def centres(program: Program, solution: Solution, bits: int) -> Iterator[fmpq]:
    """The centres of mass of the kinks strictly inside each gap, for each side and for both together, rounded."""
    assert solution.primal is not None
    kinks = list(zip(program.atoms, solution.primal.kinks, strict=True))
    sides = [{1}] if program.linear_part else [{1}, {-1}, {1, -1}]
    for left, right in pairwise(program.data.points):
        inside = [(atom, polyhedral_norm("l1", kink)) for atom, kink in kinks if left < atom.knot < right]
        for meant in sides:
            total = sum([mass for atom, mass in inside if atom.side in meant], ZERO)
            if total != ZERO:
                moment = sum([(atom.knot - left) * mass for atom, mass in inside if atom.side in meant], ZERO)
                with ctx.workprec(bits):
                    yield left + dyadic(arb(moment / total))


def spread(program: Program, places: Iterable[fmpq], candidates: Iterable[fmpq], closeness: fmpq) -> Iterator[fmpq]:
    """The places themselves where they are new; two neighbours of the candidate that is (almost) there if not.

    closeness: the distance of the neighbours, and that below which places are the same, in units of the gap. Candidates
    of the program that are not in `candidates` get no neighbours.
    """
    taken = list(program.candidates)
    for place in places:
        distance = closeness * _gap(program, place)
        nearest = min(taken, key=lambda known: abs(known - place))
        if abs(nearest - place) >= distance:
            taken.append(place)
            yield place
        elif nearest in candidates:
            yield from (nearest - distance, nearest + distance)


def _gap(program: Program, place: fmpq) -> fmpq:
    """The length of the gap with this place strictly inside, 0 if there is none."""
    return next((right - left for left, right in pairwise(program.data.points) if left < place < right), ZERO)
