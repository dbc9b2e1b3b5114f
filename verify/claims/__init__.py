"""The statements of the theory, one file each; `CLAIMS` are those that `check` decides, `registry` has all of them."""

from .a_optimal_value import CLAIM as A
from .b_uniqueness import CLAIM as B
from .claim import Claim
from .f_sobolev import CLAIM as F
from .i_all_optima import CLAIM as I
from .j_merging import CLAIM as J
from .k_sparsest_optimum import CLAIM as K
from .l_envelope import CLAIM as L
from .m_dual_certificate import CLAIM as M
from .n_margin import CLAIM as N

CLAIMS: tuple[Claim, ...] = (A, B, F, I, J, K, L, M, N)

__all__ = ["CLAIMS", "Claim"]
