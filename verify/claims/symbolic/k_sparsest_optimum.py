"""K. A knot that serves two hats is the merged one; in a run of three one parameter is free.

That a knot serves at most two hats, and that pairs therefore number at least ceil(m / 2), is counting and in the note.
"""

from collections.abc import Iterator

import sympy

from .identity import Formulas, Identity, equal, points_from, positives

COVERAGE = "runs of 2 and 3"


def identities(f: Formulas) -> Iterator[Identity]:
    """The equations for the knots of a sparsest optimum of a run, in units of its direction."""
    yield from run_of_two(f)
    yield from run_of_three(f)


def run_of_two(f: Formulas) -> Iterator[Identity]:
    """falling(t) k = a and rising(t) k = b have one solution: J's knot."""
    h, a, b, t, k = positives("h a b t k")
    left, right = points_from((h,))
    system = [f.falling(left + t, left, right) * k - a, f.rising(left + t, left, right) * k - b]
    solutions = sympy.solve(system, [t, k], dict=True)
    yield Identity("two hats determine the one knot that serves both", len(solutions) == 1)
    for solution in solutions[:1]:
        yield equal("it is the merged knot", left + solution[t], f.merged_knot(left, right, b / a))
        yield equal("its kink is the sum", solution[k], a + b)


def run_of_three(f: Formulas) -> Iterator[Identity]:
    """Knots in both gaps of a run of three: four unknowns, three equations of full rank."""
    g, h, p, q, k, m = positives("g h p q k m")
    x = points_from((g, h))
    served = [
        k * f.falling(x[0] + p, x[0], x[1]),
        k * f.rising(x[0] + p, x[0], x[1]) + m * f.falling(x[1] + q, x[1], x[2]),
        m * f.rising(x[1] + q, x[1], x[2]),
    ]
    jacobian = sympy.Matrix(served).jacobian([p, k, q, m])
    minor = sympy.factor(jacobian[:, [0, 1, 3]].det())
    yield equal("three kinks leave one of four parameters free", minor, -k * q / (g * h))
