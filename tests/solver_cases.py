"""Programs for the solvers: sets of candidates, changed problems, and the theorem's value by the oracle."""

import random
from fractions import Fraction
from itertools import pairwise

from flint import fmpq
from oracle import kinks, value
from reluproof.theory import Dataset, Enclosure
from reluproof.verify.solve.methods import SOLVERS

TINY = fmpq(10) ** -30


CHANGES = (
    {"penalised_biases": True},
    {"linear_part": False},
    {"penalised_biases": True, "linear_part": False},
)
"""The changed problems, as keywords of `Program`."""


def midpoints(data):
    """The middle of every gap."""
    return tuple([(left + right) / 2 for left, right in pairwise(data.points)])


def candidate_sets(data, seed):
    """Sets that all contain the interior data points; the theorem gives one value for all of them."""
    rng, interior = random.Random(seed), data.points[1:-1]
    anywhere = tuple([fmpq(rng.randint(-700, 700), 10) for _ in range(data.size)])
    return {
        "interior": interior,
        "points and midpoints": data.points + midpoints(data),
        "random": interior + anywhere,
        "1e-30 apart": interior + tuple([x + TINY for x in interior[:4]]) + tuple([x - TINY for x in interior[:2]]),
    }


def scaled(data, x_factor, y_factor):
    """The dataset in other units."""
    labels = tuple([tuple([y_factor * entry for entry in label]) for label in data.labels])
    return Dataset(tuple([x_factor * x for x in data.points]), labels)


def accepting(program):
    """The solvers made for the program."""
    return [solver for solver in SOLVERS if solver.accepts(program)]


def theorem(data, coupling="l2"):
    """min R of statement A by the oracle: to 150 digits for l2, exact for the other two norms."""
    points = [_fraction(x) for x in data.points]
    bent = kinks.kinks(points, [[_fraction(entry) for entry in label] for label in data.labels])
    if coupling == "l2":
        cost = Fraction(value.cost(bent))
        return Enclosure(*[_rational(cost * (1 + sign * Fraction(1, 10**150))) for sign in (-1, 1)])
    norm = max if coupling == "linf" else sum
    return Enclosure.exactly(_rational(sum((norm(map(abs, kink)) for kink in bent), Fraction(0))))


def _fraction(number):
    return Fraction(int(number.p), int(number.q))


def _rational(number):
    return fmpq(number.numerator, number.denominator)


def overlap(left, right):
    """Whether two enclosures can be of the same number."""
    return left.lower <= right.upper and right.lower <= left.upper
