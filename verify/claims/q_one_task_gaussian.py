"""Q. One task, Gaussian labels, four equally spaced points: P(not unique) = 1/2 - asin(2/3) / pi."""

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.duality import dual_certificate
from ...theory.numbers import Vector, sign
from ...theory.verdict import Holds, Refuted, Verdict
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, NotApplicable, Scope


def conclusion(data: Dataset) -> Verdict:
    """The angle between the two kinks as functionals of the labels: its cosine must be exactly -2/3.

    The labels are rotation invariant, so both kinks are positive with probability (pi - angle) / (2 pi), and so for
    both negative: P = 1 - acos(-2/3) / pi = 1/2 - asin(2/3) / pi. Only the points of the dataset matter.
    """
    (a, b, c), (p, q, r) = dual_certificate(data).functionals()
    u, v = (a, b, c, fmpq(0)), (fmpq(0), p, q, r)
    inner, squares = _dot(u, v), _dot(u, u) * _dot(v, v)
    if sign(inner) != -1 or inner * inner / squares != fmpq(4, 9):
        return Refuted(data, f"the cosine between the two kinks has the signed square {inner * abs(inner) / squares}")
    return Holds("the two kinks are functionals of the labels at the cosine -2/3")


def _dot(u: Vector, v: Vector) -> fmpq:
    return sum([a * b for a, b in zip(u, v, strict=True)], fmpq(0))


CLAIM = Claim(
    letter="Q",
    name="one task, Gaussian",
    statement=(
        "For independent standard Gaussian labels at four equally spaced points and T = 1, P(not unique) = 1/2 - "
        "asin(2/3) / pi."
    ),
    source="derived",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=("B",),
    hypotheses=(
        Hypothesis("N=4", lambda data: data.size == 4),
        Hypothesis("equal spacing", lambda data: len(set(data.gaps)) == 1),
    ),
    conclusion=conclusion,
    exact=lambda findings: conclusion(findings.data),
    symbolic=BY_ITS_FORMULAS,
    strategy=NotApplicable("one distribution, up to the spacing: there is nothing to search"),
)
