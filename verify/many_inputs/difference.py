"""Where two networks differ: a point on or beside one of their kinks, and the exact size of the difference."""

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import Vector
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ...theory.vectors import squared_length, subtract

_BITS = 128
_MOST_LINES = 12


def difference(first: RidgeNetwork, second: RidgeNetwork) -> tuple[Vector, Enclosure] | None:
    """(point, |first - second| there): the largest among the points tried, rounded to few digits; None if all agree."""
    best: tuple[fmpq, Vector] | None = None
    for point in _places(first, second):
        square = squared_length(subtract(first(point), second(point)))
        if square and (best is None or square > best[0]):
            best = square, point
    if best is None:
        return None
    with ctx.workprec(_BITS):
        return best[1], Enclosure.from_ball(arb(best[0]).sqrt())


def _places(first: RidgeNetwork, second: RidgeNetwork) -> list[Vector]:
    """Points near which one of the networks bends: rounded, since any point will do."""
    inputs = len(first.slopes)
    origin = tuple([fmpq(0)] * inputs)
    found = [origin]
    for neuron in [*first.neurons, *second.neurons][: 2 * _MOST_LINES]:
        found += _along(neuron)
    return [tuple([_rounded(entry) for entry in point]) for point in dict.fromkeys(found)]


def _along(neuron: RidgeNeuron) -> list[Vector]:
    """The point of the hyperplane nearest to the origin, and its neighbours along it and across."""
    u, square = neuron.direction, squared_length(neuron.direction)
    if not square:
        return []
    foot = tuple([-neuron.offset * entry / square for entry in u])
    if len(u) == 1:
        return [foot]
    sides = [(-u[1], u[0]), (u[1], -u[0])]
    largest = max(abs(u[0]), abs(u[1]))
    return [foot, *[(foot[0] + p / largest, foot[1] + q / largest) for p, q in sides]]


def _rounded(value: fmpq) -> fmpq:
    return fmpq((value * 1000 + fmpq(1, 2)).floor(), 1000)
