"""HiGHS (through scipy) on the l-infinity program in double precision: which corners of the unit ball to try."""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from .clarabel_dual import Floats, floats
from .reduced import Reduced
from .simplex import Corner


def proposed_corners(reduced: Reduced) -> list[Corner]:
    """Corners in the order in which a basis should take them: used ones by mass, then by distance from being used."""
    atoms, tasks = reduced.atoms, reduced.tasks
    kinks, slopes = _solve(reduced)
    used: dict[Corner, float] = {}
    spare: dict[Corner, float] = {}
    for atom in range(atoms):
        for corner, mass in _chain(atom, kinks[atom]):
            if mass > 1e-9:
                used[corner] = mass
        signs = _signs(slopes[atom])
        for flip in range(tasks + 1):
            corner = Corner(atom, tuple([-s if t == flip - 1 else s for t, s in enumerate(signs)]))
            spare[corner] = 1 - sum(s * e for s, e in zip(corner.signs, slopes[atom], strict=True))
    first = sorted(used, key=lambda corner: -used[corner])
    return first + sorted((corner for corner in spare if corner not in used), key=spare.__getitem__)


def _solve(reduced: Reduced) -> tuple[Floats, Floats]:
    """Kinks (K x T) and slopes eta + tilt (K x T), zeros if HiGHS gives no answer: any start will do."""
    G, tilt = floats(reduced.matrix), floats(reduced.tilt)
    atoms, tasks = reduced.atoms, reduced.tasks
    # Variables: m (atom by atom), then the magnitudes tau_k; -tau_k <= m_kt <= tau_k.
    cost = np.concatenate([-tilt.ravel(), np.ones(atoms)])
    spread = sparse.kron(sparse.eye_array(atoms), np.ones((tasks, 1)))
    eye = sparse.eye_array(atoms * tasks)
    bounds = sparse.block_array([[eye, -spread], [-eye, -spread]], format="csr")
    equal = sparse.hstack(
        [sparse.kron(sparse.csr_array(G), sparse.eye_array(tasks)), sparse.csr_array((G.shape[0] * tasks, atoms))]
    )
    result = linprog(
        cost,
        A_ub=bounds,
        b_ub=np.zeros(2 * atoms * tasks),
        A_eq=equal,
        b_eq=floats(reduced.target).ravel(),
        bounds=(None, None),
        method="highs-ds",
    )
    if result.x is None or result.status != 0:
        return np.zeros((atoms, tasks)), tilt
    multipliers = np.asarray(result.eqlin.marginals).reshape(-1, tasks)
    return result.x[: atoms * tasks].reshape(atoms, tasks), G.T @ multipliers + tilt


def _chain(atom: int, kink: Floats) -> list[tuple[Corner, float]]:
    """The kink as a nonnegative combination of at most T corners (signs flip one by one, in order of magnitude)."""
    order = np.argsort(-np.abs(kink))
    signs = list(_signs(kink))
    magnitudes = [float(abs(kink[t])) for t in order]
    corners = []
    # sum of masses = largest magnitude; after flipping the smaller coordinates they come out at their own size.
    for position in range(len(order) - 1, 0, -1):
        corners.append((Corner(atom, tuple(signs)), (magnitudes[position - 1] - magnitudes[position]) / 2))
        flipped = list(signs)
        for t in order[position:]:
            flipped[t] = -flipped[t]
        corners.append((Corner(atom, tuple(flipped)), (magnitudes[position - 1] - magnitudes[position]) / 2))
    corners.append((Corner(atom, tuple(signs)), magnitudes[-1]))
    return corners


def _signs(v: Floats) -> tuple[int, ...]:
    return tuple([-1 if a < 0 else 1 for a in v])
