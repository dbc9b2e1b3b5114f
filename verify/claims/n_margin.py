"""N. The distance of the labels to the closure of the non-unique datasets."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import nan
from operator import mul as times
from typing import NamedTuple

from flint import fmpq, fmpz

from ...theory.margin import PairMargin
from ...theory.numbers import ZERO, is_zero, nearest_float, sign
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum
from ...theory.vectors import integral
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..places import Places
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, four_points

ZERO_INTEGER = fmpz(0)

RANGE = (1e-100, 1e100)

Symmetric = tuple[fmpz, fmpz, fmpz]
"""A symmetric 2x2 matrix by its entries 11, 12, 22."""


def verdict_on(findings: Findings) -> Verdict:
    """For each pair: C = (tr(M H M^T) - m) H - P must be copositive, and for the smallest margin also touch 0.

    q^T C q >= 0 for all q >= 0 says that the distance is at least sqrt(m); q^T C q = 0 for some q >= 0, q != 0, that it
    is attained in the closure. Copositivity of a 2x2 matrix is decided on its entries, no eigenvalue is computed. H, M
    and P are formed from the labels and the matrix B_j. For the other pairs a rational bound just below m is enough.
    """
    data = findings.data
    if findings.margin is None:
        return DoesNotApply("N >= 4: with fewer points there is no pair of interior points")
    best, exact = findings.margin, findings.margin.squared()
    below = exact.enclosure(64).lower if exact.sign() > 0 else ZERO
    if not 1 <= best.pair <= data.size - 3 or not _touches_zero(_Pair.of(findings, best.pair), best):
        return Refuted(data, f"no aligned pair at points {best.pair + 1}, {best.pair + 2} is at this distance")
    for left in _not_clearly_farther(findings, below) if below else ():
        if left != best.pair and not _is_farther(_Pair.of(findings, left), below):
            return Refuted(data, f"points {left + 1}, {left + 2} are nearer to alignment than the margin")
    return Holds("copositivity of one 2x2 matrix per pair proves the bound; the closure of aligned labels reaches it")


class _Pair(NamedTuple):
    """Positive multiples h of H and m of M^T M, integers: H = (w / g)^2 h / det h and M^T M = (g / q)^2 m, some g."""

    h: Symmetric
    m: Symmetric
    q: fmpz
    w: fmpz

    @classmethod
    def of(cls, findings: Findings, left: int) -> "_Pair":
        """The pair with this left point."""
        (u, q_u), (v, q_v) = map(integral, findings.duality.curvatures[left - 1 : left + 1])
        near = findings.data.points[left - 1 : left + 3]
        (a, b, c), q_gaps = integral(tuple([after - before for before, after in pairwise(near)]))
        # The inverse gaps are these, times q_gaps / w.
        first, middle, last, w = b * c, a * c, a * b, a * b * c
        # B_j has the columns (first, -first - middle, middle, 0) and (0, middle, -middle - last, last).
        one, two = first + middle, middle + last
        square = middle * middle
        h = square + two * two + last * last, middle * (one + two), first * first + one * one + square
        m = _dot(u, u) * q_v * q_v, _dot(u, v) * q_u * q_v, _dot(v, v) * q_u * q_u
        return cls(h, m, q_u * q_v * q_gaps, w)

    @property
    def trace(self) -> fmpz:
        """tr(h m) = unit tr(M H M^T)."""
        return self.h[0] * self.m[0] + 2 * self.h[1] * self.m[1] + self.h[2] * self.m[2]

    @property
    def unit(self) -> fmpq:
        """q^2 det h / w^2; unit H and h m h are in the same proportion to H and P."""
        return fmpq(self.q * self.q * (self.h[0] * self.h[2] - self.h[1] * self.h[1]), self.w * self.w)

    @property
    def p(self) -> Symmetric:
        """h m h."""
        (h11, h12, h22), (m11, m12, m22) = self.h, self.m
        r11, r12 = h11 * m11 + h12 * m12, h11 * m12 + h12 * m22
        r21, r22 = h12 * m11 + h22 * m12, h12 * m12 + h22 * m22
        return r11 * h11 + r12 * h12, r11 * h12 + r12 * h22, r21 * h12 + r22 * h22


def _not_clearly_farther(findings: Findings, below: fmpq) -> Iterator[int]:
    """The left points of the pairs for which det / trace of M^T M is at most `below` > 0 times a bound of tr(B^T B).

    For all others C is even positive semidefinite for m = below: the smaller eigenvalue of M^T M H exceeds m, so the
    larger one is less than the trace minus m. With the inverse gaps a, b, c, tr(B^T B) <= 3 (a^2 + 2 b^2 + c^2).

    In floats with room for their rounding: to first order the right side has a relative error of (T + 17) 2^-53, and
    det an error of (4 T + 12) 2^-53 |u|^2 |v|^2; no product of three numbers within `RANGE` leaves that of floats.
    """
    room = (8 * findings.data.tasks + 64) * 2.0**-53
    bound = 3 * _in_range(*_floats([below])) * (1 + room)
    squares = [_in_range(1 / (h * h)) for h in map(_in_range, _floats(findings.data.gaps))]
    columns = ((u, _in_range(_inner(u, u))) for u in map(_floats, findings.duality.curvatures))
    windows = zip(pairwise(columns), zip(squares, squares[1:], squares[2:], strict=False), strict=True)
    for left, (((u, uu), (v, vv)), (a, b, c)) in enumerate(windows, start=1):
        inner = _inner(u, v)
        product = uu * vv
        # What is not a number or out of range is not greater than anything, and so is decided exactly.
        if not product - inner * inner - room * product > (uu + vv) * (a + b + b + c) * bound:
            yield left


def _floats(values: Sequence[fmpq]) -> list[float]:
    """The nearest floats; none of them a number if one lies beyond all floats."""
    try:
        return list(map(nearest_float, values))
    except OverflowError:
        return [nan] * len(values)


def _in_range(value: float) -> float:
    """The value, or not a number if it is outside `RANGE`."""
    return value if RANGE[0] < value < RANGE[1] else nan


def _inner(u: Sequence[float], v: Sequence[float]) -> float:
    product: float = sum(map(times, u, v))
    return product


def _is_farther(pair: _Pair, below: fmpq) -> bool:
    """Whether the squared distance of the pair is at least `below`: C is copositive for m = below."""
    bound, h, p = below * pair.unit, pair.h, pair.p
    rest, scale = pair.trace * bound.q - bound.p, bound.q
    return _copositive((rest * h[0] - scale * p[0], rest * h[1] - scale * p[1], rest * h[2] - scale * p[2]))


def _dot(u: tuple[fmpz, ...], v: tuple[fmpz, ...]) -> fmpz:
    return sum(map(times, u, v), ZERO_INTEGER)


def _copositive(c: Symmetric) -> bool:
    c11, c12, c22 = c
    if sign(c11) < 0 or sign(c22) < 0:
        return False
    return sign(c12) >= 0 or sign(c11 * c22 - c12 * c12) >= 0


def _touches_zero(pair: _Pair, best: PairMargin) -> bool:
    """Whether C is copositive and vanishes at some q >= 0, m being rational - sqrt(discriminant).

    The entries of C are a + b sqrt(discriminant); so are the entries of C11 C22 - C12^2.
    """
    root = best.discriminant * pair.unit * pair.unit
    rest = pair.trace - best.rational * pair.unit
    c11, c12, c22 = [(rest * x - y, fmpq(x)) for x, y in zip(pair.h, pair.p, strict=True)]
    product, square = _times(c11, c22, root), _times(c12, c12, root)
    determinant = _sign((product[0] - square[0], product[1] - square[1]), root)
    s11, s12, s22 = (_sign(entry, root) for entry in (c11, c12, c22))
    if s11 < 0 or s22 < 0 or (s12 < 0 and determinant < 0):
        return False
    return s11 == 0 or s22 == 0 or (s12 < 0 and determinant == 0)


def _times(u: tuple[fmpq, fmpq], v: tuple[fmpq, fmpq], root: fmpq) -> tuple[fmpq, fmpq]:
    return u[0] * v[0] + u[1] * v[1] * root, u[0] * v[1] + u[1] * v[0]


def _sign(u: tuple[fmpq, fmpq], root: fmpq) -> int:
    """The sign of u_0 + u_1 sqrt(root)."""
    return (RootSum.of_rational(u[0]) + RootSum([sign(u[1]) * u[1] * u[1] * root])).sign()


def explain(findings: Findings) -> list[str]:
    """The nearest pair and the exact square."""
    best = findings.margin
    if best is None:
        return []
    places = Places(findings.data.points, findings.source)
    lines = [f"nearest pair: {places.at(best.pair, best.pair + 1)}; margin^2 = {best.squared()}"]
    if not is_zero(best.discriminant):
        lines.append(f"that is {format_rational(best.rational)} - sqrt({format_rational(best.discriminant)})")
    return lines


CLAIM = Claim(
    letter="N",
    name="margin",
    statement=(
        "The distance in the labels to the closure of the non-unique datasets is the smallest margin_j, with "
        "margin_j^2 = tr(M H M^T) - max over q >= 0 of (q^T P q) / (q^T H q), quadratic over the field of the data. "
        "The maximum is the top eigenvalue if its eigenvector lies in the open quadrant, else the larger value on "
        "an axis."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("B",),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=four_points,
    explain=explain,
)
