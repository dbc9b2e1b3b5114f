"""Breakpoints anywhere on the line, in double precision and at once: one small semidefinite constraint per gap.

On a gap [l, r] the dual function is eta = (1 - tau) u + tau v, with u and v its values at the ends, and the square of
the weight is a quadratic form in (1 - tau, tau) too. So |eta| <= w on the whole gap says that the form w^2 - |eta|^2 is
nonnegative where both its variables are; for forms in two variables that is: positive semidefinite after lambda times
their product is taken off, for some lambda >= 0. With U = (u / w_l, v / w_r) and w^2 given by 1, rho, 1,

    [ I   U             ]
    [ U'  1      rho - lambda ]  is positive semidefinite.
    [     rho - lambda      1 ]

Its multiplier holds the moments of the kinks in the gap: their mass, centre and spread. For unit weights rho = 1, the
product is idle, and the bound at the data points is all there is.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from flint import fmpq, fmpq_mat
from scipy import sparse

from .clarabel_dual import Floats, floats, from_floats, to_float
from .program import Atom, Program
from .reduced import Reduced

_LARGEST_BLOCK = 12
_NEGLIGIBLE = 1e-7
_POINTLIKE = 1e-4
_NARROW = 1e-8
"""Of the determinant of the moments over its largest value, and of the variance of the places over the squared gap."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A place where the dual touches the bound: a breakpoint of mass c > 0, kink c eta; inside a gap it may move."""

    place: fmpq
    side: int
    mass: fmpq
    gap: tuple[fmpq, fmpq] | None


@dataclass(frozen=True, slots=True)
class Sketch:
    """An approximate solution over the whole line: multipliers l (q x T) of the reduced program, and the touches."""

    multipliers: fmpq_mat
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    """Two neighbouring data points, as positions among the atoms; ratio = w_l / w_r, cosine = rho."""

    left: int
    right: int
    ratio: float
    cosine: float


def sketch(program: Program, reduced: Reduced) -> Sketch | None:
    """Solve approximately; the candidates of `program` are its data points, `reduced` is its scaled reduction.

    None where the blocks would be large (more than 10 tasks and constraints) or Clarabel does not reach an optimum.
    """
    target, rotation = _few_tasks(floats(reduced.target))
    if target.shape[1] + 2 > _LARGEST_BLOCK:
        return None
    heights = np.sqrt([to_float(weight) for weight in reduced.weight_squares])
    columns = floats(reduced.matrix) / heights
    gaps = _gaps(program)
    rays = _rays(program)
    solved = _solve(columns, target, gaps, rays)
    if solved is None:
        return None
    multipliers, moments, masses = solved
    touches = _touches(program, gaps, moments, rays, masses)
    flat = (multipliers @ rotation.T).ravel()
    return Sketch(fmpq_mat(reduced.rows, reduced.tasks, from_floats(flat)), touches)


def _few_tasks(target: Floats) -> tuple[Floats, Floats]:
    """r = r' Q' with as many tasks as constraints at most: kinks lie in the span of the labels."""
    rows, tasks = target.shape
    if tasks <= rows:
        return target, np.eye(tasks)
    rotation, triangle = np.linalg.qr(target.T)
    return triangle.T, rotation


def _gaps(program: Program) -> list[_Gap]:
    """Every gap, for every side that has atoms of its own; none for unit weights."""
    if not program.penalised_biases:
        return []
    found = []
    for first in range(0, len(program.atoms), program.data.size):
        for position, (start, end) in enumerate(pairwise(program.data.points), first):
            left, right, mixed = program.weight_square(start), program.weight_square(end), 1 + start * end
            cosine = math.copysign(math.sqrt(to_float(mixed * mixed / (left * right))), to_float(mixed))
            found.append(_Gap(position, position + 1, math.sqrt(to_float(left / right)), cosine))
    return found


def _rays(program: Program) -> list[tuple[int, fmpq, float]]:
    """Places where |eta| <= w alone is required, as (position, place, w over the weight at the position).

    For unit weights all data points; with penalised biases where the constant eta outside the data meets the least w.
    """
    points, size = program.data.points, program.data.size
    if not program.penalised_biases:
        return [(k, atom.knot, 1.0) for k, atom in enumerate(program.atoms) if _bends(program, k)]
    if program.linear_part:
        return []
    outside = [(0, min(points[0], fmpq(0))), (2 * size - 1, max(points[-1], fmpq(0)))]
    # |eta| is the same constant on both rays: the lower weight decides.
    position, place = min(outside, key=lambda ray: abs(ray[1]))
    least = program.weight_square(place) / program.weight_square(program.atoms[position].knot)
    return [(position, place, math.sqrt(to_float(least)))]


def _bends(program: Program, position: int) -> bool:
    """Whether the atom is not zero on the data; of the two straight ones that are opposite, the first counts."""
    size, side = program.data.size, program.atoms[position].side
    index = position % size
    return 0 < index < size - 1 or (not program.linear_part and index == 0 and side > 0)


def _solve(
    columns: Floats, target: Floats, gaps: list[_Gap], rays: list[tuple[int, fmpq, float]]
) -> tuple[Floats, list[Floats], list[float]] | None:
    """l, the moments of every gap and the masses on the rays; the variables are l, row by row, and the lambdas."""
    import clarabel

    rows, tasks = target.shape
    unknowns = rows * tasks + len(gaps)
    blocks, offsets, cones = [], list[Floats](), []
    if gaps:
        blocks.append(sparse.csc_matrix((-np.ones(len(gaps)), (range(len(gaps)), range(rows * tasks, unknowns)))))
        offsets.append(np.zeros(len(gaps)))
        cones.append(clarabel.NonnegativeConeT(len(gaps)))
    for number, gap in enumerate(gaps):
        block, offset = _block(columns, tasks, gap)
        block = np.hstack([block, np.zeros((len(offset), len(gaps)))])
        block[-2, rows * tasks + number] = math.sqrt(2)
        blocks.append(sparse.csc_matrix(block))
        offsets.append(offset)
        cones.append(clarabel.PSDTriangleConeT(tasks + 2))
    for position, _, height in rays:
        block = np.zeros((tasks + 1, unknowns))
        block[1:, : rows * tasks] = -np.kron(columns[:, position], np.eye(tasks))
        blocks.append(sparse.csc_matrix(block))
        offsets.append(np.concatenate([[height], np.zeros(tasks)]))
        cones.append(clarabel.SecondOrderConeT(tasks + 1))
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-11
    cost = np.concatenate([-target.ravel(), np.zeros(len(gaps))])
    zero = sparse.csc_matrix((unknowns, unknowns))
    A = sparse.vstack(blocks, format="csc")
    result = clarabel.DefaultSolver(zero, cost, A, np.concatenate(offsets), cones, settings).solve()
    x, z = np.array(result.x), np.array(result.z)
    if not (np.isfinite(x).all() and np.isfinite(z).all()):
        return None
    size = (tasks + 2) * (tasks + 3) // 2
    moments = [_moments(z[len(gaps) + k * size : len(gaps) + (k + 1) * size]) for k in range(len(gaps))]
    rest = z[len(gaps) + len(gaps) * size :].reshape(len(rays), tasks + 1)
    masses = [float(row[0] / height) for row, (_, _, height) in zip(rest, rays, strict=True)]
    return x[: rows * tasks].reshape(rows, tasks), moments, masses


def _block(columns: Floats, tasks: int, gap: _Gap) -> tuple[Floats, Floats]:
    """The upper triangle of the matrix in the module's docstring, by columns, off-diagonal entries times root 2."""
    size = tasks + 2
    offset = np.array([float(i == j) for j in range(size) for i in range(j + 1)])
    offset[-2] = math.sqrt(2) * gap.cosine
    block = np.zeros((len(offset), columns.shape[0] * tasks))
    for j, position in ((tasks, gap.left), (tasks + 1, gap.right)):
        first = j * (j + 1) // 2
        block[first : first + tasks] = -math.sqrt(2) * np.kron(columns[:, position], np.eye(tasks))
    return block, offset


def _moments(packed: Floats) -> Floats:
    """sum_k c_k a_k a_k', a = ((1 - tau) w_l, tau w_r): twice the last 2 x 2 block of the multiplier."""
    # The last column holds (.., c, b) and the one before ends with a.
    size = (math.isqrt(8 * len(packed) + 1) - 1) // 2
    mixed = 2 * packed[-2] / math.sqrt(2)
    return np.array([[2 * packed[-1 - size], mixed], [mixed, 2 * packed[-1]]])


def _touches(
    program: Program, gaps: list[_Gap], moments: list[Floats], rays: list[tuple[int, fmpq, float]], masses: list[float]
) -> tuple[Touch, ...]:
    """Where there is mass: inside gaps, at their ends, on the rays."""
    atoms, found = program.atoms, list[Touch]()
    negligible = _NEGLIGIBLE * (sum(float(np.trace(moment)) for moment in moments) + sum(masses))
    at_points = [0.0] * len(atoms)
    for gap, moment in zip(gaps, moments, strict=True):
        left, right = float(moment[0, 0]), float(moment[1, 1])
        if moment[0, 1] > negligible:
            touch, left, right = _inside(atoms[gap.left], atoms[gap.right], gap, moment)
            found.append(touch)
        at_points[gap.left] += left
        at_points[gap.right] += right
    for (position, place, _), mass in zip(rays, masses, strict=True):
        if place == atoms[position].knot:
            at_points[position] += mass
        elif mass > negligible:
            found.append(Touch(place, atoms[position].side, from_floats([mass])[0], None))
    ends = [Touch(a.knot, a.side, from_floats([m])[0], None) for a, m in zip(atoms, at_points, strict=True)]
    return tuple(found + [touch for touch in ends if touch.mass > from_floats([negligible])[0]])


def _inside(left: Atom, right: Atom, gap: _Gap, moment: Floats) -> tuple[Touch, float, float]:
    """The touch at the centre of mass of the gap, and the masses that are left for its ends.

    With nothing left the centre is the one place, and moves. Otherwise the dual touches all along the gap, and the
    centre with the ends has the moments that any breakpoints in the gap have.
    """
    (a, c), (_, b) = moment.tolist()
    p, q = moment @ np.array([1.0, gap.ratio])
    share = from_floats([q * gap.ratio / (p + q * gap.ratio)])[0]
    centre, inside = left.knot + (right.knot - left.knot) * share, c / (p * q)
    mass = from_floats([inside * (p * p + 2 * gap.cosine * p * q + q * q)])[0]
    determinant = a * b - c * c
    variance = determinant * (gap.ratio / (p + q * gap.ratio)) ** 2
    if determinant <= _POINTLIKE * a * b or variance <= _NARROW:
        return Touch(centre, left.side, mass, (left.knot, right.knot)), 0.0, 0.0
    return Touch(centre, left.side, mass, None), a - inside * p * p, b - inside * q * q
