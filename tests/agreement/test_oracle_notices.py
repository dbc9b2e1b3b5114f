"""The oracle is not vacuous: each deliberately wrong answer is noticed by the check that is meant to notice it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from flint import fmpq
from reluproof.theory import LinearSpline, Refuted, Run, Undecided
from reluproof.theory.duality import Angle
from reluproof.theory.numbers import rational
from reluproof.verify.check import check
from strategies import Table

from agreement.comparison import CHECKS, disagreements

LABELS = [(0, 0), (1, 2), (2, 5), (3, 9), (0, 1), (5, 5), (5, 6)]
"""Kinks at five interior points: a run of two, then turns; two tasks, seven points at 0, 1, ..., 6."""

DATA = Table([Fraction(i) for i in range(7)], [[Fraction(a), Fraction(b)] for a, b in LABELS])
ZERO_KINK = Table([Fraction(i) for i in range(4)], [[Fraction(a)] for a in (0, 1, 1, 1)])
GOOD = check(DATA.dataset())


def test_the_right_answers_pass():
    """The two datasets that are falsified below are right before; they have a run, angles, a radius and a boundary."""
    assert disagreements(DATA, GOOD) == []
    assert disagreements(ZERO_KINK, check(ZERO_KINK.dataset())) == []
    assert not GOOD.unique
    assert GOOD.optima.radius
    assert GOOD.smallest_angle
    assert check(ZERO_KINK.dataset()).boundary == 2


def _moved(spline, index, by):
    """The spline with one knot moved."""
    knots = [knot + by * (place == index) for place, knot in enumerate(spline.knots)]
    return LinearSpline.from_knots(spline.slope, spline.offset, zip(knots, spline.kinks, strict=True))


def _raised(spline):
    """The spline plus a constant that is nearly 0."""
    offset = [entry + fmpq(1, 10**30) for entry in spline.offset]
    return LinearSpline(spline.slope, offset, spline.knots, spline.kinks)


def _bent(spline):
    """The spline with a bump that no data point sees: it interpolates and costs more."""
    bump = [(fmpq(1, 4), (1, 0)), (fmpq(1, 2), (-2, 0)), (fmpq(3, 4), (1, 0))]
    knots = [*zip(spline.knots, spline.kinks, strict=True), *bump]
    return LinearSpline.from_knots(spline.slope, spline.offset, knots)


def _with(part, **changes):
    """The findings with one part of them changed."""
    return replace(GOOD, **{part: replace(getattr(GOOD, part), **changes)})


def _squares(factor):
    """All |d_j|^2 times factor^2: the cost off by a factor."""
    return tuple(square * factor * factor for square in GOOD.cost.squares)


def _changed(values, index, value):
    return (*values[:index], value, *values[index + 1 :])


def _claim(letter, verdict):
    return tuple(replace(claim, verdict=verdict) if claim.letter == letter else claim for claim in GOOD.claims)


def _task(values, by):
    """The first number of the first task changed."""
    return ((values[0][0] + by, *values[0][1:]), *values[1:])


SMALL = fmpq(1, 10**30)
TENT, ANGLE, MARGIN = GOOD.optima.radius, GOOD.smallest_angle, GOOD.margin
LINE, SPARSE = GOOD.optima.connect_the_dots, GOOD.sparsest

WRONG = {
    "kinks off by 1e-30": ("curvature", replace(GOOD, kinks=_task(GOOD.kinks, SMALL))),
    "curvatures off by 1e-30": ("curvature", _with("duality", curvatures=_task(GOOD.duality.curvatures, SMALL))),
    "runs shifted by one": ("alignment", replace(GOOD, runs=tuple(Run(r.first + 1, r.last + 1) for r in GOOD.runs))),
    "a run cut in two": ("alignment", replace(GOOD, runs=(Run(1, 1), Run(2, 2), *GOOD.runs[1:]))),
    "a run forgotten": ("alignment", replace(GOOD, runs=GOOD.runs[:-1])),
    "no contact gap": ("alignment", _with("duality", contact_gaps=())),
    "one contact gap more": ("alignment", _with("duality", contact_gaps=(1, 2))),
    "cost off by 1e-25": ("optimal_cost", _with("cost", squares=_squares(1 + fmpq(1, 10**25)))),
    "cost off by -1e-49": ("optimal_cost", _with("cost", squares=_squares(1 - fmpq(1, 10**49)))),
    "a root forgotten": ("optimal_cost", _with("cost", squares=GOOD.cost.squares[1:])),
    "dual value off": (
        "duality",
        _with("duality", pairing={**GOOD.duality.pairing, 1: GOOD.duality.pairing[1] + SMALL}),
    ),
    "a dual term forgotten": ("duality", _with("duality", pairing=dict(list(GOOD.duality.pairing.items())[1:]))),
    "connect-the-dots off by 1e-30": ("optima", _with("optima", connect_the_dots=_raised(LINE))),
    "connect-the-dots with a bump": ("optima", _with("optima", connect_the_dots=_bent(LINE))),
    "another optimum is the same": ("optima", _with("optima", another=LINE)),
    "another optimum costs more": ("optima", _with("optima", another=_bent(GOOD.optima.another))),
    "another optimum is missing": ("optima", _with("optima", another=None)),
    "K one too many": ("fewest_knots", _with("sparsest", width=SPARSE.width + 1)),
    "K one too few": ("fewest_knots", _with("sparsest", width=SPARSE.width - 1)),
    "K attained by f_D only": ("fewest_knots", _with("sparsest", spline=LINE, width=LINE.width)),
    "sparsest called not unique": ("fewest_knots", _with("sparsest", unique=not SPARSE.unique)),
    "sparsest called a family": ("fewest_knots", _with("sparsest", dimension=SPARSE.dimension + 1)),
    "sparsest with a moved knot": ("fewest_knots", _with("sparsest", spline=_moved(SPARSE.spline, 0, SMALL))),
    "radius doubled": (
        "radius",
        _with("optima", radius=replace(TENT, descent=tuple(2 * entry for entry in TENT.descent))),
    ),
    "t* moved by 1e-30": ("radius", _with("optima", radius=replace(TENT, at=TENT.at + SMALL))),
    "radius in another gap": ("radius", _with("optima", radius=replace(TENT, gap=TENT.gap + 1))),
    "radius 0": ("radius", _with("optima", radius=None)),
    "angle in another gap": ("angles", replace(GOOD, smallest_angle=Angle(2, ANGLE.cosine_signed_square))),
    "no angle": ("angles", replace(GOOD, smallest_angle=None)),
    "margin off by 1e-6": (
        "margin",
        replace(GOOD, margin=replace(MARGIN, rational=MARGIN.rational + rational("1e-6"))),
    ),
    "margin of another pair": ("margin", replace(GOOD, margin=replace(MARGIN, pair=MARGIN.pair + 1))),
    "no margin": ("margin", replace(GOOD, margin=None)),
    "coefficients off": ("sobolev", _with("sobolev", coefficients=_task(GOOD.sobolev.coefficients, SMALL))),
    "norm off": ("sobolev", _with("sobolev", norm_squared=_changed(GOOD.sobolev.norm_squared, 0, fmpq(1)))),
    "norm enclosures exchanged": ("sobolev", _with("sobolev", norm_enclosures=GOOD.sobolev.norm_enclosures[::-1])),
    "F denied": ("sobolev", _with("sobolev", agrees=False)),
    "a claim refuted": ("claims", replace(GOOD, claims=_claim("K", Refuted(None, "wrong")))),
    "a claim undecided": ("claims", replace(GOOD, claims=_claim("N", Undecided("why not")))),
    "another optimum by the solver": ("claims", _with("independent", verdict=Refuted(None, "cheaper"))),
    "a claim missing": ("claims", replace(GOOD, claims=GOOD.claims[1:])),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_noticed(name):
    """By the check that is meant to notice it."""
    check_name, findings = WRONG[name]
    assert check_name in disagreements(DATA, findings)


def test_findings_about_other_data_are_noticed():
    """One label off by 10^-30."""
    x, y = DATA
    other = Table(x, [[entry + Fraction(1, 10**30) for entry in y[0]], *y[1:]])
    assert {"data", "curvature", "optima"} <= set(disagreements(other, GOOD))


def test_a_margin_that_is_not_quite_zero_is_noticed():
    """0, 1, 1, 1 with squared margin 1e-40."""
    good = check(ZERO_KINK.dataset())
    assert disagreements(ZERO_KINK, replace(good, margin=replace(good.margin, rational=fmpq(1, 10**40)))) == ["margin"]


def test_angles_between_other_kinks_are_noticed():
    """Kinks 1e-20 away from opposite: the angles are computed from the kinks that the findings name."""
    kinks = _changed(GOOD.kinks, 2, tuple(entry + fmpq(1, 10**20) for entry in GOOD.kinks[2]))
    assert {"curvature", "angles"} <= set(disagreements(DATA, replace(GOOD, kinks=kinks)))


def test_every_check_is_seen_to_fail():
    """No check passes whatever it is given."""
    assert {name for name, _ in WRONG.values()} | {"data"} == set(CHECKS)
