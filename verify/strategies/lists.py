"""What is drawn as plain lists of fractions, for tests that know none of our types."""

from fractions import Fraction
from typing import Any

from flint import fmpq
from hypothesis.strategies import SearchStrategy

from ...theory.dataset import Dataset
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import Vector
from ...theory.spline import LinearSpline


def as_lists(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """What the strategy draws, in plain lists and tuples of `fractions.Fraction`.

    A dataset becomes (x, y) with N points and N labels of T coordinates, a spline (slope, offset, [(knot, kink), ...]),
    a network ([(w, b, v), ...], slope, offset): the arguments of `Dataset.from_fractions`, `LinearSpline.from_knots`
    and `ReLUNetwork.from_parameters`. In tuples every member is turned into lists.
    """
    return strategy.map(plain)


def plain(value: Any) -> Any:
    """A value of this package in plain lists of fractions, as described in `as_lists`."""
    match value:
        case fmpq():
            return Fraction(int(value.p), int(value.q))
        case Dataset():
            return plain_vector(value.points), [plain_vector(label) for label in value.labels]
        case LinearSpline():
            knots = [(plain(t), plain_vector(m)) for t, m in zip(value.knots, value.kinks, strict=True)]
            return plain_vector(value.slope), plain_vector(value.offset), knots
        case Neuron():
            return plain(value.w), plain(value.b), plain_vector(value.v)
        case ReLUNetwork():
            parameters = [plain(neuron) for neuron in value.neurons]
            return parameters, plain_vector(value.slope), plain_vector(value.offset)
        case tuple():
            return tuple(map(plain, value))
        case _:
            raise TypeError(f"a {type(value).__name__} has no form in plain lists")


def plain_vector(v: Vector) -> list[Fraction]:
    """The coordinates as a list of fractions."""
    return list(map(plain, v))
