"""The one home of datasets from a seed: labels of five kinds, kinks of few directions, and rows as files have them."""

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from flint import fmpq
from oracle.kinks import with_kinks
from reluproof.theory import Dataset

Rows = Sequence[tuple[Fraction, Sequence[Fraction]]]
"""Points with their labels as a file may have them: in any order, ragged."""


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
    return Dataset.from_fractions(points, labels)


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
    return Dataset.from_fractions(points, labels)


def run_dataset(seed, size):
    """One long run."""
    rng = random.Random(seed)
    return Dataset.from_fractions(range(size), convex(rng, rng.randint(1, 3), size))


def few_directions(rng: random.Random) -> Dataset:
    """2 to 9 points, 1 to 3 tasks: generic labels, or kinks from few directions so that runs and zeros are common."""
    size, tasks = rng.choice([2, 3, 4, 4, 5, 6, 7, 9]), rng.choice([1, 1, 2, 3])
    unit = Fraction(1, rng.choice([1, 1, 2, 7]))
    points = [unit * x for x in sorted(rng.sample(range(-20, 20), size))]
    if rng.random() < 0.4:
        labels = [[Fraction(rng.randint(-3, 3), rng.choice([1, 2, 3])) for _ in range(tasks)] for _ in points]
        return Dataset.from_fractions(points, labels)
    directions = [[rng.randint(-1, 1) for _ in range(tasks)] for _ in range(2)]
    slope, first = ([Fraction(rng.randint(-reach, reach)) for _ in range(tasks)] for reach in (1, 2))
    kinks = []
    for _ in range(size - 1):
        factor = Fraction(rng.choice([1, 1, 2, 3, -1, 0]), rng.choice([1, 2, 3]))
        kinks.append([factor * d for d in rng.choice(directions)])
    return Dataset.from_fractions(points, with_kinks(points, first, slope, kinks))


def disordered_rows(seed: int) -> Rows:
    """Small labels, so that kinks are often zero, aligned or opposite; some points disordered, some rows ragged."""
    rng = random.Random(seed)
    size, tasks = rng.randint(1, 9), rng.randint(1, 3)
    points = [Fraction(rng.randint(-9, 9), rng.randint(1, 4)) for _ in range(size)]
    if rng.random() < 0.9:
        points = sorted(set(points))
    factors = [Fraction(rng.randint(1, 5), rng.randint(1, 5)) for _ in range(tasks)]
    shared = rng.random() < 0.7
    rows = []
    for x in points:
        label = rng.randint(-1, 2)
        rows.append((x, [f * (label if shared else rng.randint(-1, 2)) for f in factors]))
    if rng.random() < 0.05:
        rows[-1] = (rows[-1][0], [*rows[-1][1], Fraction(0)])
    return rows


def long_rows(seed: int) -> Rows:
    """Up to 40 points with long runs, zero kinks and numbers of up to 100 digits; each kind has its denominator."""
    rng = random.Random(seed)
    size, tasks = rng.randint(2, 40), rng.randint(1, 5)
    largest = 10 ** rng.choice([1, 3, 30])

    def number(denominator: int) -> Fraction:
        return Fraction(rng.randint(1, largest), denominator)

    def new_direction() -> list[Fraction]:
        return [number(largest + 7) * rng.choice([-1, 0, 1]) for _ in range(tasks)]

    first, gaps, kinks, direction = number(7), [], [], new_direction()
    for _ in range(size):
        direction = new_direction() if rng.random() < 0.3 else direction
        gap, factor = number(10), number(3) * rng.choice([0, 1, 1, 1, -1])
        gaps.append(gap)
        kinks.append([factor * d for d in direction])
    x = list(accumulate(gaps[:-1], initial=first))
    return list(zip(x, with_kinks(x, [Fraction(0)] * tasks, kinks[0], kinks[1:]), strict=True))
