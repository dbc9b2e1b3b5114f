"""All statements of the theory, in the order of their letters."""

from .a_optimal_value import CLAIM as A
from .aa_kernel_identity import CLAIM as AA
from .ab_leverage import CLAIM as AB
from .ac_kernel_of_others import CLAIM as AC
from .ad_one_input import CLAIM as AD
from .ae_one_kernel_on_data import CLAIM as AE
from .af_not_almost_sure import CLAIM as AF
from .b_uniqueness import CLAIM as B
from .ba_gap import CLAIM as BA
from .bb_local_dual import CLAIM as BB
from .bc_path import CLAIM as BC
from .bd_degrees_of_freedom import CLAIM as BD
from .be_exact_fits import CLAIM as BE
from .bf_defects import CLAIM as BF
from .c_moving_a_knot import CLAIM as C
from .claim import Claim
from .d_measure_zero import CLAIM as D
from .e_one_task import CLAIM as E
from .f_sobolev import CLAIM as F
from .g_convexity import CLAIM as G
from .h_regularised_fit import CLAIM as H
from .i_all_optima import CLAIM as I
from .j_merging import CLAIM as J
from .k_sparsest_optimum import CLAIM as K
from .l_envelope import CLAIM as L
from .m_dual_certificate import CLAIM as M
from .n_margin import CLAIM as N
from .o_tube_law import CLAIM as O
from .p_discrete_labels import CLAIM as P
from .q_one_task_gaussian import CLAIM as Q
from .r_regularised_null_set import CLAIM as R
from .s_stability import CLAIM as S
from .u_extra_tasks import CLAIM as U
from .v_all_optimal_parameters import CLAIM as V
from .w_adding_a_point import CLAIM as W
from .x_invariance import CLAIM as X
from .y_no_steeper_than_the_data import CLAIM as Y
from .z_generalisation import CLAIM as Z

_ONE_LETTER = (A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, U, V, W, X, Y, Z)
_TWO_LETTERS = (AA, AB, AC, AD, AE, AF, BA, BB, BC, BD, BE, BF)
REGISTRY: dict[str, Claim] = {claim.letter: claim for claim in (*_ONE_LETTER, *_TWO_LETTERS)}


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
