"""Distributions of datasets, sampled as float64 arrays. The sample is the data: each float is the rational it is."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy

Array = Any

LabelKind = Literal["gaussian", "uniform", "rademacher", "integers", "one-hot", "low-rank", "smooth"]
PointKind = Literal["equal", "uniform", "gaussian"]

LABELS: dict[LabelKind, str] = {
    "gaussian": "independent standard normal",
    "uniform": "independent uniform on [0, 1)",
    "rademacher": "independent signs -1, 1",
    "integers": "independent integers from -M to M (parameter M)",
    "one-hot": "unit vectors, equally likely",
    "low-rank": "R latent Gaussian tasks mixed by a Gaussian matrix, both rounded to 2^-20 (parameter R)",
    "smooth": "a cubic with Gaussian coefficients plus Gaussian noise of size 1/10",
}
POINTS: dict[PointKind, str] = {
    "equal": "0, 1, ..., N-1",
    "uniform": "sorted uniform on [0, 1)",
    "gaussian": "sorted standard normal",
}


@dataclass(frozen=True, slots=True)
class LabelLaw:
    """A law of labels. parameter: M of the integers, R of low rank, unused by the others."""

    kind: LabelKind
    parameter: int = 1

    def sample(self, source: numpy.random.Generator, x: Array, tasks: int) -> Array:
        """Labels of shape (B, N, T) for points of shape (B, N)."""
        shape = (*x.shape, tasks)
        match self.kind:
            case "gaussian":
                return source.standard_normal(shape)
            case "uniform":
                return source.random(shape)
            case "rademacher":
                return 2.0 * source.integers(0, 2, shape) - 1.0
            case "integers":
                return source.integers(-self.parameter, self.parameter + 1, shape).astype(float)
            case "one-hot":
                return (self.symbols(source, x, tasks)[..., None] == numpy.arange(tasks)).astype(float)
            case "low-rank":
                latent = _coarse(source.standard_normal((*x.shape, self.parameter)))
                return latent @ _coarse(source.standard_normal((len(x), self.parameter, tasks)))
            case "smooth":
                return _smooth(source, x, tasks)

    def symbols(self, source: numpy.random.Generator, x: Array, tasks: int) -> Array:
        """For one-hot labels: which coordinate is 1, shape (B, N)."""
        return source.integers(0, tasks, x.shape)

    @property
    def in_order(self) -> bool:
        """Whether the labels of a dataset are drawn point by point: the first ones can be had without the rest."""
        return self.kind not in ("low-rank", "smooth")

    @property
    def has_density(self) -> bool:
        """Whether independent tasks have a joint density (before rounding to float64): then D applies for T >= 2."""
        return self.kind in ("gaussian", "uniform", "smooth")


def _coarse(values: Array) -> Array:
    """Rounded to multiples of 2^-20, so that products and their sums are exact: a rounded mixture has full rank."""
    return numpy.round(values * 2.0**20) / 2.0**20


def _smooth(source: numpy.random.Generator, x: Array, tasks: int) -> Array:
    span = x[:, -1:] - x[:, :1]
    powers = ((x - x[:, :1]) / span)[..., None] ** numpy.arange(4)
    curve = powers @ source.standard_normal((len(x), 4, tasks))
    return curve + source.standard_normal((*x.shape, tasks)) / 10


@dataclass(frozen=True, slots=True)
class PointLaw:
    """A law of points."""

    kind: PointKind

    def sample(self, source: numpy.random.Generator, count: int, size: int) -> Array:
        """Increasing points of shape (B, N); rows in which two floats coincide are drawn again."""
        if self.kind == "equal":
            return numpy.broadcast_to(_equal_points(size), (count, size))
        draw = source.random if self.kind == "uniform" else source.standard_normal
        x = numpy.sort(draw((count, size)), axis=1)
        while (repeated := (x[:, 1:] == x[:, :-1]).any(axis=1)).any():
            x[repeated] = numpy.sort(draw((int(repeated.sum()), size)), axis=1)
        return x


@lru_cache(maxsize=1)
def _equal_points(size: int) -> Array:
    return numpy.arange(float(size))


@dataclass(frozen=True, slots=True)
class Law:
    """A distribution of datasets with N points and T tasks."""

    labels: LabelLaw
    points: PointLaw
    size: int
    tasks: int

    def sample(self, source: numpy.random.Generator, count: int) -> tuple[Array, Array]:
        """B datasets: points of shape (B, N) and labels of shape (B, N, T)."""
        x = self.points.sample(source, count, self.size)
        return x, self.labels.sample(source, x, self.tasks)
