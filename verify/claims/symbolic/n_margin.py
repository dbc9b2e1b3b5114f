"""N. The nearest labels with given kinks at one pair, the best length along a direction, and the best direction.

Four points and two kinks are involved, so all N are covered; the rows of M = Y^T B_j, one per task, do not mix, so one
row stands for all T.
"""

from collections.abc import Iterator

import sympy

from .identity import Expr, Formulas, Identity, all_equal, equal, kink_of, points_from, positives, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """B_j and its Gram matrix, least norm, the optimal w, the derivative along a ray; and the example 1/6, not 1/5."""
    yield from least_norm(f)
    yield from along_a_direction()
    yield from best_direction()
    yield from example(f)


def functionals(f: Formulas, x: list[Expr]) -> Expr:
    """B_j: the columns are the two kinks at four points as functionals of the labels."""
    unit = [[sympy.Integer(i == k) for i in range(4)] for k in range(4)]
    return sympy.Matrix([[kink_of(f, x[:3], e[:3]), kink_of(f, x[1:], e[1:])] for e in unit])


def least_norm(f: Formulas) -> Iterator[Identity]:
    """E = B H delta changes the kinks by delta and has squared norm delta^T H delta; nothing shorter does."""
    gaps = positives("h_1 h_2 h_3")
    b = functionals(f, points_from(gaps))
    gram = (b.T * b).applyfunc(sympy.cancel)
    inverse = gram.inv().applyfunc(sympy.cancel)
    delta = sympy.Matrix(reals("delta_1 delta_2"))
    change = b * inverse * delta
    yield all_equal("E = B H delta changes the kinks by delta", zip(b.T * change, delta, strict=True))
    yield equal("|E|^2 = delta^T H delta", (change.T * change)[0], (delta.T * inverse * delta)[0])
    # Any other change with the same kinks differs by some z with B^T z = 0, to which E is orthogonal: E is in the
    # range of B. For four points the kernel of B^T is spanned by the labels 1 and x.
    x = points_from(gaps)
    for words, z in (("constants", [sympy.Integer(1)] * 4), ("lines", x)):
        yield equal(f"E is orthogonal to {words}", sum(e * value for e, value in zip(change, z, strict=True)), 0)


def along_a_direction() -> Iterator[Identity]:
    """min over w of (m - w q)^T H (m - w q) is m^T H m - (q^T H m)^2 / (q^T H q), attained at one w."""
    h, m, q, w = _symmetric("H"), sympy.Matrix(reals("m_1 m_2")), sympy.Matrix(positives("q_1 q_2")), sympy.Symbol("w")
    distance = ((m - w * q).T * h * (m - w * q))[0]
    best = (q.T * h * m)[0] / (q.T * h * q)[0]
    p = h * m * m.T * h
    claimed = (m.T * h * m)[0] - (q.T * p * q)[0] / (q.T * h * q)[0]
    yield equal("the stated minimum along q", distance.subs(w, best), claimed)
    square = (q.T * h * q)[0] * (w - best) ** 2
    yield equal("it is a minimum: the rest is a square times q^T H q", distance - claimed, square)


def best_direction() -> Iterator[Identity]:
    """(q^T P q) / (q^T H q) along q = (1, r): the sign of its derivative at both ends is the test for the quadrant."""
    h, p, r = _symmetric("H"), _symmetric("P"), sympy.Symbol("r", positive=True)
    q = sympy.Matrix([1, r])
    top, bottom = (q.T * p * q)[0], (q.T * h * q)[0]
    derivative = sympy.cancel(sympy.diff(top / bottom, r) * bottom**2 / 2)
    at_one, at_two = p[0, 1] * h[0, 0] - p[0, 0] * h[0, 1], p[0, 1] * h[1, 1] - p[1, 1] * h[0, 1]
    middle = p[1, 1] * h[0, 0] - p[0, 0] * h[1, 1]
    yield equal("the derivative is a quadratic in r with these ends", derivative, at_one + middle * r - at_two * r**2)


def example(f: Formulas) -> Iterator[Identity]:
    """Labels (0,0), (0,0), (1,0), (1,0) on 0..3: the squared margin is 1/6; the other eigenvalue would give 1/5."""
    b = functionals(f, [sympy.Integer(i) for i in range(4)])
    h = (b.T * b).inv()
    m = sympy.Matrix([[0, 0], [0, 0], [1, 0], [1, 0]]).T * b
    trace, p = (m * h * m.T).trace(), h * m.T * m * h
    inside = all(p[0, 1] * h[i, i] - p[i, i] * h[0, 1] > 0 for i in (0, 1))
    largest = max(p[0, 0] / h[0, 0], p[1, 1] / h[1, 1])
    yield Identity("the top eigenvector is not in the open quadrant", not inside)
    yield equal("the margin is reached on an axis", trace - largest, sympy.Rational(1, 6))


def _symmetric(name: str) -> Expr:
    a, b, c = reals(f"{name}_11 {name}_12 {name}_22")
    return sympy.Matrix([[a, b], [b, c]])
