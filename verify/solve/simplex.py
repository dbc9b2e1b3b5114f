"""The revised simplex method in rational arithmetic, over kinks in the corners of the l-infinity ball.

min sum_a cost_a z_a  subject to  sum_a z_a (G_k v') = r, z >= 0, over all corners a = (k, v), cost_a = 1 - <tilt_k, v>.
With a corner its opposite is a corner too, so any independent corners give a feasible basis after flipping signs: there
is no first phase. Pricing needs no list of the 2^T corners: the best one for candidate k has the signs of eta_k.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flint import fmpq, fmpq_mat

from ...theory.numbers import ZERO
from .program import ONE
from .reduced import Reduced, independent_columns

_MOST_PIVOTS = 2000


class Corner(NamedTuple):
    """The kink of candidate `atom` in direction `signs`, a corner of the l-infinity ball."""

    atom: int
    signs: tuple[int, ...]


def _matrix_of(corners: Sequence[Corner], atoms: Sequence[Sequence[fmpq]]) -> fmpq_mat:
    """A column for each corner: the q T entries of G_k v', row by row. atoms: the columns G_k."""
    columns = [[entry * sign for entry in atoms[corner.atom] for sign in corner.signs] for corner in corners]
    rows = list(zip(*columns, strict=True))
    return fmpq_mat(len(rows), len(columns), [entry for row in rows for entry in row])


@dataclass(frozen=True, slots=True)
class Vertex:
    """Kinks (K x T) and multipliers (q x T) of the last basis, and the number of exact pivots after the start."""

    kinks: fmpq_mat
    multipliers: fmpq_mat
    pivots: int


def optimal_vertex(reduced: Reduced, proposed: list[Corner]) -> Vertex:
    """Pivot exactly from the basis that `proposed` suggests until no corner prices out (or the limit is met)."""
    size = reduced.rows * reduced.tasks
    atoms = reduced.matrix.transpose().tolist()
    basis = _start(atoms, proposed, size)
    target = fmpq_mat(size, 1, reduced.target.entries())
    pivots = 0
    while True:
        columns = _matrix_of(basis, atoms)
        masses = list(columns.solve(target).entries())
        if pivots == 0:
            basis, masses, columns = _flip(basis, masses, columns)
        costs = fmpq_mat(size, 1, [_cost(reduced, corner) for corner in basis])
        prices = columns.transpose().solve(costs).entries()
        multipliers = fmpq_mat(reduced.rows, reduced.tasks, prices)
        entering = _price(reduced, multipliers, bland=pivots > _MOST_PIVOTS // 4)
        if entering is None or pivots == _MOST_PIVOTS:
            return Vertex(_kinks(reduced, basis, masses), multipliers, pivots)
        direction = columns.solve(_matrix_of([entering], atoms)).entries()
        basis[_leaving(basis, masses, list(direction))] = entering
        pivots += 1


def _start(atoms: Sequence[Sequence[fmpq]], proposed: list[Corner], size: int) -> list[Corner]:
    chosen = independent_columns(_matrix_of(proposed, atoms))
    if len(chosen) != size:
        raise ArithmeticError("the proposed corners do not span: the constraints were not independent")
    return [proposed[j] for j in chosen]


def _flip(basis: list[Corner], masses: list[fmpq], columns: fmpq_mat) -> tuple[list[Corner], list[fmpq], fmpq_mat]:
    """Replace corners of negative mass by their opposites."""
    signs = [-1 if mass < ZERO else 1 for mass in masses]
    flipped = [
        Corner(corner.atom, tuple([sign * s for s in corner.signs])) for sign, corner in zip(signs, basis, strict=True)
    ]
    table = [[sign * entry for sign, entry in zip(signs, row, strict=True)] for row in columns.tolist()]
    entries = [entry for row in table for entry in row]
    return flipped, [abs(mass) for mass in masses], fmpq_mat(columns.nrows(), columns.ncols(), entries)


def _price(reduced: Reduced, multipliers: fmpq_mat, *, bland: bool) -> Corner | None:
    """A corner with <eta_k + tilt_k, v> > 1: the largest, or (Bland, against cycling) the first."""
    best, entering = ONE, None
    for atom, slope in enumerate(reduced.slopes(multipliers).tolist()):
        value = sum([abs(entry) for entry in slope], ZERO)
        if value > best:
            best, entering = value, Corner(atom, tuple([-1 if entry < ZERO else 1 for entry in slope]))
            if bland:
                break
    return entering


def _leaving(basis: list[Corner], masses: list[fmpq], direction: list[fmpq]) -> int:
    ratios = [
        (mass / speed, corner, position)
        for position, (corner, mass, speed) in enumerate(zip(basis, masses, direction, strict=True))
        if speed > ZERO
    ]
    # The cost is bounded below by 0, so some mass must fall.
    return min(ratios)[2]


def _cost(reduced: Reduced, corner: Corner) -> fmpq:
    return ONE - sum([reduced.tilt[corner.atom, t] * s for t, s in enumerate(corner.signs)], ZERO)


def _kinks(reduced: Reduced, basis: list[Corner], masses: list[fmpq]) -> fmpq_mat:
    kinks = fmpq_mat(reduced.atoms, reduced.tasks)
    for corner, mass in zip(basis, masses, strict=True):
        for task, sign in enumerate(corner.signs):
            kinks[corner.atom, task] += sign * mass
    return kinks
