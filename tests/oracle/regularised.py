"""The regularised fit of one task by trying every support and every sign, in plain fractions.

For signs s_j in {-1, 0, 1} of the kinks the conditions are linear: W (z - y) + D^T v = 0 with v_j = lambda s_j where
s_j != 0 and d_j(z) = 0 where s_j = 0. The pattern whose solution has the right signs and |v_j| <= lambda is the fit.
"""

from fractions import Fraction
from itertools import product

import numpy


def kink_rows(x):
    """D as a list of rows."""
    rows = []
    for j in range(1, len(x) - 1):
        before, after = 1 / (x[j] - x[j - 1]), 1 / (x[j + 1] - x[j])
        row = [Fraction(0)] * len(x)
        row[j - 1], row[j], row[j + 1] = before, -before - after, after
        rows.append(row)
    return rows


def solved(matrix, right):
    """Gauss-Jordan elimination; None if the matrix is singular."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = next((r for r in range(column, size) if rows[r][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for r in range(size):
            if r != column and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column], strict=True)]
    return [row[-1] for row in rows]


def objective(x, y, w, penalty, z):
    """1/2 sum w (y - z)^2 + lambda sum |d_j|."""
    d = [sum(a * b for a, b in zip(row, z, strict=True)) for row in kink_rows(x)]
    loss = sum(weight * (a - b) ** 2 for weight, a, b in zip(w, y, z, strict=True)) / 2
    return loss + penalty * sum(map(abs, d))


def brute_force(x, y, w, penalty):
    """(z, kinks, objective) of the only minimiser; every pattern that meets the conditions must give the same z."""
    rows, size = kink_rows(x), len(x)
    found = None
    for signs in product((-1, 0, 1), repeat=len(rows)):
        flat = [j for j, s in enumerate(signs) if s == 0]
        matrix, right = [], []
        for i in range(size):
            pull = penalty * sum(s * row[i] for s, row in zip(signs, rows, strict=True))
            matrix.append([w[i] if k == i else Fraction(0) for k in range(size)] + [rows[j][i] for j in flat])
            right.append(w[i] * y[i] - pull)
        for j in flat:
            matrix.append(rows[j] + [Fraction(0)] * len(flat))
            right.append(Fraction(0))
        solution = solved(matrix, right)
        if solution is None:
            continue
        z, v = solution[:size], solution[size:]
        d = [sum(a * b for a, b in zip(row, z, strict=True)) for row in rows]
        if all(k * s >= 0 for k, s in zip(d, signs, strict=True)) and all(abs(value) <= penalty for value in v):
            assert found is None or found[0] == z
            found = z, d, objective(x, y, w, penalty, z)
    assert found is not None
    return found


def largest_lambda(x, y):
    """lambda_max of float64 arrays: the longest vector of the dual of the least-squares line."""
    design = numpy.stack([numpy.ones_like(x), x - x.mean()], 1)
    residual = y - design @ numpy.linalg.lstsq(design, y, rcond=None)[0]
    sums = numpy.cumsum(residual, 0)[:-1] * numpy.diff(x)[:, None]
    return float(numpy.sqrt((numpy.cumsum(sums, 0) ** 2).sum(1)).max())
