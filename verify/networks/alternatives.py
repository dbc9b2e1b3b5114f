"""Other networks with the same outputs at the data: merged, balanced, or with the fewest neurons; and writing them."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flint import fmpq

from ...theory.layers import Layer, Layers, layers_of
from ...theory.named_array import LayersError
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import ZERO, Vector, is_zero, nearest_float
from ...theory.numeral import format_rational
from ...theory.solution_set import sparsest_optimum
from ...theory.vectors import scale, zero
from ..reading import InputError
from .files import NetworkFile
from .judgement import Judgement

PRECISION = 60
"""Bits to which an irrational balancing factor is rounded; the function stays the same whatever the factor."""


def merged(judgement: Judgement) -> ReLUNetwork:
    """The same function with one neuron (w = 1) per knot: what neurons on one knot cost each other is saved."""
    return ReLUNetwork.from_spline(judgement.spline)


def balanced(judgement: Judgement) -> ReLUNetwork:
    """The same function with every active neuron balanced, |v| = |w| to about 2^-60, and the others removed."""
    network = judgement.network
    offset = network.offset
    neurons = []
    for neuron, power in zip(network.neurons, network.balancing_factors(), strict=True):
        if power is not None:
            factor = fourth_root(power)
            neurons.append(Neuron(factor * neuron.w, factor * neuron.b, scale(1 / factor, neuron.v)))
        elif is_zero(neuron.w):
            offset = tuple([a + max(neuron.b, ZERO) * v for a, v in zip(offset, neuron.v, strict=True)])
    return ReLUNetwork(tuple(neurons), network.slope, offset)


def sparsest(judgement: Judgement) -> ReLUNetwork:
    """A cheapest network with the same outputs and the fewest neurons (K); between the data another function."""
    return ReLUNetwork.from_spline(sparsest_optimum(judgement.outputs))


ALTERNATIVES: Mapping[str, Callable[[Judgement], ReLUNetwork]] = {
    "merged": merged,
    "balanced": balanced,
    "sparsest": sparsest,
}


def fourth_root(value: fmpq) -> fmpq:
    """The fourth root of a positive rational, rounded to about PRECISION bits; exact for fourth powers of dyadics."""
    magnitude = (value.p.bit_length() - value.q.bit_length()) // 4
    shift = PRECISION - magnitude
    scaled = value * fmpq(2) ** (4 * shift)
    root = (scaled.p // scaled.q).root(4)
    return fmpq(root) / fmpq(2) ** shift


def file_bytes(network: ReLUNetwork, source: NetworkFile) -> tuple[bytes, list[str]]:
    """The network in the format, names and types of the file it came from, and what a reader must be told.

    Arrays of floats round what is not a float. Raises InputError where a number is out of the type's range.
    """
    if source.format == "json":
        return json.dumps(as_json(network), indent=1).encode() + b"\n", []
    arrays, notes = _named_arrays(network, source)
    if source.format == "npz":
        import numpy

        stream = io.BytesIO()
        numpy.savez(stream, **arrays)
        return stream.getvalue(), notes
    from safetensors.numpy import save

    return save(arrays), notes


def as_json(network: ReLUNetwork) -> dict[str, Any]:
    """The network as the JSON that `read_network` takes, every number exact."""
    return {
        "neurons": [
            {"w": format_rational(n.w), "b": format_rational(n.b), "v": list(map(format_rational, n.v))}
            for n in network.neurons
        ],
        "slope": list(map(format_rational, network.slope)),
        "offset": list(map(format_rational, network.offset)),
    }


def _named_arrays(network: ReLUNetwork, source: NetworkFile) -> tuple[dict[str, Any], list[str]]:
    layers = source.layers
    assert layers is not None, "arrays always come as layers"
    if not network.neurons:  # an array needs entries
        network = replace(network, neurons=(Neuron(ZERO, ZERO, zero(len(network.offset))),))
    writer = _Writer(source.types, [])
    arrays = writer.arrays(network, layers)
    if not _told_apart(arrays, layers):
        renamed = _renamed(layers)
        types = {new: source.types[old] for old, new in zip(_names(layers), _names(renamed), strict=True)}
        writer = _Writer(
            types, ["the arrays are named hidden, output and skip, because shapes no longer tell them apart"]
        )
        arrays = writer.arrays(network, renamed)
    if writer.rounded:
        kinds = ", ".join(sorted(writer.rounded))
        writer.notes.append(f"numbers were rounded to {kinds}: judge the file again for exact answers")
    return arrays, writer.notes


def _told_apart(arrays: Mapping[str, Any], layers: Layers) -> bool:
    """Whether the arrays are read as the layers that they are: with very few neurons shapes may allow others."""
    try:
        found = layers_of(arrays)
    except LayersError:
        return False
    return [array.weight.name for array in (found.hidden, found.output)] == [
        array.weight.name for array in (layers.hidden, layers.output)
    ]


def _names(layers: Layers) -> list[str]:
    parts = [layers.hidden, layers.output, *([layers.skip] if layers.skip else [])]
    return [array.name for layer in parts for array in (layer.weight, layer.bias) if array is not None]


def _renamed(layers: Layers) -> Layers:
    def layer(role: str, old: Layer) -> Layer:
        bias = None if old.bias is None else replace(old.bias, name=f"{role}.bias")
        return Layer(replace(old.weight, name=f"{role}.weight"), bias)

    skip = None if layers.skip is None else layer("skip", layers.skip)
    return Layers(layer("hidden", layers.hidden), layer("output", layers.output), skip)


class _Writer:
    """Exact numbers into arrays of the names and types that the file had."""

    def __init__(self, types: Mapping[str, str], notes: list[str]) -> None:
        self.types, self.notes, self.rounded = types, notes, set[str]()

    def arrays(self, network: ReLUNetwork, layers: Layers) -> dict[str, Any]:
        """All layers; what the file had no array for is added, and said, if it is not 0."""
        neurons, tasks = network.neurons, range(len(network.offset))
        found = self._layer(layers.hidden, [(n.w,) for n in neurons], [n.b for n in neurons], "hidden")
        columns = [tuple([n.v[task] for n in neurons]) for task in tasks]
        found |= self._layer(layers.output, columns, list(network.offset), "output")
        slope: list[Vector] = [(a,) for a in network.slope]
        if layers.skip is not None:
            found |= self._layer(layers.skip, slope, [ZERO for _ in tasks], "skip")
        elif any(network.slope):
            found["skip.weight"] = self._array("skip.weight", slope, self.types[layers.output.weight.name])
            self.notes.append("it has a linear part, which the given one has not: skip.weight is new")
        return found

    def _layer(self, like: Layer, weight: list[Vector], bias: list[fmpq], role: str) -> dict[str, Any]:
        kind = self.types[like.weight.name]
        array = self._array(like.weight.name, weight, kind)
        found = {like.weight.name: array.T.copy() if like.weight.is_kernel else array}
        if like.bias is not None:
            found[like.bias.name] = self._array(like.bias.name, bias, self.types[like.bias.name])
        elif any(bias):
            found[f"{role}.bias"] = self._array(f"{role}.bias", bias, kind)
            self.notes.append(f"{role}.bias is new")
        return found

    def _array(self, name: str, values: list[Any], given: str) -> Any:
        """Numbers, or rows of them, as floats of the given type; bfloat16 becomes float32, integers float64."""
        import numpy

        kind = {"float16": "float16", "float32": "float32", "bfloat16": "float32"}.get(given, "float64")
        doubles = numpy.array([list(map(_float, row)) if isinstance(row, tuple) else _float(row) for row in values])
        with numpy.errstate(all="ignore"):
            found = doubles.astype(kind)
        if not numpy.isfinite(found).all():
            raise InputError(f"{name}: a number is out of the range of {kind}: give the network as JSON")
        exact = [entry for row in values for entry in (row if isinstance(row, tuple) else (row,))]
        if any(fmpq(*a.as_integer_ratio()) != b for a, b in zip(found.ravel().tolist(), exact, strict=True)):
            self.rounded.add(kind)
        return found


def _float(value: fmpq) -> float:
    try:
        return nearest_float(value)
    except OverflowError:
        return float("inf")
