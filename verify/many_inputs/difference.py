"""Where two networks differ: a point on or beside one of their kinks, and the exact size of the difference."""

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure
from ...theory.labelled_points import LabelledPoints
from ...theory.numbers import Vector
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ...theory.vectors import dot, squared_length, subtract
from .problem import size_of_points

_BITS = 128
_MOST_LINES = 12


def difference(first: RidgeNetwork, second: RidgeNetwork, data: LabelledPoints) -> tuple[Vector, Enclosure] | None:
    """(point, |first - second| there): the largest among the points tried, rounded to few digits; None if all agree.

    They are tried about the middle of the data, as far out as the data reach, whatever the units.
    """
    best: tuple[fmpq, Vector] | None = None
    for point in _places(first, second, data):
        square = squared_length(subtract(first(point), second(point)))
        if square and (best is None or square > best[0]):
            best = square, point
    if best is None:
        return None
    with ctx.workprec(_BITS):
        return best[1], Enclosure.from_ball(arb(best[0]).sqrt())


def _places(first: RidgeNetwork, second: RidgeNetwork, data: LabelledPoints) -> list[Vector]:
    """The middle of the data, its neighbours, and points near which a network bends: rounded, any point will do."""
    unit = size_of_points(data.points)
    middle = tuple([(min(column) + max(column)) / 2 for column in zip(*data.points, strict=True)])
    found = [middle]
    for k in range(data.inputs):  # one of these tells affine functions apart
        found.append(tuple([entry + unit if i == k else entry for i, entry in enumerate(middle)]))
    for neuron in [*first.neurons, *second.neurons][: 2 * _MOST_LINES]:
        found += _along(neuron, middle, unit)
    return [tuple([_rounded(entry, unit) for entry in point]) for point in dict.fromkeys(found)]


def _along(neuron: RidgeNeuron, middle: Vector, unit: fmpq) -> list[Vector]:
    """The point of the hyperplane nearest to the middle, and in the plane its neighbours along the line."""
    u, square = neuron.direction, squared_length(neuron.direction)
    if not square:
        return []
    away = (dot(u, middle) + neuron.offset) / square
    foot = tuple([m - away * entry for m, entry in zip(middle, u, strict=True)])
    if len(u) != 2:
        return [foot]
    step = unit / max(abs(u[0]), abs(u[1]))
    return [foot, *[(foot[0] - s * u[1], foot[1] + s * u[0]) for s in (step, -step)]]


def _rounded(value: fmpq, unit: fmpq) -> fmpq:
    return unit * fmpq((value / unit * 1000 + fmpq(1, 2)).floor(), 1000)
