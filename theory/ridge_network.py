"""Two-layer ReLU networks with d inputs and T outputs: f(x) = sum_k v_k (u_k.x + b_k)_+ + A x + c."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mat

from .free_functions import Convention, matrix
from .labelled_points import LabelledPoints
from .layers import layers_of
from .numbers import ZERO, ExactRepr, Vector, is_zero, rational, sign, vector
from .root_sum import RootSum
from .vectors import add, dot, is_zero_vector, scale, squared_length


@dataclass(frozen=True, slots=True, repr=False)
class RidgeNeuron(ExactRepr):
    """x -> v (u.x + b)_+ with direction u in Q^d, offset b and weights v in Q^T."""

    direction: Vector
    offset: fmpq
    weights: Vector

    def __post_init__(self) -> None:
        object.__setattr__(self, "direction", vector(self.direction))
        object.__setattr__(self, "offset", rational(self.offset))
        object.__setattr__(self, "weights", vector(self.weights))

    def activation(self, point: Vector) -> fmpq:
        """(u.x + b)_+ at one point."""
        before = dot(self.direction, point) + self.offset
        return before if sign(before) > 0 else ZERO

    def squared_norm(self, convention: Convention) -> fmpq:
        """|u|^2, or |u|^2 + b^2 where the bias is penalised: the square of what a unit weight costs."""
        square = squared_length(self.direction)
        return square if convention is Convention.FREE else square + self.offset * self.offset

    def hyperplane(self) -> Vector:
        """(u, b) scaled so that the first nonzero entry of u is 1: the same for neurons that bend in the same place."""
        first = next((entry for entry in self.direction if not is_zero(entry)), None)
        if first is None:
            raise ValueError("a neuron with direction 0 is constant and bends nowhere")
        return (*scale(1 / first, self.direction), self.offset / first)


@dataclass(frozen=True, slots=True, repr=False)
class RidgeNetwork(ExactRepr):
    """f(x) = sum_k v_k (u_k.x + b_k)_+ + A x + c; slopes holds A' (d rows of T numbers), constant is c.

    >>> f = RidgeNetwork((RidgeNeuron((1, 1), 0, (2,)),), ((0,), (1,)), (3,))
    >>> f((fmpq(1), fmpq(2)))
    (11,)
    """

    neurons: tuple[RidgeNeuron, ...]
    slopes: tuple[Vector, ...]
    constant: Vector

    def __post_init__(self) -> None:
        object.__setattr__(self, "neurons", tuple(self.neurons))
        object.__setattr__(self, "slopes", tuple([vector(row) for row in self.slopes]))
        object.__setattr__(self, "constant", vector(self.constant))
        inputs, tasks = len(self.slopes), len(self.constant)
        shapes = {(len(neuron.direction), len(neuron.weights)) for neuron in self.neurons}
        if not inputs or not tasks or any(len(row) != tasks for row in self.slopes) or shapes - {(inputs, tasks)}:
            raise ValueError(
                "directions need d coordinates, slopes d rows, and all rows and weights T, at least 1 each"
            )

    @classmethod
    def from_state_dict(cls, mapping: Mapping[str, Any], inputs: int) -> "RidgeNetwork":
        """From the named arrays of a trained network, as `ReLUNetwork.from_state_dict`, with that many inputs.

        Shapes: hidden weight (K, d), hidden bias (K,), output weight (T, K), output bias (T,), and perhaps a linear
        skip of weight (T, d). Raises `layers.LayersError` for others.

        >>> layers = {"0.weight": [[1, 1], [0, 1]], "0.bias": [0, -1], "2.weight": [[2, 1]], "2.bias": [3]}
        >>> RidgeNetwork.from_state_dict(layers, 2)((fmpq(1), fmpq(2)))
        (10,)
        """
        layers = layers_of(mapping, inputs)
        return cls(tuple([RidgeNeuron(w, b, v) for w, b, v in layers.neurons()]), *layers.affine_part())

    def __call__(self, point: Vector) -> Vector:
        """f(x), straight from the parameters."""
        value = self.constant
        for coordinate, row in zip(point, self.slopes, strict=True):
            value = add(value, scale(coordinate, row))
        for neuron in self.neurons:
            active = neuron.activation(point)
            value = value if is_zero(active) else add(value, scale(active, neuron.weights))
        return value

    def cost_squares(self, convention: Convention = Convention.FREE) -> tuple[fmpq, ...]:
        """The square of each neuron's cost |v||u| (free) or |v||(u, b)| (penalised); the cost is the sum of roots."""
        return tuple([squared_length(n.weights) * n.squared_norm(convention) for n in self.neurons])

    def cost(self, convention: Convention = Convention.FREE) -> RootSum:
        """R, exact; merging roots makes this slower than linear in the number of neurons."""
        return RootSum(self.cost_squares(convention))

    def missed_point(self, data: LabelledPoints) -> int | None:
        """The index of the first point where the network does not take its label, None if it interpolates."""
        for index, (point, label) in enumerate(zip(data.points, data.labels, strict=True)):
            if self(point) != label:
                return index
        return None

    def merged(self) -> "RidgeNetwork":
        """The same function with one neuron per hyperplane, none inactive; never costs more in the free convention.

        Uses (-u.x - b)_+ = (u.x + b)_+ - (u.x + b); neurons with u = 0 go into the constant.
        """
        slopes, constant = self.slopes, self.constant
        kinks: dict[Vector, Vector] = {}
        for neuron in self.neurons:
            if is_zero_vector(neuron.direction):
                constant = add(constant, scale(max(neuron.offset, ZERO), neuron.weights))
                continue
            key = neuron.hyperplane()
            first = next(entry for entry in neuron.direction if not is_zero(entry))
            if sign(first) < 0:
                slopes = tuple(
                    [add(r, scale(u, neuron.weights)) for r, u in zip(slopes, neuron.direction, strict=True)]
                )
                constant = add(constant, scale(neuron.offset, neuron.weights))
            kink = scale(abs(first), neuron.weights)
            kinks[key] = add(kinks[key], kink) if key in kinks else kink
        kept = [RidgeNeuron(key[:-1], key[-1], v) for key, v in sorted(kinks.items()) if not is_zero_vector(v)]
        return RidgeNetwork(tuple(kept), slopes, constant)


def activations(neurons: Sequence[RidgeNeuron], points: tuple[Vector, ...]) -> fmpq_mat:
    """N x K: the activation of neuron k at point i.

    >>> activations([RidgeNeuron((1,), -1, (1,))], ((fmpq(0),), (fmpq(3),))).tolist()
    [[0], [2]]
    """
    return matrix([[neuron.activation(point) for neuron in neurons] for point in points])


def same_function(f: RidgeNetwork, g: RidgeNetwork) -> bool:
    """Whether two networks are the same function: ridge functions with distinct hyperplanes are independent.

    >>> f = RidgeNetwork((RidgeNeuron((1,), 0, (1,)),), ((0,),), (0,))
    >>> g = RidgeNetwork((RidgeNeuron((-2,), 0, ('1/2',)),), ((1,),), (0,))
    >>> same_function(f, g)
    True
    """
    return f.merged() == g.merged()
