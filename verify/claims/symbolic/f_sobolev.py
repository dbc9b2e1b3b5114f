"""F. Kernel sections, telescoping coefficients, the norm by parts; and the full norm, whose interpolant is sinh pieces.

The coefficients are checked gap by gap: crossing x_j changes the slope of sum_i alpha_i k(., x_i) by -alpha_j, which
covers every N; for N <= 5 the Gram system is solved as a whole as well. Tasks do not mix.
"""

from collections.abc import Iterator
from itertools import pairwise

import sympy

from .identity import Expr, Formulas, Identity, all_equal, equal, kink_of, points_from, positives, reals

COVERAGE = "all N, all T"
WHOLE = range(2, 6)


def identities(f: Formulas) -> Iterator[Identity]:
    """Locally for every N, whole systems for small N, and the full norm."""
    yield from sections(f)
    yield from steps(f)
    for size in WHOLE:
        yield whole_system(f, size)
    yield from full_norm()


def sections(f: Formulas) -> Iterator[Identity]:
    """k(x, x_i) rises with slope 1 up to x_i, is constant beyond, and is 1 at x_1 and reproduces values."""
    p, q = positives("p q")
    first = sympy.Symbol("x_1", real=True)
    yield equal("left of x_i the section has slope 1", f.kernel(first + p + q, first) - f.kernel(first + p, first), q)
    yield equal("every section is 1 at x_1", f.kernel(first, first), 1)
    # <g, k(., x)> = g(x_1) k(x_1, x) + int over [x_1, x] of g' * 1
    value, slope = reals("g_1 s")
    inner = value * f.kernel(first, first) + slope * (f.kernel(first + p, first) - f.kernel(first, first))
    yield equal("<g, k(., x)> = g(x), on a piece where g is linear", inner, value + slope * p)


def steps(f: Formulas) -> Iterator[Identity]:
    """alpha_j = -d_j takes slope s_{j-1} to s_j; the ends give slope s_{N-1} and the value y_1; energy by parts."""
    g, h = positives("g h")
    x, y = points_from((g, h)), list(reals("y_1 y_2 y_3"))
    before, after = f.slope(x[0], x[1], y[0], y[1]), f.slope(x[1], x[2], y[1], y[2])
    yield equal("crossing x_j, the section of x_j stops rising", before - (-kink_of(f, x, y)), after)
    yield equal("the coefficients sum to y_1", (y[0] - before) + (-kink_of(f, x, y)) + after, y[0])
    parts = after * y[2] - after * y[1]
    yield equal("h s^2 is s times the rise", f.energy(h, after), parts)


def whole_system(f: Formulas, size: int) -> Identity:
    """K = L diag(1, h) L^T, K alpha = y, the two piecewise polynomials, and the squared norm, for one N."""
    gaps = list(positives(" ".join(f"h_{i}" for i in range(1, size))))
    x, y = points_from(gaps), list(reals(" ".join(f"y_{i}" for i in range(1, size + 1))))
    s = [f.slope(x[i], x[i + 1], y[i], y[i + 1]) for i in range(size - 1)]
    kinks = [f.kink(left, right) for left, right in pairwise(s)]
    alpha = [y[0] - s[0], *[-d for d in kinks], s[-1]]
    gram = [[f.kernel(x[min(i, j)], x[0]) for j in range(size)] for i in range(size)]
    weights = [sympy.Integer(1), *gaps]
    pairs: list[tuple[Expr, Expr]] = [
        (gram[i][j], sum(weights[: min(i, j) + 1])) for i in range(size) for j in range(size)
    ]
    pairs += [(sum(k * a for k, a in zip(row, alpha, strict=True)), value) for row, value in zip(gram, y, strict=True)]
    place = sympy.Symbol("x", real=True)
    pairs += [(interpolant(f, x, alpha, i, place), y[i] + s[i] * (place - x[i])) for i in range(size - 1)]
    norm = y[0] ** 2 + sum(f.energy(h, slope) for h, slope in zip(gaps, s, strict=True))
    pairs.append((sum(a * value for a, value in zip(alpha, y, strict=True)), norm))
    return all_equal(
        f"N = {size}: K alpha = y, the interpolant is f_D on every gap, alpha . y is the squared norm", pairs
    )


def interpolant(f: Formulas, x: list[Expr], alpha: list[Expr], gap: int, place: Expr) -> Expr:
    """sum_i alpha_i k(., x_i) on one gap: the sections up to its left end are constant there, the others rise."""
    flat = sum(a * f.kernel(point, x[0]) for a, point in zip(alpha[: gap + 1], x[: gap + 1], strict=True))
    return flat + sum(alpha[gap + 1 :]) * f.kernel(place, x[0])


def full_norm() -> Iterator[Identity]:
    """With int f^2 + int f'^2 a gap carries the solution of f'' = f, which is linear only if both labels are 0."""
    x, left, right = sympy.symbols("x y_l y_r", real=True)
    h = sympy.Symbol("h", positive=True)
    piece = sinh_piece(x, h, left, right)
    yield Identity("the sinh piece solves f'' = f", sympy.simplify(sympy.diff(piece, x, 2) - piece) == 0)
    ends = [sympy.simplify(piece.subs(x, 0) - left), sympy.simplify(piece.subs(x, h) - right)]
    yield Identity("it takes the labels at the ends of the gap", ends == [0, 0])
    # A linear f has f'' = 0, so f'' = f forces f = 0: coefficients of 1 and x in left + (right - left) x / h.
    line = sympy.Poly(left + (right - left) * x / h, x)
    zero = sympy.solve(line.all_coeffs(), [left, right], dict=True)
    yield Identity("it is a line only if both labels are 0", zero == [{left: 0, right: 0}])
    middle = sympy.simplify((piece.subs(x, h / 2) - (left + right) / 2 / sympy.cosh(h / 2)).rewrite(sympy.exp))
    yield Identity("in the middle it is below the line by the factor 1 / cosh(h / 2)", middle == 0)


def sinh_piece(x: Expr, h: Expr, left: Expr, right: Expr) -> Expr:
    """The minimiser of int f^2 + int f'^2 over a gap of length h with the given ends."""
    return (left * sympy.sinh(h - x) + right * sympy.sinh(x)) / sympy.sinh(h)
