"""Every symbolic check passes on the program's formulas, and notices a broken one."""

from importlib import import_module
from types import SimpleNamespace

import pytest
import sympy
from reluproof.theory import stencil
from reluproof.verify.claims.claim import NotApplicable
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.claims.symbolic import f_sobolev, v_all_optimal_parameters
from reluproof.verify.claims.symbolic.identity import (
    FORMULAS,
    Identity,
    equal,
    nonnegative,
    positive,
    positives,
    ramp,
    reals,
)
from reluproof.verify.standing.runs import Outcome, run_symbolic

SYMBOLIC = [claim.stem for claim in REGISTRY.values() if not isinstance(claim.symbolic, NotApplicable)]

BROKEN = {
    "a_optimal_value": ("rising", lambda t, left, right: (right - t) / (right - left)),
    "b_uniqueness": ("squared_eta", lambda tau, cosine: 1 - tau * (1 - tau) * (1 - cosine)),
    "c_moving_a_knot": ("falling", lambda t, left, right: (right - t) / (right + left)),
    "d_measure_zero": ("minor", lambda a, b, c, d: a * d + b * c),
    "e_one_task": ("scaled_kink", lambda g, h, e, f: h * f - g * e),
    "f_sobolev": ("kernel", lambda smaller, first: smaller - first),
    "i_all_optima": ("kink", lambda left, right: right - 2 * left),
    "j_merging": ("merged_knot", lambda left, right, c: (c * left + right) / (1 + c)),
    "k_sparsest_optimum": ("rising", lambda t, left, right: (t - left) / (right - left) / 2),
    "l_envelope": ("tent_height", lambda h, c: h * c / (1 + c) / 2),
    "m_dual_certificate": ("slope", lambda x, z, y, w: (w - y) / (z - x) ** 2),
    "n_margin": ("kink", lambda left, right: right + left),
    "p_discrete_labels": ("slope", lambda x, z, y, w: w - y),
    "q_one_task_gaussian": ("kink", lambda left, right: right - 3 * left),
    "s_stability": ("green", lambda a, b, left, right: (a - left) * (right - b)),
    "u_extra_tasks": ("kink", lambda left, right: left - right),
    "v_all_optimal_parameters": ("falling", lambda t, left, right: (t - left) / (right - left)),
    "w_adding_a_point": ("tent_falling", lambda x, right, c: right - x),
    "x_invariance": ("merged_knot", lambda left, right, c: left + c * right),
    "ba_gap": ("kink", lambda left, right: right - 2 * left),
    "bb_local_dual": ("rising", lambda t, left, right: (right - t) / (right - left)),
    "be_exact_fits": ("minor", lambda a, b, c, d: a * d + b * c),
    "bf_defects": ("falling", lambda t, left, right: (right - t) / (right + left)),
    "y_no_steeper_than_the_data": ("kink", lambda left, right: right + left),
    "z_generalisation": ("lipschitz_square", lambda square, slope, tau, h: (square - slope) * tau * h * h),
}
"""For each check a formula that it uses, spoilt: an index, a sign, a factor, an end that is forgotten."""


def failures(stem, formulas):
    """The identities that do not come out."""
    module = import_module(f"reluproof.verify.claims.symbolic.{stem}")
    return [identity.words for identity in module.identities(formulas) if not identity.holds]


COUNTS = {
    "a_optimal_value": 13,
    "b_uniqueness": 7,
    "c_moving_a_knot": 9,
    "d_measure_zero": 6,
    "e_one_task": 4,
    "f_sobolev": 14,
    "i_all_optima": 4,
    "j_merging": 5,
    "k_sparsest_optimum": 4,
    "l_envelope": 6,
    "m_dual_certificate": 18,
    "n_margin": 9,
    "p_discrete_labels": 4,
    "q_one_task_gaussian": 3,
    "s_stability": 16,
    "u_extra_tasks": 5,
    "v_all_optimal_parameters": 15,
    "w_adding_a_point": 9,
    "x_invariance": 6,
    "y_no_steeper_than_the_data": 3,
    "z_generalisation": 7,
    "ba_gap": 6,
    "bb_local_dual": 5,
    "be_exact_fits": 3,
    "bf_defects": 14,
}
"""How many identities each check has: one that is lost would not be missed otherwise."""


@pytest.mark.parametrize("stem", SYMBOLIC)
def test_every_identity_holds(stem):
    """On the formulas that the program runs; none is lost, and each says something of its own."""
    assert failures(stem, FORMULAS) == []
    identities = list(import_module(f"reluproof.verify.claims.symbolic.{stem}").identities(FORMULAS))
    assert len(identities) == COUNTS[stem]
    assert len({identity.words for identity in identities}) == len(identities)


@pytest.mark.parametrize("stem", SYMBOLIC)
def test_a_broken_formula_is_noticed(stem):
    """One formula spoilt, some identity fails."""
    name, wrong = BROKEN[stem]
    assert name in vars(FORMULAS)
    assert failures(stem, SimpleNamespace(**{**vars(FORMULAS), name: wrong}))


def test_outcomes(monkeypatch):
    """A check that fails names the identity; one without identities is no success."""
    module = import_module("reluproof.verify.claims.symbolic.j_merging")
    monkeypatch.setattr(module, "identities", lambda _: [Identity("1 = 2", False), Identity("1 = 1", True)])
    assert run_symbolic(REGISTRY["J"]) == Outcome("failed", "not identically true: 1 = 2", 2)
    monkeypatch.setattr(module, "identities", lambda _: [])
    assert run_symbolic(REGISTRY["J"]).state == "failed"


def test_the_formulas_are_those_of_the_program():
    """Not copies of them."""
    assert FORMULAS.rising is stencil.rising
    assert {name for name in vars(stencil) if name[0].islower() and callable(getattr(stencil, name))} <= set(
        vars(FORMULAS)
    )


def test_a_wrong_full_norm_piece_is_noticed(monkeypatch):
    """A line in the place of the sinh piece does not solve f'' = f."""
    monkeypatch.setattr(f_sobolev, "sinh_piece", lambda x, h, left, right: left + (right - left) * x / h)
    assert [identity.holds for identity in f_sobolev.full_norm()].count(False) >= 1


def test_a_wrong_ramp_is_noticed(monkeypatch):
    """The square of a ramp is not proportional to w."""
    monkeypatch.setattr(v_all_optimal_parameters, "ramp", lambda x, t: ramp(x, t) ** 2)
    assert failures("v_all_optimal_parameters", FORMULAS)


def test_the_deciders_decide():
    """Equality of rational functions, positivity and squares: yes, no, and no for what does not follow."""
    p, q = positives("p q")
    (r,) = reals("r")
    assert equal("", (p**2 - q**2) / (p - q), p + q).holds
    assert not equal("", p / q, q / p).holds
    assert positive("", p / (p + q) + q).holds
    assert not positive("", p - q).holds
    assert not positive("", -p).holds
    assert nonnegative("", (p - q) ** 2).holds
    assert not nonnegative("", r).holds
    assert ramp(p, sympy.Integer(0)) == p
    assert ramp(sympy.Integer(0), p) == 0
