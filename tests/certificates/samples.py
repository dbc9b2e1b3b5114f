"""Small datasets of every kind, drawn with a seed, and their certificates as parsed records."""

import json
import random
from fractions import Fraction
from itertools import pairwise
from typing import Any

from reluproof.theory import Dataset
from reluproof.verify.certify import certificate_lines
from reluproof.verify.check import check

Records = list[dict[str, Any]]


def dataset(rng: random.Random) -> Dataset:
    """2 to 9 points, 1 to 3 tasks: generic labels, or kinks from few directions so that runs and zeros are common."""
    size, tasks = rng.choice([2, 3, 4, 4, 5, 6, 7, 9]), rng.choice([1, 1, 2, 3])
    unit = Fraction(1, rng.choice([1, 1, 2, 7]))
    points = [unit * x for x in sorted(rng.sample(range(-20, 20), size))]
    if rng.random() < 0.4:
        labels = [[Fraction(rng.randint(-3, 3), rng.choice([1, 2, 3])) for _ in range(tasks)] for _ in points]
        return Dataset.from_fractions(points, labels)
    return Dataset.from_fractions(points, _bent(rng, points, tasks))


def _bent(rng: random.Random, points: list[Fraction], tasks: int) -> list[list[Fraction]]:
    directions = [[rng.randint(-1, 1) for _ in range(tasks)] for _ in range(2)]
    slope = [Fraction(rng.randint(-1, 1)) for _ in range(tasks)]
    labels = [[Fraction(rng.randint(-2, 2)) for _ in range(tasks)]]
    for left, right in pairwise(points):
        labels.append([y + s * (right - left) for y, s in zip(labels[-1], slope, strict=True)])
        factor = Fraction(rng.choice([1, 1, 2, 3, -1, 0]), rng.choice([1, 2, 3]))
        slope = [s + factor * d for s, d in zip(slope, rng.choice(directions), strict=True)]
    return labels


def certificate(data: Dataset) -> Records:
    """The certificate of the dataset, parsed."""
    return [json.loads(line) for line in certificate_lines(check(data))]


def encoded(records: Records) -> list[bytes]:
    """The lines of a certificate from its records."""
    return [json.dumps(record).encode() + b"\n" for record in records]
