"""M. The dual certificate: exact strong duality, and the contact set."""

from collections.abc import Iterator

from flint import fmpq

from ...theory import stencil
from ...theory.dataset import Dataset
from ...theory.duality import DualCertificate, dual_certificate
from ...theory.numbers import ZERO, Vector, is_zero, sign
from ...theory.spline import LinearSpline
from ...theory.vectors import dot, squared_length
from ...theory.verdict import Holds, Refuted, Verdict
from ..findings import Findings
from .claim import Claim


def decide(data: Dataset, findings: Findings) -> Verdict:
    """The multipliers annihilate affine functions and represent eta; strong duality; optima touch |eta| = 1.

    sum_i <l_i, f(x_i)> is compared with the integral of eta against f'' both for optima and for an f that is none.
    """
    dual = dual_certificate(data)
    wrong = _wrong_functional(dual)
    if wrong is not None:
        return Refuted(data, f"the multipliers of u_{wrong + 1} do not represent its hat")
    for j, c in dual.pairing(data.labels).items():
        if c != dual.squared_lengths[j - 1]:
            return Refuted(data, f"<u_{j + 1}, sum_i l_i y_i> is not |d_{j + 1}|: no strong duality")
    contact = set(dual.contact_gaps())
    for f in (findings.optima.connect_the_dots, findings.sparsest.spline):
        for place, knot, kink in _located(data, f):
            if not _touches(dual, contact, place, knot, kink):
                return Refuted(data, f"an optimum bends at x = {knot}, where eta is not its direction")
    bent = _bent(data)
    if dual.pairing(bent.values_at(data.points)) != _integral(data, dual, bent):
        return Refuted(data, "sum <l_i, f(x_i)> differs from the integral of eta for a function f")
    return Holds("multipliers represent eta exactly, the dual value is sum |d_j|, the optima bend where |eta| = 1")


def _wrong_functional(dual: DualCertificate) -> int | None:
    """The first j whose functional is not the hat at x_j, or does not annihilate affine functions.

    t -> sum_i l_ij (x_i - t)_+ is linear between data points and 0 far right; so it is the hat iff it is 0 far left
    (the functional kills 1 and x) and 1, 0 at x_j and x_{j+1}.
    """
    x = dual.points
    for j in range(1, len(x) - 1):
        before, here, after = (dict(dual.multiplier(i))[j] for i in (j - 1, j, j + 1))
        affine = before + here + after, before * x[j - 1] + here * x[j] + after * x[j + 1]
        if not (is_zero(affine[0]) and is_zero(affine[1]) and after * (x[j + 1] - x[j]) == 1):
            return j
    return None


def _located(data: Dataset, f: LinearSpline) -> Iterator[tuple[int, fmpq, Vector]]:
    """(i, knot, kink) with x_i <= knot < x_{i+1}; -1 left of the data."""
    place = -1
    for knot, kink in zip(f.knots, f.kinks, strict=True):
        while place + 1 < data.size and data.points[place + 1] <= knot:
            place += 1
        yield place, knot, kink


def _touches(dual: DualCertificate, contact: set[int], place: int, knot: fmpq, kink: Vector) -> bool:
    """Whether eta(knot) = kink / |kink|, decided on the signed squares of the coordinates."""
    if not 1 <= place <= len(dual.points) - 2 or (knot != dual.points[place] and place not in contact):
        return False
    square, direction = squared_length(kink), dual.directions[place - 1]
    return all(
        sign(a) * a * a * dual.squared_lengths[place - 1] == sign(b) * b * b * square
        for a, b in zip(kink, direction, strict=True)
    )


def _bent(data: Dataset) -> LinearSpline:
    """A function that is no optimum: knots outside, in the middle of the first and the last gap, and on x_2."""
    x, unit = data.points, (fmpq(1),) * data.tasks
    knots = [x[0] - 1, (x[0] + x[1]) / 2, x[1], (x[-2] + x[-1]) / 2, x[-1] + 1]
    return LinearSpline.from_knots(unit, unit, [(knot, tuple([k + e for e in unit])) for k, knot in enumerate(knots)])


def _integral(data: Dataset, dual: DualCertificate, f: LinearSpline) -> dict[int, fmpq]:
    """The integral of <eta, f''> as {j: c_j}, meaning the sum of c_j / |d_j|."""
    totals = dict.fromkeys(dual.contact_points(), ZERO)
    x = data.points
    for i, knot, kink in _located(data, f):
        if not 0 <= i < data.size - 1:
            continue
        weights = {i: stencil.falling(knot, x[i], x[i + 1]), i + 1: stencil.rising(knot, x[i], x[i + 1])}
        for j, weight in weights.items():
            if j in totals:
                totals[j] += weight * dot(dual.directions[j - 1], kink)
    return totals


def explain(data: Dataset, findings: Findings) -> list[str]:
    """The contact set."""
    dual = dual_certificate(data)
    gaps = ", ".join(f"({j + 1}, {j + 2})" for j in dual.contact_gaps()[:10]) or "none"
    return [f"|eta| = 1 at {len(dual.contact_points())} data points; inside the gaps between points {gaps}"]


CLAIM = Claim(
    "M",
    "dual certificate",
    "With eta the interpolant of u_j = d_j / |d_j|: sum <l_i, y_i> = sum |d_j| exactly, |eta| <= 1, and every active "
    "knot of every optimum has the direction eta(t).",
    "derived",
    decide,
    explain,
)
