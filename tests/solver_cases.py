"""Programs for the solvers: seeded random and degenerate datasets, sets of candidates, and the theorem's value."""

import random
from fractions import Fraction
from itertools import pairwise

from flint import fmpq
from oracle import kinks, value
from reluproof.theory import Dataset, Enclosure
from reluproof.verify.solve.methods import SOLVERS

TINY = fmpq(10) ** -30


def small_integers(rng, tasks, size):
    """Labels that coincide often: zero kinks, aligned kinks, opposite kinks."""
    return [[rng.randint(-2, 2) for _ in range(tasks)] for _ in range(size)]


def one_hot(rng, tasks, size):
    """Classes: labels a, b, b, a have aligned kinks."""
    classes = [rng.randrange(tasks) for _ in range(size)]
    return [[int(task == label) for task in range(tasks)] for label in classes]


def fractions(rng, tasks, size):
    """Nothing coincides."""
    return [[fmpq(rng.randint(-999, 999), rng.randint(1, 99)) for _ in range(tasks)] for _ in range(size)]


def magnitudes(rng, tasks, size):
    """Labels from 1e-12 to 1e12 in one dataset."""
    return [[rng.randint(-9, 9) * fmpq(10) ** rng.randint(-12, 12) for _ in range(tasks)] for _ in range(size)]


def convex(rng, tasks, size):
    """A convex function in one direction, the points 0, 1, 2, ...: one long run, with zero kinks in it."""
    direction = [rng.randint(-3, 3) or 1 for _ in range(tasks)]
    heights, slope = [0], 0
    for _ in range(size - 1):
        slope += rng.randint(0, 3)
        heights.append(heights[-1] + slope)
    return [[d * height for d in direction] for height in heights]


KINDS = (small_integers, one_hot, fractions, magnitudes, convex)


def random_dataset(seed, largest=30):
    """N = 2..largest, T = 1..5, one of the kinds; sizes spread evenly over seeds."""
    rng = random.Random(seed)
    size, tasks = 2 + seed % (largest - 1), rng.randint(1, 5)
    labels = KINDS[seed % len(KINDS)](rng, tasks, size)
    points = range(size) if KINDS[seed % len(KINDS)] is convex else sorted(rng.sample(range(-60, 60), size))
    return Dataset(tuple(map(fmpq, points)), tuple([tuple(map(fmpq, label)) for label in labels]))


CHANGES = (
    {"penalised_biases": True},
    {"linear_part": False},
    {"penalised_biases": True, "linear_part": False},
)
"""The changed problems, as keywords of `Program`."""


def small_dataset(seed):
    """N = 2..8, T = 1..3, one of the kinds, around 0: consecutive integers, integers up to 60, eighths up to 3."""
    rng = random.Random(1000 + seed)
    size, tasks, kind = 2 + seed % 7, 1 + seed % 3, rng.choice(KINDS)
    labels = kind(rng, tasks, size)
    grids = (
        range(-(size // 2), size - size // 2),
        sorted(rng.sample(range(-60, 60), size)),
        [fmpq(place, 8) for place in sorted(rng.sample(range(-24, 25), size))],
    )
    points = grids[0] if kind is convex else rng.choice(grids)
    return Dataset(tuple(map(fmpq, points)), tuple([tuple(map(fmpq, label)) for label in labels]))


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
