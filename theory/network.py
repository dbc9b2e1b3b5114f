"""Two-layer ReLU networks with one input and T outputs, and their splines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from .layers import Layers, layers_of
from .numbers import ZERO, ExactRepr, RationalLike, Vector, is_zero, rational, sign, vector
from .root_sum import RootSum
from .spline import LinearSpline
from .square_classes import rational_root
from .vectors import add, is_zero_vector, scale, squared_length


@dataclass(frozen=True, slots=True, repr=False)
class Neuron(ExactRepr):
    """x -> v (w x + b)_+ with input weight w, bias b and output weight v in Q^T."""

    w: fmpq
    b: fmpq
    v: Vector

    def __post_init__(self) -> None:
        object.__setattr__(self, "w", rational(self.w))
        object.__setattr__(self, "b", rational(self.b))
        object.__setattr__(self, "v", vector(self.v))

    @property
    def is_active(self) -> bool:
        """Whether |v||w| > 0: the neuron bends the function, and costs."""
        return not is_zero(self.w) and not is_zero_vector(self.v)

    @property
    def is_balanced(self) -> bool:
        """Whether |v| = |w|, where weight decay equals path cost."""
        return squared_length(self.v) == self.w * self.w

    @property
    def knot(self) -> fmpq:
        """-b/w, where a neuron with w != 0 bends."""
        if is_zero(self.w):
            raise ValueError("a neuron with w = 0 is constant and has no knot")
        return -self.b / self.w

    @property
    def kink(self) -> Vector:
        """|w| v, the jump of slope at the knot."""
        return scale(abs(self.w), self.v)

    @property
    def cost_square(self) -> fmpq:
        """|v|^2 w^2, the square of what the neuron adds to the path cost."""
        return squared_length(self.v) * self.w * self.w


@dataclass(frozen=True, slots=True, repr=False)
class ReLUNetwork(ExactRepr):
    """f(x) = sum_k v_k (w_k x + b_k)_+ + slope x + offset; slope, offset and the biases are not penalised."""

    neurons: tuple[Neuron, ...]
    slope: Vector
    offset: Vector

    def __post_init__(self) -> None:
        object.__setattr__(self, "neurons", tuple(self.neurons))
        object.__setattr__(self, "slope", vector(self.slope))
        object.__setattr__(self, "offset", vector(self.offset))
        lengths = {len(self.slope), len(self.offset), *(len(neuron.v) for neuron in self.neurons)}
        if len(lengths) != 1 or not all(lengths):
            raise ValueError("slope, offset and every output weight need the same number of coordinates, at least one")

    @classmethod
    def from_parameters(
        cls,
        neurons: Iterable[tuple[RationalLike, RationalLike, Iterable[RationalLike]]],
        slope: Iterable[RationalLike],
        offset: Iterable[RationalLike],
    ) -> "ReLUNetwork":
        """From (w, b, v) triples and the affine part."""
        return cls(
            tuple([Neuron(rational(w), rational(b), vector(v)) for w, b, v in neurons]), vector(slope), vector(offset)
        )

    @classmethod
    def from_spline(cls, spline: LinearSpline) -> "ReLUNetwork":
        """The network with one neuron (w = 1) per knot of the spline."""
        neurons = [Neuron(fmpq(1), -knot, kink) for knot, kink in zip(spline.knots, spline.kinks, strict=True)]
        return cls(tuple(neurons), spline.slope, spline.offset)

    @classmethod
    def from_state_dict(cls, mapping: Mapping[str, Any]) -> "ReLUNetwork":
        """From the named arrays of a trained network, of any framework; floats are the dyadic rationals that they are.

        Shapes: hidden weight (K, 1), hidden bias (K,), output weight (T, K), output bias (T,), and perhaps a linear
        skip of weight (T, 1); a missing bias is 0. Raises `layers.LayersError` for other shapes, and where names and
        shapes leave more than one reading.

        >>> layers = {"0.weight": [[2], [1]], "0.bias": [0, -1], "2.weight": [[1, 3]], "2.bias": [5]}
        >>> ReLUNetwork.from_state_dict(layers)(2)
        (12,)
        """
        return cls.from_layers(layers_of(mapping))

    @classmethod
    def from_layers(cls, layers: Layers) -> "ReLUNetwork":
        """From layers whose shapes fit together."""
        (slope,), offset = layers.affine_part()
        return cls(tuple([Neuron(w, b, v) for (w,), b, v in layers.neurons()]), slope, offset)

    def to_spline(self) -> LinearSpline:
        """The function as a spline: neurons on one knot merge, w < 0 and w = 0 go into the affine part.

        Uses (t - x)_+ = (x - t)_+ - (x - t) for w < 0; a neuron with w = 0 is the constant v (b)_+.
        """
        slope, offset = self.slope, self.offset
        knots = []
        for neuron in self.neurons:
            if sign(neuron.w) == 0:
                offset = add(offset, scale(neuron.b, neuron.v)) if sign(neuron.b) > 0 else offset
                continue
            if sign(neuron.w) < 0:
                slope, offset = add(slope, scale(neuron.w, neuron.v)), add(offset, scale(neuron.b, neuron.v))
            knots.append((neuron.knot, neuron.kink))
        return LinearSpline.from_knots(slope, offset, knots)

    def __call__(self, x: RationalLike) -> Vector:
        """The value at one point, straight from the parameters."""
        place = rational(x)
        value = add(scale(place, self.slope), self.offset)
        for neuron in self.neurons:
            before = neuron.w * place + neuron.b
            value = add(value, scale(before, neuron.v)) if sign(before) > 0 else value
        return value

    @property
    def width(self) -> int:
        """The number of neurons, active or not."""
        return len(self.neurons)

    @property
    def active_width(self) -> int:
        """The number of active neurons."""
        return sum([neuron.is_active for neuron in self.neurons])

    def path_cost(self) -> RootSum:
        """sum_k |v_k||w_k|, exact; at least the path cost of `to_spline()`, which merges neurons."""
        return RootSum([neuron.cost_square for neuron in self.neurons])

    def weight_decay(self) -> fmpq:
        """1/2 sum_k (|v_k|^2 + w_k^2), rational; at least the path cost, equal iff every neuron is balanced."""
        total = ZERO
        for neuron in self.neurons:
            total += squared_length(neuron.v) + neuron.w * neuron.w
        return total / 2

    @property
    def is_balanced(self) -> bool:
        """Whether every neuron has |v| = |w|."""
        return all([neuron.is_balanced for neuron in self.neurons])

    def balancing_factors(self) -> tuple[fmpq | None, ...]:
        """r_k^4 = |v_k|^2 / w_k^2 for each active neuron, None for the others.

        Scaling (w_k, b_k, v_k) to (r_k w_k, r_k b_k, v_k / r_k) leaves the function and the path cost alone and
        balances the neuron; r_k itself is in general irrational.
        """
        return tuple(
            [squared_length(neuron.v) / (neuron.w * neuron.w) if neuron.is_active else None for neuron in self.neurons]
        )

    def balanced(self) -> "ReLUNetwork":
        """The same function with every active neuron balanced, inactive ones at v = 0, w = 0, constants in `offset`.

        Raises ValueError when a factor r_k is irrational; the function, path cost and decisions do not need it.
        """
        neurons, offset = [], self.offset
        for neuron, fourth_power in zip(self.neurons, self.balancing_factors(), strict=True):
            if fourth_power is None:
                offset = add(offset, scale(neuron.b, neuron.v)) if sign(neuron.b) > 0 and is_zero(neuron.w) else offset
                neurons.append(Neuron(ZERO, ZERO, scale(ZERO, neuron.v)))
                continue
            factor = _fourth_root(fourth_power)
            if factor is None:
                raise ValueError(f"the balancing factor is the fourth root of {fourth_power}, which is irrational")
            neurons.append(Neuron(factor * neuron.w, factor * neuron.b, scale(1 / factor, neuron.v)))
        return ReLUNetwork(tuple(neurons), self.slope, offset)


def _fourth_root(value: fmpq) -> fmpq | None:
    root = rational_root(value)
    return None if root is None else rational_root(root)
