"""When a dataset refutes a changed claim, by rules of their own for labels at 0, 1, 2, ... or for three points."""

from itertools import pairwise


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
}
