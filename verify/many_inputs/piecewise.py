"""The largest value of a continuous piecewise linear function over a box: it is taken at a vertex of its pieces.

Vertices are exact (crossings of lines with lines and with the sides of the box); there the function is evaluated in
double precision with a bound of the rounding error, and once more in balls where it is largest.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy
from flint import arb, fmpq

from ...theory.enclosure import Enclosure
from ...theory.free_functions import Convention, annihilator, matrix
from ...theory.labelled_points import LabelledPoints
from ...theory.numbers import ZERO, Vector, nearest_float
from ...theory.vectors import dot
from .floats import floats

Terms = Mapping[tuple[Vector, fmpq], arb]
Box = tuple[tuple[fmpq, fmpq], ...]


def box_of(points: tuple[Vector, ...]) -> Box:
    """The smallest box that holds the points: (low, high) per coordinate."""
    return tuple([(min(column), max(column)) for column in zip(*points, strict=True)])


def vertices(box: Box, hyperplanes: list[tuple[Vector, fmpq]]) -> Iterator[Vector]:
    """The vertices of the pieces of the box cut by lines u.x + b = 0 (points, for one input): all, some twice."""
    if len(box) == 1:
        ((low, high),) = box
        yield from [(low,), (high,)]
        yield from [(-b / u[0],) for u, b in hyperplanes if u[0] and low <= -b / u[0] <= high]
        return
    (left, right), (bottom, top) = box
    sides = [((fmpq(1), ZERO), -left), ((fmpq(1), ZERO), -right), ((ZERO, fmpq(1)), -bottom), ((ZERO, fmpq(1)), -top)]
    for (u, b), (v, c) in combinations([*sides, *hyperplanes], 2):
        determinant = u[0] * v[1] - u[1] * v[0]
        if determinant:
            x, y = (u[1] * c - v[1] * b) / determinant, (v[0] * b - u[0] * c) / determinant
            if left <= x <= right and bottom <= y <= top:
                yield x, y


def largest_value(data: LabelledPoints, terms: Terms, convention: Convention) -> Enclosure:
    """Bounds of max |g| over the box of the data, g = sum_k c_k (u_k.x + b_k)_+ plus a free function.

    terms: {(u_k, b_k): c_k}, such that some free function makes g vanish at all data points.
    """
    kept = {key: value for key, value in terms.items() if any(key[0])}
    if not kept:
        return Enclosure.exactly(ZERO)
    places = list(dict.fromkeys(vertices(box_of(data.points), list(kept))))
    slopes, constant = _free_part(data, kept, convention)
    x = floats(matrix(places))
    u, b = floats(matrix([key[0] for key in kept])), numpy.array([nearest_float(k[1]) for k in kept])
    c = numpy.array([float(value.mid()) for value in kept.values()])
    radius = numpy.array([float(value.rad().upper()) for value in kept.values()])
    before = x @ u.T + b
    a, a0 = numpy.array([float(s.mid()) for s in slopes]), float(constant.mid())
    values = numpy.abs(numpy.maximum(before, 0) @ c + x @ a + a0)
    # Every product and sum is off by 2^-53 of the absolute values; inputs were rounded once. The factor is generous.
    size = numpy.abs(x) @ numpy.abs(u).T + numpy.abs(b)
    total = size @ numpy.abs(c) + numpy.abs(x) @ numpy.abs(a) + abs(a0)
    spread = size @ radius + numpy.abs(x) @ [float(s.rad().upper()) for s in slopes] + float(constant.rad().upper())
    errors = total * (len(kept) + 20) * 2.0**-50 + 2 * spread
    upper = numpy.nextafter((values + errors).max(), numpy.inf)
    best = places[int(values.argmax())]
    exact = sum([value * arb(max(dot(key[0], best) + key[1], ZERO)) for key, value in kept.items()], constant)
    exact += sum([s * arb(coordinate) for s, coordinate in zip(slopes, best, strict=True)], arb(0))
    found = Enclosure.from_ball(abs(exact))
    top = fmpq(*float(upper).as_integer_ratio())
    return Enclosure(max(found.lower, ZERO), max(top, found.upper))


def _free_part(data: LabelledPoints, terms: Terms, convention: Convention) -> tuple[list[arb], arb]:
    """(slopes, constant) of the free function."""
    if convention is Convention.PENALISED:
        return [arb(0)] * data.inputs, arb(0)
    free = set(annihilator(data.points, convention).free)
    pivots = [point for i, point in enumerate(data.points) if i not in free]
    rows = matrix([[fmpq(1), *point] for point in pivots])
    inverse = rows.transpose() * (rows * rows.transpose()).inv()
    wanted = [-sum([c * arb(max(dot(u, p) + b, ZERO)) for (u, b), c in terms.items()], arb(0)) for p in pivots]
    found = [
        sum([arb(entry) * value for entry, value in zip(row, wanted, strict=True)], arb(0)) for row in inverse.tolist()
    ]
    return found[1:], found[0]
