"""Balls of labels, points fixed, on which uniqueness does not change: the witnesses of what happens for one task."""

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from .dataset import Dataset
from .duality import dual_certificate
from .numbers import ExactRepr, Vector, canonicalise, sign
from .optimum import kinks


@dataclass(frozen=True, slots=True, repr=False)
class Ball(ExactRepr):
    """All labels nearer than sqrt(radius_squared) to those of a dataset, at the same points (D, E, U)."""

    data: Dataset
    radius_squared: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "radius_squared")


def ball_of_one_task(data: Dataset) -> Ball | None:
    """The ball around a one-task dataset on which the kinks that decide keep their signs; None if one of them is 0.

    Labels that differ by less than r change the kink d_j by less than r |b_j|, b_j being the functional d_j of the
    labels. For a non-unique dataset one pair of kinks of equal sign decides, for a unique one all kinks do.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> ball_of_one_task(data).radius_squared
    1/6
    """
    squares = [
        d * d / sum([b * b for b in functional], fmpq(0))
        for (d,), functional in zip(kinks(data), dual_certificate(data).functionals(), strict=True)
    ]
    signs = [sign(d) for (d,) in kinks(data)]
    pairs = [j for j in range(len(signs) - 1) if signs[j] * signs[j + 1] == 1]
    radius = max([min(squares[j], squares[j + 1]) for j in pairs]) if pairs else min(squares, default=fmpq(0))
    return Ball(data, radius) if sign(radius) > 0 else None


def members(ball: Ball) -> Iterator[Dataset]:
    """Some datasets of a ball: its centre, and labels moved by nearly the radius in several directions.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> len(list(members(ball_of_one_task(data))))
    5
    """
    yield ball.data
    # A rational below the radius: its square if that is less than 1, else 1.
    step = min(ball.radius_squared, fmpq(1)) / (ball.data.size * ball.data.tasks)
    for pattern in range(2, 6):
        moves = [step if i % pattern else -step for i in range(ball.data.size)]
        labels = [_shifted(label, move) for label, move in zip(ball.data.labels, moves, strict=True)]
        yield Dataset(ball.data.points, tuple(labels))


def _shifted(label: Vector, move: fmpq) -> Vector:
    return tuple([value + move for value in label])
