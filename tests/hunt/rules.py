"""When a dataset refutes a changed claim, by rules of their own for labels at 0, 1, 2, ... or for three points."""

from fractions import Fraction
from itertools import pairwise, product
from math import isqrt


def line_kinks(y):
    """Second differences of integer labels at 0, 1, 2, ..., per point."""
    return [[a - 2 * b + c for a, b, c in zip(*y[i : i + 3], strict=True)] for i in range(len(y) - 2)]


def pairs(y):
    """Consecutive kinks."""
    return list(pairwise(line_kinks(y)))


def parallel(u, v):
    """Nonzero and v = c u with c > 0, by inner products: <u, v> = |u||v|."""
    inner, squares = sum(a * b for a, b in zip(u, v, strict=True)), sum(a * a for a in u) * sum(b * b for b in v)
    return inner > 0 and inner * inner == squares


def one_task(x, y):
    """Two neighbouring kinks of equal sign."""
    return len(y[0]) == 1 and any(u[0] * v[0] > 0 for u, v in pairs(y))


def finite_labels(x, y):
    """Aligned neighbours, two tasks."""
    return len(y[0]) > 1 and any(parallel(u, v) for u, v in pairs(y))


def extra_task(x, y):
    """Old kinks zero, new ones of equal sign."""
    return len(y[0]) > 1 and any(not any(u[:-1] + v[:-1]) and u[-1] * v[-1] > 0 for u, v in pairs(y))


def l1_coupling(x, y):
    """Some task has neighbouring kinks of equal sign, and no pair is aligned."""
    common = any(any(a * b > 0 for a, b in zip(u, v, strict=True)) for u, v in pairs(y))
    return common and not any(parallel(u, v) for u, v in pairs(y))


def linf_pair(u, v):
    """Both nonzero, and no coordinate is largest in both with opposite signs."""
    if not any(u) or not any(v):
        return False
    p, q = max(map(abs, u)), max(map(abs, v))
    return not any(abs(a) == p and abs(b) == q and a * b < 0 for a, b in zip(u, v, strict=True))


def linf_coupling(x, y):
    """The condition of the notes for some pair, and no pair is aligned."""
    return any(linf_pair(u, v) for u, v in pairs(y)) and not any(parallel(u, v) for u, v in pairs(y))


def penalised_biases(x, y):
    """The rule for three points; two points are a line."""
    if len(x) < 3:
        return False
    bent = (y[1][0] - y[0][0]) * (x[2] - x[1]) != (y[2][0] - y[1][0]) * (x[1] - x[0])
    return bent and (x[0] * x[1] < -1 or x[1] * x[2] < -1)


def not_constant(x, y):
    """Two points with different labels."""
    return y[0] != y[1]


def slopes_of_unequal_coordinates(x, y):
    """Some label changes by different amounts in two tasks."""
    return any(len({abs(b - a) for a, b in zip(u, v, strict=True)}) > 1 for u, v in pairwise(y))


def root(value):
    """The root of a fraction, None if it is irrational."""
    value = Fraction(value)
    p, q = isqrt(max(value.numerator, 0)), isqrt(value.denominator)
    return Fraction(p, q) if (p * p, q * q) == (value.numerator, value.denominator) else None


def isolated_lambda(x, y):
    """Two tasks at 0, ..., 4: some rational lambda with kinks p u, q u, r v of the fit, p, q, r > 0 and u, v rational.

    The kinks of the labels are then (p + 2 l) u + l v, (q + 2 l) u - 4 l v, (r + 6 l) v - 3 l u.
    """
    if len(y) != 5 or len(y[0]) != 2 or list(x) != list(range(5)):
        return False
    c, d, e = line_kinks(y)
    if parallel(c, d) or parallel(d, e):
        return False
    w = [4 * a + b for a, b in zip(c, d, strict=True)]
    size = root(sum(a * a for a in w))
    if not size:
        return False
    u = [a / size for a in w]
    base, last = c[0] * u[1] - c[1] * u[0], e[0] * u[1] - e[1] * u[0]
    if base == 0:
        return False
    k = last / base  # r + 6 l = k l
    inner, square = e[0] * u[0] + e[1] * u[1], e[0] ** 2 + e[1] ** 2
    # |e + 3 l u|^2 = (k l)^2
    if k * k == 9:
        candidates = [Fraction(-square) / (6 * inner)] if inner else []
    else:
        half = root(9 * inner**2 + (k * k - 9) * square)
        candidates = [] if half is None else [(3 * inner + s * half) / (k * k - 9) for s in (1, -1)]
    return any(positive_kinks(c, d, e, u, k, penalty) for penalty in candidates if penalty > 0)


def positive_kinks(c, d, e, u, k, penalty):
    """Whether p, q, r come out positive."""
    if k <= 6:
        return False
    v = [(a + 3 * penalty * b) / (k * penalty) for a, b in zip(e, u, strict=True)]
    cosine = sum(a * b for a, b in zip(u, v, strict=True))
    p = sum(a * b for a, b in zip(c, u, strict=True)) - 2 * penalty - penalty * cosine
    q = sum(a * b for a, b in zip(d, u, strict=True)) - 2 * penalty + 4 * penalty * cosine
    return p > 0 and q > 0


def kinks_along_the_path(x, y):
    """One task at 0, 1, 2, ...: the intervals of lambda of all supports with signs; more kinks above than below."""
    if len(y[0]) != 1:
        return False
    found = []
    kinks = [row[0] for row in line_kinks(y)]
    for signs in product((-1, 0, 1), repeat=len(kinks)):
        low, high = interval(kinks, signs)
        if low is not None and (high is None or low < high):
            found.append((low, sum(map(abs, signs))))
    found.sort()
    return any(b > a for (_, a), (_, b) in pairwise(found))


def interval(kinks, signs):
    """Where d = c - A v has the signs given, with v = l s at the kinks and |v| <= l elsewhere; A has 6, -4, 1."""
    size = range(len(kinks))
    matrix = [[{0: 6, 1: -4, 2: 1}.get(abs(i - j), 0) for j in size] for i in size]
    flat = [j for j in size if signs[j] == 0]
    pulled = [sum(matrix[i][j] * signs[j] for j in size) for i in size]
    solution = solved([[matrix[i][j] for j in flat] for i in flat], [[kinks[i], -pulled[i]] for i in flat])
    conditions = []  # (a, b): a + b l >= 0, strictly inside
    for (a, b), _ in zip(solution, flat, strict=True):
        conditions += [(a, b + 1), (-a, 1 - b)]
    at = dict(zip(flat, solution, strict=True))
    for i in size:
        if signs[i]:
            a = kinks[i] - sum(matrix[i][j] * at[j][0] for j in flat)
            b = -pulled[i] - sum(matrix[i][j] * at[j][1] for j in flat)
            conditions.append((signs[i] * a, signs[i] * b))
            if a == b == 0:
                return None, None
    low, high = Fraction(0), None
    for a, b in conditions:
        if b > 0:
            low = max(low, -Fraction(a) / b)
        elif b < 0:
            high = Fraction(a) / -b if high is None else min(high, Fraction(a) / -b)
        elif a < 0:
            return None, None
    return low, high


def solved(matrix, right):
    """Elimination with several right-hand sides; the matrices are positive definite."""
    rows = [[*map(Fraction, row), *map(Fraction, values)] for row, values in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(len(rows)):
            if i != k and rows[i][k]:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[len(rows) :] for row in rows]


RULES = {
    "one_task": one_task,
    "finite_labels": finite_labels,
    "extra_task": extra_task,
    "l1_coupling": l1_coupling,
    "linf_coupling": linf_coupling,
    "penalised_biases": penalised_biases,
    "no_linear_part": not_constant,
    "whole_line": not_constant,
    "full_norm": lambda x, y: any(map(any, y)),
    "zero_kinks": lambda x, y: (
        any(not any(u) or not any(v) for u, v in pairs(y)) and not any(parallel(u, v) for u, v in pairs(y))
    ),
    "lambda_zero": lambda x, y: True,
    "other_lipschitz_norm": slopes_of_unequal_coordinates,
    "extrapolation": lambda x, y: True,
    "isolated_lambda": isolated_lambda,
    "kinks_along_the_path": kinks_along_the_path,
    "leverage_one": lambda x, y: len(y[0]) > 1 and any(sum(map(bool, u)) == 1 for u in line_kinks(y)),
    "singular_labels": lambda x, y: any(parallel(u, v) for u, v in pairs(y)),
}
