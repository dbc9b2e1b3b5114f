"""All statements of the theory, in the order of their letters."""

from . import (
    a_optimal_value,
    aa_kernel_identity,
    ab_leverage,
    ac_kernel_of_others,
    ad_one_input,
    ae_one_kernel_on_data,
    af_not_almost_sure,
    b_uniqueness,
    ba_gap,
    bb_local_dual,
    bc_path,
    bd_degrees_of_freedom,
    be_exact_fits,
    bf_defects,
    c_moving_a_knot,
    d_measure_zero,
    e_one_task,
    f_sobolev,
    g_convexity,
    h_regularised_fit,
    i_all_optima,
    j_merging,
    k_sparsest_optimum,
    l_envelope,
    m_dual_certificate,
    n_margin,
    o_tube_law,
    p_discrete_labels,
    q_one_task_gaussian,
    r_regularised_null_set,
    s_stability,
    u_extra_tasks,
    v_all_optimal_parameters,
    w_adding_a_point,
    x_invariance,
    y_no_steeper_than_the_data,
    z_generalisation,
)
from .claim import Claim

REGISTRY: dict[str, Claim] = {
    module.CLAIM.letter: module.CLAIM
    for module in (
        a_optimal_value,
        b_uniqueness,
        c_moving_a_knot,
        d_measure_zero,
        e_one_task,
        f_sobolev,
        g_convexity,
        h_regularised_fit,
        i_all_optima,
        j_merging,
        k_sparsest_optimum,
        l_envelope,
        m_dual_certificate,
        n_margin,
        o_tube_law,
        p_discrete_labels,
        q_one_task_gaussian,
        r_regularised_null_set,
        s_stability,
        u_extra_tasks,
        v_all_optimal_parameters,
        w_adding_a_point,
        x_invariance,
        y_no_steeper_than_the_data,
        z_generalisation,
        aa_kernel_identity,
        ab_leverage,
        ac_kernel_of_others,
        ad_one_input,
        ae_one_kernel_on_data,
        af_not_almost_sure,
        ba_gap,
        bb_local_dual,
        bc_path,
        bd_degrees_of_freedom,
        be_exact_fits,
        bf_defects,
    )
}


def claim_named(name: str) -> Claim | None:
    """The claim with this letter, name or file name, whatever the case; None if there is none."""
    wanted = name.lower()
    for claim in REGISTRY.values():
        if wanted in {claim.letter.lower(), claim.name.lower(), claim.stem}:
            return claim
    return None


def with_foundations(letters: list[str]) -> list[str]:
    """The letters together with all that they rest on, directly or not, in alphabetical order."""
    found: set[str] = set()
    waiting = list(letters)
    while waiting:
        letter = waiting.pop()
        if letter not in found:
            found.add(letter)
            waiting += REGISTRY[letter].rests_on
    return sorted(found)
