"""Functions and networks that every dataset gives rise to: the subjects of the exact checks."""

from collections.abc import Iterator
from itertools import pairwise

from flint import fmpq

from ...theory.network import Neuron, ReLUNetwork
from ...theory.spline import LinearSpline
from ...theory.square_classes import rational_root
from ...theory.vectors import add, scale, squared_length, subtract
from ..answers.findings import Findings

LARGEST_SPLIT = 10**6
"""Kinks whose length p / q has a larger p q are not split into squares: the search for them is exhaustive."""


def mixed(f: LinearSpline, g: LinearSpline, weight: fmpq) -> LinearSpline:
    """(1 - weight) f + weight g."""
    return f.scaled(1 - weight) + g.scaled(weight)


def optima_of(findings: Findings) -> list[LinearSpline]:
    """Different optima: connect-the-dots, a second one, a sparsest one, and a mixture; or the only one."""
    optima, sparsest = findings.optima, findings.sparsest.spline
    if optima.another is None:
        return [optima.connect_the_dots]
    between = mixed(optima.connect_the_dots, sparsest, fmpq(1, 3))
    return [optima.connect_the_dots, optima.another, *([sparsest] if sparsest != optima.another else []), between]


def interpolants_of(findings: Findings) -> Iterator[LinearSpline]:
    """Optima, and interpolants with knots in every gap, at the end points and outside the data."""
    data = findings.data
    yield from optima_of(findings)
    base = findings.optima.connect_the_dots
    for gap, (left, right) in enumerate(pairwise(data.points)):
        kink = tuple([fmpq(1 + gap * task) for task in range(data.tasks)])
        for jumps in ((1, -2, 1), (-1, 2, -1)):
            places = [left, left + (right - left) / 3, right]
            weights = zip(places, (fmpq(2, 3) * jumps[0], fmpq(1, 2) * jumps[1], fmpq(1, 3) * jumps[2]), strict=True)
            yield base.bent([(place, scale(factor, kink)) for place, factor in weights])
    ones = (fmpq(1),) * data.tasks
    yield base.bent([(data.points[-1], ones), (data.points[-1] + 1, scale(fmpq(-2), ones))])
    # A kink at x_1, taken back by the line: nothing changes right of x_1.
    first, turned = data.points[0], base.bent([(data.points[0], ones)])
    offset = add(turned.offset, scale(first, ones))
    yield LinearSpline(subtract(turned.slope, ones), offset, turned.knots, turned.kinks)


def balanced_network(f: LinearSpline, *, turned: bool = False) -> ReLUNetwork | None:
    """A balanced network that computes f, with w < 0 in every second neuron if asked.

    A kink of rational length r is served by neurons with w^2 summing to r: Lagrange's four squares. None where a
    length is irrational or too long to split.
    """
    slope, offset, neurons = f.slope, f.offset, []
    for knot, kink in zip(f.knots, f.kinks, strict=True):
        length = rational_root(squared_length(kink))
        if length is None or length.p * length.q > LARGEST_SPLIT:
            return None
        for index, w in enumerate(four_squares(length)):
            weight = -w if turned and index % 2 == 0 else w
            neuron = Neuron(weight, -weight * knot, scale(w / length, kink))
            if weight != w:
                slope, offset = subtract(slope, scale(weight, neuron.v)), subtract(offset, scale(neuron.b, neuron.v))
            neurons.append(neuron)
    return ReLUNetwork(tuple(neurons), slope, offset)


def four_squares(value: fmpq) -> list[fmpq]:
    """Positive rationals, four at most, whose squares sum to a positive rational."""
    denominator = int(value.q)
    found = _integer_squares(int(value.p) * denominator, 4)
    return [fmpq(root, denominator) for root in found]


def _integer_squares(number: int, most: int) -> list[int]:
    from math import isqrt

    if number == 0:
        return []
    if most == 0:
        return [-1]  # no representation along this branch
    for root in range(isqrt(number), 0, -1):
        rest = _integer_squares(number - root * root, most - 1)
        if -1 not in rest:
            return [root, *rest]
    return [-1]
