"""The exact way of every claim: on ordinary and degenerate datasets, on wrong subjects, and with wrong mathematics."""

from dataclasses import replace
from fractions import Fraction
from importlib import import_module

import pytest
from flint import fmpq
from reluproof.theory import Dataset, LinearSpline, RootSum, descent, stability, stencil
from reluproof.theory.minimisers import TrialFit
from reluproof.theory.optimum import connect_the_dots
from reluproof.theory.stability import excess
from reluproof.theory.transformation import Transformation
from reluproof.verify.check import check
from reluproof.verify.claims import h_regularised_fit, p_discrete_labels
from reluproof.verify.claims.claim import NotApplicable
from reluproof.verify.claims.function_on_data import FunctionOnData
from reluproof.verify.claims.g_convexity import Mixture
from reluproof.verify.claims.instances import balanced_network, four_squares
from reluproof.verify.claims.p_discrete_labels import UniformLabels
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.claims.w_adding_a_point import Addition
from reluproof.verify.standing.textbook import DATASETS

EXACT = [letter for letter, claim in REGISTRY.items() if not isinstance(claim.exact, NotApplicable)]


def line(*labels):
    """A dataset with the labels on 0, 1, 2, ..."""
    return Dataset.from_fractions(range(len(labels)), labels)


RUN, UNIQUE = line(0, 0, 1, 3), line((0, 0), (1, 0), (0, 2), (5, 1))
MERGED = LinearSpline((0,), (0,), ("3/2",), ((2,),))
STEEP = LinearSpline.from_knots((0,), (0,), [(0, (5,)), ("1/2", (-10,)), (1, (6,)), (2, (1,))])
BUMPY = LinearSpline.from_knots((-1,), (0,), [("1/2", (2,)), (1, (0,)), (2, (1,))])


@pytest.mark.parametrize("name", DATASETS)
def test_nothing_is_refuted(name):
    """Every exact check on every textbook dataset holds or does not apply."""
    data = DATASETS[name]
    findings = check(data)
    words = {letter: REGISTRY[letter].verdict_on(findings).word for letter in EXACT}
    assert set(words.values()) <= {"holds", "does_not_apply"}
    assert [letter for letter in "ABCFHIKLMSVWXYZ" if words[letter] != "holds"] == []


@pytest.mark.parametrize("letter", list("DEGJNPQU"))
def test_an_exact_check_applies_somewhere_and_not_everywhere(letter):
    """It says nothing where its hypotheses are not met, and something elsewhere."""
    words = {REGISTRY[letter].verdict_on(check(data)).word for data in DATASETS.values()}
    assert words == {"holds", "does_not_apply"}


DROPPED = {
    "D: T >= 2": ("D", "T>=2", RUN),
    "G: both are optima": ("G", "both are optima", Mixture(RUN, MERGED, BUMPY, fmpq(1, 2))),
    "G: weight": ("G", "0<=weight<=1", Mixture(RUN, connect_the_dots(RUN), MERGED, fmpq(2))),
    "H: lambda > 0": ("H", "lambda>0", TrialFit(RUN, BUMPY, fmpq(0))),
    "Q: equal spacing": ("Q", "equal spacing", Dataset.from_fractions([0, 1, 2, 4], [0, 0, 1, 0])),
    "S: f interpolates": ("S", "f interpolates", FunctionOnData(RUN, LinearSpline((9,), (9,), (), ()))),
    "C: f interpolates": ("C", "f interpolates", FunctionOnData(RUN, LinearSpline((0,), (0,), (), ()))),
    "Y: f is an optimum": ("Y", "f is an optimum", FunctionOnData(RUN, STEEP)),
    "Z: y_i = g(x_i)": ("Z", "y_i = g(x_i)", FunctionOnData(RUN, LinearSpline((0,), (9,), (2,), ((1,),)))),
    "U: zero kinks": ("U", "no two consecutive kinks are both zero", line(0, 1, 2, 3)),
    "X: A is injective": (
        "X",
        "A is injective",
        Transformation(line((0, 0), (0, 0), (1, 1), (2, 3)), ((1, 0),), (0,), (0,), fmpq(1), fmpq(0)),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("letter", "name", "subject"), DROPPED.values(), ids=DROPPED)
def test_a_dropped_hypothesis_was_needed(letter, name, subject):
    """With it the claim says nothing about the subject, without it the subject refutes the claim."""
    claim = REGISTRY[letter]
    assert claim.holds(subject).word == "does_not_apply"
    verdict = claim.without(name).holds(subject)
    assert verdict.word == "refuted"
    assert verdict.reason


def test_new_labels_that_fail_form_a_ball():
    """Old labels collinear over four points: labels x^2 and all near them fail, with the radius of statement E."""
    verdict = REGISTRY["U"].without("no two consecutive kinks are both zero").holds(line(0, 1, 2, 3, 9))
    _, ball = verdict.witness
    assert ball.radius_squared == fmpq(4, 6)
    assert ball.data.labels == ((0,), (1,), (4,), (9,), (16,))


def twice_as_strict(original):
    """Bounds with a fifth of the length."""
    return lambda data: [bound and replace(bound, length=bound.length / 5) for bound in original(data)]


CLAIMS, CENSUS, THEORY = "reluproof.verify.claims", "reluproof.verify.census", "reluproof.theory"

WRONG = {
    "C: the hats exchanged": ("C", f"{THEORY}.stencil", "falling", lambda _: stencil.rising),
    "C: the kinks beside forgotten": ("C", f"{CLAIMS}.c_moving_a_knot", "kinks_beside", lambda _: lambda *_: ()),
    "C: a share at the wrong place": ("C", f"{THEORY}.descent", "_shares", lambda _: lambda _data, t, m: [(t + 1, m)]),
    "D: parallel kinks": ("D", f"{CLAIMS}.d_measure_zero", "_unit", lambda _: lambda _j, tasks: (fmpq(1),) * tasks),
    "E: no gap ever touched": ("E", f"{CLAIMS}.e_one_task", "touches_a_gap", lambda _: lambda _: False),
    "G: weights that do not sum to 1": (
        "G", f"{CLAIMS}.g_convexity", "mixed", lambda old: lambda f, g, r: old(old(f, g, r), f, fmpq(2)),
    ),
    "H: half the cost": (
        "H", f"{CLAIMS}.h_regularised_fit", "optimal_cost", lambda original: lambda data: original(data).scaled("1/2"),
    ),
    "P: aligned against each other": (
        "P", f"{CENSUS}.chain", "window_kinks", lambda old: lambda *w: (old(*w)[0], tuple(-b for b in old(*w)[1])),
    ),
    "Q: a forgotten end": ("Q", f"{CLAIMS}.q_one_task_gaussian", "_dot", lambda old: lambda u, v: old(u[1:], v[1:])),
    "S: half the excess": (
        "S", f"{THEORY}.stability", "excess", lambda original: lambda data, f: original(data, f).scaled("1/2"),
    ),
    "S: a fifth of the length": ("S", f"{THEORY}.stability", "gap_bounds", twice_as_strict),
    "U: the ratio inverted": ("U", f"{CLAIMS}.u_extra_tasks", "ratio", lambda original: lambda u, v: original(v, u)),
    "V: every knot misplaced": ("V", f"{THEORY}.membership", "misplaced_knot", lambda _: lambda *_: "no"),
    "V: the sign of w forgotten": ("V", f"{THEORY}.membership", "sign", lambda _: lambda _: 1),
    "W: a tent twice as high": (
        "W", f"{CLAIMS}.w_adding_a_point", "reach", lambda old: lambda data, x: tuple(2 * v for v in old(data, x)),
    ),
    "X: runs not mirrored": (
        "X", f"{CLAIMS}.x_invariance", "_mirrored_runs", lambda original: lambda data, _: original(data, False),
    ),
    "Y: a kink forgotten": (
        "Y", f"{CLAIMS}.y_no_steeper_than_the_data", "piece_slopes", lambda original: lambda f: original(f)[:1],
    ),
    "Z: a fraction of the gap": (
        "Z", f"{THEORY}.lipschitz", "lipschitz_square", lambda old: lambda *numbers: old(*numbers) * fmpq(99, 100),
    ),
    "Z: the largest error of a wider gap": (
        "Z", f"{THEORY}.lipschitz", "largest_error", lambda old: lambda L, s, h: old(L, s, 2 * h),
    ),
    "Z: slopes outside forgotten": (
        "Z", f"{THEORY}.lipschitz", "within", lambda old: lambda gap, one, reach, e: old(gap, one, reach / 9, e),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("letter", "module", "name", "spoil"), WRONG.values(), ids=WRONG)
def test_wrong_mathematics_is_noticed(monkeypatch, letter, module, name, spoil):
    """One formula or rule spoilt, and a textbook dataset refutes the claim. A, B, F, I to N: test_claims_refute."""
    target = import_module(module)
    monkeypatch.setattr(target, name, spoil(getattr(target, name)))
    claim = REGISTRY[letter]
    assert any(claim.verdict_on(check(data)).word == "refuted" for data in DATASETS.values())


def test_a_descent_ends_at_connect_the_dots():
    """Three moves, the costs falling or staying: outside knots are lost, the merged knot splits at equal cost."""
    start = LinearSpline.from_knots((-2,), (0,), [(-1, (2,)), ("3/2", (2,)), (5, (7,))])
    lifted = LinearSpline((-2,), (-2,), start.knots, start.kinks)
    steps = list(descent.descent(RUN, lifted))
    assert [step.knot for step in steps] == [-1, fmpq(3, 2), 5]
    assert [str(step.result.path_cost()) for step in steps] == ["9", "9", "2"]
    assert steps[-1].result == connect_the_dots(RUN)
    with pytest.raises(ValueError, match="does not bend"):
        descent.move(RUN, lifted, fmpq(7))


def reached(data, knots, turn=0):
    """|f - f_D| at the first of the added knots over the excess, as an exact pair; `turn` is added to the slope."""
    base = connect_the_dots(data)
    slope = tuple(entry + turn for entry in base.slope)
    f = LinearSpline.from_knots(slope, base.offset, [*zip(base.knots, base.kinks, strict=True), *knots])
    assert f.interpolates(data.points, data.labels)
    assert list(stability.violations(data, f)) == []
    place = fmpq(knots[0][0])
    deviation = [a - b for a, b in zip(f(place), base(place), strict=True)]
    return RootSum([sum([entry * entry for entry in deviation], fmpq(0))]), excess(data, f)


def test_stability_lines_that_are_attained():
    """h e / 8 between two zero kinks and h e / 4 for N = 2, exactly; e times the distance outside the data."""
    deviation, e = reached(line(0, 1, 2, 3), [(fmpq(3, 2), (-2,)), (1, (1,)), (2, (1,))])
    assert deviation == e.scaled("1/8")
    deviation, e = reached(line(0, 1), [(fmpq(1, 2), (-1,))], turn=fmpq(1, 2))
    assert deviation == e.scaled("1/4")
    base = connect_the_dots(line(0, 0, 1))
    f = LinearSpline.from_knots((0,), (0,), [*zip(base.knots, base.kinks, strict=True), (2, (1,))])
    assert f(12)[0] - base(12)[0] == 10 * excess(line(0, 0, 1), f).as_rational()


def test_stability_lines_that_are_sharp():
    """For small e: kinks at a right angle, opposite ones, one zero kink, and an outer gap reach 0.99 of their bounds.

    A small kink along eta at a small fraction r of the gap, taken from the two ends.
    """
    r, small = fmpq(1, 500), fmpq(1, 10**9)

    def near(*kink):
        return [(1 + r, kink), (1, tuple((r - 1) * m for m in kink)), (2, tuple(-r * m for m in kink))]

    outer = [(1 - r, (small,)), (1, ((r - 1) * small,))]
    for data, knots, turn, constant in (
        (line((0, 0), (0, 0), (1, 0), (2, 1)), near(small * (1 - r), small * r), 0, 1),
        (line(0, 0, 1, 1), near(small), 0, fmpq(1, 2)),
        (line(0, 0, 1, 2), near(small), 0, fmpq(1, 2)),
        (line(0, 0, 1), outer, -r * small, 1),
    ):
        deviation, e = reached(data, knots, turn)
        assert e.scaled(constant * fmpq(99, 100)) <= deviation <= e.scaled(constant)


def test_probabilities_of_the_note():
    """The table of note P, by both ways of counting."""

    def one_hot(tasks):
        return [tuple(fmpq(i == j) for j in range(tasks)) for i in range(tasks)]

    table = {
        (2, 4): "1/8", (2, 5): "1/4", (2, 6): "11/32", (2, 7): "27/64",
        (3, 4): "2/27", (3, 5): "4/27", (3, 6): "52/243", (4, 4): "3/64", (4, 5): "3/32",
    }  # fmt: skip
    for (tasks, size), value in table.items():
        law = p_discrete_labels.uniform(size, one_hot(tasks))
        assert p_discrete_labels.by_windows(law) == p_discrete_labels.by_enumeration(law) == Fraction(value)
    law = p_discrete_labels.uniform(4, [(fmpq(k),) for k in (-1, 0, 1)])
    assert p_discrete_labels.by_windows(law) == Fraction(10, 81)
    law = p_discrete_labels.uniform(9, [(fmpq(0),), (fmpq(1),)])
    assert p_discrete_labels.by_windows(law) == Fraction(71, 128)


def test_balanced_networks():
    """Rational lengths split into four squares at most; both orientations compute the same function."""
    for value in (fmpq(1), fmpq(7), fmpq(3, 5), fmpq(14, 9)):
        roots = four_squares(value)
        assert len(roots) <= 4
        assert sum([root * root for root in roots], fmpq(0)) == value
    for turned in (False, True):
        network = balanced_network(MERGED, turned=turned)
        assert network.is_balanced
        assert network.to_spline() == MERGED
    assert balanced_network(LinearSpline((0, 0), (0, 0), (1,), ((1, 1),))) is None


def test_minimisers_are_recognised():
    """Labels made for outputs have them as their fit: optima of the outputs are minimisers, other interpolants not."""
    h = REGISTRY["H"]
    labels = h_regularised_fit.labels_fitted_by(RUN, fmpq(1, 5))
    for f in (connect_the_dots(RUN), MERGED):
        verdict = h.holds(TrialFit(labels, f, fmpq(1, 5)))
        assert verdict.word == "holds"
        assert verdict.reason.startswith("a minimiser")
    assert h.holds(TrialFit(labels, BUMPY, fmpq(1, 5))).reason.startswith("no minimiser")
    assert h.holds(TrialFit(labels, MERGED, fmpq(1, 4))).word == "does_not_apply"


def test_subjects_paste_back():
    """eval(repr(s)) == s: a refutation's witness can be pasted into Python."""
    import reluproof.theory

    ours = (Addition, FunctionOnData, Mixture, TrialFit, Transformation, UniformLabels)
    names = {**vars(reluproof.theory), "fmpq": fmpq, **{kind.__name__: kind for kind in ours}}
    for subject in (
        FunctionOnData(RUN, MERGED),
        Mixture(RUN, MERGED, MERGED, fmpq(1, 2)),
        TrialFit(RUN, MERGED, fmpq(1, 3)),
        Addition(RUN, fmpq(1, 2), (fmpq(1),)),
        Transformation(RUN, ((fmpq(1),),), (fmpq(0),), (fmpq(0),), fmpq(-1), fmpq(1, 3)),
        UniformLabels((fmpq(0), fmpq(1)), ((fmpq(0),), (fmpq(1),))),
    ):
        assert eval(repr(subject), names) == subject
