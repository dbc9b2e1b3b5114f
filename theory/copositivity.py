"""Dual feasibility in the plane, decided exactly: quadratic forms in two variables that are >= 0 on a quadrant.

On an arc the values of a neuron with parameter u are Z u, so |Lam' phi_u|^2 <= |u|^2 says that I - Z' Lam Lam' Z is
nonnegative on the cone between the ends. In the coordinates of the ends that is copositivity of a 2 x 2 matrix, which
needs no root: a >= 0, c >= 0 and (b >= 0 or b^2 <= a c).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flint import fmpq, fmpz, fmpz_mat

from .arrangement import Arc, Arrangement, Pair
from .labelled_points import LabelledPoints
from .numbers import ZERO, Vector, sign
from .vectors import integral, subtract

ONE = fmpq(1)


@dataclass(frozen=True, slots=True)
class ArcForm:
    """a s^2 + 2 b s t + c t^2, the slack |u|^2 - |Lam' phi_u|^2 at u = s first + t last."""

    a: fmpq
    b: fmpq
    c: fmpq

    @property
    def is_copositive(self) -> bool:
        """Whether the form is >= 0 for all s, t >= 0.

        >>> ArcForm(fmpq(1), fmpq(-1), fmpq(1)).is_copositive, ArcForm(fmpq(1), fmpq(-2), fmpq(1)).is_copositive
        (True, False)
        """
        return -1 not in (sign(self.a), sign(self.c)) and (sign(self.b) >= 0 or self.b * self.b <= self.a * self.c)

    @property
    def vanishes(self) -> bool:
        """Whether the whole arc is in contact."""
        return not (self.a or self.b or self.c)

    def contact(self) -> tuple[fmpq, fmpq] | None:
        """The (s, t), s, t > 0, where a copositive form vanishes inside its arc, if there is exactly one such ray.

        There b = -sqrt(a c) is rational, hence s / t = c / -b too.
        """
        if (sign(self.a), sign(self.b), sign(self.c)) == (1, -1, 1) and self.b * self.b == self.a * self.c:
            return self.c, -self.b
        return None


def arc_forms(found: Arrangement, multipliers: Sequence[Vector], square: fmpq = ONE) -> Iterator[ArcForm]:
    """The slack on every arc, in their order, of the dual variable sqrt(square) * multipliers (N rows of T numbers).

    Integer matrix products per pivot, so the cost is O(N^2 min(N, T)) additions of integers per pivot.

    >>> from .arrangement import arrangement
    >>> form = arrangement(((fmpq(0), fmpq(0)), (fmpq(1), fmpq(0)), (fmpq(0), fmpq(1))))
    >>> next(arc_forms(form, [(fmpq(0),)] * 3))
    ArcForm(a=1, b=0, c=1)
    """
    lam, scale = _integral_table(multipliers)
    tasks = len(multipliers[0])
    gram = tasks > len(multipliers)
    table = lam * lam.transpose() if gram else lam
    for pivot, group in groupby(found.arcs, key=lambda arc: arc.pivot):
        arcs = list(group)
        rows, denominator = _integral_table(_parameters(found, pivot))
        z = [(int(p), int(q)) for p, q in rows.tolist()]
        left = _values(arcs, z, [arc.first for arc in arcs])
        right = _values(arcs, z, [arc.last for arc in arcs])
        seen_left, seen_right = (left * table).tolist(), (right * table).tolist()
        against_left, against_right = (left.tolist(), right.tolist()) if gram else (seen_left, seen_right)
        factor = square / fmpq(denominator * scale) ** 2
        for arc, p, q, p_dual, q_dual in zip(arcs, seen_left, seen_right, against_left, against_right, strict=True):
            yield ArcForm(
                _square(arc.first, arc.first) - factor * _inner(p, p_dual),
                _square(arc.first, arc.last) - factor * _inner(p, q_dual),
                _square(arc.last, arc.last) - factor * _inner(q, q_dual),
            )


def candidate_slacks(found: Arrangement, multipliers: Sequence[Vector], square: fmpq = ONE) -> list[fmpq]:
    """|w|^2 - |Lam' phi|^2 for every candidate, exact; w is u, or (u, b) where the bias is penalised.

    >>> from .arrangement import arrangement
    >>> points = ((fmpq(0),), (fmpq(1),), (fmpq(2),))
    >>> candidate_slacks(arrangement(points), [(fmpq(1),), (fmpq(-2),), (fmpq(1),)])
    [1, 0, 1]
    """
    slacks = []
    for candidate in found.candidates:
        neuron = candidate.neuron((ZERO,))
        values = [(i, neuron.activation(found.points[i])) for i in candidate.active]
        columns = zip(*[[value * entry for entry in multipliers[i]] for i, value in values], strict=True)
        total = sum([sum(column, ZERO) ** 2 for column in columns], ZERO)
        slacks.append(neuron.squared_norm(found.convention) - square * total)
    return slacks


def is_dual_feasible(found: Arrangement, multipliers: Sequence[Vector], square: fmpq = ONE) -> bool:
    """Whether |Lam' phi_w| <= |w| for every neuron w, Lam = sqrt(square) * multipliers with F' Lam = 0: exact.

    With arcs, the candidates are their ends; without (one input, free bias) the candidates are all there is.

    >>> from .arrangement import arrangement
    >>> form = arrangement(((fmpq(0),), (fmpq(1),), (fmpq(2),)))
    >>> rows = [(fmpq(1),), (fmpq(-2),), (fmpq(1),)]
    >>> is_dual_feasible(form, rows), is_dual_feasible(form, rows, fmpq(2))
    (True, False)
    """
    if found.arcs:
        return all(form.is_copositive for form in arc_forms(found, multipliers, square))
    return all([sign(slack) >= 0 for slack in candidate_slacks(found, multipliers, square)])


def pairing(data: LabelledPoints, multipliers: Sequence[Vector]) -> fmpq:
    """<Lam, Y>, a lower bound of min R for feasible Lam.

    >>> data = LabelledPoints(((0,), (1,), (2,)), ((0,), (0,), (1,)))
    >>> pairing(data, [(fmpq(1),), (fmpq(-2),), (fmpq(1),)])
    1
    """
    rows = zip(multipliers, data.labels, strict=True)
    return sum([sum([a * y for a, y in zip(lam, label, strict=True)], ZERO) for lam, label in rows], ZERO)


def _parameters(found: Arrangement, pivot: int | None) -> list[Vector]:
    if pivot is None:
        return [(x, fmpq(1)) for (x,) in found.points]
    return [subtract(point, found.points[pivot]) for point in found.points]


def _integral_table(rows: Sequence[Vector]) -> tuple[fmpz_mat, fmpz]:
    """(K, q) with rows = K / q."""
    width = len(rows[0])
    entries, denominator = integral(tuple([entry for row in rows for entry in row]))
    return fmpz_mat(len(rows), width, list(entries)), denominator


def _values(arcs: list[Arc], z: list[Pair], parameters: list[Pair]) -> fmpz_mat:
    """The values at the data of one neuron per arc, len(arcs) x N; those of an end are continued from inside."""
    entries = [0] * (len(arcs) * len(z))
    for row, (arc, (u, v)) in enumerate(zip(arcs, parameters, strict=True)):
        start = row * len(z)
        for i in arc.active:
            p, q = z[i]
            entries[start + i] = u * p + v * q
    return fmpz_mat(len(arcs), len(z), entries)


def _square(u: Pair, v: Pair) -> int:
    return u[0] * v[0] + u[1] * v[1]


def _inner(u: list[fmpz], v: list[fmpz]) -> fmpz:
    return sum([a * b for a, b in zip(u, v, strict=True)], fmpz(0))
