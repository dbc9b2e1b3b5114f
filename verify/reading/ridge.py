"""Reading a network with many inputs: JSON with "neurons", "slopes" and "constant", as `kernel --json` prints them."""

import json
import os
from typing import Any

from flint import fmpq

from ...theory.numeral import NumeralError, parse_rational
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from .source import InputError, decoded, printable, read_bytes

_SHAPE = (
    'write {"neurons": [{"direction": [...], "offset": ..., "weights": [...]}, ...], "slopes": [[...], ...], '
    '"constant": [...]}'
)


def read_ridge_network(path: str | os.PathLike[str]) -> RidgeNetwork:
    """The network in a JSON file; other keys beside the three are passed over, so that a whole answer can be given.

    Numbers are exact: decimals as they stand, or strings such as "1/3". InputError, one line, for anything else.
    """
    place = os.fsdecode(path)
    try:
        content = json.loads(decoded(read_bytes(place)), parse_int=str, parse_float=str, parse_constant=str)
        return _network(content)
    except InputError as error:
        raise InputError(f"{printable(place)}: {error}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{printable(place)}: no such network ({error}): {_SHAPE}") from None


def _network(content: Any) -> RidgeNetwork:
    if not isinstance(content, dict) or not isinstance(content.get("neurons"), list):
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


def _vector(box: dict[str, Any], key: str, where: str) -> tuple[fmpq, ...]:
    values = box.get(key)
    if not isinstance(values, list):
        raise InputError(f"{where} has no list {key!r}: {_SHAPE}")
    return tuple([_number(value, f"{where}, {key}[{index}]") for index, value in enumerate(values)])


def _number(value: Any, where: str) -> fmpq:
    try:
        return parse_rational(value if isinstance(value, str) else "")
    except NumeralError as error:
        raise InputError(f"{where}: {error}") from None
