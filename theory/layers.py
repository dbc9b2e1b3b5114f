"""The layers of a trained network, named and shaped as frameworks do, as a `ReLUNetwork`: every number exact.

Shapes, K hidden neurons, T outputs: hidden weight (K, 1) and bias (K,), output weight (T, K) and bias (T,), and an
optional linear skip connection of weight (T, 1). A weight called "kernel" is transposed, as flax and Keras keep it.
Which array is which follows from the names `hidden`, `output` and `skip`, or from the shapes if they allow one reading
only (weight and bias together by their names; of names that differ by their number alone, the lower one is hidden);
otherwise the mapping is refused, never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from flint import fmpq

from .named_array import Array, LayersError, Rows, exact_array, parts_of
from .numbers import Vector
from .vectors import add, zero

ROLES = ("hidden", "output", "skip")
WEIGHTS = ("weight", "kernel", "w")
BIASES = ("bias", "b")


@dataclass(frozen=True, slots=True)
class Layer:
    """A weight of shape (outputs, inputs) and a bias of as many entries as outputs, or none."""

    weight: Array
    bias: Array | None

    @property
    def fits(self) -> bool:
        """Whether bias and weight have as many outputs."""
        return self.bias is None or self.bias.shape == self.weight.shape[:1]

    @property
    def offset(self) -> Vector:
        """The bias, 0 where there is none."""
        return zero(self.weight.shape[0]) if self.bias is None else self.bias.rows[0]


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of f(x) = output (hidden(x))_+ + skip(x)."""

    hidden: Layer
    output: Layer
    skip: Layer | None

    def fit(self, inputs: int) -> bool:
        """Whether the shapes are those of a network with that many inputs."""
        (k, d), (t, inner) = self.hidden.weight.shape, self.output.weight.shape
        layers = (self.hidden, self.output, *(() if self.skip is None else (self.skip,)))
        through = self.skip is None or self.skip.weight.shape == (t, d)
        return d == inputs and inner == k and through and all(layer.fits for layer in layers)

    def neurons(self) -> list[tuple[Vector, fmpq, Vector]]:
        """(w, b, v) of every hidden neuron, w of d entries."""
        columns = zip(*self.output.weight.rows, strict=True)
        return [
            (row, b, tuple(v)) for row, b, v in zip(self.hidden.weight.rows, self.hidden.offset, columns, strict=True)
        ]

    def affine_part(self) -> tuple[Rows, Vector]:
        """(slopes, offset): the skip connection, T entries for every input, and the biases of the outputs."""
        tasks, inputs = self.output.weight.shape[0], self.hidden.weight.shape[1]
        if self.skip is None:
            return (zero(tasks),) * inputs, self.output.offset
        return tuple(zip(*self.skip.weight.rows, strict=True)), add(self.output.offset, self.skip.offset)


def layers_of(mapping: Mapping[str, Any], inputs: int = 1) -> Layers:
    """The layers that a mapping of names to arrays (nested or flat, numbers of any framework) holds.

    Raises LayersError, naming what was seen, where the shapes fit no network, or more than one.

    >>> hidden, output = {"weight": [[1], [2]], "bias": [0, -1]}, {"weight": [[3, 4]], "bias": [5]}
    >>> found = layers_of({"hidden": hidden, "output": output})
    >>> found.neurons(), found.affine_part()
    ([((1,), 0, (3,)), ((2,), -1, (4,))], (((0,),), (5,)))
    """
    if not isinstance(mapping, Mapping):
        raise LayersError(f"a mapping of names to arrays is needed, not {type(mapping).__name__}")
    arrays = [exact_array(name, value) for name, value in _flat(mapping)]
    modules = _modules(arrays)
    # Where names pair weights with biases, shapes that contradict them are no reading.
    readings = _by_shape(arrays, inputs) if modules is None else _by_module(modules, inputs)
    found = _by_role(modules, inputs) or _the_one(arrays, readings)
    if found is None:
        counted = "one input" if inputs == 1 else f"{inputs} inputs"
        raise LayersError(
            f"these are not the layers of a network with {counted}: {_seen(arrays)}; needed are a hidden weight "
            f"(K, {inputs}) with bias (K,), an output weight (T, K) with bias (T,), and perhaps a linear skip "
            f"of weight (T, {inputs})"
        )
    return found


def _flat(mapping: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in mapping.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _seen(arrays: list[Array]) -> str:
    return ", ".join(array.described for array in arrays) or "nothing"


def _modules(arrays: list[Array]) -> dict[str, Layer] | None:
    """The arrays as layers by the modules in their names; None if the names do not say so."""
    weights: dict[str, Array] = {}
    biases: dict[str, Array] = {}
    for array in arrays:
        module, leaf = parts_of(array.name)
        kind = weights if leaf in WEIGHTS else biases if leaf in BIASES else None
        if kind is None or module in kind or len(array.shape) != (2 if kind is weights else 1):
            return None
        kind[module] = array.transposed() if array.is_kernel else array
    if not set(biases) <= set(weights):
        return None
    return {module: Layer(weight, biases.get(module)) for module, weight in weights.items()}


def _by_role(modules: Mapping[str, Layer] | None, inputs: int) -> Layers | None:
    """By the names hidden, output and skip."""
    if modules is None or not {"hidden", "output"} <= set(modules) <= set(ROLES):
        return None
    found = Layers(modules["hidden"], modules["output"], modules.get("skip"))
    return found if found.fit(inputs) else None


def _by_module(modules: Mapping[str, Layer], inputs: int) -> Iterator[Layers]:
    """Every consistent reading in which weights and biases belong together by their names, and roles to their names."""
    if len(modules) in (2, 3):
        for order in permutations(modules):
            hidden, output, *rest = [modules[module] for module in order]
            found = Layers(hidden, output, rest[0] if rest else None)
            named = [(parts_of(module)[1], role) for module, role in zip(order, ROLES, strict=False)]
            if found.fit(inputs) and all(name == role for name, role in named if name in ROLES):
                yield found


def _by_shape(arrays: list[Array], inputs: int) -> Iterator[Layers]:
    """Every consistent reading of the shapes alone."""
    matrices = [array for array in arrays if len(array.shape) == 2]
    vectors = [array for array in arrays if len(array.shape) == 1]
    if len(matrices) not in (2, 3) or len(vectors) > 2:
        return
    biases: list[Array | None] = [*vectors, *[None] * (2 - len(vectors))]
    for hidden, output, *rest in permutations(matrices):
        for first, second in {(biases[0], biases[1]), (biases[1], biases[0])}:
            found = Layers(Layer(hidden, first), Layer(output, second), Layer(rest[0], None) if rest else None)
            if found.fit(inputs):
                yield found


def _the_one(arrays: list[Array], readings: Iterator[Layers]) -> Layers | None:
    """The only reading; None if there is none. LayersError if names or shapes allow another one."""
    consistent = list(readings)
    found = [layers for layers in consistent if _in_order(layers.hidden, layers.output)]
    if len(found) > 1 or (consistent and not found) or any(map(_may_be_deeper, found)):
        raise LayersError(
            f"names and shapes allow more than one reading: {_seen(arrays)}; name them hidden.weight, hidden.bias, "
            "output.weight, output.bias and, if there is one, skip.weight"
        )
    return found[0] if found else None


def _in_order(first: Layer, second: Layer) -> bool:
    """Whether numbers in the names, where these differ by nothing else, ascend: else the arrays may be transposed."""
    names = first.weight.name, second.weight.name
    here, there = [[int(digits) for digits in re.findall(r"[0-9]+", name)] for name in names]
    return here < there or not _alike(*names)


def _may_be_deeper(layers: Layers) -> bool:
    """Whether the skip may be a third layer: numbered like the others, with the outputs of the second as inputs."""
    if layers.skip is None or layers.skip.weight.shape[0] != layers.skip.weight.shape[1]:
        return False
    return _alike(layers.hidden.weight.name, layers.output.weight.name, layers.skip.weight.name)


def _alike(*names: str) -> bool:
    """Whether the names differ by their numbers alone."""
    return len({re.sub(r"[0-9]+", "#", name) for name in names}) == 1
