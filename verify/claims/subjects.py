"""What the statements that are about more than a dataset are about."""

from dataclasses import dataclass

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.network import ReLUNetwork
from ...theory.numbers import ExactRepr, Vector, canonicalise
from ...theory.spline import LinearSpline


@dataclass(frozen=True, slots=True)
class Candidate:
    """A function or network beside a dataset (C, S, V)."""

    data: Dataset
    function: LinearSpline | ReLUNetwork

    @property
    def spline(self) -> LinearSpline:
        """The function, whatever computes it."""
        return self.function if isinstance(self.function, LinearSpline) else self.function.to_spline()

    @property
    def interpolates(self) -> bool:
        """Whether the function goes through the data."""
        return self.spline.interpolates(self.data.points, self.data.labels)


@dataclass(frozen=True, slots=True, repr=False)
class Mixture(ExactRepr):
    """(1 - weight) first + weight second, beside a dataset (G)."""

    data: Dataset
    first: LinearSpline
    second: LinearSpline
    weight: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "weight")


@dataclass(frozen=True, slots=True, repr=False)
class Fit(ExactRepr):
    """A function offered as a minimiser of 1/2 sum |y_i - f(x_i)|^2 + weight R(f) (H)."""

    data: Dataset
    function: LinearSpline
    weight: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "weight")


@dataclass(frozen=True, slots=True, repr=False)
class Addition(ExactRepr):
    """A data point offered to a dataset that has none at that place (W)."""

    data: Dataset
    point: fmpq
    label: Vector

    def __post_init__(self) -> None:
        canonicalise(self, "point", "label")

    @property
    def enlarged(self) -> Dataset:
        """The dataset with the point added."""
        return Dataset.from_fractions((*self.data.points, self.point), (*self.data.labels, self.label))


@dataclass(frozen=True, slots=True, repr=False)
class Transformation(ExactRepr):
    """y -> matrix y + slope x + offset, then x -> stretch x + shift, applied to a dataset (X). matrix: its rows."""

    data: Dataset
    matrix: tuple[Vector, ...]
    slope: Vector
    offset: Vector
    stretch: fmpq
    shift: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "matrix", "slope", "offset", "stretch", "shift")


@dataclass(frozen=True, slots=True, repr=False)
class LabelLaw(ExactRepr):
    """Labels drawn independently and uniformly from finitely many values, at fixed points (P)."""

    points: Vector
    values: tuple[Vector, ...]

    def __post_init__(self) -> None:
        canonicalise(self, "points", "values")


@dataclass(frozen=True, slots=True, repr=False)
class Ball(ExactRepr):
    """All labels nearer than sqrt(radius_squared) to those of a dataset, at the same points (D, E, U)."""

    data: Dataset
    radius_squared: fmpq

    def __post_init__(self) -> None:
        canonicalise(self, "radius_squared")
