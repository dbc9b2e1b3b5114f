"""Networks with one input in files: .npz, .safetensors and JSON in, exact networks out.

JSON is either the network itself,

    {"neurons": [{"w": 2, "b": "-1/3", "v": [1, 0.5]}, ...], "slope": [0, 0], "offset": [0, 0]}

with f(x) = sum_k v_k (w_k x + b_k)_+ + slope x + offset, or its layers by name, as nested lists (`theory/layers.py`).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...theory.layers import Layers, layers_of
from ...theory.named_array import LayersError
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import rational, vector
from ..reading import InputError
from ..reading.source import printable
from .contents import Format, read_content

_SHAPE = 'write {"neurons": [{"w", "b", "v"}, ...], "slope": [...], "offset": [...]}, or layers by name'
_KEYS = ("neurons", "slope", "offset")


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """A network and the file that it came from.

    layers: the named arrays, None if the file lists neurons. types: the type of each named array ("float32", ...),
    empty for JSON.
    """

    network: ReLUNetwork
    name: str
    sha256: str
    format: Format
    layers: Layers | None
    types: Mapping[str, str]


def read_network(path: str | os.PathLike[str]) -> NetworkFile:
    """The network in a file; InputError, one line, if there is none."""
    place = os.fsdecode(path)
    try:
        found = read_content(place)
        layers = None if found.arrays is None else layers_of(found.arrays)
        network = _of_listing(found.listing or {}) if layers is None else ReLUNetwork.from_layers(layers)
    except (InputError, LayersError) as error:
        raise InputError(f"{printable(place)}: {printable(str(error))}") from None
    return NetworkFile(network, printable(place), found.sha256, found.format, layers, found.types)


def _of_listing(found: Mapping[str, Any]) -> ReLUNetwork:
    if set(found) - set(_KEYS):
        raise InputError(f"the JSON has an unknown key {sorted(set(found) - set(_KEYS))[0]!r}: give {', '.join(_KEYS)}")
    try:
        return _listed(found)
    except (KeyError, TypeError, ValueError) as error:
        wrong = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
        raise InputError(f"{wrong}: {_SHAPE}") from None


def _listed(found: Mapping[str, Any]) -> ReLUNetwork:
    neurons = []
    if not isinstance(found["neurons"], list):
        raise TypeError("neurons must be a list")
    for index, neuron in enumerate(found["neurons"]):
        if not isinstance(neuron, dict) or set(neuron) != {"w", "b", "v"}:
            raise ValueError(f"neuron {index} must have exactly w, b and v")
        neurons.append(Neuron(rational(neuron["w"]), rational(neuron["b"]), vector(_list(neuron["v"]))))
    return ReLUNetwork(tuple(neurons), vector(_list(found["slope"])), vector(_list(found["offset"])))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("v, slope and offset are lists of numbers, one per task")
    return value
