"""The dual on the whole line: where a further breakpoint would lower the cost, and by how much the dual must shrink.

The multipliers define eta(t) = sum_i L_i atom_t(x_i), piecewise linear in t with breaks at the data points and constant
outside them. A breakpoint at t can lower the cost iff |eta(t)|_* > w(t). For unit weights |eta|_* is convex on every
piece, so its maxima are at data points. For w^2 = 1 + t^2 the ratio |eta|^2 / (1 + t^2) is stationary at the roots of a
quadratic; that a number bounds the ratio on a piece is the sign of a quadratic polynomial, decided exactly.
"""

from dataclasses import dataclass

from flint import arb, ctx, fmpq

from ...theory.numbers import ZERO, Vector
from .interior_point import dyadic
from .norms import polyhedral_norm, root_above, square
from .program import ONE, Atom, Program


@dataclass(frozen=True, slots=True)
class Piece:
    """eta(t) = constant + slope t on [left, right]; None is an infinite end (there the slope is zero)."""

    left: fmpq | None
    right: fmpq | None
    constant: Vector
    slope: Vector

    def __call__(self, t: fmpq) -> Vector:
        """eta(t), in every task."""
        return tuple([a + t * b for a, b in zip(self.constant, self.slope, strict=True)])

    def contains(self, t: fmpq) -> bool:
        """Whether t is between the ends, both included."""
        return (self.left is None or self.left <= t) and (self.right is None or t <= self.right)

    def ends(self) -> list[fmpq]:
        """The finite ends."""
        return [end for end in (self.left, self.right) if end is not None]


def dual_pieces(program: Program, multipliers: tuple[Vector, ...]) -> list[Piece]:
    """The pieces of eta for every side that has atoms of its own."""
    pieces = []
    points = program.data.points
    for side in (1,) if program.linear_part else (1, -1):
        values = [_eta(program, multipliers, Atom(point, side)) for point in points]
        zero = tuple([ZERO] * program.data.tasks)
        pieces.append(Piece(None, points[0], values[0], zero))
        for x, z, u, v in zip(points, points[1:], values, values[1:], strict=False):
            slope = tuple([(b - a) / (z - x) for a, b in zip(u, v, strict=True)])
            pieces.append(Piece(x, z, tuple([a - x * s for a, s in zip(u, slope, strict=True)]), slope))
        pieces.append(Piece(points[-1], None, values[-1], zero))
    return pieces


def peaks(program: Program, multipliers: tuple[Vector, ...], height: fmpq, bits: int) -> list[fmpq]:
    """Where |eta|_* / w is largest on a piece and above `height` there; the highest peak first.

    Where the maximum is at an irrational place, a rational within a relative distance of about 2^-bits is given.
    """
    found: dict[fmpq, fmpq] = {}
    for piece in dual_pieces(program, multipliers):
        best = max(_places(program, piece, bits), key=lambda t: _ratio_square(program, piece, t))
        ratio = _ratio_square(program, piece, best)
        if ratio > height**2:
            found[best] = max(ratio, found.get(best, ZERO))
    return sorted(found, key=lambda t: (-found[t], t))


def high_places(program: Program, multipliers: tuple[Vector, ...], height: fmpq, bits: int) -> tuple[fmpq, ...]:
    """All ends of pieces, and peaks inside, where |eta|_* / w is above `height`, in increasing order."""
    found = {
        place
        for piece in dual_pieces(program, multipliers)
        for place in _places(program, piece, bits)
        if _ratio_square(program, piece, place) > height**2
    }
    return tuple(sorted(found))


def touched(program: Program, multipliers: tuple[Vector, ...], height: fmpq) -> list[fmpq]:
    """The candidates at which |eta|_* / w is at least `height`, on either side."""
    pieces = dual_pieces(program, multipliers)
    return [
        place
        for place in program.candidates
        if any(piece.contains(place) and _ratio_square(program, piece, place) >= height**2 for piece in pieces)
    ]


def supremum(program: Program, multipliers: tuple[Vector, ...], bits: int) -> fmpq:
    """A proved upper bound, at least 1 and attained to about 2^-bits, of |eta(t)|_* / w(t) over all real t."""
    bound = ONE
    for piece in dual_pieces(program, multipliers):
        worst = max(_ratio_square(program, piece, t) for t in _places(program, piece, bits))
        inflation = fmpq(1, 2**bits)
        while not _bounded(program, piece, max(worst, ONE)):
            worst, inflation = worst * (1 + inflation), 2 * inflation
        if worst > ONE:
            bound = max(bound, root_above(worst, bits))
    return bound


def _eta(program: Program, multipliers: tuple[Vector, ...], atom: Atom) -> Vector:
    values = [atom(point) for point in program.data.points]
    return tuple(
        [sum([v * m for v, m in zip(values, task, strict=True)], ZERO) for task in zip(*multipliers, strict=True)]
    )


def _places(program: Program, piece: Piece, bits: int) -> list[fmpq]:
    """Where the maximum over the piece can be: its ends, and the stationary points of the weighted ratio."""
    return piece.ends() + (_stationary(piece, bits) if program.penalised_biases else [])


def _stationary(piece: Piece, bits: int) -> list[fmpq]:
    """Rationals near the roots of b t^2 + (a - c) t - b in the piece, where |eta|^2 = a + 2 b t + c t^2."""
    a, b, c = _quadratic(piece)
    if b == ZERO:
        return [ZERO] if piece.contains(ZERO) else []
    half = (c - a) / (2 * b)
    with ctx.workprec(bits):
        root = dyadic((arb(half * half) + 1).sqrt())
    # The product of the roots is -1: the larger in magnitude has no cancellation.
    large = half + root if half > ZERO else half - root
    return [t for t in (large, -1 / large) if piece.contains(t)]


def _quadratic(piece: Piece) -> tuple[fmpq, fmpq, fmpq]:
    mixed = sum([u * v for u, v in zip(piece.constant, piece.slope, strict=True)], ZERO)
    return square(piece.constant), mixed, square(piece.slope)


def _bounded(program: Program, piece: Piece, bound: fmpq) -> bool:
    """Whether |eta(t)|_*^2 <= bound w(t)^2 on the whole piece."""
    if any(_ratio_square(program, piece, end) > bound for end in piece.ends()):
        return False
    if not program.penalised_biases:
        return True  # a convex function on a segment, or a constant on a ray
    a, b, c = _quadratic(piece)
    a, c = a - bound, c - bound
    if c >= ZERO:
        return c == ZERO or None not in (piece.left, piece.right)
    top = -b / c
    return not piece.contains(top) or a - b * b / c <= ZERO


def _ratio_square(program: Program, piece: Piece, t: fmpq) -> fmpq:
    value = piece(t)
    if program.coupling == "l2":
        return square(value) / program.weight_square(t)
    return polyhedral_norm("linf" if program.coupling == "l1" else "l1", value) ** 2
