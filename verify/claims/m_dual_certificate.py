"""M. The dual certificate: exact strong duality, and the contact set."""

from collections.abc import Iterator
from itertools import pairwise
from operator import mul as times

from flint import fmpq, fmpz

from ...theory.dataset import Dataset
from ...theory.duality import DualCertificate
from ...theory.numbers import Vector, sign
from ...theory.spline import LinearSpline
from ...theory.vectors import integral
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from ..words import enumerated
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, some_dataset

ONE = fmpq(1)


def verdict_on(findings: Findings) -> Verdict:
    """The multipliers represent eta, strong duality holds, and optima bend where eta is their direction.

    That sum_i <l_i, f(x_i)> is the integral of <eta, f''> for every f follows from its being so for ramps: the
    functional at u_j, as a function of the ramp's knot, must be hat_j.
    """
    data = findings.data
    dual = findings.duality.certificate
    wrong = _wrong_functional(dual)
    if wrong is not None:
        return Refuted(data, f"the multipliers of u_{wrong + 1} do not represent its hat")
    for j, c in findings.duality.pairing.items():
        if c != dual.squared_lengths[j - 1]:
            return Refuted(data, f"<u_{j + 1}, sum_i l_i y_i> is not |d_{j + 1}|: no strong duality")
    contact = set(findings.duality.contact_gaps)
    optimum, sparsest = findings.optima.connect_the_dots, findings.sparsest.spline
    for f in (optimum,) if sparsest is optimum else (optimum, sparsest):
        for place, knot, kink in _located(data, f):
            if not _touches(dual, contact, place, knot, kink):
                return Refuted(data, f"an optimum bends at x = {knot}, where eta is not its direction")
    return Holds("multipliers represent eta exactly, the dual value is sum |d_j|, the optima bend where |eta| = 1")


def _wrong_functional(dual: DualCertificate) -> int | None:
    """The first j whose functional is not the hat at x_j, or does not annihilate affine functions.

    t -> sum_i l_ij (x_i - t)_+ is linear between data points and 0 far right; so it is the hat iff it is 0 far left
    (the functional kills 1 and x - x_j) and 1, 0 at x_j and x_{j+1}: 1 = l_{j+1,j} h_j = l_{j-1,j} h_{j-1}.
    """
    gaps = [right - left for left, right in pairwise(dual.points)]
    inverse = None
    for j, (before, here, after) in enumerate(dual.functionals(), start=1):
        # Most often the factor before a point is the very object that was looked at behind the point before.
        if before + here + after or (before is not inverse and before * gaps[j - 1] != ONE) or after * gaps[j] != ONE:
            return j
        inverse = after
    return None


def _located(data: Dataset, f: LinearSpline) -> Iterator[tuple[int, fmpq, Vector]]:
    """(i, knot, kink) with x_i <= knot < x_{i+1}; -1 left of the data."""
    x, last, place = data.points, data.size - 1, -1
    for knot, kink in zip(f.knots, f.kinks, strict=True):
        # Most knots are the very points of the dataset: what is the same object needs no comparison of fractions.
        while place < last and (place < 0 or x[place] is not knot) and (x[place + 1] is knot or x[place + 1] <= knot):
            place += 1
        yield place, knot, kink


def _touches(dual: DualCertificate, contact: set[int], place: int, knot: fmpq, kink: Vector) -> bool:
    """Whether eta(knot) = kink / |kink|, decided on the signed squares of the coordinates."""
    if not 1 <= place <= len(dual.points) - 2 or (knot != dual.points[place] and place not in contact):
        return False
    direction = dual.directions[place - 1]
    if kink == direction:
        return True
    (u, _), (v, _) = integral(kink), integral(direction)
    u_square, v_square = sum(map(times, u, u), fmpz(0)), sum(map(times, v, v), fmpz(0))
    return all(sign(a) == sign(b) and a * a * v_square == b * b * u_square for a, b in zip(u, v, strict=True))


def explain(findings: Findings) -> list[str]:
    """The contact set."""
    gaps = enumerated([f"({j + 1}, {j + 2})" for j in findings.duality.contact_gaps]) or "none"
    return [f"|eta| = 1 at {len(findings.cost.squares)} data points; inside the gaps between points {gaps}"]


CLAIM = Claim(
    letter="M",
    name="dual certificate",
    statement=(
        "With eta the interpolant of u_j = d_j / |d_j| and l_i its second differences: sum l_i = 0, sum l_i x_i = "
        "0, sum <l_i, f(x_i)> = int <eta, df'> for every f, |eta| <= 1, and sum <l_i, y_i> = sum |d_j| exactly. "
        "Every active knot of every optimum has the direction eta(t)."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("A",),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
    explain=explain,
)
