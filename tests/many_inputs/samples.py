"""Small labelled points of many kinds, beside the cases of which the answer is known."""

import random

from flint import fmpq
from reluproof.theory.labelled_points import LabelledPoints
from reluproof.verify.claims.exact_optima import CORNERS, EIGHT, FIVE, XOR

__all__ = ["CORNERS", "EIGHT", "FIVE", "STARS", "XOR", "eight", "gaussian", "lattice", "one_input"]

STARS = ((0, 0), (-1, 2), (0, -3), (1, 3), (2, -3))
"""Points where Bernoulli labels were never seen to be unique from T = 3 on."""


def eight(tasks: int, seed: int) -> LabelledPoints:
    """The eight points with the paper's task and tasks - 1 of Bernoulli labels."""
    rng = random.Random(seed)
    rows = [(*label, *[rng.randint(0, 1) for _ in range(tasks - 1)]) for label in EIGHT.labels]
    return LabelledPoints(EIGHT.points, tuple(rows))


def lattice(rng: random.Random, size: int, tasks: int, reach: int = 2) -> LabelledPoints:
    """Integer points in [-3, 3]^2 and integer labels."""
    grid = [(x, y) for x in range(-3, 4) for y in range(-3, 4)]
    points = tuple(rng.sample(grid, size))
    return LabelledPoints(points, tuple([tuple([rng.randint(-reach, reach) for _ in range(tasks)]) for _ in points]))


def gaussian(rng: random.Random, size: int, tasks: int) -> LabelledPoints:
    """Points and labels normal, rounded to multiples of 1/64."""

    def number() -> fmpq:
        return fmpq(round(rng.gauss(0, 1) * 64), 64)

    points = tuple(dict.fromkeys([(number(), number()) for _ in range(size)]))
    return LabelledPoints(points, tuple([tuple([number() for _ in range(tasks)]) for _ in points]))


def one_input(rng: random.Random, size: int, tasks: int, reach: int = 2) -> LabelledPoints:
    """Integer points of the line and integer labels."""
    points = sorted(rng.sample(range(-9, 10), size))
    labels = tuple([tuple([rng.randint(-reach, reach) for _ in range(tasks)]) for _ in points])
    return LabelledPoints(tuple([(x,) for x in points]), labels)
