"""The files of examples/counterexamples/ in plain fractions, and linear programs over their couplings.

Shares nothing with the search: own reading, own kinks, and the simplex method of the oracle.
"""

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from oracle.kinks import kinks
from oracle.simplex import Program

FOLDER = Path(__file__).parents[2] / "examples" / "counterexamples"


def read(stem):
    """Points, labels and the comments of a file as one line of text."""
    lines = (FOLDER / f"{stem}.csv").read_text().splitlines()
    comments = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    rows = [line.split(",") for line in lines if not line.startswith("#")][1:]
    return [Fraction(row[0]) for row in rows], [[Fraction(cell) for cell in row[1:]] for row in rows], comments


def number(comments, name):
    """The exact number after `name:` in the comments."""
    return Fraction(re.search(rf"{re.escape(name)}: (-?[0-9/]+)", comments)[1])


def proved(comments):
    """(M, count) of 'smallest: proved over |label| <= M (count datasets decided'."""
    found = re.search(r"smallest: proved over \|label\| <= (\d+) \((\d+) datasets? decided", comments)
    return int(found[1]), int(found[2])


def slopes(x, y):
    """One list of slopes for one task."""
    return [(b - a) / (v - u) for (u, v), (a, b) in zip(pairwise(x), pairwise(y), strict=True)]


def hat(x, j, t):
    """hat_j(t): 1 at x_j, 0 at the other points."""
    if t <= x[j]:
        return max(Fraction(0), (t - x[j - 1]) / (x[j] - x[j - 1]))
    return max(Fraction(0), (x[j + 1] - t) / (x[j + 1] - x[j]))


def least_cost_and_second_optimum(x, y, coupling):
    """(least cost, whether an optimum bends inside a gap), by an exact linear program over points and middles.

    Variables are the positive and negative parts of the kinks, for l-infinity also their norms and slacks. The kinks
    must make up d_j = sum_k hat_j(t_k) m_k at every interior point.
    """
    tasks, of_data = len(y[0]), kinks(x, y)
    places = [*x[1:-1], *[(u + v) / 2 for u, v in pairwise(x[1:-1])]]
    width = {"l1": 2 * tasks, "linf": 3 * tasks + 1}[coupling]
    equations, values = [], []
    for j in range(1, len(x) - 1):
        for task in range(tasks):
            row = [Fraction(0)] * (width * len(places))
            for k, t in enumerate(places):
                row[width * k + 2 * task], row[width * k + 2 * task + 1] = hat(x, j, t), -hat(x, j, t)
            equations.append(row)
            values.append(of_data[j - 1][task])
    objective = [Fraction(0)] * (width * len(places))
    for k in range(len(places)):
        start = width * k
        if coupling == "l1":
            objective[start : start + width] = [Fraction(1)] * width
            continue
        objective[start + 3 * tasks] = Fraction(1)
        for task in range(tasks):
            row = [Fraction(0)] * (width * len(places))
            row[start + 2 * task] = row[start + 2 * task + 1] = row[start + 2 * tasks + task] = Fraction(1)
            row[start + 3 * tasks] = Fraction(-1)
            equations.append(row)
            values.append(Fraction(0))
    program = Program(equations, values)
    least = program.keep_only_minimisers(objective)
    return least, any(_bends(program, width * k, tasks) for k in range(len(x) - 2, len(places)))


def _bends(program, start, tasks):
    """Whether some kink at this place is not 0 for some minimiser."""
    for task in range(tasks):
        for sign in (1, -1):
            objective = [Fraction(0)] * program.width
            objective[start + 2 * task], objective[start + 2 * task + 1] = Fraction(sign), Fraction(-sign)
            if program.minimum(objective) != 0:
                return True
    return False
