"""Exact scaling by powers of two, so that data of any magnitude meet floating-point numbers of moderate size."""

from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from .reduced import Reduced


@dataclass(frozen=True, slots=True)
class Scaled:
    """`reduced` is the same problem in other units; `to_dual` and `to_primal` convert solutions back exactly."""

    reduced: Reduced
    row_units: tuple[fmpq, ...]
    column_units: tuple[fmpq, ...]
    value_unit: fmpq

    def to_dual(self, multipliers: fmpq_mat) -> fmpq_mat:
        """l in the original units."""
        return _scale_rows(multipliers, [1 / unit for unit in self.row_units])

    def to_primal(self, kinks: fmpq_mat) -> fmpq_mat:
        """m in the original units."""
        return _scale_rows(kinks, [self.value_unit / unit for unit in self.column_units])


def rescale(reduced: Reduced) -> Scaled:
    """Units in which the weights and the largest entry of every row of G, and of r, lie between 1/2 and 2 or so."""
    columns = [power_of_two(square, half=True) for square in reduced.weight_squares]
    G = _scale_columns(reduced.matrix, [1 / unit for unit in columns])
    rows = [_largest(row) for row in G.tolist()]
    G = _scale_rows(G, [1 / unit for unit in rows])
    r = _scale_rows(reduced.target, [1 / unit for unit in rows])
    value = _largest(r.entries())
    weights = tuple([square / unit**2 for square, unit in zip(reduced.weight_squares, columns, strict=True)])
    tilt = _scale_rows(reduced.tilt, [1 / unit for unit in columns])
    scaled = Reduced(G, r * (1 / value), weights, tilt, reduced.elimination)
    return Scaled(scaled, tuple(rows), tuple(columns), value)


def power_of_two(x: fmpq, *, half: bool = False) -> fmpq:
    """2^e with |x| within a factor 2 of it, 1 for x = 0; with `half`, 2^(e // 2)."""
    if x == 0:
        return fmpq(1)
    exponent = int(abs(x.p).bit_length()) - int(x.q.bit_length())
    return fmpq(2) ** (exponent // 2 if half else exponent)


def _largest(entries: list[fmpq] | tuple[fmpq, ...]) -> fmpq:
    return power_of_two(max((abs(entry) for entry in entries), default=fmpq(0)))


def _scale_rows(A: fmpq_mat, factors: list[fmpq]) -> fmpq_mat:
    rows = [[f * entry for entry in row] for f, row in zip(factors, A.tolist(), strict=True)]
    return fmpq_mat(A.nrows(), A.ncols(), [entry for row in rows for entry in row])


def _scale_columns(A: fmpq_mat, factors: list[fmpq]) -> fmpq_mat:
    rows = [[f * entry for f, entry in zip(factors, row, strict=True)] for row in A.tolist()]
    return fmpq_mat(A.nrows(), A.ncols(), [entry for row in rows for entry in row])
