"""The minimum-norm interpolant by the dense Gram system."""

from fractions import Fraction

from .kinks import Vector, dot

Matrix = list[Vector]


def kernel(x: Fraction, other: Fraction, first: Fraction) -> Fraction:
    """1 + the length of the overlap of [first, x] and [first, other]."""
    return 1 + min(x - first, other - first)


def gram(x: Vector) -> Matrix:
    """All N^2 values of the kernel at the points."""
    return sections(x, x)


def solve(matrix: Matrix, columns: list[Vector]) -> list[Vector]:
    """The solutions of matrix a = column by Gaussian elimination, for a positive definite matrix."""
    rows = [row + [column[i] for column in columns] for i, row in enumerate(matrix)]
    size = len(rows)
    for pivot in range(size):
        rows[pivot] = [entry / rows[pivot][pivot] for entry in rows[pivot]]
        for other in range(size):
            if other != pivot and (factor := rows[other][pivot]):
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)]
    return [[row[size + k] for row in rows] for k in range(len(columns))]


def apply(matrix: Matrix, vector: Vector) -> Vector:
    """matrix vector."""
    return [dot(row, vector) for row in matrix]


def sections(x: Vector, places: list[Fraction]) -> Matrix:
    """k(place, x_i): applied to the coefficients, the interpolant's values at the places."""
    return [[kernel(place, point, x[0]) for point in x] for place in places]
