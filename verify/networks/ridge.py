"""Networks with many inputs in files: layers by name (.npz, .safetensors, JSON), or a JSON as `kernel --json` prints.

It is {"neurons": [{"direction", "offset", "weights"}, ...], "slopes": [...], "constant": [...]}.
"""

import os
from collections.abc import Mapping
from typing import Any

from flint import fmpq

from ...theory.named_array import LayersError
from ...theory.numeral import NumeralError, parse_rational
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ..reading.source import InputError, printable
from .contents import read_content

_SHAPE = (
    'write {"neurons": [{"direction": [...], "offset": ..., "weights": [...]}, ...], "slopes": [[...], ...], '
    '"constant": [...]}'
)


def read_ridge_network(path: str | os.PathLike[str], inputs: int) -> RidgeNetwork:
    """The network in a file, layers with that many inputs; InputError, one line, if there is none.

    Where neurons are listed, keys beside the three are passed over, so that a whole answer can be given.
    """
    place = os.fsdecode(path)
    try:
        found = read_content(place)
        if found.arrays is not None:
            return RidgeNetwork.from_state_dict(found.arrays, inputs)
        return _network(found.listing or {})
    except (InputError, LayersError) as error:
        raise InputError(f"{printable(place)}: {printable(str(error))}") from None
    except ValueError as error:
        raise InputError(f"{printable(place)}: no such network ({error}): {_SHAPE}") from None


def _network(content: Mapping[str, Any]) -> RidgeNetwork:
    if not isinstance(content.get("neurons"), list):
        raise InputError(f'the JSON has no list "neurons": {_SHAPE}')
    neurons = []
    for index, neuron in enumerate(content["neurons"]):
        if not isinstance(neuron, dict):
            raise InputError(f"neurons[{index}] is no object: {_SHAPE}")
        where = f"neurons[{index}]"
        direction, weights = _vector(neuron, "direction", where), _vector(neuron, "weights", where)
        neurons.append(RidgeNeuron(direction, _number(neuron.get("offset"), f"{where}.offset"), weights))
    slopes = content.get("slopes")
    if not isinstance(slopes, list):
        raise InputError(f'the JSON has no list "slopes": {_SHAPE}')
    rows = [_vector({"row": row}, "row", f"slopes[{index}]") for index, row in enumerate(slopes)]
    return RidgeNetwork(tuple(neurons), tuple(rows), _vector(content, "constant", "the network"))


def _vector(box: Mapping[str, Any], key: str, where: str) -> tuple[fmpq, ...]:
    values = box.get(key)
    if not isinstance(values, list):
        raise InputError(f"{where} has no list {key!r}: {_SHAPE}")
    return tuple([_number(value, f"{where}, {key}[{index}]") for index, value in enumerate(values)])


def _number(value: Any, where: str) -> fmpq:
    try:
        return parse_rational(value if isinstance(value, str) else "")
    except NumeralError as error:
        raise InputError(f"{where}: {error}") from None
