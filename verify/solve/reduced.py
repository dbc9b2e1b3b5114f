"""Eliminating the unpenalised part: min sum_k w_k |m_k| - <tilt_k, m_k>  subject to  G m = r.

p free functions (x and 1, or 1) are killed by one combination of every p + 1 consecutive rows of the interpolation
system. The combination is found as the null vector of a small matrix by rational linear algebra; so is everything
else here. Rows of G that depend on others are dropped if the target agrees, and otherwise prove that no network with
these breakpoints interpolates.

The dual is  max <l, r>  subject to  |G_k' l + tilt_k|_* <= w_k  for every k; multipliers of the interpolation
constraints are E' l. The tilt is zero except where a range of f(X) is sought.
"""

from dataclasses import dataclass

from flint import fmpq, fmpq_mat, nmod_mat

from ...theory.numbers import Vector
from .program import ONE, Program, matrix, rows_of

_PRIMES = (2305843009213693951, 2305843009213693921, 2305843009213693907)


@dataclass(frozen=True, slots=True)
class Reduced:
    """G (q x K, full row rank), r (q x T), squared weights (K), tilt (K x T), and the elimination E (q x N)."""

    matrix: fmpq_mat
    target: fmpq_mat
    weight_squares: tuple[fmpq, ...]
    tilt: fmpq_mat
    elimination: fmpq_mat

    @property
    def tasks(self) -> int:
        """T."""
        return int(self.target.ncols())

    @property
    def atoms(self) -> int:
        """K."""
        return int(self.matrix.ncols())

    @property
    def rows(self) -> int:
        """q, the number of independent constraints."""
        return int(self.matrix.nrows())

    def slopes(self, multipliers: fmpq_mat) -> fmpq_mat:
        """eta_k = G_k' l + tilt_k, K x T: what the dual constrains."""
        return self.matrix.transpose() * multipliers + self.tilt


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Multipliers L (N vectors) that annihilate every atom and free function, while sum <L_i, y_i> is not zero."""

    multipliers: tuple[Vector, ...]


def reduce(program: Program, tilt: fmpq_mat | None = None) -> Reduced | Contradiction:
    """The program without its free functions, or the proof that it has no feasible point."""
    points, tasks = program.data.points, program.data.tasks
    atoms = program.atoms
    E = _elimination(program)
    G = E * matrix(program.features_at(points), len(atoms))
    r = E * matrix([list(label) for label in program.data.labels], tasks)
    independent = independent_columns(G.transpose())
    if len(independent) < G.nrows():
        contradiction = _contradiction(E, G, r)
        if contradiction is not None:
            return contradiction
        E, G, r = (_pick_rows(part, independent) for part in (E, G, r))
    weights = tuple([program.weight_square(atom.knot) for atom in atoms])
    return Reduced(G, r, weights, fmpq_mat(len(atoms), tasks) if tilt is None else tilt, E)


def _elimination(program: Program) -> fmpq_mat:
    """(N - p) x N: row i combines the points i..i+p so that every free function vanishes."""
    size, free = program.data.size, program.free_functions
    values = program.free_at(program.data.points)
    rows = []
    for first in range(size - free):
        window = matrix([values[first + j] for j in range(free + 1)], free)
        null = window_null_vector(window)
        rows.append([fmpq(0)] * first + null + [fmpq(0)] * (size - first - free - 1))
    return matrix(rows, size)


def window_null_vector(window: fmpq_mat) -> list[fmpq]:
    """The z with z' W = 0 and last entry 1, for W ((p+1) x p) whose first p rows are independent."""
    free = window.ncols()
    table = window.tolist()
    head = matrix([list(row) for row in table[:free]], free).transpose()
    solved = head.solve(fmpq_mat(free, 1, [-entry for entry in table[free]]))
    return [*solved.entries(), ONE]


def _contradiction(E: fmpq_mat, G: fmpq_mat, r: fmpq_mat) -> Contradiction | None:
    """A z with z'G = 0 and z'r != 0, lifted to the data points, if there is one."""
    for z in _null_vectors(G.transpose()):
        row = fmpq_mat(1, G.nrows(), z)
        value = (row * r).entries()
        if any(entry != 0 for entry in value):
            lifted = (row * E).entries()
            # One multiplier per point and task: the scalar certificate, in the tasks where it is violated.
            return Contradiction(tuple([tuple([weight * entry for entry in value]) for weight in lifted]))
    return None


def _null_vectors(A: fmpq_mat) -> list[list[fmpq]]:
    """A basis of {z : A z = 0}."""
    reduced, rank = A.rref()
    table = reduced.tolist()
    pivots = [next(j for j, entry in enumerate(row) if entry != 0) for row in table[:rank]]
    basis = []
    for free in (j for j in range(A.ncols()) if j not in set(pivots)):
        z = [fmpq(0)] * A.ncols()
        z[free] = ONE
        for row, pivot in zip(table, pivots, strict=False):
            z[pivot] = -row[free]
        basis.append(z)
    return basis


def independent_columns(A: fmpq_mat) -> list[int]:
    """The columns, from left to right, that do not depend on earlier ones: a basis of the column space.

    Computed modulo a prime: columns independent there are independent over the rationals. Only if the count falls
    short of the number of rows is the elimination repeated over the rationals, so the answer is exact.
    """
    for prime in _PRIMES:
        pivots = _pivots_modulo(A, prime)
        if pivots is not None and len(pivots) == A.nrows():
            return pivots
    reduced, rank = A.rref()
    return [next(j for j, entry in enumerate(row) if entry != 0) for row in reduced.tolist()[:rank]]


def _pivots_modulo(A: fmpq_mat, prime: int) -> list[int] | None:
    entries = []
    for entry in A.entries():
        denominator = int(entry.q) % prime
        if denominator == 0:
            return None
        entries.append(int(entry.p) % prime * pow(denominator, -1, prime) % prime)
    reduced, rank = nmod_mat(A.nrows(), A.ncols(), entries, prime).rref()
    return [next(j for j, entry in enumerate(row) if int(entry) != 0) for row in reduced.tolist()[:rank]]


def _pick_rows(A: fmpq_mat, rows: list[int]) -> fmpq_mat:
    table = A.tolist()
    return matrix([list(table[i]) for i in rows], A.ncols())


def pick_columns(A: fmpq_mat, columns: list[int]) -> fmpq_mat:
    """The matrix of these columns, in this order."""
    return matrix([[row[j] for j in columns] for row in A.tolist()], len(columns))


def lift_dual(reduced: Reduced, multipliers: fmpq_mat) -> tuple[Vector, ...]:
    """The multipliers of the N interpolation constraints, E' l."""
    return rows_of(reduced.elimination.transpose() * multipliers)


def lift_primal(program: Program, kinks: fmpq_mat) -> tuple[Vector, ...]:
    """The coefficients of the free functions (p vectors) with which these kinks interpolate, by the first p points."""
    free, tasks = program.free_functions, program.data.tasks
    places = program.data.points[:free]
    labels = matrix([list(label) for label in program.data.labels[:free]], tasks)
    bent = matrix(program.features_at(places), len(program.atoms)) * kinks
    return rows_of(matrix(program.free_at(places), free).solve(labels - bent))
