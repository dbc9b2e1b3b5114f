"""The three norms across tasks, their duals, and the cost of a network: decided exactly, or enclosed."""

from collections.abc import Sequence

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO, Vector
from ...theory.root_sum import enclose_roots
from ...theory.square_classes import rational_root
from .program import Coupling, Program


def square(v: Sequence[fmpq]) -> fmpq:
    """|v|_2^2."""
    return sum([a * a for a in v], ZERO)


def polyhedral_norm(coupling: Coupling, v: Sequence[fmpq]) -> fmpq:
    """|v|_1 or |v|_inf, exact."""
    magnitudes = [abs(a) for a in v]
    return max(magnitudes) if coupling == "linf" else sum(magnitudes, ZERO)


def dual_norm_at_most(coupling: Coupling, v: Sequence[fmpq], weight_square: fmpq) -> bool:
    """Whether |v|_* <= w, decided exactly; the dual of l1 is linf and conversely, l2 is its own."""
    if coupling == "l2":
        return square(v) <= weight_square
    other: Coupling = "linf" if coupling == "l1" else "l1"
    return polyhedral_norm(other, v) ** 2 <= weight_square


def enclose_cost(program: Program, kinks: Sequence[Vector], bits: int) -> Enclosure:
    """sum_k w_k |m_k|, to a relative width of about 2^-bits; exact where every term is rational."""
    if program.coupling != "l2":
        return Enclosure.exactly(sum([polyhedral_norm(program.coupling, kink) for kink in kinks], ZERO))
    weights = [program.weight_square(atom.knot) for atom in program.atoms]
    squares = [w * square(kink) for w, kink in zip(weights, kinks, strict=True)]
    roots = [rational_root(term) for term in squares]
    exact = sum([root for root in roots if root is not None], ZERO)
    rest = enclose_roots([term for term, root in zip(squares, roots, strict=True) if root is None], bits)
    return Enclosure(exact + rest.lower, exact + rest.upper)


def root_above(q: fmpq, bits: int) -> fmpq:
    """A rational at least sqrt(q), within a relative distance of about 2^-bits."""
    return enclose_roots([q], bits).upper
