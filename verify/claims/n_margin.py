"""N. The distance of the labels to the closure of the non-unique datasets."""

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.margin import PairMargin
from ...theory.numbers import ZERO, is_zero, sign
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum
from ...theory.vectors import dot
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from ..findings import Findings
from .claim import Claim

Symmetric = tuple[fmpq, fmpq, fmpq]
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
    for pair in range(1, data.size - 2):
        h, p, trace = _matrices(data, pair)
        if pair == best.pair:
            if not _touches_zero(h, p, trace, best):
                return Refuted(data, f"no aligned pair at points {pair + 1}, {pair + 2} is at exactly this distance")
        elif not _copositive(_minus(trace - below, h, p)):
            return Refuted(data, f"the pair of points {pair + 1}, {pair + 2} is nearer to alignment than the margin")
    return Holds("copositivity of one 2x2 matrix per pair proves the bound, and it is attained at the nearest pair")


def _matrices(data: Dataset, pair: int) -> tuple[Symmetric, Symmetric, fmpq]:
    """H = (B^T B)^-1, P = H M^T M H and tr(M H M^T), with M = Y^T B from the four labels around the pair."""
    x = data.points[pair - 1 : pair + 3]
    left, middle, right = (1 / (x[k + 1] - x[k]) for k in range(3))
    b = ((left, -left - middle, middle, ZERO), (ZERO, middle, -middle - right, right))
    columns = list(zip(*data.labels[pair - 1 : pair + 3], strict=True))
    m = [[dot(column, row) for column in columns] for row in b]
    g11, g12, g22 = dot(b[0], b[0]), dot(b[0], b[1]), dot(b[1], b[1])
    det = g11 * g22 - g12 * g12
    h11, h12, h22 = g22 / det, -g12 / det, g11 / det
    # The rows of M H, one pair of numbers per task: P is their Gram matrix.
    mh1 = tuple([u * h11 + v * h12 for u, v in zip(*m, strict=True)])
    mh2 = tuple([u * h12 + v * h22 for u, v in zip(*m, strict=True)])
    return (h11, h12, h22), (dot(mh1, mh1), dot(mh1, mh2), dot(mh2, mh2)), dot(mh1, tuple(m[0])) + dot(mh2, tuple(m[1]))


def _minus(factor: fmpq, h: Symmetric, p: Symmetric) -> Symmetric:
    return factor * h[0] - p[0], factor * h[1] - p[1], factor * h[2] - p[2]


def _copositive(c: Symmetric) -> bool:
    c11, c12, c22 = c
    if sign(c11) < 0 or sign(c22) < 0:
        return False
    return sign(c12) >= 0 or sign(c11 * c22 - c12 * c12) >= 0


def _touches_zero(h: Symmetric, p: Symmetric, trace: fmpq, best: PairMargin) -> bool:
    """Whether C is copositive and vanishes at some q >= 0, m being rational - sqrt(discriminant).

    The entries of C are a + b sqrt(discriminant); so are the entries of C11 C22 - C12^2.
    """
    root = best.discriminant
    c11, c12, c22 = [((trace - best.rational) * x - y, x) for x, y in zip(h, p, strict=True)]
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
