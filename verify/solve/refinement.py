"""Breakpoints inside a gap, where weights vary and the best place is no data point: candidates that close in on it.

Peaks of the violated dual close in on such a place by halves only. The kinks know better: several kinks inside a gap
stand for one at their centre of mass. But a candidate there alone leaves the dual free to cross the bound at a slope;
a neighbour close by on either side forces it to touch; so does one neighbour where the place is a data point.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from flint import arb, ctx, fmpq

from ...theory.numbers import ZERO
from .interface import Solution
from .interior_point import dyadic
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


def bracketed(program: Program, places: Sequence[fmpq], closeness: fmpq) -> Iterator[fmpq]:
    """Each place and its neighbours at `closeness` times the gap, as far as no candidate is there already."""
    taken = list(program.candidates)
    for place in places:
        distance = closeness * _gap(program, place)
        for near in (place, place - distance, place + distance):
            if min(abs(near - known) for known in taken) >= distance / 4:
                taken.append(near)
                yield near


def _gap(program: Program, place: fmpq) -> fmpq:
    """The length of the gap with this place strictly inside, 0 if there is none."""
    return next((right - left for left, right in pairwise(program.data.points) if left < place < right), ZERO)


def beside_data_points(
    program: Program, solution: Solution, violated: Sequence[fmpq], closeness: fmpq
) -> Iterator[fmpq]:
    """Where the dual is violated beside a data point with a kink, a place close by: they have to be tangent there."""
    assert solution.primal is not None
    bent = {atom.knot for atom, kink in zip(program.atoms, solution.primal.kinks, strict=True) if any(kink)}
    for left, right in pairwise(program.data.points):
        if any(left < place < right for place in violated):
            distance = closeness * (right - left)
            for end, near in ((left, left + distance), (right, right - distance)):
                if end in bent and min(abs(near - known) for known in program.candidates) >= distance / 4:
                    yield near
