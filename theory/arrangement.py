"""The finite form of the neurons: candidates (through data points) and the arcs of directions between them.

For a fixed direction the values at the data are affine in the offset between consecutive data points, so neurons may be
taken to bend at a data point, the pivot. Turning about its pivot, a neuron passes other data points; between two such
candidates, on an arc, its values at the data are linear in its parameter. Two parameters make arcs: the direction of
u in the plane (free convention, d = 2; u and -u are the same modulo affine functions, so half a turn suffices) or
(u, b) for one input with penalised bias (a full turn). With one input and free bias only candidates are left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq

from .free_functions import Convention
from .numbers import ZERO, Vector, sign, vector
from .ridge_network import RidgeNeuron
from .vectors import integral, subtract

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CandidateNeuron:
    """A neuron that bends at data points: integer direction, offset, and the points where it is positive."""

    direction: tuple[int, ...]
    offset: fmpq
    active: tuple[int, ...]

    def neuron(self, weights: Vector) -> RidgeNeuron:
        """The neuron with these output weights."""
        return RidgeNeuron(vector(self.direction), self.offset, weights)


@dataclass(frozen=True, slots=True)
class Arc:
    """The parameters between `first` and `last` (integer vectors of Q^2, less than half a turn apart).

    pivot: the data point about which the neuron turns, None for penalised bias. ends: the candidates at the two ends.
    active: the data points where the neuron is positive inside the arc.
    """

    pivot: int | None
    ends: Pair
    first: Pair
    last: Pair
    active: tuple[int, ...]

    def neuron(self, points: tuple[Vector, ...], parameter: Vector, weights: Vector) -> RidgeNeuron:
        """The neuron with this parameter."""
        if self.pivot is None:
            return RidgeNeuron(parameter[:1], parameter[1], weights)
        pivot = points[self.pivot]
        return RidgeNeuron(parameter, -(parameter[0] * pivot[0] + parameter[1] * pivot[1]), weights)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All candidates, one per line (or point), and all arcs."""

    points: tuple[Vector, ...]
    convention: Convention
    candidates: tuple[CandidateNeuron, ...]
    arcs: tuple[Arc, ...]


class TooManyInputs(ValueError):
    """The finite form is built for d <= 2 with free bias and for d = 1 with penalised bias."""


def arrangement(points: tuple[Vector, ...], convention: Convention = Convention.FREE) -> Arrangement:
    """The finite form of the neurons on these points.

    >>> found = arrangement(((fmpq(0), fmpq(0)), (fmpq(1), fmpq(0)), (fmpq(0), fmpq(1))))
    >>> len(found.candidates), len(found.arcs)
    (3, 6)
    """
    inputs = len(points[0])
    if convention is Convention.PENALISED:
        if inputs != 1:
            raise TooManyInputs("with penalised bias the finite form is built for one input")
        return _homogeneous(points)
    if inputs == 1:
        found = [CandidateNeuron((1,), -x, tuple([i for i, (y,) in enumerate(points) if y > x])) for (x,) in points]
        return Arrangement(points, convention, tuple(found), ())
    if inputs != 2:
        raise TooManyInputs("with free bias the finite form is built for one or two inputs")
    return _plane(points)


def upper_half(u: Pair) -> Pair:
    """u or -u, whichever has an angle in [0, pi).

    >>> upper_half((1, -2)), upper_half((-1, 0))
    ((-1, 2), (1, 0))
    """
    return u if sign(u[1]) > 0 or (not u[1] and sign(u[0]) > 0) else (-u[0], -u[1])


def turned(z: Sequence[fmpq]) -> Pair:
    """The primitive integer vector at a right angle to z in Q^2, in the upper half plane.

    >>> turned((fmpq(1, 2), fmpq(1)))
    (-2, 1)
    """
    (a, b), _ = integral((z[0], z[1]))
    factor = a.gcd(b)
    return upper_half((int(-b // factor), int(a // factor)))


def _plane(points: tuple[Vector, ...]) -> Arrangement:
    arcs: list[Arc] = []
    candidates: dict[tuple[Pair, fmpq], int] = {}
    found: list[CandidateNeuron] = []
    for pivot, centre in enumerate(points):
        away = [subtract(point, centre) for point in points]
        whole = _integral_rows(away)
        directions = _half_turn({turned(z) for i, z in enumerate(away) if i != pivot})
        names = []
        for u in directions:
            key = u, -(u[0] * centre[0] + u[1] * centre[1])
            if key not in candidates:
                candidates[key] = len(found)
                found.append(CandidateNeuron(u, key[1], _positive(whole, u)))
            names.append(candidates[key])
        around = [*zip(directions, names, strict=True), ((-directions[0][0], -directions[0][1]), names[0])]
        for (first, a), (last, b) in pairwise(around):
            arcs.append(Arc(pivot, (a, b), first, last, _positive(whole, (first[0] + last[0], first[1] + last[1]))))
    return Arrangement(points, Convention.FREE, tuple(found), tuple(arcs))


def _half_turn(directions: set[Pair]) -> list[Pair]:
    """In the order of their angles in [0, pi); a single one gets a second at a right angle, so that arcs are short."""
    if not directions:
        directions = {(1, 0)}
    if len(directions) == 1:
        (u,) = directions
        directions = {u, upper_half((-u[1], u[0]))}
    # Above the axis, the angle grows with -x/y.
    level = [u for u in directions if not u[1]]
    return level + sorted([u for u in directions if u[1]], key=lambda u: fmpq(-u[0], u[1]))


def _homogeneous(points: tuple[Vector, ...]) -> Arrangement:
    rows = [(x, fmpq(1)) for (x,) in points]
    whole = _integral_rows(rows)
    half = _half_turn({turned(z) for z in rows})
    directions = [*half, *[(-u[0], -u[1]) for u in half]]
    found = [CandidateNeuron(u[:1], fmpq(u[1]), _positive(whole, u)) for u in directions]
    arcs = []
    for k, first in enumerate(directions):
        other = (k + 1) % len(directions)
        last = directions[other]
        arcs.append(Arc(None, (k, other), first, last, _positive(whole, (first[0] + last[0], first[1] + last[1]))))
    return Arrangement(points, Convention.PENALISED, tuple(found), tuple(arcs))


def _integral_rows(rows: Sequence[Sequence[fmpq]]) -> list[Pair]:
    """Positive multiples of the rows, as integers: enough for signs."""
    return [tuple([int(entry) for entry in integral(tuple(row))[0]]) for row in rows]  # type: ignore[misc]


def _positive(rows: list[Pair], u: Pair) -> tuple[int, ...]:
    a, b = u
    return tuple([i for i, (p, q) in enumerate(rows) if sign(a * p + b * q) > 0])


def cut(form: Arrangement, directions: dict[int, Pair]) -> Arrangement:
    """The same neurons with arcs cut in two: {index of an arc: primitive integer parameter strictly inside it}.

    The parameter becomes a candidate; about one pivot or another the same neuron is one candidate.

    >>> form = arrangement(((fmpq(0), fmpq(0)), (fmpq(1), fmpq(0)), (fmpq(0), fmpq(1))))
    >>> form.arcs[0].first, form.arcs[0].last
    ((1, 0), (0, 1))
    >>> finer = cut(form, {0: (1, 1)})
    >>> len(finer.arcs) - len(form.arcs), finer.candidates[-1].direction
    (1, (1, 1))
    """
    found = list(form.candidates)
    names = {(c.direction, c.offset): k for k, c in enumerate(found)}
    arcs: list[Arc] = []
    for index, arc in enumerate(form.arcs):
        if index not in directions:
            arcs.append(arc)
            continue
        u = directions[index]
        if form.convention is Convention.FREE:
            named = upper_half(u)
            neuron = arc.neuron(form.points, vector(named), (ZERO,))
        else:
            named = u
            neuron = RidgeNeuron((fmpq(u[0]),), fmpq(u[1]), (ZERO,))
        direction = tuple([int(entry.p) for entry in neuron.direction])
        key = direction, neuron.offset
        if key not in names:
            names[key] = len(found)
            positive = [i for i, point in enumerate(form.points) if neuron.activation(point)]
            found.append(CandidateNeuron(direction, neuron.offset, tuple(positive)))
        middle = names[key]
        arcs.append(Arc(arc.pivot, (arc.ends[0], middle), arc.first, u, arc.active))
        arcs.append(Arc(arc.pivot, (middle, arc.ends[1]), u, arc.last, arc.active))
    return Arrangement(form.points, form.convention, tuple(found), tuple(arcs))


def parallel_neighbours(points: tuple[Vector, ...], first: RidgeNeuron, second: RidgeNeuron) -> bool:
    """Whether two neurons have parallel hyperplanes, distinct, with no data point strictly between them.

    Between such neurons the values at the data, modulo affine functions, are affine in the offset: a neuron may be
    moved there at equal cost if the dual has one and the same value at both.

    >>> points = ((fmpq(0),), (fmpq(1),), (fmpq(2),))
    >>> first, second, third = (RidgeNeuron((fmpq(1),), fmpq(-k), (fmpq(1),)) for k in range(3))
    >>> parallel_neighbours(points, first, second), parallel_neighbours(points, first, third)
    (True, False)
    """
    p, q = first.hyperplane(), second.hyperplane()
    if p[:-1] != q[:-1] or p[-1] == q[-1]:
        return False
    low, high = sorted([-p[-1], -q[-1]])
    heights = [sum([a * x for a, x in zip(p[:-1], point, strict=True)], fmpq(0)) for point in points]
    return not any(low < height < high for height in heights)


def strictly_between(arc: Arc, u: Vector) -> bool:
    """Whether the parameter u points strictly inside the arc (for u within a quarter turn of it).

    >>> arc = Arc(0, (0, 1), (1, 0), (0, 1), ())
    >>> strictly_between(arc, (fmpq(1), fmpq(1))), strictly_between(arc, (fmpq(1), fmpq(0)))
    (True, False)
    """
    return sign(arc.first[0] * u[1] - arc.first[1] * u[0]) > 0 and sign(u[0] * arc.last[1] - u[1] * arc.last[0]) > 0
