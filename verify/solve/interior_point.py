"""A primal-dual interior-point method for the l2 program in floating point of any precision.

Works on the dual, a convex problem with quadratic constraints:  max <l, r>  subject to  s_k(l) >= 0 for every k, where
s_k(l) = (w_k^2 - |eta_k|^2) / 2 and eta_k = G_k' l + tilt_k. With multipliers c_k >= 0, stationarity reads
sum_k c_k G_k eta_k' = r, so m_k = c_k eta_k is the primal solution. Newton's method for stationarity and c_k s_k = mu,
mu -> 0, with Mehrotra's predictor and corrector. Because all constraints share their Hessian up to the factor G_k G_k',
a step costs two symmetric systems of sizes q and K, whatever the number of tasks. No active set is guessed: problems
with many optima, coinciding candidates or idle constraints need no special treatment, only precision.

Everything here is approximate (balls are stripped to their midpoints); `rigorous` makes proofs of what comes out.
"""

from dataclasses import dataclass

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from .reduced import Reduced

_MOST_STEPS = 400
_STALLED = arb(2) ** -40


@dataclass(slots=True)
class Point:
    """An iterate: l (q x T), strictly inside, and c (K), positive."""

    multipliers: arb_mat
    masses: arb_mat


@dataclass(frozen=True, slots=True)
class Outcome:
    """The last iterate as dyadic rationals: l (q x T) and m (K x T); whether the target was reached; steps taken."""

    multipliers: fmpq_mat
    kinks: fmpq_mat
    reached: bool
    steps: int


class _Problem:
    """The data at working precision, and the quantities of an iterate."""

    def __init__(self, reduced: Reduced) -> None:
        self.G = arb_mat(reduced.matrix)
        self.Gt = self.G.transpose()
        self.r = arb_mat(reduced.target)
        self.tilt = arb_mat(reduced.tilt)
        self.weights = [arb(square) for square in reduced.weight_squares]
        self.count, self.tasks = reduced.atoms, reduced.tasks

    def eta(self, multipliers: arb_mat) -> arb_mat:
        return (self.Gt * multipliers + self.tilt).mid()

    def slacks(self, eta: arb_mat) -> list[arb]:
        return [
            ((weight - sum([e * e for e in row], arb(0))) / 2).mid()
            for weight, row in zip(self.weights, eta.tolist(), strict=True)
        ]


class _Newton:
    """The two linear systems of one iteration, and their solution for given right-hand sides."""

    def __init__(self, problem: _Problem, point: Point, eta: arb_mat, slacks: list[arb]) -> None:
        self.problem, self.eta, self.masses = problem, eta, point.masses.entries()
        weighted = scale_rows(problem.Gt, self.masses)
        self.inverse = (problem.G * weighted).mid().solve(identity(problem.G.nrows()), algorithm="approx")
        self.influence = (problem.Gt * self.inverse * problem.G).mid()
        cosines = (eta * eta.transpose()).mid()
        system = [
            [a * b for a, b in zip(left, right, strict=True)]
            for left, right in zip(self.influence.tolist(), cosines.tolist(), strict=True)
        ]
        for k, slack in enumerate(slacks):
            system[k][k] += slack / self.masses[k]
        self.system = arb_mat(system).mid()

    def direction(self, residual: arb_mat, complementarity: list[arb]) -> tuple[arb_mat, list[arb], arb_mat]:
        """(dl, dc, d eta) with H dl + G (dc eta) = residual and s dc + c ds = complementarity, entry by entry."""
        drift = (self.problem.Gt * (self.inverse * residual)).mid()
        right = [
            c / mass + dot(e, u)
            for c, mass, e, u in zip(complementarity, self.masses, self.eta.tolist(), drift.tolist(), strict=True)
        ]
        masses = self.system.solve(arb_mat(len(right), 1, right), algorithm="approx").entries()
        bent = scale_rows(self.eta, masses)
        multipliers = (self.inverse * (residual - self.problem.G * bent)).mid()
        return multipliers, masses, (self.problem.Gt * multipliers).mid()


def optimise(reduced: Reduced, start: tuple[fmpq_mat, list[fmpq]] | None, goal: fmpq, bits: int) -> Outcome:
    """Iterate from `start` (l, c; strictly feasible) until the duality gap and the residual are below `goal`.

    `reduced` is scaled to moderate size. Stops early, with reached = False, when the steps stall.
    """
    with ctx.workprec(bits):
        problem = _Problem(reduced)
        point = _initial(problem, reduced, start)
        target, steps, reached = arb(goal).mid(), 0, False
        for steps in range(_MOST_STEPS):  # noqa: B007
            eta = problem.eta(point.multipliers)
            slacks = problem.slacks(eta)
            gap = sum([c * s for c, s in zip(point.masses.entries(), slacks, strict=True)], arb(0)).mid()
            residual = _residual(problem, point, eta)
            if gap < target and largest(residual) < target:
                reached = True
                break
            try:
                moved = _step(problem, point, eta, slacks, gap / problem.count, residual)
            except ZeroDivisionError:
                break
            if moved < _STALLED:
                break
        kinks = scale_rows(problem.eta(point.multipliers), point.masses.entries())
        return Outcome(dyadic_matrix(point.multipliers), dyadic_matrix(kinks), reached, steps)


def _step(problem: _Problem, point: Point, eta: arb_mat, slacks: list[arb], mu: arb, residual: arb_mat) -> arb:
    """Predict, correct, and move `point`; returns the length of the step."""
    newton = _Newton(problem, point, eta, slacks)
    masses = point.masses.entries()
    products = [c * s for c, s in zip(masses, slacks, strict=True)]
    _, dc, de = newton.direction(residual, [-p for p in products])
    reach = _longest(eta, slacks, masses, de, dc)
    rows = list(zip(eta.tolist(), de.tolist(), strict=True))
    after = [
        (c + reach * d) * (s - reach * dot(e, g) - reach * reach * dot(g, g) / 2)
        for c, d, s, (e, g) in zip(masses, dc, slacks, rows, strict=True)
    ]
    ratio = (sum(after, arb(0)) / (mu * problem.count)).mid()
    centre = (ratio**3 * mu).mid()
    second = [
        centre - p + d * dot(e, g) + c * dot(g, g) / 2
        for p, d, c, (e, g) in zip(products, dc, masses, rows, strict=True)
    ]
    curved = (residual - problem.G * scale_rows(de, dc)).mid()
    corrected = newton.direction(curved, second)
    length = _longest(eta, slacks, masses, corrected[2], corrected[1])
    if length < 0.1:  # the second-order terms mislead far from the path: recentre without them
        corrected = newton.direction(residual, [mu / 2 - p for p in products])
        length = _longest(eta, slacks, masses, corrected[2], corrected[1])
    keep = 1 - min(arb(0.1), max(ratio, mu))
    length = (length * keep).mid() if length < 1 else keep.mid()
    multipliers = (point.multipliers + corrected[0] * length).mid()
    moved = (point.masses + arb_mat(problem.count, 1, corrected[1]) * length).mid()
    if not all(entry.is_finite() for entry in (*multipliers.entries(), *moved.entries())):
        return arb(0)  # the systems are singular at this precision: stay
    point.multipliers, point.masses = multipliers, moved
    return length


def _longest(eta: arb_mat, slacks: list[arb], masses: list[arb], de: arb_mat, dc: list[arb]) -> arb:
    """The largest step in [0, 1] that keeps every mass and slack nonnegative."""
    length = arb(1)
    for e, g, s, c, d in zip(eta.tolist(), de.tolist(), slacks, masses, dc, strict=True):
        if c + length * d < 0:
            length = (-c / d).mid()
        b, a = dot(e, g), dot(g, g)
        if s - length * b - length * length * a / 2 < 0:
            # The positive root of s - b z - a z^2 / 2, in the form without cancellation.
            root = (b * b + 2 * a * s).mid().sqrt()
            length = (2 * s / (b + root)).mid() if b > 0 else ((root - b) / a).mid()
    return length


def _residual(problem: _Problem, point: Point, eta: arb_mat) -> arb_mat:
    return (problem.r - problem.G * scale_rows(eta, point.masses.entries())).mid()


def _initial(problem: _Problem, reduced: Reduced, start: tuple[fmpq_mat, list[fmpq]] | None) -> Point:
    if start is None:
        zero = arb_mat(reduced.rows, reduced.tasks)
        return Point(zero, arb_mat(problem.count, 1, [arb(1)] * problem.count))
    return Point(arb_mat(start[0]).mid(), arb_mat(problem.count, 1, [arb(c).mid() for c in start[1]]))


def identity(size: int) -> arb_mat:
    """The identity matrix."""
    return arb_mat(size, size, [arb(int(i == j)) for i in range(size) for j in range(size)])


def scale_rows(A: arb_mat, factors: list[arb]) -> arb_mat:
    """diag(factors) A, midpoints only."""
    entries = [f * entry for f, row in zip(factors, A.tolist(), strict=True) for entry in row]
    return arb_mat(A.nrows(), A.ncols(), entries).mid()


def dot(u: list[arb], v: list[arb]) -> arb:
    """The inner product, midpoint only."""
    return sum([a * b for a, b in zip(u, v, strict=True)], arb(0)).mid()


def largest(A: arb_mat) -> arb:
    """The largest magnitude of an entry."""
    return max([abs(entry) for entry in A.entries()], default=arb(0))


def dyadic_matrix(A: arb_mat) -> fmpq_mat:
    """The exact rational matrix of the midpoints."""
    return fmpq_mat(A.nrows(), A.ncols(), [dyadic(entry) for entry in A.entries()])


def dyadic(ball: arb) -> fmpq:
    """The midpoint as a rational."""
    mantissa, exponent = ball.mid().man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)
