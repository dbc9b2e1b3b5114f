"""The decisions of the changed claims on many datasets, against rules and programs that share nothing with them."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle.kinks import aligned_gaps, kinks
from reluproof.theory import Dataset
from reluproof.verify.claims.without import CHANGED, changed_claim, full_norm, no_linear_part, penalised_biases
from reluproof.verify.claims.without.other_couplings import verdict_on as verdict_on_coupling
from reluproof.verify.solve.column_generation import solve_on_the_line
from reluproof.verify.solve.program import Program, midpoints
from reluproof.verify.strategies import datasets, generic_datasets, grid_datasets

from hunt.rules import RULES
from hunt.stored import hat, least_cost_and_second_optimum, slopes


def plain(number):
    """A fraction."""
    return Fraction(int(number.p), int(number.q))


def table(data):
    """Points and labels in fractions."""
    return [plain(x) for x in data.points], [[plain(a) for a in label] for label in data.labels]


OTHERWISE = ("no_linear_part", "whole_line", "full_norm", "penalised_biases", "kinks_along_the_path")
BY_RULE = [c for c in CHANGED if c.stem not in OTHERWISE]


@pytest.mark.parametrize("changed", BY_RULE, ids=lambda changed: changed.stem)
def test_decisions_on_the_grid(changed):
    """Integer labels at 0, 1, 2, ...: refuted exactly where the rule says so, never undecided."""

    @settings(max_examples=60)
    @given(grid_datasets(min_size=4, tasks=(1, 2, 3)))
    def agree(data):
        verdict = changed.verdict_on(data)
        assert (verdict.word == "refuted") == RULES[changed.stem](*table(data))
        assert verdict.word != "undecided"

    agree()


@settings(max_examples=60)
@given(grid_datasets(min_size=3, max_size=6, tasks=(1,)))
def test_kinks_along_the_path(data):
    """Exact paths against the intervals of all supports."""
    verdict = changed_claim("BC", "residual, not number of kinks").verdict_on(data)
    assert (verdict.word == "refuted") == RULES["kinks_along_the_path"](*table(data))


@settings(max_examples=60)
@given(changed_claim("R", "fixed lambda").strategy())
def test_isolated_lambda(data):
    """Planted fits with aligned kinks, against another elimination."""
    verdict = changed_claim("R", "fixed lambda").verdict_on(data)
    assert (verdict.word == "refuted") == RULES["isolated_lambda"](*table(data))


@pytest.mark.parametrize("coupling", ["l1", "linf"])
def test_couplings_by_programs(coupling):
    """Any points: a second optimum without aligned kinks, by a linear program in fractions."""

    @settings(max_examples=25)
    @given(grid_datasets(min_size=4, tasks=(2,)).filter(lambda d: d.size <= 5) | _four_rational_points())
    def agree(data):
        x, y = table(data)
        _, second = least_cost_and_second_optimum(x, y, coupling)
        verdict = verdict_on_coupling(coupling, data)
        assert verdict.word == ("refuted" if second and not aligned_gaps(kinks(x, y)) else "holds")

    agree()


def _four_rational_points():
    label = st.tuples(*[st.integers(-3, 3)] * 2)
    points = st.lists(st.fractions(-3, 3, max_denominator=4), min_size=4, max_size=4, unique=True)
    return st.builds(Dataset.from_fractions, points, st.lists(label, min_size=4, max_size=4))


@given(st.lists(st.fractions(-4, 4, max_denominator=3), min_size=3, max_size=3, unique=True), st.integers(1, 5))
def test_penalised_biases_with_three_points(points, bend):
    """Not optimal iff x_1 x_2 < -1 or x_2 x_3 < -1."""
    data = Dataset.from_fractions(sorted(points), [0, 0, bend])
    x = [plain(a) for a in data.points]
    expected = "refuted" if x[0] * x[1] < -1 or x[1] * x[2] < -1 else "holds"
    assert penalised_biases.verdict_on(data).word == expected


@settings(max_examples=12)
@given(generic_datasets(min_size=3, tasks=(1, 2)).filter(lambda data: data.size <= 5))
def test_penalised_biases_against_the_adaptive_solver(data):
    """Where the solver's rigorous interval lies below connect-the-dots it is refuted; where it holds, never."""
    verdict = penalised_biases.verdict_on(data)
    start = Program(data, data.points + midpoints(data.points), penalised_biases=True)
    bounds = solve_on_the_line(start, 6).bounds
    from reluproof.theory import connect_the_dots

    cost = penalised_biases.penalised_cost(connect_the_dots(data)).enclosure(200)
    if verdict.word == "holds":
        assert bounds.lower <= cost.upper
        assert bounds.upper >= cost.lower
    if bounds.upper < cost.lower:
        assert verdict.word == "refuted"


def test_penalised_biases_says_undecided():
    """A zero kink whose dual vector must not be 0: optimal, but no enclosure can show that it is.

    With eta = -3/2 at the zero kink, x = -2, the line to sqrt 5 at x = 2 stays below sqrt(1 + t^2): its slope exceeds
    2 / sqrt 5, the derivative there, and at the left end -3/2 is above -sqrt 5.
    """
    data = Dataset.from_fractions([-3, -2, 2, 3], [0, 0, 0, 1])
    verdict = penalised_biases.verdict_on(data)
    assert verdict.word == "undecided"
    assert "the optimum lies in 2.236067977" in verdict.reason


@settings(max_examples=40)
@given(grid_datasets(tasks=(1,)))
def test_no_linear_part(data):
    """Connect-the-dots costs max(R, |f'(-inf) + f'(inf)|); what is cheaper interpolates and costs the optimum."""
    x, y = table(data)
    s = slopes(x, [label[0] for label in y])
    bent = sum(abs(b - a) for a, b in pairwise(s))
    dots = no_linear_part.optimum(no_linear_part.extended(data), data).bounds
    assert plain(dots.lower) == plain(dots.upper) == max(bent, abs(s[0] + s[-1]))
    verdict = no_linear_part.verdict_on(data)
    best = no_linear_part.optimum(data).bounds
    assert verdict.word == ("refuted" if plain(best.upper) < plain(dots.lower) else "holds")
    if verdict.word == "refuted":
        cheaper = dict(verdict.witness.functions)["a cheaper interpolant"]
        assert cheaper.interpolates(data.points, data.labels)
        last = sum((m[0] for m in cheaper.kinks), cheaper.slope[0])
        bent = sum(abs(m[0]) for m in cheaper.kinks)
        assert max(bent, abs(cheaper.slope[0] + last)) <= best.upper


def test_no_linear_part_with_two_tasks():
    """Enclosures decide it where they are apart; two constant tasks cost nothing, exactly."""
    assert no_linear_part.verdict_on(Dataset.from_fractions([0, 1], [(0, 0), (1, 2)])).word == "refuted"
    assert no_linear_part.verdict_on(Dataset.from_fractions([0, 1], [(3, 1), (3, 1)])).word == "holds"


def test_no_linear_part_says_undecided():
    """Two tasks, slopes (0, 0) at one end: connect-the-dots is optimal, but two intervals cannot show that."""
    data = Dataset.from_fractions(range(3), [(0, 0), (0, 0), (1, 1)])
    assert no_linear_part.verdict_on(data).word == "undecided"


@given(datasets())
def test_whole_line(data):
    """Refuted unless both end slopes vanish."""
    _, y = table(data)
    flat = y[0] == y[1] and y[-1] == y[-2]
    assert changed_claim("F", "on [x_1, x_N]").verdict_on(data).word == ("holds" if flat else "refuted")


@given(datasets())
def test_full_norm(data):
    """Refuted unless all labels are 0."""
    _, y = table(data)
    word = "refuted" if any(map(any, y)) else "holds"
    assert changed_claim("F", "norm without int f^2").verdict_on(data).word == word


def _product(p, q):
    result = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            result[i + j] += a * b
    return result


def _integral(p):
    return sum(a / (k + 1) for k, a in enumerate(p))


def _derivative(p):
    return [k * a for k, a in enumerate(p)][1:]


@settings(max_examples=30)
@given(st.lists(st.fractions(-9, 9, max_denominator=7), min_size=4, max_size=4).filter(lambda v: v[0] != v[1]))
def test_bumps_and_norms(values):
    """The stated norms and products, by the coefficients of polynomials in t = (x - x_1) / h on one gap."""
    left, right, a, b = *sorted(values[:2]), *values[2:]
    data = Dataset.from_fractions([left, right], [a, b])
    h = right - left
    f = [a, b - a]
    shapes = {"t (1 - t)": [0, 1, -1], "t (1 - t) (1 - 2 t)": _product([0, 1, -1], [1, -2])}

    def inner(p, q):
        return h * _integral(_product(p, q)) + _integral(_product(_derivative(p), _derivative(q))) / h

    for bump in full_norm.bumps(data):
        shape = [Fraction(c) for c in shapes[bump.formula]]
        assert plain(bump.square) == inner(shape, shape)
        assert plain(bump.product) == inner(f, shape)
    assert plain(full_norm.full_norm_squared(data, 0)) == inner(f, f)


@settings(max_examples=40)
@given(st.data())
def test_refutations_carry_their_evidence(draws):
    """Functions interpolate, are different where there are two, and the dataset is the one decided."""
    changed = draws.draw(st.sampled_from(CHANGED))
    verdict = changed.verdict_on(draws.draw(changed.strategy()))
    assume(verdict.word == "refuted")
    found = verdict.witness
    functions = [f for _, f in found.functions]
    assert functions
    assert len(set(map(repr, functions))) == len(functions)
    for f in functions:
        assert f.interpolates(found.data.points, found.data.labels)
    assert found.says == verdict.reason


def test_hats_sum_to_one_inside():
    """The oracle's hats are a partition of unity on [x_2, x_{N-1}]."""
    x = [Fraction(n) for n in (0, 1, 3, 4)]
    assert all(hat(x, 1, t) + hat(x, 2, t) == 1 for t in [Fraction(n, 4) for n in range(4, 13)])
