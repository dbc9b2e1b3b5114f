"""Networks in files: .npz, .safetensors and JSON in, exact networks out; nothing is unpickled.

JSON is either the network itself,

    {"neurons": [{"w": 2, "b": "-1/3", "v": [1, 0.5]}, ...], "slope": [0, 0], "offset": [0, 0]}

with f(x) = sum_k v_k (w_k x + b_k)_+ + slope x + offset, or its layers by name, as nested lists (`theory/layers.py`).
Decimals in JSON are read exactly as written; floats in arrays are the dyadic rationals that they are.
"""

import hashlib
import json
import os
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ...theory.layers import Layers, LayersError, layers_of
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import rational, vector
from ...theory.numeral import NumeralError, parse_rational
from ..reading import InputError
from ..reading.array_bytes import ZIP_MAGIC, parse_archive
from ..reading.source import decoded, printable, read_bytes

Format = Literal["npz", "safetensors", "json"]

_PICKLES = (".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".bin", ".joblib")
_INSTEAD = (
    "save the arrays instead: numpy.savez('network.npz', **{k: v.cpu().numpy() for k, v in model.state_dict().items()})"
)
_FORMS = "give .npz, .safetensors or JSON"
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
        content = read_bytes(place, _FORMS)
        form = _format(place, content)
        network, layers, types = _PARSERS[form](content)
    except (InputError, LayersError) as error:
        raise InputError(f"{printable(place)}: {printable(str(error))}") from None
    return NetworkFile(network, printable(place), hashlib.sha256(content).hexdigest(), form, layers, types)


def _format(path: str, content: bytes) -> Format:
    suffix = os.path.splitext(path)[1].lower()
    in_zip = content.startswith(ZIP_MAGIC) and b"data.pkl" in content[:4096]
    if in_zip or suffix in _PICKLES or content[:1] == b"\x80":
        raise InputError(f"this is a pickle, which can run code when it is read, and is refused: {_INSTEAD}")
    if content.startswith(b"\x89HDF"):
        raise InputError(f"this is HDF5: {_INSTEAD.replace('model.state_dict()', 'layers')}")
    if suffix == ".safetensors":
        return "safetensors"
    if content.startswith(ZIP_MAGIC):
        return "npz"
    if suffix == ".json" or content.removeprefix(BOM_UTF8).lstrip()[:1] == b"{":
        return "json"
    raise InputError(f"this holds no network: {_FORMS}")


_Parsed = tuple[ReLUNetwork, Layers | None, Mapping[str, str]]


def _of_layers(mapping: Mapping[str, Any], types: Mapping[str, str]) -> _Parsed:
    layers = layers_of(mapping)
    return ReLUNetwork.from_layers(layers), layers, types


def _npz(content: bytes) -> _Parsed:
    arrays = parse_archive(content)
    return _of_layers(arrays, {name: array.dtype.name for name, array in arrays.items()})


def _safetensors(content: bytes) -> _Parsed:
    try:
        import safetensors
    except ImportError:
        raise InputError("reading .safetensors needs an extra: pip install 'reluproof[networks]'") from None
    library: Any = safetensors
    try:
        tensors = dict(library.deserialize(content))
    except library.SafetensorError as error:
        raise InputError(f"the .safetensors file is damaged ({printable(str(error))}): save it again") from None
    arrays = {name: _tensor(name, tensor) for name, tensor in tensors.items()}
    return _of_layers(arrays, {name: _TYPES[tensor["dtype"]] for name, tensor in tensors.items()})


_TYPES = {
    "F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16",
    "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8", "U8": "uint8",
}  # fmt: skip


def _tensor(name: str, tensor: Mapping[str, Any]) -> Any:
    import numpy

    if tensor["dtype"] not in _TYPES:
        raise InputError(f"{name} holds {tensor['dtype']}: give floats of at most 64 bits, or integers")
    kind = _TYPES[tensor["dtype"]]
    if kind == "bfloat16":  # the upper half of a float32
        halves = numpy.frombuffer(tensor["data"], dtype="<u2").astype("<u4") << 16
        return halves.view("<f4").reshape(tensor["shape"])
    return numpy.frombuffer(tensor["data"], dtype=numpy.dtype(kind).newbyteorder("<")).reshape(tensor["shape"])


class _Number(str):
    """The text of a number as it stands in the JSON."""

    __slots__ = ()


def _json(content: bytes) -> _Parsed:
    try:
        found = json.loads(
            decoded(content), parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as error:
        raise InputError(f"row {error.lineno}, column {error.colno}: not JSON ({error.msg})") from None
    except RecursionError:
        raise InputError("the JSON is nested too deeply") from None
    if not isinstance(found, dict):
        raise InputError(f"the JSON is not an object: {_SHAPE}")
    if "neurons" not in found:
        return _of_layers(_exact("", found), {})
    if set(found) - set(_KEYS):
        raise InputError(f"the JSON has an unknown key {sorted(set(found) - set(_KEYS))[0]!r}: give {', '.join(_KEYS)}")
    try:
        return _listed(found), None, {}
    except (KeyError, TypeError, ValueError) as error:
        wrong = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
        raise InputError(f"{wrong}: {_SHAPE}") from None


def _exact(name: str, value: Any) -> Any:
    """The JSON with every numeral read exactly."""
    if isinstance(value, dict):
        alone = next((key for key, inner in value.items() if not isinstance(inner, list | dict)), None)
        if alone is not None:
            raise InputError(f"{alone} is not a list: {_SHAPE}")
        return {key: _exact(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_exact(name, inner) for inner in value]
    if not isinstance(value, str):
        raise InputError(f"{name} holds {json.dumps(value)}: write numbers, in lists")
    try:
        return parse_rational(value)
    except NumeralError as error:
        raise InputError(f"{name}: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InputError("the JSON has a key twice")
    return found


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


_PARSERS = {"npz": _npz, "safetensors": _safetensors, "json": _json}
