"""The finite-dimensional program: the cheapest interpolating network that bends at given places only.

Candidate breakpoints t_k become atoms (x - t_k)_+, and the labels at the data points are the only other thing that
enters: the interpolation constraints are the values of the atoms and of the unpenalised functions (x and 1, or 1
alone) at the data points. Nothing here or in the solvers knows a formula for the optimum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from flint import fmpq, fmpq_mat

from ...theory.dataset import Dataset
from ...theory.numbers import ZERO, Vector

Coupling = Literal["l2", "l1", "linf"]
"""The norm of a kink across tasks: Euclidean, sum of magnitudes, largest magnitude."""

COUPLINGS: tuple[Coupling, ...] = ("l2", "l1", "linf")
ONE = fmpq(1)


class ProgramError(ValueError):
    """The values given do not describe a program; the message says why in one line."""


class Atom(NamedTuple):
    """The function (x - knot)_+ if side is 1, (knot - x)_+ if side is -1."""

    knot: fmpq
    side: int

    def __call__(self, x: fmpq) -> fmpq:
        """Its value at x."""
        distance = (x - self.knot) * self.side
        return distance if distance > ZERO else ZERO


@dataclass(frozen=True, slots=True)
class Program:
    """Minimise sum_k w_k |m_k| over networks that interpolate `data` and bend at `candidates` only.

    The norm is `coupling`. w_k is 1, or sqrt(1 + t_k^2) with `penalised_biases`: a neuron v (wx + b)_+ then costs
    |v| sqrt(w^2 + b^2). With `linear_part` a term a x + c is free, and (t - x)_+ needs no atom of its own because it
    differs from (x - t)_+ by such a term; without it only the constant c is free, and every candidate has two atoms.
    """

    data: Dataset
    candidates: tuple[fmpq, ...]
    coupling: Coupling = "l2"
    penalised_biases: bool = False
    linear_part: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(sorted(set(self.candidates))))
        if self.coupling not in COUPLINGS:
            raise ProgramError(f"the coupling is one of {', '.join(COUPLINGS)}, not {self.coupling!r}")
        if self.penalised_biases and self.coupling != "l2":
            raise ProgramError("penalised biases are implemented for the l2 coupling only")

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The penalised functions: one per candidate, or two where no linear part is free."""
        sides = (1,) if self.linear_part else (1, -1)
        return tuple([Atom(knot, side) for side in sides for knot in self.candidates])

    @property
    def free_functions(self) -> int:
        """How many unpenalised functions there are: x and 1, or 1 alone."""
        return 2 if self.linear_part else 1

    def weight_square(self, knot: fmpq) -> fmpq:
        """w_k^2, a rational."""
        return ONE + knot * knot if self.penalised_biases else ONE

    def features_at(self, places: Iterable[fmpq]) -> list[list[fmpq]]:
        """The rows (atoms at x) for x in `places`."""
        atoms = self.atoms
        return [[atom(place) for atom in atoms] for place in places]

    def free_at(self, places: Iterable[fmpq]) -> list[list[fmpq]]:
        """The rows (x, 1), or (1) without a linear part, for x in `places`."""
        return [[place, ONE] if self.linear_part else [ONE] for place in places]


def matrix(rows: list[list[fmpq]], columns: int) -> fmpq_mat:
    """The matrix with these rows; the number of columns is given because there may be no rows."""
    return fmpq_mat(len(rows), columns, [entry for row in rows for entry in row])


def rows_of(entries: fmpq_mat) -> tuple[Vector, ...]:
    """The rows of a matrix as vectors."""
    return tuple([tuple(row) for row in entries.tolist()])


def midpoints(points: tuple[fmpq, ...]) -> tuple[fmpq, ...]:
    """The middle of every gap."""
    return tuple([(left + right) / 2 for left, right in pairwise(points)])
