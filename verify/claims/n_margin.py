"""N. The distance of the labels to the closure of the non-unique datasets."""

from collections.abc import Iterator
from itertools import pairwise
from operator import mul as times

from flint import fmpq, fmpz

from ...theory import stencil
from ...theory.dataset import Dataset
from ...theory.margin import PairMargin
from ...theory.numbers import ZERO, is_zero, sign
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum
from ...theory.vectors import integral
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..findings import Findings
from .claim import Claim

Symmetric = tuple[fmpz, fmpz, fmpz]
"""A symmetric 2x2 matrix by its entries 11, 12, 22."""


def decide(data: Dataset, findings: Findings) -> Verdict:
    """For each pair: C = (tr(M H M^T) - m) H - P must be copositive, and for the smallest margin also touch 0.

    q^T C q >= 0 for all q >= 0 says that the distance is at least sqrt(m); q^T C q = 0 for some q >= 0, q != 0, that it
    is attained in the closure. Copositivity of a 2x2 matrix is decided on its entries, no eigenvalue is computed. H, M
    and P are formed from the labels and the matrix B_j. For the other pairs a rational bound just below m is enough.
    """
    if findings.margin is None:
        return DoesNotApply("N >= 4: with fewer points there is no pair of interior points")
    best, exact = findings.margin, findings.margin.squared()
    below = exact.enclosure(64).lower if exact.sign() > 0 else ZERO
    for pair, h, p, trace, unit in _matrices(data):
        if pair == best.pair:
            if not _touches_zero(h, p, trace, unit, best):
                return Refuted(data, f"no aligned pair at points {pair + 1}, {pair + 2} is at exactly this distance")
        else:
            bound = below * unit
            rest, scale = trace * bound.q - bound.p, bound.q
            c = rest * h[0] - scale * p[0], rest * h[1] - scale * p[1], rest * h[2] - scale * p[2]
            if not _copositive(c):
                return Refuted(data, f"points {pair + 1}, {pair + 2} are nearer to alignment than the margin")
    return Holds("copositivity of one 2x2 matrix per pair proves the bound, and it is attained at the nearest pair")


def _matrices(data: Dataset) -> Iterator[tuple[int, Symmetric, Symmetric, fmpz, fmpq]]:
    """(pair, h, p, trace, unit): positive integer multiples of H and P, and tr(M H M^T) times `unit`.

    With M = m / q and B = b / w in integers, g = b^T b and h = adj(g): H = w^2 h / det g, so that unit = q^2 det g / w^2
    and P = h m^T m h / (unit w^-2 det g).
    """
    x, labels = data.points, data.labels
    columns = [
        integral(tuple(map(stencil.second_difference, *labels[j - 1 : j + 2], *_repeated(x, j, data.tasks))))
        for j in range(1, data.size - 1)
    ]
    for pair, ((u, q_u), (v, q_v)) in enumerate(pairwise(columns), start=1):
        b, w = _functionals(x[pair - 1 : pair + 3])
        g11, g12, g22 = _dot(b[0], b[0]), _dot(b[0], b[1]), _dot(b[1], b[1])
        h = h11, h12, h22 = g22, -g12, g11
        m11, m12, m22 = _dot(u, u) * q_v * q_v, _dot(u, v) * q_u * q_v, _dot(v, v) * q_u * q_u
        r11, r12 = h11 * m11 + h12 * m12, h11 * m12 + h12 * m22
        r21, r22 = h12 * m11 + h22 * m12, h12 * m12 + h22 * m22
        p = r11 * h11 + r12 * h12, r11 * h12 + r12 * h22, r21 * h12 + r22 * h22
        scale = q_u * q_v
        yield pair, h, p, r11 + r22, fmpq(scale * scale * (g11 * g22 - g12 * g12), w * w)


def _repeated(x: tuple[fmpq, ...], j: int, tasks: int) -> tuple[tuple[fmpq, ...], tuple[fmpq, ...]]:
    return (x[j] - x[j - 1],) * tasks, (x[j + 1] - x[j],) * tasks


def _functionals(x: tuple[fmpq, ...]) -> tuple[tuple[tuple[fmpz, ...], tuple[fmpz, ...]], fmpz]:
    """The two rows of B_j^T on the four labels around the pair as integers over one denominator w."""
    (left, middle, right), w = integral(tuple([1 / (after - before) for before, after in pairwise(x)]))
    zero = fmpz(0)
    return ((left, -left - middle, middle, zero), (zero, middle, -middle - right, right)), w


def _dot(u: tuple[fmpz, ...], v: tuple[fmpz, ...]) -> fmpz:
    return sum(map(times, u, v), fmpz(0))


def _copositive(c: Symmetric) -> bool:
    c11, c12, c22 = c
    if sign(c11) < 0 or sign(c22) < 0:
        return False
    return sign(c12) >= 0 or sign(c11 * c22 - c12 * c12) >= 0


def _touches_zero(h: Symmetric, p: Symmetric, trace: fmpz, unit: fmpq, best: PairMargin) -> bool:
    """Whether C is copositive and vanishes at some q >= 0, m being rational - sqrt(discriminant).

    The entries of C are a + b sqrt(discriminant); so are the entries of C11 C22 - C12^2.
    """
    root = best.discriminant * unit * unit
    c11, c12, c22 = [((trace - best.rational * unit) * x - y, fmpq(x)) for x, y in zip(h, p, strict=True)]
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


def explain(data: Dataset, findings: Findings) -> list[str]:
    """The nearest pair and the exact square."""
    best = findings.margin
    if best is None:
        return []
    lines = [f"nearest pair: points {best.pair + 1}, {best.pair + 2}; margin^2 = {best.squared()}"]
    if not is_zero(best.discriminant):
        lines.append(f"that is {format_rational(best.rational)} - sqrt({format_rational(best.discriminant)})")
    return lines


CLAIM = Claim(
    "N",
    "margin",
    "The distance in the labels to the closure of the non-unique datasets is the smallest margin_j, quadratic over the "
    "field of the data.",
    "derived",
    decide,
    explain,
)
